//! Rows of data tests that an operator has acknowledged.

use chrono::{DateTime, TimeDelta, Utc};
use ingest::{
    Error, ReplayScope,
    acknowledge::{self, Acknowledged, Request},
    checks::{self, Verdict},
};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, PgPool};

use crate::{
    fixture::{count, import, launch, list, with},
    replay::replay,
};

const WINDOW: &str = "assert_window_holds_net";
const COLLAPSE: &str = "assert_upcoming_does_not_collapse";

/// Returns a list of three launches, of which so many have a window that ends before their NET.
fn windows(odd: u32) -> Value {
    let launches: Vec<Value> = (1..=3)
        .map(|number| match number <= odd {
            true => with(
                launch(number),
                &[("/window_start", json!("2026-06-01T10:00:00Z")), ("/window_end", json!("2026-06-01T11:00:00Z"))],
            ),
            false => launch(number),
        })
        .collect();
    list(&launches)
}

fn request(test: &str) -> Request<'_> {
    Request { test, reason: "LL2 knows of it.", by: None, rows: None, until: None }
}

async fn acknowledge(pool: &PgPool, request: Request<'_>) -> Result<Acknowledged, Error> {
    acknowledge::acknowledge(pool, request).await
}

async fn now(pool: &PgPool) -> DateTime<Utc> {
    sqlx::query_scalar("select ingest_now()").fetch_one(pool).await.expect("the function is there")
}

async fn set_clock(pool: &PgPool, ahead: &str) {
    sqlx::raw_sql(AssertSqlSafe(format!(
        "create or replace function ingest_now() returns timestamptz language sql volatile
        as 'select clock_timestamp() + interval ''{ahead}'''"
    )))
    .execute(pool)
    .await
    .expect("the function can be replaced");
}

/// Returns the counts of warnings, blocking tests and acknowledged tests of the newest run.
async fn counts(pool: &PgPool) -> (i32, i32, i32) {
    sqlx::query_as(
        "select warned_count, blocked_count, acknowledged_count
        from data_test_summary order by ingest_run_id desc limit 1",
    )
    .fetch_one(pool)
    .await
    .expect("a run was tested")
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn acknowledged_rows_do_not_warn_until_there_are_more(pool: PgPool) {
    import(&pool, "2026-01-01T00:00", &windows(1)).await.unwrap();
    assert_eq!(counts(&pool).await, (1, 0, 0));
    let done = acknowledge(&pool, Request { by: Some("  Rocky "), ..request(WINDOW) }).await.unwrap();
    assert_eq!((done.found, done.acknowledgement.offending_count, done.has_replaced), (1, 1, false));
    assert_eq!(done.acknowledgement.acknowledged_by.as_deref(), Some("Rocky"));

    import(&pool, "2026-01-02T00:00", &windows(1)).await.unwrap();
    assert_eq!(counts(&pool).await, (0, 0, 1));
    let shown: Vec<(i64, Option<String>, i64, Option<i64>)> = sqlx::query_as(
        "select ingest_run_id, acknowledged_reason, offending_count, acknowledged_row_count
        from mart_data_test where offending_count > 0 order by ingest_run_id",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    let known = Some("LL2 knows of it.".to_owned());
    assert_eq!(shown, [(1, None, 1, None), (2, known, 1, Some(1))], "and results before it are unchanged");
    let warned: Option<String> =
        sqlx::query_scalar("select detail from ingest_step where ingest_run_id = 2 and name = 'test'")
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!(warned, None);

    import(&pool, "2026-01-03T00:00", &windows(2)).await.unwrap();
    assert_eq!(counts(&pool).await, (1, 0, 0), "more rows than were acknowledged");
    import(&pool, "2026-01-04T00:00", &windows(1)).await.unwrap();
    assert_eq!(counts(&pool).await, (0, 0, 1));
    import(&pool, "2026-01-05T00:00", &windows(0)).await.unwrap();
    assert_eq!(counts(&pool).await, (0, 0, 0), "a test that passes needs no acknowledgement");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn an_acknowledgement_expires_and_can_be_revoked_and_replaced(pool: PgPool) {
    import(&pool, "2026-01-01T00:00", &windows(2)).await.unwrap();
    let verdict = async || {
        let mut connection = pool.acquire().await.unwrap();
        let findings = checks::run_over_everything(&mut connection).await.unwrap();
        findings.iter().find(|finding| finding.check.name == WINDOW).expect("it is a test").verdict()
    };
    assert_eq!(verdict().await, Verdict::Warn);
    let until = now(&pool).await + TimeDelta::hours(1);
    acknowledge(&pool, Request { until: Some(until), ..request(WINDOW) }).await.unwrap();
    assert_eq!(verdict().await, Verdict::Acknowledged);
    set_clock(&pool, "59 minutes").await;
    assert_eq!(verdict().await, Verdict::Acknowledged);
    set_clock(&pool, "61 minutes").await;
    assert_eq!(verdict().await, Verdict::Warn, "expired");

    let done = acknowledge(&pool, request(WINDOW)).await.unwrap();
    assert!(!done.has_replaced, "what has expired is not replaced");
    assert_eq!(verdict().await, Verdict::Acknowledged);
    let fewer = acknowledge(&pool, Request { rows: Some(1), ..request(WINDOW) }).await.unwrap();
    assert_eq!((fewer.has_replaced, fewer.found), (true, 2));
    assert_eq!(verdict().await, Verdict::Warn, "one of the two rows");

    acknowledge(&pool, request(WINDOW)).await.unwrap();
    assert!(acknowledge::revoke(&pool, WINDOW).await.unwrap());
    assert_eq!(verdict().await, Verdict::Warn, "revoked");
    assert!(!acknowledge::revoke(&pool, WINDOW).await.unwrap(), "there is none");
    assert_eq!(count(&pool, "select count(*) from data_test_acknowledgement").await, 4, "all of them are kept");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_defect_of_ll2_that_blocks_can_be_accepted_for_a_while(pool: PgPool) {
    let all: Vec<Value> = (1..=20).map(launch).collect();
    import(&pool, "2026-01-01T00:00", &list(&all)).await.unwrap();
    import(&pool, "2026-01-01T01:00", &list(&all[..5])).await.unwrap_err();
    let until = now(&pool).await + TimeDelta::days(2);
    let whole = Request { rows: Some(1), until: Some(until), ..request(COLLAPSE) };
    let too_late = until + TimeDelta::days(60);
    for (request, why) in [
        (Request { rows: None, ..whole }, "--rows"),
        (Request { until: None, ..whole }, "--until"),
        (Request { until: Some(too_late), ..whole }, "30 days"),
        (Request { test: "assert_revisions_are_contiguous", ..whole }, "damaged data"),
    ] {
        let error = acknowledge(&pool, request).await.unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }
    assert_eq!(count(&pool, "select count(*) from data_test_acknowledgement").await, 0);

    let done = acknowledge(&pool, whole).await.unwrap();
    assert_eq!(done.found, 1, "of the run that was not published");
    import(&pool, "2026-01-01T02:00", &list(&all[..5])).await.unwrap();
    assert_eq!(counts(&pool).await, (0, 0, 1));
    let results: Vec<(i64, String)> = sqlx::query_as(
        "select ingest_run_id, severity from mart_data_test
        where test = 'assert_upcoming_does_not_collapse' and offending_count > 0 order by 1",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(results, [(2, "block".to_owned()), (3, "warn".to_owned())], "it did not block");

    // Also if a release makes a test of our own state of it: the row in the table is not enough.
    sqlx::raw_sql(
        "update fact_launch_revision set valid_to = valid_from + interval '1 hour' where launch_id::text like '%1';
        insert into data_test_acknowledgement (test, reason, offending_count, expires_at)
        values ('assert_revisions_are_contiguous', 'Never mind.', 1000, now() + interval '1 day')",
    )
    .execute(&pool)
    .await
    .unwrap();
    let mut connection = pool.acquire().await.unwrap();
    let findings = checks::run_over_everything(&mut connection).await.unwrap();
    let damaged = findings.iter().find(|finding| finding.check.name == "assert_revisions_are_contiguous").unwrap();
    assert!(damaged.offending_count > 0);
    assert_eq!(damaged.verdict(), Verdict::Block);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn what_cannot_be_acknowledged_is_an_error_with_the_reason(pool: PgPool) {
    import(&pool, "2026-01-01T00:00", &windows(1)).await.unwrap();
    let past = now(&pool).await - TimeDelta::seconds(1);
    let long = "x".repeat(501);
    for (request, why) in [
        (Request { test: "assert_window_hold_net", ..request(WINDOW) }, "did you mean assert_window_holds_net"),
        (Request { reason: " ", ..request(WINDOW) }, "is empty"),
        (Request { reason: &long, ..request(WINDOW) }, "500"),
        (Request { by: Some(""), ..request(WINDOW) }, "the name is empty"),
        (Request { until: Some(past), ..request(WINDOW) }, "has passed"),
        (request("assert_window_is_not_reversed"), "finds no rows"),
        (Request { rows: Some(-1), ..request(WINDOW) }, "--rows"),
    ] {
        let error = acknowledge(&pool, request).await.unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }
    let unknown = acknowledge::revoke(&pool, "assert_window").await.unwrap_err();
    assert!(matches!(unknown, Error::UnknownTest { .. }), "{unknown}");
    assert_eq!(count(&pool, "select count(*) from data_test_acknowledgement").await, 0);
    let expected = Request { rows: Some(7), ..request("assert_window_is_not_reversed") };
    assert_eq!(acknowledge(&pool, expected).await.unwrap().found, 0, "rows that are expected");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn of_acknowledgements_at_once_one_is_in_force(pool: PgPool) {
    import(&pool, "2026-01-01T00:00", &windows(1)).await.unwrap();
    let one = |rows: i64| {
        let pool = pool.clone();
        tokio::spawn(async move { acknowledge(&pool, Request { rows: Some(rows), ..request(WINDOW) }).await })
    };
    for task in (1..=6).map(one).collect::<Vec<_>>() {
        task.await.expect("no panic").expect("stored");
    }
    assert_eq!(count(&pool, "select count(*) from data_test_acknowledgement").await, 6);
    assert_eq!(count(&pool, "select count(*) from data_test_acknowledgement where revoked_at is null").await, 1);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_replay_keeps_and_uses_acknowledgements(pool: PgPool) {
    import(&pool, "2026-01-01T00:00", &windows(1)).await.unwrap();
    acknowledge(&pool, request(WINDOW)).await.unwrap();
    let report = replay(&pool, ReplayScope::Everything).await.unwrap();
    assert_eq!(report.hashes.0, report.hashes.1);
    assert_eq!(counts(&pool).await, (0, 0, 1));
    assert_eq!(count(&pool, "select count(*) from data_test_acknowledgement where revoked_at is null").await, 1);
}
