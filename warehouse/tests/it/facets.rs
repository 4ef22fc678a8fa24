//! Compares the counts next to the filters with the database: every choice of every facet, under filters of every kind.

use std::collections::BTreeMap;

use domain::{BoardQuery, Facet, MoonTier, Source, StatusKind, facet_options};
use sqlx::AssertSqlSafe;
use warehouse::{Db, PgPool};

/// The queries under test; each matches something, and what it excludes is a near miss.
const QUERIES: [&str; 14] = [
    "",
    "status=go",
    "status=go,tbd&provider=102",
    "rocket=201&location=301",
    "family=Family%201",
    "family=none&orbit=none,8",
    "pad=403,405&past=true",
    "crewed=true&suborbital=false",
    "crewed=unknown,false&moon=lunar_orbit,unknown",
    "mission_type=Communications&precision=m,none",
    "program=501,none&past=true",
    "country=USA&from=2026-02-01&to=2026-05-31",
    "q=mission+payload&past=true",
    "q=falcon&status=success&from=2026-03-01&program=502",
];

/// The key of a facet's value in SQL; a program is looked up in the list of programs.
fn key(facet: Facet) -> String {
    let number = |column: &str| format!("coalesce({column}::text, 'none')");
    match facet {
        Facet::Status => {
            let slug = |kind: StatusKind| format!(" when {} then '{}'", kind.id(), kind.slug().expect("known"));
            let slugs: String = StatusKind::KNOWN.into_iter().map(slug).collect();
            format!("case status_id{slugs} else status_id::text end")
        }
        Facet::Provider => number("provider_id"),
        Facet::Rocket => number("rocket_config_id"),
        Facet::Family => number("rocket_family"),
        Facet::Location => number("location_id"),
        Facet::Pad => number("pad_id"),
        Facet::Orbit => number("orbit_id"),
        Facet::MissionType => number("mission_type"),
        Facet::Program => "coalesce(program ->> 'id', 'none')".to_owned(),
        Facet::Country => number("location_country_code"),
        Facet::Crewed => "coalesce(is_crewed::text, 'unknown')".to_owned(),
        Facet::Suborbital => "case
            when orbit_id is null or orbit_id = 25 then 'unknown'
            else (orbit_id = 15 or orbit_name ilike '%suborbital%')::text
        end"
        .to_owned(),
        Facet::Moon => "case
            when location_celestial_body is not null and lower(location_celestial_body) <> 'earth' then 'cannot'
            when orbit_id is null then 'unknown'
            when orbit_name ilike '%lunar impactor%' then 'cannot'
            when orbit_id = 11 then 'lunar_orbit'
            when orbit_id = 9 then 'lunar_transfer'
            when orbit_id in (0, 1, 2, 4, 5, 16) then 'stepping_stone'
            when orbit_id in (8, 12, 13, 17) then 'earth_orbit'
            when orbit_id in (6, 15, 19, 20, 21) then 'cannot'
            when orbit_id = 25 then 'unknown'
            when orbit_name ilike '%lunar flyby%' then 'lunar_transfer'
            when orbit_name ilike '%lunar%' or lower(orbit_celestial_body) = 'moon' then 'lunar_orbit'
            when orbit_name ilike any (array['%geostationary%', '%geosynchronous%', '%high earth%', '%supersynchronous%']) then 'stepping_stone'
            when orbit_name ilike '%solar escape%' or lower(orbit_celestial_body) <> 'earth' then 'cannot'
            else 'unknown'
        end"
        .to_owned(),
        Facet::Precision => "coalesce((array['sec', 'min', 'hr', 'morning', 'afternoon', 'day', 'wk', 'm', 'q1', 'q2', 'q3', 'q4',
            'h1', 'h2', 'y', 'fy', 'dec'])[net_precision_id + 1], net_precision_id::text, 'none')"
            .to_owned(),
    }
}

/// The query as an SQL condition, without one facet.
fn condition(query: &BoardQuery, but: Facet) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let mut all = vec!["deleted_at is null".to_owned()];
    if !query.past {
        all.push("is_upcoming".to_owned());
    }
    for facet in Facet::ALL.into_iter().filter(|facet| *facet != but) {
        let selected: Vec<_> = facet.selected(query).iter().map(|key| quoted(key)).collect();
        if selected.is_empty() {
            continue;
        }
        let within = format!("{} in ({})", key(facet), selected.join(", "));
        all.push(match facet {
            Facet::Program => format!(
                "exists (select from (values (1)) as one (one) left join jsonb_array_elements(programs) as program on true where {within})"
            ),
            _ => within,
        });
    }
    if query.from.is_some() || query.to.is_some() {
        let bound =
            |day: Option<chrono::NaiveDate>| day.map_or("null".to_owned(), |day| format!("'{day} 00:00:00+00'"));
        let to = query.to.and_then(|to| to.succ_opt());
        all.push(format!("net_span(net_at, net_precision_id) && tstzrange({}, {})", bound(query.from), bound(to)));
    }
    for word in query.q.to_lowercase().split_whitespace() {
        all.push(format!(
            "strpos(lower(concat_ws(E'\\n', name, mission_name, mission_type, mission_description, provider_name, provider_abbrev,
                rocket_name, rocket_family, orbit_name, orbit_abbrev, pad_name, location_name, programs::text)), {}) > 0",
            quoted(word)
        ));
    }
    all.join("\n    and ")
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("world"))]
async fn the_count_of_every_choice_matches_the_database(pool: PgPool) {
    let board = Db::new(pool.clone(), Source::Live, 3600).whole_board().await.expect("reads");
    assert!(board.launches.len() > 500);
    for text in QUERIES {
        let query = BoardQuery::parse(text).expect("valid");
        let launches = &board.launches[..board.count_in(&query)];
        assert!(launches.iter().any(|launch| query.matches(launch)), "{text} finds nothing");
        for facet in Facet::ALL {
            let ours: BTreeMap<String, i64> = facet_options(launches, &query, facet)
                .into_iter()
                .filter(|option| option.count > 0)
                .map(|option| (option.key, i64::try_from(option.count).expect("small")))
                .collect();
            let programs = match facet {
                Facet::Program => "left join lateral jsonb_array_elements(programs) as program on true",
                _ => "",
            };
            let counted = format!(
                "select {}, count(*) from mart_launch_board {programs} where {} group by 1",
                key(facet),
                condition(&query, facet)
            );
            let theirs: Vec<(String, i64)> =
                sqlx::query_as(AssertSqlSafe(counted.clone())).fetch_all(&pool).await.expect("counts");
            assert_eq!(ours, theirs.into_iter().collect(), "{text}, {facet:?}:\n{counted}");
        }
    }
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("world"))]
async fn past_launches_follow_the_upcoming_ones(pool: PgPool) {
    let db = Db::new(pool, Source::Live, 3600);
    let (board, whole) = tokio::try_join!(db.board(), db.whole_board()).expect("reads");
    assert_eq!(board.past_from, None);
    assert_eq!(whole.upcoming(), board.launches);
    assert!(whole.upcoming_count() > 0);
    let past = &whole.launches[whole.upcoming_count()..];
    assert!(past.len() > whole.upcoming_count());
    assert!(past.is_sorted_by_key(|launch| launch.net));
    assert!(past.iter().all(|launch| launch.moon.tier != MoonTier::Surface), "no orbit of this world lands");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn a_deleted_launch_is_not_past(pool: PgPool) {
    let whole = Db::new(pool, Source::Live, 3600).whole_board().await.expect("reads");
    let ids: Vec<_> = whole.launches.iter().map(|launch| launch.id.as_u128()).collect();
    assert_eq!((ids.as_slice(), whole.past_from), ([1, 2, 3].as_slice(), Some(2)));
}
