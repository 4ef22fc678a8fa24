//! LL2's counters, which change for many launches whenever any of them flies, do not make a launch a changed one.

use ingest::{ReplayScope, RunReport};
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::{
    checks::laden,
    fixture::{count, id, import, launch, list, partial, status, with},
    replay::{hash, replay},
};

const COUNTERS: [&str; 8] = [
    "/orbital_launch_attempt_count",
    "/location_launch_attempt_count",
    "/pad_launch_attempt_count",
    "/agency_launch_attempt_count",
    "/orbital_launch_attempt_count_year",
    "/location_launch_attempt_count_year",
    "/pad_launch_attempt_count_year",
    "/agency_launch_attempt_count_year",
];

/// Returns the launch with every counter one higher, and another turnaround of its pad.
fn counted_on(launch: Value) -> Value {
    let changes = COUNTERS.map(|key| (key, json!(launch.pointer(key).and_then(Value::as_i64).expect("a counter") + 1)));
    with(with(launch, &changes), &[("/pad_turnaround", json!("P11D"))])
}

/// Replaces every content hash, as after the rule of the hash has changed.
async fn hash_by_another_rule(pool: &PgPool) {
    sqlx::query("update fact_launch set content_hash = sha256('another rule' || content_hash)")
        .execute(pool)
        .await
        .expect("the column is there");
}

fn changed(report: &RunReport) -> (u64, u64, u64) {
    (report.counts.launches_changed, report.counts.launches_unchanged, report.counts.launches_late)
}

const COUNTED_ON: &str = "select count(*) from fact_launch
    where (orbital_launch_attempt_count, location_launch_attempt_count, pad_launch_attempt_count, agency_launch_attempt_count,
        orbital_launch_attempt_count_year, location_launch_attempt_count_year, pad_launch_attempt_count_year,
        agency_launch_attempt_count_year, pad_turnaround) = (7001, 9, 9, 9, 81, 2, 2, 2, 'P11D')";

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn counters_alone_are_stored_and_the_launch_is_unchanged(pool: PgPool) {
    let all = [launch(1), launch(2), launch(3)];
    import(&pool, "2026-01-01T00:00", &list(&all)).await.unwrap();
    let hashes = "select count(distinct (launch_id, content_hash)) from (
        select launch_id, content_hash from fact_launch union all select launch_id, content_hash from stg_ll2__launch
    ) as hashed";

    let flown = [counted_on(launch(1)), counted_on(launch(2)), launch(3)];
    let report = import(&pool, "2026-01-02T00:00", &list(&flown)).await.unwrap();
    assert_eq!(changed(&report), (0, 3, 0));
    assert_eq!((report.counts.revisions, report.counts.net_changes, report.counts.launches_closed), (0, 0, 0));
    assert_eq!(count(&pool, COUNTED_ON).await, 2);
    assert_eq!(count(&pool, "select count(*) from stg_ll2__change").await, 0, "no further processing");
    let written = "select row_count from ingest_statement where ingest_run_id = 2 and name = 'fact_launch_counter'";
    assert_eq!(count(&pool, written).await, 2, "the third launch is not written");
    assert_eq!(count(&pool, hashes).await, 3, "the hash does not cover them");
    assert_eq!(count(&pool, "select launch_changed_count::bigint from ingest_run where ingest_run_id = 2").await, 0);

    // The record does not contain the turnaround: it stays, and that is no change either.
    let mut without = counted_on(launch(1));
    without.as_object_mut().unwrap().remove("pad_turnaround");
    let report = import(&pool, "2026-01-02T12:00", &partial(&[without])).await.unwrap();
    assert_eq!(changed(&report), (0, 1, 0));
    assert_eq!(count(&pool, COUNTED_ON).await, 2);

    // Something else changes, too.
    let renamed = with(counted_on(launch(3)), &[("/slug", json!("renamed"))]);
    let report = import(&pool, "2026-01-03T00:00", &list(&[launch(1), counted_on(launch(2)), renamed])).await.unwrap();
    assert_eq!(changed(&report), (1, 2, 0));
    assert_eq!(count(&pool, COUNTED_ON).await, 2);
    assert_eq!(count(&pool, "select count(*) from fact_launch where orbital_launch_attempt_count = 7000").await, 1);

    // A late record overwrites no counter.
    let report = import(&pool, "2026-01-02T18:00", &partial(&[counted_on(launch(1))])).await.unwrap();
    assert_eq!(changed(&report), (0, 0, 1));
    assert_eq!(count(&pool, COUNTED_ON).await, 2);

    let before = hash(&pool).await;
    let report = replay(&pool, ReplayScope::Everything).await.unwrap();
    assert_eq!(report.hashes, (before.clone(), before));
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn after_a_change_of_the_hash_a_late_record_does_not_replace_it(pool: PgPool) {
    let all: Vec<Value> = (1..=3).map(laden).collect();
    import(&pool, "2026-01-01T00:00", &list(&all)).await.unwrap();
    hash_by_another_rule(&pool).await;
    let hashes = "select string_agg(content_hash::text, ',' order by launch_id) from fact_launch";
    let before: String = sqlx::query_scalar(hashes).fetch_one(&pool).await.unwrap();
    assert_eq!(changed(&import(&pool, "2025-12-31T00:00", &partial(&all)).await.unwrap()), (0, 0, 3));
    assert_eq!(sqlx::query_scalar::<_, String>(hashes).fetch_one(&pool).await.unwrap(), before);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn after_a_change_of_the_hash_the_same_records_change_nothing(pool: PgPool) {
    let all: Vec<Value> = (1..=3).map(laden).collect();
    import(&pool, "2026-01-01T00:00", &list(&all)).await.unwrap();
    let hashes = "select string_agg(content_hash::text, ',' order by launch_id) from fact_launch";
    let before: String = sqlx::query_scalar(hashes).fetch_one(&pool).await.unwrap();
    hash_by_another_rule(&pool).await;

    // Counters that changed since the last poll by the old rule do not count either.
    let now = [counted_on(laden(1)), laden(2), laden(3)];
    assert_eq!(changed(&import(&pool, "2026-01-02T00:00", &list(&now)).await.unwrap()), (0, 3, 0));
    assert_eq!(sqlx::query_scalar::<_, String>(hashes).fetch_one(&pool).await.unwrap(), before);
    assert_eq!(count(&pool, COUNTED_ON).await, 1);
    assert_eq!(changed(&import(&pool, "2026-01-03T00:00", &list(&now)).await.unwrap()), (0, 3, 0));
    let rehashed =
        "select string_agg(ingest_run_id || ' ' || row_count, ', ' order by ingest_run_id) from ingest_statement
        where name = 'fact_launch_rehash'";
    let rehashed: String = sqlx::query_scalar(rehashed).fetch_one(&pool).await.unwrap();
    assert_eq!(rehashed, "2 3", "the first poll replaces every hash, and the next one finds none to replace");

    hash_by_another_rule(&pool).await;
    let renamed = with(laden(3), &[("/slug", json!("renamed"))]);
    let report = import(&pool, "2026-01-04T00:00", &list(&[now[0].clone(), laden(2), renamed])).await.unwrap();
    assert_eq!(changed(&report), (1, 2, 0));
    let content = hash(&pool).await;
    assert_eq!(replay(&pool, ReplayScope::Everything).await.unwrap().hashes.1, content);
}

/// The comparison that replaces an old hash must not overlook a value that the hash covers.
#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn after_a_change_of_the_hash_every_other_value_counts(pool: PgPool) {
    let agency =
        json!([{"id": 110, "name": "Made-up Agency", "abbrev": "MUA", "type": "Government", "country_code": "NZL"}]);
    let others = [
        ("/name", json!("Renamed")),
        ("/slug", json!("renamed")),
        ("/status", status(8)),
        ("/launch_service_provider/id", json!(101)),
        ("/rocket/configuration/id", json!(301)),
        ("/pad/id", json!(501)),
        ("/mission/id", json!(401)),
        ("/mission", Value::Null),
        ("/mission/name", json!("Renamed")),
        ("/mission/type", json!("Communications")),
        ("/mission/orbit", json!({"id": 9, "name": "Polar Orbit", "abbrev": "PO"})),
        ("/mission/agencies", agency),
        ("/net", json!("2026-06-02T12:00:00Z")),
        ("/net_precision/id", json!(2)),
        ("/window_start", json!("2026-06-01T11:00:00Z")),
        ("/window_end", json!("2026-06-01T15:00:00Z")),
        ("/probability", json!(40)),
        ("/weather_concerns", json!("Wind")),
        ("/failreason", json!("Engine")),
        ("/hashtag", json!("#Up")),
        ("/webcast_live", json!(true)),
        ("/image", json!("https://media.example/other.jpg")),
        ("/infographic", json!("https://media.example/infographic.jpg")),
        ("/flightclub_url", json!("https://flightclub.example/1")),
        ("/last_updated", json!("2026-01-01T00:00:01Z")),
        ("/program", json!([])),
        ("/updates", json!([])),
        ("/updates/0/comment", json!("Off.")),
        ("/vidURLs", json!([{"url": "https://video.example/2", "title": "Live"}])),
        ("/mission_patches/0/name", json!("Another Patch")),
        ("/infoURLs/0/title", json!("Press release")),
        ("/rocket/spacecraft_stage/launch_crew/0/astronaut/id", json!(10)),
        ("/rocket/spacecraft_stage/destination", json!("Untidy orbit")),
        ("/rocket/spacecraft_stage/spacecraft/id", json!(61)),
        ("/rocket/spacecraft_stage/landing/success", json!(true)),
        ("/rocket/launcher_stage/0/launcher/serial_number", json!("B2")),
        ("/rocket/launcher_stage/0/launcher/id", json!(71)),
        ("/rocket/launcher_stage/0/id", json!(4000)),
        ("/rocket/launcher_stage/0/landing/location/id", json!(81)),
    ];
    let (before, after): (Vec<Value>, Vec<Value>) = (1..)
        .zip(&others)
        .map(|(number, (pointer, value))| (laden(number), with(laden(number), &[(pointer, value.clone())])))
        .unzip();
    differ_by_value(&pool, &before, &after, |number| others[number].0).await;
}

/// Like the above, for what only records of 2.3.0 contain.
#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn after_a_change_of_the_hash_values_of_2_3_0_count(pool: PgPool) {
    let payload = json!([{"id": 1, "amount": 1, "payload": {"id": 5, "name": "Lander", "mass": 84.5}}]);
    let others = [
        ("/launch_designator", json!("2026-001")),
        ("/rocket/payloads", json!([])),
        ("/rocket/payloads/0/payload/mass", json!(85)),
    ];
    let of_230 = |number| {
        with(
            launch(number),
            &[
                ("/response_mode", json!("detailed")),
                ("/launch_designator", json!("2026-000")),
                ("/rocket/payloads", payload.clone()),
            ],
        )
    };
    let (before, after): (Vec<Value>, Vec<Value>) = (1..)
        .zip(&others)
        .map(|(number, (pointer, value))| (of_230(number), with(of_230(number), &[(pointer, value.clone())])))
        .unzip();
    differ_by_value(&pool, &before, &after, |number| others[number].0).await;
}

/// Each launch of `after` has another value than that of `before`; every hash is one of another rule.
async fn differ_by_value(pool: &PgPool, before: &[Value], after: &[Value], name: impl Fn(usize) -> &'static str) {
    // A launch without another value must not count.
    let same = with(before[0].clone(), &[("/id", json!(id(999))), ("/mission/id", json!(499))]);
    let observed = |launches: &[Value]| {
        let mut all = launches.to_vec();
        all.push(same.clone());
        list(&all)
    };
    import(pool, "2026-01-01T00:00", &observed(before)).await.expect("publishes");
    for (day, launches) in [("02", after), ("03", before)] {
        hash_by_another_rule(pool).await;
        let report = import(pool, &format!("2026-01-{day}T00:00"), &observed(launches)).await.expect("publishes");
        let found: Vec<String> = sqlx::query_scalar("select launch_id::text from stg_ll2__change where has_record")
            .fetch_all(pool)
            .await
            .expect("the query is valid");
        let overlooked: Vec<&str> =
            (0..launches.len()).filter(|&number| !found.contains(&id(number as u32 + 1))).map(&name).collect();
        assert!(overlooked.is_empty(), "{day}: {overlooked:?}");
        assert_eq!(changed(&report), (launches.len() as u64, 1, 0), "{day}");

        hash_by_another_rule(pool).await;
        let report = import(pool, &format!("2026-01-{day}T12:00"), &observed(launches)).await.expect("publishes");
        assert_eq!(changed(&report), (0, launches.len() as u64 + 1, 0), "{day}");
    }
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_record_of_another_mode_with_the_stored_values_changes_nothing(pool: PgPool) {
    let mut normal = laden(1);
    let keys = normal.as_object_mut().unwrap();
    for key in ["updates", "infoURLs", "vidURLs", "mission_patches", "pad_turnaround", "flightclub_url"] {
        keys.remove(key);
    }
    import(&pool, "2026-01-01T00:00", &list(&[normal.clone()])).await.unwrap();
    let report = import(&pool, "2026-01-02T00:00", &list(&[laden(1)])).await.unwrap();
    assert_eq!(changed(&report), (1, 0, 0), "the first detailed record");
    let children = "select (select count(*) from launch_update) + (select count(*) from launch_video)";
    assert_eq!(count(&pool, children).await, 2);
    for (day, record) in [("03", &normal), ("04", &laden(1)), ("05", &counted_on(laden(1))), ("06", &normal)] {
        let report = import(&pool, &format!("2026-01-{day}T00:00"), &list(std::slice::from_ref(record))).await.unwrap();
        assert_eq!(changed(&report), (0, 1, 0), "{day}");
    }
    assert_eq!(count(&pool, children).await, 2);
    let kept = "select count(*) from fact_launch where has_detail and pad_turnaround = 'P11D' and orbital_launch_attempt_count = 7000";
    assert_eq!(count(&pool, kept).await, 1);
    let before = hash(&pool).await;
    assert_eq!(replay(&pool, ReplayScope::Everything).await.unwrap().hashes.1, before);
}
