use ingest::ReplayScope;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use sqlx::PgPool;

use crate::{
    fixture::{Files, at, count, id, import, import_files, launch, list, published, status, with},
    replay::replay,
};

async fn hash(pool: &PgPool) -> String {
    sqlx::query_scalar("select content_hash()").fetch_one(pool).await.expect("the function is there")
}

/// Returns a record that no parser can ever use.
fn unusable(number: u32) -> Value {
    with(launch(number), &[("/name", Value::Null)])
}

/// Puts a record into quarantine, as a parser would that cannot read it; its page is in landing.
async fn as_if_unreadable(pool: &PgPool, record: &Value, first_seen: &str, last_seen: &str) {
    sqlx::query(
        "insert into raw_quarantine (
            sha256, ingest_run_id, page_sha256, entity, record_key, reason, api_version, listing, first_seen_at, last_seen_at, body
        )
        select $1, ingest_run_id, sha256, 'launch', $2, 'not the shape of a launch', '2.2.0', 'upcoming', $3, $4, $5
        from raw_ll2_page limit 1",
    )
    .bind(Sha256::digest(record.to_string()).as_slice())
    .bind(record["id"].as_str())
    .bind(at(first_seen))
    .bind(at(last_seen))
    .bind(record.to_string().into_bytes())
    .execute(pool)
    .await
    .expect("the query is valid");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_body_received_three_times_is_one_page_and_three_requests(pool: PgPool) {
    for _ in 0..3 {
        import(&pool, "2026-01-01T00:00", &list(&[launch(1)])).await.unwrap();
    }
    assert_eq!(count(&pool, "select count(*) from raw_ll2_page").await, 1);
    assert_eq!(
        count(&pool, "select count(*) from ingest_request where outcome = 'accepted' and page_sha256 is not null")
            .await,
        3
    );
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn an_unusable_record_is_one_row_and_blocks_no_other(pool: PgPool) {
    let files = Files::new();
    for cycle in 0..3 {
        let written = (0..4)
            .map(|file| {
                let good = with(launch(1 + file), &[("/hashtag", json!(cycle.to_string()))]);
                files.write(&format!("upcoming{file}.json"), &json!([unusable(999), good]))
            })
            .collect();
        let report = import_files(&pool, &format!("2026-01-01T{cycle:02}:00"), written).await.unwrap();
        let counts = report.counts;
        assert_eq!((counts.records, counts.quarantined, counts.duplicates), (8, 1, 3));
        assert_eq!((counts.launches_changed, counts.launches_unchanged, counts.launches_late), (4, 0, 0));
    }
    assert_eq!(count(&pool, "select count(*) from raw_quarantine where seen_count = 3").await, 1);
    assert_eq!(count(&pool, "select count(*) from raw_quarantine").await, 1);
    assert_eq!(count(&pool, "select count(*) from fact_launch").await, 4);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_run_of_which_more_than_a_fifth_is_unusable_is_not_published(pool: PgPool) {
    let page = |good: u32, bad: u32| {
        let bad = (1000..1000 + bad).map(unusable);
        list(&(1..=good).map(launch).chain(bad).collect::<Vec<_>>())
    };
    import(&pool, "2026-01-01T00:00", &page(40, 10)).await.expect("a fifth");
    let before = published(&pool).await;
    let error = import(&pool, "2026-01-01T01:00", &page(41, 11)).await.unwrap_err();
    assert!(error.to_string().contains("assert_most_records_are_usable (1)"), "{error}");
    assert_eq!(published(&pool).await, before);
    assert_eq!(count(&pool, "select count(*) from raw_quarantine").await, 11, "kept, with the reasons");
    // A few records are no evidence that the parser does not fit.
    import(&pool, "2026-01-01T02:00", &json!([launch(42), unusable(1000), unusable(1001)])).await.expect("too few");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn the_records_of_a_run_add_up(pool: PgPool) {
    import(&pool, "2026-01-01T00:00", &list(&[launch(1), launch(2), launch(3)])).await.unwrap();
    import(&pool, "2026-01-09T00:00", &json!([launch(3)])).await.unwrap();
    // One new, one changed, one unchanged, one late, two unusable ones, one of them repeated, and one usable record
    // repeated.
    let page = json!([
        launch(4),
        with(launch(1), &[("/status", status(8))]),
        launch(2),
        launch(3),
        unusable(5),
        {"id": 6},
        unusable(5),
        with(launch(4), &[("/name", json!("Met before"))]),
    ]);
    let report = import(&pool, "2026-01-05T00:00", &page).await.unwrap();
    let counts = report.counts;
    assert_eq!((counts.records, counts.duplicates, counts.quarantined), (8, 2, 2));
    assert_eq!((counts.launches_changed, counts.launches_unchanged, counts.launches_late), (2, 1, 1));
    let row: (i32, i32, i32, i32, i32, i32) = sqlx::query_as(
        "select record_count, launch_changed_count, launch_unchanged_count, launch_late_count, quarantined_count, duplicate_count
        from ingest_run order by ingest_run_id desc limit 1",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(row, (8, 2, 1, 1, 2, 2));
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_replay_loads_records_that_a_better_parser_can_read(pool: PgPool) {
    let page = list(&[launch(1), launch(2), unusable(3)]);
    import(&pool, "2026-01-01T00:00", &page).await.unwrap();
    import(&pool, "2026-01-02T00:00", &list(&[launch(1), with(launch(2), &[("/status", status(8))]), unusable(3)]))
        .await
        .unwrap();
    let whole = hash(&pool).await;
    // As if the parser at that time had not been able to read launch 2.
    as_if_unreadable(&pool, &launch(2), "2026-01-01T00:00", "2026-01-01T00:00").await;
    let second = with(launch(2), &[("/status", status(8))]);
    as_if_unreadable(&pool, &second, "2026-01-02T00:00", "2026-01-02T00:00").await;
    for table in ["fact_net_change", "fact_launch_revision", "launch_program", "fact_launch"] {
        sqlx::query(sqlx::AssertSqlSafe(format!("delete from {table} where launch_id = '{}'", id(2))))
            .execute(&pool)
            .await
            .unwrap();
    }
    assert_ne!(hash(&pool).await, whole);

    let report = replay(&pool, ReplayScope::Quarantine).await.unwrap();
    assert_eq!((report.resolved, report.quarantined), (2, 1));
    assert_eq!(hash(&pool).await, whole, "each loaded as of its own observation");
    assert_eq!(
        count(
            &pool,
            "select count(*) from raw_quarantine where resolved_at is not null and resolved_run_id is not null"
        )
        .await,
        2
    );
    assert_eq!(count(&pool, "select count(*) from raw_quarantine").await, 3, "nothing is deleted");
    assert_eq!(count(&pool, "select count(*) from mart_freshness where is_complete and upcoming_count = 2").await, 1);
    let before = published(&pool).await;
    assert_eq!(replay(&pool, ReplayScope::Quarantine).await.unwrap().resolved, 0);
    assert_eq!(published(&pool).await, before);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn recovered_records_do_not_overwrite_newer_data(pool: PgPool) {
    import(&pool, "2026-01-03T00:00", &list(&[launch(1), with(launch(2), &[("/name", json!("Newer"))])]))
        .await
        .unwrap();
    as_if_unreadable(&pool, &launch(2), "2026-01-01T00:00", "2026-01-02T00:00").await;
    let before = hash(&pool).await;
    let report = replay(&pool, ReplayScope::Quarantine).await.unwrap();
    assert_eq!((report.resolved, report.records), (1, 2));
    assert_eq!(hash(&pool).await, before);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn an_ordinary_replay_resolves_and_counts_no_sighting(pool: PgPool) {
    import(&pool, "2026-01-01T00:00", &list(&[launch(1), launch(2), unusable(3)])).await.unwrap();
    let whole = hash(&pool).await;
    as_if_unreadable(&pool, &launch(2), "2026-01-01T00:00", "2026-01-01T00:00").await;
    sqlx::query("delete from fact_launch_revision where launch_id = $1::uuid")
        .bind(id(2))
        .execute(&pool)
        .await
        .unwrap();
    sqlx::query("delete from fact_launch where launch_id = $1::uuid").bind(id(2)).execute(&pool).await.unwrap();
    let report = replay(&pool, ReplayScope::Everything).await.unwrap();
    assert_eq!((report.resolved, report.quarantined), (1, 1));
    assert_eq!(hash(&pool).await, whole);
    assert_eq!(count(&pool, "select seen_count::bigint from raw_quarantine where resolved_at is null").await, 1);
    // A record that is unusable again is reopened.
    sqlx::query("update raw_quarantine set resolved_at = now()").execute(&pool).await.unwrap();
    import(&pool, "2026-01-02T00:00", &list(&[launch(1), launch(2), unusable(3)])).await.unwrap();
    assert_eq!(
        count(&pool, "select count(*) from raw_quarantine where resolved_at is null and seen_count = 2").await,
        1
    );
}
