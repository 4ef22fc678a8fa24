use proptest::prelude::*;

use super::{at, launch, precision};
use crate::{BoardQuery, Facet, Lanes, MoonReach, Orbit, Order, Program, Sort, View};

fn query(text: &str) -> BoardQuery {
    BoardQuery::parse(text).expect("a valid query")
}

#[test]
fn an_empty_query_matches_every_launch() {
    assert!(query("").matches(&launch(1)));
    assert!(query("?q=&status=&from=&view=").matches(&launch(1)), "a form sends its empty fields");
    assert!(!query("view=table&sort=name").is_filtered());
}

#[test]
fn each_filter_matches_its_launch_and_not_the_near_miss() {
    let hit = launch(1);
    let mut miss = launch(2);
    miss.status.id = 2;
    miss.provider.id = 44;
    miss.rocket.id = 45;
    miss.rocket.family = None;
    miss.location.id = 46;
    miss.location.country_code = Some("FRA".into());
    miss.pad.id = 47;
    miss.net = at("2026-05-31T00:00:00Z");
    miss.net_precision = precision(7);
    miss.crewed = None;
    let lunar = Orbit { id: 11, name: "Lunar Orbit".into(), abbrev: "LO".into(), celestial_body: None };
    miss.moon = MoonReach::judge(Some(&lunar), None);
    miss.orbit = Some(lunar);
    let mut program = launch(3);
    program.programs = vec![Program { id: 25, name: "Starlink".into() }];

    for text in [
        "status=go",
        "status=1",
        "provider=121",
        "rocket=164",
        "location=12",
        "pad=80",
        "orbit=8",
        "country=USA",
        "country=usa",
        "moon=earth_orbit",
        "precision=min",
        "precision=1",
        "crewed=false",
        "crewed=true,false",
        "suborbital=false",
        "family=Falcon",
        "family=Falcon,none",
        "from=2026-04-01&to=2026-04-01",
        "to=2026-04-30",
        "q=mission+1",
        "q=FALCON%20slc-40",
        "provider=44,121",
        "provider=44&provider=121",
    ] {
        assert!(query(text).matches(&hit), "{text}");
    }
    for text in [
        "status=go",
        "provider=121",
        "rocket=164",
        "location=12",
        "pad=80",
        "orbit=8",
        "country=USA",
        "moon=earth_orbit",
        "precision=min",
        "crewed=false",
        "to=2026-04-30",
        "q=mission+1",
        "q=falcon+ariane",
        "program=25",
        "crewed=true",
        "crewed=true,false",
        "suborbital=true,unknown",
        "orbit=none",
        "family=Falcon",
        "country=none",
    ] {
        assert!(!query(text).matches(&miss), "{text}");
    }
    for text in ["family=none", "crewed=unknown", "program=none", "suborbital=false"] {
        assert!(query(text).matches(&miss), "{text}");
    }
    assert!(query("program=25").matches(&program));
    assert!(!query("program=none").matches(&program));
    assert!(query("mission_type=Communications").matches(&hit));
    assert!(!query("mission_type=Resupply").matches(&hit));
}

#[test]
fn a_date_range_matches_a_month_that_it_only_touches() {
    let mut row = launch(1);
    row.net = at("2026-07-31T00:00:00Z");
    row.net_precision = precision(7);
    assert!(query("from=2026-06-01&to=2026-07-01").matches(&row), "it may fly on 1 July");
    assert!(query("from=2026-07-31").matches(&row));
    assert!(!query("to=2026-06-30").matches(&row));
    assert!(!query("from=2026-08-01").matches(&row));
}

#[test]
fn launches_of_unknown_precision_can_be_selected() {
    let mut row = launch(1);
    row.net_precision = None;
    assert!(query("precision=none").matches(&row));
    assert!(!query("precision=y").matches(&row));
}

#[test]
fn a_day_out_of_range_and_an_invalid_day_have_different_errors() {
    let outside = "is outside the years 1900 to 2999";
    for (text, words) in [
        ("from=9999-12-31", outside),
        ("to=1899-12-31", outside),
        ("day=3000-01-01", outside),
        ("month=3000-01", outside),
        ("as_of=0001-01-01", outside),
        ("as_of=0001-01-01T00:00:00Z", outside),
        ("as_of=1899-12-31T23:59:59Z", outside),
        ("as_of=3000-01-01T00:00:01Z", outside),
        ("as_of=9999-12-31T23:59:59Z", outside),
        // RFC 3339 has years of four digits.
        ("as_of=-262143-01-01T00:00:00Z", "is not a date like 2026-04-01, nor a time like 2026-04-01T12:00:00Z"),
        ("from=2026-02-30", "is not a date like 2026-04-01"),
        ("month=2026-13", "is not a month like 2026-04"),
        ("as_of=soon", "is not a date like 2026-04-01, nor a time like 2026-04-01T12:00:00Z"),
    ] {
        let error = BoardQuery::parse(text).expect_err(text);
        assert!(error.reason.ends_with(words), "{text}: {error}");
        let value = text.split_once('=').map_or("", |(_, value)| value);
        assert!(error.reason.contains(value), "{text}: {error}");
    }
    let error = crate::DecisionQuery::parse("to=9999-12-31").expect_err("out of range");
    assert!(error.reason.ends_with(outside), "{error}");
    assert!(BoardQuery::parse("from=1900-01-01&to=2999-12-31").is_ok());
    // The end of the last day is written as a moment, and parses again.
    let last = query("as_of=2999-12-31");
    assert_eq!(query(&last.to_query_string()), last);
}

#[test]
fn an_error_quotes_little_of_the_input() {
    for value in ["x".repeat(5000), "\u{202e}".repeat(3000), "%F0%9F%9A%80".repeat(500)] {
        for key in [
            "status",
            "provider",
            "orbit",
            "country",
            "crewed",
            "moon",
            "from",
            "precision",
            "past",
            "view",
            "columns",
            "limit",
            "as_of",
            "sort",
        ] {
            let error = BoardQuery::parse(&format!("{key}={value}")).expect_err(key);
            let echoed = error.reason.split(" is n").next().unwrap_or_default().chars().count();
            assert!(echoed <= 200, "{key}: {echoed} characters");
        }
        let error = BoardQuery::parse(&format!("{value}=1")).expect_err("no key");
        assert!(error.key.chars().count() <= 40, "{}", error.key);
    }
}

#[test]
fn the_key_of_an_invalid_value_is_named() {
    for (text, key) in [
        ("colour=red", "colour"),
        ("provider=spacex", "provider"),
        ("provider=-1", "provider"),
        ("provider=99999999999", "provider"),
        ("status=launched", "status"),
        ("moon=europa", "moon"),
        ("from=tomorrow", "from"),
        ("from=2026-02-30", "from"),
        ("from=0000-01-01", "from"),
        ("from=2026-05-01&to=2026-04-01", "to"),
        ("view=globe", "view"),
        ("sort=price", "sort"),
        ("order=up", "order"),
        ("limit=0", "limit"),
        ("limit=1000000000", "limit"),
        ("offset=-1", "offset"),
        ("crewed=maybe", "crewed"),
        ("suborbital=maybe", "suborbital"),
        ("past=unknown", "past"),
        ("columns=colour", "columns"),
        ("order=asc,desc", "order"),
        ("sort=name,name", "sort"),
        ("sort=name,price", "sort"),
        ("sort=name,net,status,moon,orbit", "sort"),
        ("country=Germany", "country"),
        ("precision=soon", "precision"),
        ("as_of=yesterday", "as_of"),
        ("q=%ff", "q"),
    ] {
        let error = BoardQuery::parse(text).expect_err(text);
        assert_eq!(error.key, key, "{text}: {error}");
    }
    let long = format!("q={}", "x".repeat(201));
    assert_eq!(BoardQuery::parse(&long).expect_err("too long").key, "q");
    let many = format!("provider={}", (0..201).map(|id| id.to_string()).collect::<Vec<_>>().join(","));
    assert_eq!(BoardQuery::parse(&many).expect_err("too many").key, "provider");
}

#[test]
fn as_of_a_day_means_the_end_of_that_day() {
    let end = "2026-01-02T00:00:00Z";
    for text in ["as_of=2026-01-01", "as_of=2026-01-02T00:00:00Z", "as_of=2026-01-02T01:00:00+01:00"] {
        assert_eq!(
            query(text).as_of.map(|at| at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)).as_deref(),
            Some(end),
            "{text}"
        );
    }
    assert_eq!(query("as_of=2026-01-01").to_query_string(), format!("as_of={end}"));
    assert_eq!(query(&format!("as_of={end}")), query("as_of=2026-01-01"));
    assert_eq!(query("as_of=").as_of, None, "a form sends the field also when nothing was typed");
}

#[test]
fn the_canonical_form_omits_defaults() {
    assert_eq!(query("").to_query_string(), "");
    assert_eq!(
        query("view=table&status=1,tbc&q=space%20x&order=desc&sort=name&moon=lunar_orbit&to=2026-04-01&view=table")
            .to_query_string(),
        "q=space%20x&status=go,tbc&moon=lunar_orbit&to=2026-04-01&view=table&sort=name&order=desc"
    );
}

#[test]
fn the_order_is_total_and_can_be_reversed() {
    let mut rows = vec![launch(3), launch(1), launch(2)];
    rows[0].net = at("2026-03-01T00:00:00Z");
    let ids = |query: &BoardQuery| query.select(&rows).iter().map(|row| row.id.as_u128()).collect::<Vec<_>>();
    assert_eq!(ids(&query("")), [3, 1, 2], "by NET, ties by id");
    assert_eq!(ids(&query("order=desc")), [2, 1, 3]);
    assert_eq!(ids(&query("sort=name")), [1, 2, 3]);
}

#[test]
fn ties_are_broken_by_the_next_sort_in_its_own_direction() {
    let mut rows: Vec<_> = (1..=4).map(launch).collect();
    rows[1].provider.name = "Arianespace".into();
    rows[3].provider.name = "Arianespace".into();
    rows[0].net = at("2026-05-01T00:00:00Z");
    let ids = |text: &str| query(text).select(&rows).iter().map(|row| row.id.as_u128()).collect::<Vec<_>>();
    assert_eq!(ids("sort=provider,name&order=asc,desc"), [4, 2, 3, 1]);
    assert_eq!(ids("sort=provider,name&order=desc"), [1, 3, 2, 4]);
    assert_eq!(ids("sort=provider,net"), [2, 4, 3, 1]);
    assert_eq!(query("order=asc,desc&sort=provider,name").to_query_string(), "sort=provider,name&order=asc,desc");
    assert_eq!(query("sort=net,name").to_query_string(), "sort=net,name");
    assert_eq!(query("order=desc").to_query_string(), "order=desc");
}

#[test]
fn toggling_twice_changes_nothing_and_selections_are_reported() {
    let mut query = query("view=timeline&offset=40");
    query.toggle(Facet::Status, "go");
    query.toggle(Facet::Moon, "surface");
    query.toggle(Facet::Precision, "none");
    query.toggle(Facet::Orbit, "none");
    query.toggle(Facet::Crewed, "unknown");
    query.toggle(Facet::Family, "Falcon 9");
    assert!(query.selects(Facet::Status, "go"));
    assert_eq!(
        query.to_query_string(),
        "status=go&family=Falcon%209&orbit=none&crewed=unknown&moon=surface&precision=none&view=timeline"
    );
    for facet in [Facet::Status, Facet::Moon, Facet::Precision, Facet::Orbit, Facet::Crewed, Facet::Family] {
        for key in facet.selected(&query) {
            query.toggle(facet, &key);
        }
    }
    assert!(!query.is_filtered());
    assert_eq!(query.view, View::Timeline);
}

#[test]
fn clearing_the_filters_keeps_the_view() {
    let cleared =
        query("q=moon&provider=121&view=table&sort=rocket,net&order=desc&past=true&columns=pad&as_of=2026-01-01")
            .cleared();
    assert!(cleared.as_of.is_some(), "the time is not a filter");
    let now = BoardQuery { as_of: None, ..cleared.clone() };
    assert_eq!(now.to_query_string(), "past=true&view=table&columns=pad&sort=rocket,net&order=desc,asc");
    assert_eq!((cleared.view, cleared.sort, cleared.order), (View::Table, Sort::Rocket, Order::Descending));
    assert!(!cleared.is_filtered());
}

#[test]
fn lanes_month_and_day_change_the_view_and_filter_nothing() {
    let text = "view=calendar&lanes=rocket&month=2026-12&day=2026-12-05";
    let query = query(text);
    assert_eq!((query.view, query.lanes), (View::Calendar, Some(Lanes::Rocket)));
    assert_eq!(query.month.map(|month| month.to_string()).as_deref(), Some("2026-12-01"));
    assert!(!query.is_filtered());
    assert!(query.matches(&launch(1)));
    assert_eq!(query.to_query_string(), text);
    assert_eq!(query.cleared(), query);
    for (bad, key) in [
        ("lanes=moon", "lanes"),
        ("month=2026-13", "month"),
        ("month=2026-12-05", "month"),
        ("month=12", "month"),
        ("day=2026-12", "day"),
        ("day=2026-02-30", "day"),
        ("view=globe", "view"),
    ] {
        assert_eq!(BoardQuery::parse(bad).expect_err(bad).key, key);
    }
}

proptest! {
    #[test]
    fn any_text_is_either_parsed_or_refused(text in ".{0,120}") {
        let _ = BoardQuery::parse(&text);
    }

    #[test]
    fn the_canonical_form_parses_to_the_same_query(
        q in "[a-zA-Z0-9 &=%+é]{0,20}",
        ids in proptest::collection::vec(0..600_i32, 0..4),
        view in 0..View::ALL.len(),
        sort in 0..Sort::ALL.len(),
        offset in 0..500_usize,
    ) {
        let mut query = BoardQuery { q: q.trim().to_owned(), view: View::ALL[view], sort: Sort::ALL[sort], ..BoardQuery::default() };
        query.choose(Facet::Provider, ids.iter().map(ToString::to_string));
        query.offset = offset;
        prop_assert_eq!(BoardQuery::parse(&query.to_query_string()), Ok(query));
    }
}

#[test]
fn a_name_with_a_comma_is_one_name() {
    let mut query = BoardQuery::default();
    for name in ["Long March, improved", "back\\slash", "Falcon", ", \\,"] {
        query.toggle(Facet::Family, name);
    }
    let text = query.to_query_string();
    assert_eq!(BoardQuery::parse(&text).expect("its canonical form parses"), query, "{text}");
    let two = BoardQuery::parse("family=Falcon,Long%20March").expect("two names");
    assert_eq!(Facet::Family.selected(&two), ["Falcon", "Long March"]);
    // An HTML form sends two ticked boxes like this without JavaScript.
    let form = BoardQuery::parse("family=Long+March%5C%2C+improved&family=Falcon").expect("a form");
    assert_eq!(Facet::Family.selected(&form), ["Long March, improved", "Falcon"]);
}
