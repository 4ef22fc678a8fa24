use ingest::Error;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::fixture::{Files, count, import, import_files, launch, list, partial, published, status, with};

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_list_is_loaded_into_facts_and_dimensions_and_a_second_time_changes_nothing(pool: PgPool) {
    let launches: Vec<Value> = (1..=3).map(launch).collect();
    let first = import(&pool, "2026-01-01T00:00", &list(&launches)).await.unwrap();
    assert!(first.is_complete);
    assert_eq!((first.counts.launches_changed, first.counts.revisions), (3, 3));
    let before = published(&pool).await;

    let second = import(&pool, "2026-01-01T01:00", &list(&launches)).await.unwrap();
    assert_eq!((second.counts.launches_changed, second.counts.revisions, second.counts.net_changes), (0, 0, 0));
    assert_eq!(published(&pool).await, before);
    assert_eq!(count(&pool, "select count(*) from fact_launch where last_seen_at = '2026-01-01T01:00Z'").await, 3);
    assert_eq!(count(&pool, "select count(*) from raw_ll2_page").await, 1, "the same bytes are kept once");
    assert_eq!(count(&pool, "select count(*) from dim_pad").await, 1);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn values_are_stored_as_sent(pool: PgPool) {
    let awkward = "tab\there, line\r\nbreak, back\\slash, \\N, Роскосмос ТВ, 宇宙, \u{1F680}";
    let unusual = with(
        launch(1),
        &[
            ("/name", json!(awkward)),
            ("/probability", json!(-1)),
            ("/launch_service_provider/founding_year", json!(1999)),
            ("/mission/description", json!("nul\u{0}led")),
            ("/net_precision", Value::Null),
            ("/image", json!("javascript:alert(1)")),
            ("/pad/latitude", json!("999")),
            (
                "/vidURLs",
                json!([
                    {"url": "java\nscript:alert(1)", "title": "no"},
                    {"url": "https://video.example/1", "title": "yes", "type": {"id": 1, "name": "Official Webcast"}},
                    {"url": "https://video.example/1", "title": "twice"}
                ]),
            ),
            (
                "/mission_patches",
                json!([
                    {"id": 3, "name": "Racc\"oon", "priority": 10, "image_url": "javascript:alert(1)", "agency": {"name": "CNSA"}},
                    {"id": 3, "name": "twice"},
                    {"name": "no id"}
                ]),
            ),
            (
                "/updates",
                json!([{"id": 1, "comment": "It's \"on\".", "created_on": "2026-01-01T00:00:00Z"}, {"comment": "no id"}]),
            ),
            (
                "/rocket/spacecraft_stage",
                json!({"launch_crew": [
                    {"role": {"role": "Pilot"}, "astronaut": {"id": 9, "name": "A. Raccoon", "nationality": "Lunar"}}
                ]}),
            ),
            (
                "/rocket/launcher_stage",
                json!([{"type": "Core", "reused": false, "launcher": {"serial_number": "Unknown F9"}}]),
            ),
        ],
    );
    import(&pool, "2026-01-01T00:00", &list(&[unusual])).await.unwrap();

    let (name, image, precision, probability): (String, Option<String>, Option<i32>, Option<i16>) =
        sqlx::query_as("select name, image_url, net_precision_id, probability_percent from fact_launch")
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!((name.as_str(), image, precision, probability), (awkward, None, None, None));
    let year: i32 =
        sqlx::query_scalar("select founding_year from dim_launch_service_provider").fetch_one(&pool).await.unwrap();
    assert_eq!(year, 1999);
    let description: String = sqlx::query_scalar("select description from dim_mission").fetch_one(&pool).await.unwrap();
    assert_eq!(description, "nulled");
    assert_eq!(count(&pool, "select count(*) from launch_video where title = 'yes'").await, 1);
    assert_eq!(count(&pool, "select count(*) from launch_video").await, 1);
    assert_eq!(
        count(
            &pool,
            "select count(*) from launch_patch where name = 'Racc\"oon' and agency_name = 'CNSA' and image_url is null"
        )
        .await,
        1
    );
    assert_eq!(count(&pool, "select count(*) from launch_patch").await, 1);
    assert_eq!(count(&pool, "select count(*) from launch_update").await, 1);
    assert_eq!(
        count(
            &pool,
            "select count(*) from launch_crew inner join dim_astronaut using (astronaut_id) where nationality = 'Lunar'"
        )
        .await,
        1
    );
    assert_eq!(count(&pool, "select count(*) from launch_booster where is_placeholder").await, 1);
    assert_eq!(count(&pool, "select count(*) from dim_pad where latitude is null and longitude = 177.864469").await, 1);
    assert_eq!(count(&pool, "select count(*) from mart_launch_board where is_crewed").await, 1);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn payloads_are_stored_and_follow_the_record(pool: PgPool) {
    let flight = |id: u32, name: &str, amount: i32, mass: Value| {
        json!({
            "id": id, "destination": "Lunar surface", "amount": amount,
            "payload": {
                "id": 5, "name": name, "type": {"id": 4, "name": "Lander"}, "manufacturer": {"id": 100, "name": "Made-up Launches"},
                "operator": null, "mass": mass, "description": "", "info_link": "javascript:alert(1)", "wiki_link": "https://wiki.example/5"
            }
        })
    };
    let of_230 = |number: u32, payloads: Value| {
        with(launch(number), &[("/response_mode", json!("detailed")), ("/rocket/payloads", payloads)])
    };
    let first = json!([
        flight(1, "Lander", 1, json!(84.5)),
        flight(1, "Twice", 1, Value::Null),
        flight(2, "Cube", 12, json!(0)),
        {"id": 3, "amount": 1, "payload": null},
        {"payload": {"name": "No id"}},
    ]);
    import(&pool, "2026-01-01T00:00", &list(&[of_230(1, first), of_230(2, json!([]))])).await.unwrap();
    type Carried = (i64, String, Option<i32>, Option<f64>, Option<String>, Option<String>);
    let read = async || -> Vec<Carried> {
        sqlx::query_as(
            "select payload_flight_id, name, amount, mass_kg, info_url, wiki_url from launch_payload order by 1",
        )
        .fetch_all(&pool)
        .await
        .unwrap()
    };
    let wiki = Some("https://wiki.example/5".to_owned());
    let lander = (1, "Lander".to_owned(), Some(1), Some(84.5), None, wiki.clone());
    assert_eq!(read().await, [lander, (2, "Cube".to_owned(), Some(12), None, None, wiki.clone())]);

    // The next record replaces the set: missing rows are deleted, different ones are updated.
    let second = json!([flight(2, "Cube, renamed", 11, json!(3)), flight(4, "Rover", 1, json!(20))]);
    import(&pool, "2026-01-02T00:00", &list(&[of_230(1, second), of_230(2, json!([]))])).await.unwrap();
    let cube = (2, "Cube, renamed".to_owned(), Some(11), Some(3.0), None, wiki.clone());
    assert_eq!(read().await, [cube, (4, "Rover".to_owned(), Some(1), Some(20.0), None, wiki)]);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_change_closes_one_revision_and_opens_the_next(pool: PgPool) {
    import(&pool, "2026-01-01T00:00", &list(&[launch(1), launch(2)])).await.unwrap();
    let changed = with(launch(1), &[("/status", status(8)), ("/pad/name", json!("Pad 1 renamed"))]);
    let report = import(&pool, "2026-01-02T00:00", &list(&[changed.clone(), launch(2)])).await.unwrap();
    assert_eq!((report.counts.launches_changed, report.counts.revisions, report.counts.net_changes), (1, 1, 0));
    let revisions: Vec<(i32, i32, bool)> = sqlx::query_as(
        "select revision_number, status_id, valid_to is null from fact_launch_revision
        where launch_id = '00000000-0000-4000-8000-000000000001' order by revision_number",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(revisions, [(1, 1, false), (2, 8, true)]);
    assert_eq!(count(&pool, "select count(*) from dim_pad where name = 'Pad 1 renamed'").await, 1);

    // A change of a column that revisions do not track changes the fact but adds no revision.
    let live = with(changed, &[("/webcast_live", json!(true))]);
    let report = import(&pool, "2026-01-03T00:00", &list(&[live, launch(2)])).await.unwrap();
    assert_eq!((report.counts.launches_changed, report.counts.revisions), (1, 0));
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn of_two_observations_at_one_time_the_one_loaded_later_is_kept(pool: PgPool) {
    let moved = |net: &str| {
        with(launch(1), &[("/net", json!(net)), ("/window_start", json!(net)), ("/window_end", json!(net))])
    };
    import(&pool, "2026-01-01T00:00", &list(&[launch(1)])).await.unwrap();
    import(&pool, "2026-01-02T00:00", &list(&[moved("2026-07-01T12:00:00Z")])).await.unwrap();
    import(&pool, "2026-01-02T00:00", &list(&[moved("2026-08-01T12:00:00Z")])).await.unwrap();
    let changes: Vec<(String, i64)> =
        sqlx::query_as("select kind, shift_seconds from fact_net_change").fetch_all(&pool).await.unwrap();
    assert_eq!(changes, [("slip".to_owned(), 61 * 86_400)]);
    assert_eq!(count(&pool, "select count(*) from fact_launch_revision").await, 2);

    // Reverting the change completely leaves no trace of it.
    import(&pool, "2026-01-02T00:00", &list(&[launch(1)])).await.unwrap();
    assert_eq!(count(&pool, "select count(*) from fact_net_change").await, 0);
    assert_eq!(count(&pool, "select net_change_count::bigint from fact_launch").await, 0);
    assert_eq!(count(&pool, "select count(*) from fact_launch_revision where valid_to is null").await, 1);
    assert_eq!(count(&pool, "select count(*) from fact_launch_revision").await, 1);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn an_older_observation_does_not_overwrite_a_newer_state(pool: PgPool) {
    let renamed = with(launch(1), &[("/name", json!("New name")), ("/pad/name", json!("New pad"))]);
    import(&pool, "2026-02-01T00:00", &list(&[renamed])).await.unwrap();
    let before = published(&pool).await;
    let report = import(&pool, "2026-01-01T00:00", &list(&[launch(1)])).await.unwrap();
    assert_eq!((report.counts.launches_late, report.counts.launches_changed), (1, 0));
    assert_eq!(published(&pool).await, before);
    assert_eq!(count(&pool, "select count(*) from raw_ll2_page").await, 2, "it is landed all the same");

    // A launch that was unknown is added, however old the observation; dimension members that it shares with others
    // stay unchanged.
    import(&pool, "2026-01-01T00:00", &partial(&[launch(2)])).await.unwrap();
    assert_eq!(count(&pool, "select count(*) from fact_launch").await, 2);
    assert_eq!(count(&pool, "select count(*) from dim_pad where name = 'New pad'").await, 1);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn coordinates_that_are_not_on_the_globe_are_left_out(pool: PgPool) {
    let at_pad = |number: u32, latitude: &str, longitude: &str| {
        with(
            launch(number),
            &[("/pad/id", json!(number)), ("/pad/latitude", json!(latitude)), ("/pad/longitude", json!(longitude))],
        )
    };
    let page =
        [at_pad(1, "90", "-180"), at_pad(2, "-90.01", "180"), at_pad(3, "28.5", "180.01"), at_pad(4, "1e300", "NaN")];
    import(&pool, "2026-01-01T00:00", &list(&page)).await.unwrap();
    let places: Vec<(Option<f64>, Option<f64>)> =
        sqlx::query_as("select latitude, longitude from dim_pad where pad_id > 0 order by pad_id")
            .fetch_all(&pool)
            .await
            .unwrap();
    assert_eq!(places, [(Some(90.0), Some(-180.0)), (None, Some(180.0)), (Some(28.5), None), (None, None)]);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_record_that_ll2_edited_before_the_stored_one_is_reported(pool: PgPool) {
    let edited =
        |number, day: u32| with(launch(number), &[("/last_updated", json!(format!("2026-01-{day:02}T00:00:00Z")))]);
    let reported = "select coalesce(sum(offending_count), 0)::bigint from data_test_result
        where test = 'assert_last_updated_does_not_go_back'";
    import(&pool, "2026-02-01T00:00", &list(&[edited(1, 5), edited(2, 5)])).await.unwrap();
    import(&pool, "2026-02-02T00:00", &list(&[edited(1, 6), edited(2, 5), launch(3)])).await.unwrap();
    // Late records change nothing, so nothing goes back.
    import(&pool, "2026-02-01T12:00", &list(&[edited(1, 4), edited(2, 4)])).await.unwrap();
    assert_eq!(count(&pool, reported).await, 0);
    let cached = import(&pool, "2026-02-03T00:00", &list(&[edited(1, 5), edited(2, 5), launch(3)])).await.unwrap();
    assert_eq!(cached.counts.launches_changed, 1);
    assert_eq!(count(&pool, reported).await, 1);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_blocking_test_rolls_everything_back_except_the_run_log(pool: PgPool) {
    let all: Vec<Value> = (1..=20).map(launch).collect();
    import(&pool, "2026-01-01T00:00", &list(&all)).await.unwrap();
    let before = published(&pool).await;
    let few: Vec<Value> = (1..=5).map(|number| with(launch(number), &[("/name", json!("Changed"))])).collect();
    let error = import(&pool, "2026-01-01T01:00", &list(&few)).await.unwrap_err();
    assert!(
        matches!(&error, Error::TestsFailed { tests } if tests == &["assert_upcoming_does_not_collapse (1)"]),
        "{error}"
    );
    assert_eq!(published(&pool).await, before);
    assert_eq!(
        count(&pool, "select count(*) from ingest_run where state = 'failed' and error like '%collapse%'").await,
        1
    );
    assert_eq!(
        count(&pool, "select offending_count from data_test_result where ingest_run_id = 2 and severity = 'block' order by 1 desc limit 1").await,
        1
    );
    assert_eq!(count(&pool, "select count(*) from ingest_step where ingest_run_id = 2 and state = 'failed'").await, 1);
    assert_eq!(count(&pool, "select count(*) from raw_ll2_page").await, 2, "the pages were landed before");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn an_observation_in_the_future_is_rejected(pool: PgPool) {
    let error = import(&pool, "2098-01-01T00:00", &list(&[launch(1)])).await.unwrap_err();
    assert!(matches!(&error, Error::TestsFailed { .. }), "{error}");
    assert_eq!(count(&pool, "select count(*) from fact_launch").await, 0);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn an_unusable_record_is_quarantined_once_and_stops_no_other(pool: PgPool) {
    let unusable = |(number, reason): (u32, &&str)| {
        let mut bad = launch(number);
        match *reason {
            "id" => bad["id"] = json!(17),
            "no id" => bad["id"] = Value::Null,
            "name" => bad["name"] = Value::Null,
            "empty name" => bad["name"] = json!(" \u{0}"),
            _ => bad = json!("not a launch"),
        }
        bad
    };
    let reasons = ["id", "no id", "name", "empty name", "shape"];
    let mut launches: Vec<Value> = (10..).zip(&reasons).map(unusable).collect();
    launches.push(launch(1));
    for hour in ["00", "01"] {
        let observed_at = format!("2026-01-01T{hour}:00");
        let report = import(&pool, &observed_at, &list(&launches)).await.unwrap();
        assert_eq!((report.counts.quarantined, report.counts.launches_seen), (5, 1));
        assert!(report.is_complete, "a quarantined record counts as listed");
    }
    assert_eq!(count(&pool, "select count(*) from fact_launch").await, 1);
    let quarantine: Vec<(String, Option<String>, i32)> =
        sqlx::query_as("select reason, json_path, seen_count from raw_quarantine order by json_path")
            .fetch_all(&pool)
            .await
            .unwrap();
    let paths: Vec<&str> = quarantine.iter().filter_map(|(_, path, _)| path.as_deref()).collect();
    assert_eq!(paths, ["$.results[0].id", "$.results[1].id", "$.results[2].name", "$.results[3].name", "$.results[4]"]);
    assert!(quarantine.iter().all(|(_, _, seen)| *seen == 2), "{quarantine:?}");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn children_are_replaced_as_a_set_and_only_by_detailed_records(pool: PgPool) {
    let update = |id: u32, comment: &str| json!({"id": id, "comment": comment, "created_on": "2026-01-01T00:00:00Z"});
    let with_updates = |updates: Value| with(launch(1), &[("/updates", updates)]);
    import(&pool, "2026-01-01T00:00", &list(&[with_updates(json!([update(1, "one"), update(2, "two")]))]))
        .await
        .unwrap();
    import(&pool, "2026-01-02T00:00", &list(&[with_updates(json!([update(2, "two, corrected"), update(3, "three")]))]))
        .await
        .unwrap();
    let comments: Vec<String> =
        sqlx::query_scalar("select comment from launch_update order by update_id").fetch_all(&pool).await.unwrap();
    assert_eq!(comments, ["two, corrected", "three"]);

    // A record in normal mode contains no updates, and only the name and type of a provider.
    let mut normal = with(
        launch(1),
        &[
            ("/name", json!("Renamed")),
            ("/launch_service_provider", json!({"id": 100, "name": "Made-up Launches", "type": "Private"})),
        ],
    );
    let keys = normal.as_object_mut().unwrap();
    for key in ["updates", "infoURLs", "vidURLs", "pad_turnaround", "flightclub_url"] {
        keys.remove(key);
    }
    import(&pool, "2026-01-03T00:00", &list(&[normal])).await.unwrap();
    assert_eq!(count(&pool, "select count(*) from launch_update").await, 2);
    assert_eq!(
        count(
            &pool,
            "select count(*) from fact_launch where name = 'Renamed' and pad_turnaround = 'P10D' and has_detail"
        )
        .await,
        1
    );
    assert_eq!(
        count(
            &pool,
            "select count(*) from dim_launch_service_provider where type = 'Private' and founding_year = 2001"
        )
        .await,
        1
    );

    // A key that is present and null is different: it overwrites the value.
    let erased =
        with(launch(1), &[("/launch_service_provider/founding_year", Value::Null), ("/pad_turnaround", Value::Null)]);
    import(&pool, "2026-01-04T00:00", &list(&[erased])).await.unwrap();
    assert_eq!(count(&pool, "select count(*) from fact_launch where pad_turnaround is null").await, 1);
    assert_eq!(count(&pool, "select count(*) from dim_launch_service_provider where founding_year is null").await, 1);
    assert_eq!(count(&pool, "select count(*) from launch_update").await, 0);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn the_second_status_six_of_2_2_0_does_not_alternate(pool: PgPool) {
    let masked = with(
        launch(2),
        &[(
            "/status",
            json!({"id": 6, "name": "Launch in Flight", "abbrev": "In Flight", "description": "Launch in Flight"}),
        )],
    );
    let flying = with(launch(1), &[("/status", status(6))]);
    import(&pool, "2026-01-01T00:00", &list(&[flying, masked.clone()])).await.unwrap();
    import(&pool, "2026-01-01T01:00", &partial(&[masked])).await.unwrap();
    let description: String =
        sqlx::query_scalar("select description from dim_status where status_id = 6").fetch_one(&pool).await.unwrap();
    assert_eq!(description, "Launch in Flight, described.");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_list_in_pages_is_one_observation(pool: PgPool) {
    let files = Files::new();
    let page = |launches: &[Value]| json!({"count": 3, "next": null, "previous": null, "results": launches});
    let pages = vec![
        files.write("page1.json", &page(&[launch(1), launch(2)])),
        // A row that moved across the page boundary is received twice.
        files.write("page2.json", &page(&[launch(2), launch(3)])),
    ];
    let report = import_files(&pool, "2026-01-01T00:00", pages).await.unwrap();
    assert!(report.is_complete);
    assert_eq!((report.counts.launches_seen, report.counts.pages), (3, 2));
}
