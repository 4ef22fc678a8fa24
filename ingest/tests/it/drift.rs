use serde_json::{Value, json};
use sqlx::PgPool;

use crate::fixture::{at, count, import, launch, list, partial, with};

/// Returns the paths in a state, with their types.
async fn drifted(pool: &PgPool, state: &str) -> Vec<(String, String, String)> {
    sqlx::query_as("select json_path, json_type, entity from schema_drift where state = $1 order by 1, 2")
        .bind(state)
        .fetch_all(pool)
        .await
        .expect("the query is valid")
}

fn path(path: &str, kind: &str, entity: &str) -> (String, String, String) {
    (path.to_owned(), kind.to_owned(), entity.to_owned())
}

async fn version(pool: &PgPool) -> i64 {
    count(pool, "select max(version_number)::bigint from schema_version where api_version = '2.2.0'").await
}

fn without(mut launch: Value, parent: &str, key: &str) -> Value {
    launch
        .pointer_mut(parent)
        .and_then(Value::as_object_mut)
        .expect("an object")
        .remove(key)
        .expect("the key was there");
    launch
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn the_first_run_is_the_baseline_and_an_equal_second_run_is_no_drift(pool: PgPool) {
    for day in 1..=2 {
        import(&pool, &format!("2026-01-0{day}T00:00"), &list(&[launch(1), launch(2)])).await.unwrap();
        assert_eq!(count(&pool, "select count(*) from schema_drift where state <> 'known'").await, 0);
        assert_eq!(version(&pool).await, 1);
    }
    assert!(count(&pool, "select count(*) from schema_drift").await > 100);
    let (seen, first, last): (i64, chrono::DateTime<chrono::Utc>, chrono::DateTime<chrono::Utc>) = sqlx::query_as(
        "select seen_count, first_seen_at, last_seen_at from schema_drift where json_path = '$.pad.location.timezone_name' and entity = 'location'",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!((seen, first, last), (4, at("2026-01-01T00:00"), at("2026-01-02T00:00")));
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_new_key_is_reported_once_and_without_the_paths_below_it(pool: PgPool) {
    import(&pool, "2026-01-01T00:00", &list(&[launch(1), launch(2)])).await.unwrap();
    let grown = with(launch(1), &[("/mission/weight", json!({"dry": {"kg": 1}, "wet": [2]}))]);
    // Null alone is not drift of a path that had values, nor is the first value of a path that was always null.
    let grown = with(grown, &[("/slug", Value::Null), ("/probability", json!(80))]);
    let report = import(&pool, "2026-01-02T00:00", &list(&[grown.clone(), launch(2)])).await.unwrap();
    assert_eq!((report.counts.quarantined, report.counts.launches_changed), (0, 1), "the load continues");
    assert_eq!(drifted(&pool, "new").await, [path("$.mission.weight", "object", "mission")]);
    assert_eq!(drifted(&pool, "retyped").await, []);
    assert_eq!(version(&pool).await, 2);
    let added = count(&pool, "select added_count::bigint from schema_version where version_number = 2").await;
    assert_eq!(added, 6, "weight, dry, kg, wet, its element, and a number for a probability");
    // With the first crew, all paths below it are new to us; none of them is a change by LL2.
    let crewed = with(grown, &[("/rocket/spacecraft_stage", json!({"launch_crew": [{"role": {"role": "Pilot"}}]}))]);
    import(&pool, "2026-01-03T00:00", &list(&[crewed, launch(2)])).await.unwrap();
    assert_eq!(drifted(&pool, "new").await.len(), 1);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn another_type_is_drift_and_quarantines_only_in_required_fields(pool: PgPool) {
    import(&pool, "2026-01-01T00:00", &list(&[launch(1), launch(2), launch(3)])).await.unwrap();
    let harmless = [("/pad/latitude", json!(-39.262833)), ("/rocket/configuration", json!("Falcon 9"))];
    let harmless = with(launch(1), &harmless);
    let needed = with(launch(2), &[("/name", json!({"en": "Payload 2"}))]);
    let report = import(&pool, "2026-01-02T00:00", &list(&[harmless, needed, launch(3)])).await.unwrap();
    assert_eq!((report.is_complete, report.counts.quarantined, report.counts.launches_closed), (true, 1, 0));
    assert_eq!(
        drifted(&pool, "retyped").await,
        [
            path("$.name", "object", "launch"),
            path("$.pad.latitude", "number", "pad"),
            path("$.rocket.configuration", "string", "rocket_config")
        ]
    );
    assert_eq!(count(&pool, "select count(*) from raw_quarantine where json_path = '$.results[1].name'").await, 1);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn only_a_complete_run_shows_a_vanished_path_and_its_return_clears_it(pool: PgPool) {
    let optional = with(launch(2), &[("/sometimes", json!(1))]);
    import(&pool, "2026-01-01T00:00", &list(&[launch(1), optional])).await.unwrap();
    let less = |number| without(without(launch(number), "", "hashtag"), "/pad/location", "timezone_name");
    import(&pool, "2026-01-02T00:00", &partial(&[less(1), less(2)])).await.unwrap();
    assert_eq!(drifted(&pool, "vanished").await, [], "it may be on the pages that were not read");
    import(&pool, "2026-01-03T00:00", &list(&[less(1), launch(2)])).await.unwrap();
    assert_eq!(drifted(&pool, "vanished").await, [], "one launch has it");
    assert_eq!(version(&pool).await, 1);
    // From here on not every launch has the time zone's key, so its path can no longer vanish; the one next to it still
    // can.
    let less = |number| without(launch(number), "/pad/location", "total_landing_count");
    import(&pool, "2026-01-04T00:00", &list(&[less(1), less(2)])).await.unwrap();
    assert_eq!(drifted(&pool, "vanished").await, [path("$.pad.location.total_landing_count", "number", "location")]);
    assert_eq!(version(&pool).await, 2);
    let gone = |number| with(launch(number), &[("/pad/location", Value::Null)]);
    import(&pool, "2026-01-05T00:00", &list(&[gone(1), gone(2), launch(3)])).await.unwrap();
    assert_eq!(drifted(&pool, "vanished").await, []);
    assert_eq!(version(&pool).await, 3);
    assert_eq!(count(&pool, "select count(*) from schema_drift where vanished_at is not null").await, 0);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn an_old_archive_adds_paths_without_an_alarm(pool: PgPool) {
    import(&pool, "2026-01-02T00:00", &list(&[launch(1), launch(2)])).await.unwrap();
    let old = |number| with(without(launch(number), "", "hashtag"), &[("/tbddate", json!(true))]);
    import(&pool, "2025-01-01T00:00", &list(&[old(1), old(2)])).await.unwrap();
    assert_eq!(count(&pool, "select count(*) from schema_drift where state <> 'known'").await, 0);
    assert_eq!(count(&pool, "select count(*) from schema_drift where json_path = '$.tbddate'").await, 1);
    let first: chrono::DateTime<chrono::Utc> =
        sqlx::query_scalar("select first_seen_at from schema_drift where json_path = '$.id'")
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!(first, at("2025-01-01T00:00"));
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn each_mode_has_its_own_baseline(pool: PgPool) {
    let normal = |number| without(without(launch(number), "", "updates"), "", "vidURLs");
    import(&pool, "2026-01-01T00:00", &list(&[normal(1), normal(2), normal(3)])).await.unwrap();
    // Mostly normal, one follow-up in detailed mode; then all in detailed mode.
    import(&pool, "2026-01-02T00:00", &list(&[normal(1), normal(2), launch(3)])).await.unwrap();
    import(&pool, "2026-01-03T00:00", &list(&[launch(1), launch(2), launch(3)])).await.unwrap();
    assert_eq!(count(&pool, "select count(*) from schema_drift where state <> 'known'").await, 0);
    assert_eq!(count(&pool, "select count(*) from schema_version where version_number = 1").await, 2);
    assert_eq!(count(&pool, "select count(*) from schema_version").await, 2);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn unknown_statuses_orbits_and_precisions_are_inserted(pool: PgPool) {
    let word = |id: i64| json!({"id": id, "name": "Nobody Knew", "abbrev": "NEW", "description": "Of late."});
    let record = with(
        launch(1),
        &[
            ("/status", word(77)),
            ("/net_precision", word(78)),
            ("/mission/orbit", json!({"id": 79, "name": "Around the Bend", "abbrev": "ATB"})),
        ],
    );
    let report = import(&pool, "2026-01-01T00:00", &list(&[record, launch(2)])).await.unwrap();
    assert_eq!((report.counts.quarantined, report.counts.launches_changed), (0, 2));
    assert_eq!(
        count(
            &pool,
            "select count(*) from mart_launch_board
            where status_id = 77 and net_precision_id = 78 and orbit_id = 79 and orbit_name = 'Around the Bend'"
        )
        .await,
        1
    );
}
