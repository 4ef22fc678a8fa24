//! Each invariant holds after a run, and each detects a fault that is made by hand.

use std::num::NonZeroU32;

use ingest::invariants::{self, Content, INVARIANTS};
use serde_json::json;
use sqlx::PgPool;

use crate::fixture::{import, launch, list, with};

const BUDGET: NonZeroU32 = NonZeroU32::new(15).unwrap();

async fn broken(pool: &PgPool) -> Vec<&'static str> {
    let mut connection = pool.acquire().await.expect("a connection");
    let mut violations = invariants::violations(&mut connection, BUDGET).await.expect("the queries are valid");
    violations.extend(invariants::landing_violations(&mut connection).await.expect("the queries are valid"));
    violations.into_iter().map(|violation| violation.invariant).collect()
}

/// Makes two observations of two launches; the second one moved one of them.
async fn two_runs(pool: &PgPool) {
    import(pool, "2026-02-01T00:00", &list(&[launch(1), launch(2)])).await.expect("good launches");
    let moved =
        with(launch(1), &[("/net", json!("2026-06-05T12:00:00Z")), ("/last_updated", json!("2026-02-01T12:00:00Z"))]);
    import(pool, "2026-02-02T00:00", &list(&[moved, launch(2)])).await.expect("good launches");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn each_invariant_detects_its_violation(pool: PgPool) {
    two_runs(&pool).await;
    assert_eq!(broken(&pool).await, Vec::<&str>::new());
    // A fault for each invariant, in a transaction that is rolled back.
    let request =
        "insert into ingest_request (ingest_run_id, purpose, url, sent_at, finished_at, outcome, retry_after_seconds)";
    let cases: [(&str, Vec<String>); 16] = [
        (
            "budget_holds_in_any_hour",
            vec![format!(
                "{request} select 1, 'upcoming', 'u', now(), now(), 'failed', null from generate_series(1, 16)"
            )],
        ),
        (
            "nothing_is_sent_before_retry_after",
            vec![
                format!(
                    "{request} values (1, 'upcoming', 'u', now() - interval '9 s', now() - interval '8 s', 'throttled', 60)"
                ),
                format!("{request} values (1, 'follow_up', 'u', now(), now(), 'failed', null)"),
            ],
        ),
        ("accepted_answers_are_landed", vec!["update ingest_request set page_sha256 = null".to_owned()]),
        ("landed_pages_have_a_request", vec!["delete from ingest_request".to_owned()]),
        (
            "requests_in_flight_belong_to_lost_runs",
            vec!["update ingest_request set outcome = 'sent', page_sha256 = null, url = 'elsewhere'".to_owned()],
        ),
        (
            "published_rows_belong_to_published_runs",
            vec!["update ingest_run set state = 'failed', error = 'by hand'".to_owned()],
        ),
        (
            "complete_lists_account_for_every_launch",
            vec!["update ingest_run set is_complete = true, announced_count = 3".to_owned()],
        ),
        ("succeeded_runs_have_their_pages", vec!["update ingest_run set kind = 'sweep', page_count = 7".to_owned()]),
        (
            "history_is_contiguous",
            vec![
                "update fact_launch_revision set valid_from = valid_from + interval '1 s' where valid_to is null"
                    .to_owned(),
            ],
        ),
        (
            "history_has_no_equal_neighbours",
            vec!["update fact_launch_revision set net_at = (select max(net_at) from fact_launch)".to_owned()],
        ),
        ("every_launch_has_an_open_revision", vec!["update fact_launch set is_upcoming = false".to_owned()]),
        ("net_changes_are_counted", vec!["delete from fact_net_change".to_owned()]),
        ("runs_do_not_overlap", vec!["update ingest_run set finished_at = now() + interval '1 hour'".to_owned()]),
        ("epochs_do_not_go_back", vec!["update ingest_run set epoch = 5 - ingest_run_id".to_owned()]),
        ("steps_end_with_their_run", vec!["update ingest_step set state = 'running', finished_at = null".to_owned()]),
        (
            "landed_bodies_are_what_their_key_says",
            vec!["update raw_ll2_page set body_bytes = body_bytes - 1".to_owned()],
        ),
    ];
    for (name, statements) in &cases {
        let mut transaction = pool.begin().await.unwrap();
        for statement in statements {
            sqlx::query(sqlx::AssertSqlSafe(statement.as_str())).execute(&mut *transaction).await.unwrap();
        }
        let mut found = invariants::violations(&mut transaction, BUDGET).await.unwrap();
        found.extend(invariants::landing_violations(&mut transaction).await.unwrap());
        assert!(found.iter().any(|violation| violation.invariant == *name), "{name} did not notice: {found:?}");
        transaction.rollback().await.unwrap();
    }
    // A session counts as lingering after ten seconds, which is too long for a test.
    let untested: Vec<&str> =
        INVARIANTS.iter().map(|it| it.name).filter(|name| cases.iter().all(|(case, _)| case != name)).collect();
    assert_eq!(untested, ["sessions_do_not_linger"]);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_landed_launch_that_was_lost_is_detected(pool: PgPool) {
    two_runs(&pool).await;
    for table in ["fact_launch_revision", "fact_net_change", "fact_launch"] {
        let statement = format!("delete from {table} where launch_id = '{}'", crate::fixture::id(2));
        sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&pool).await.unwrap();
    }
    assert_eq!(broken(&pool).await, ["landed_records_are_known_or_quarantined"]);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn content_ignores_times_and_compares_values(pool: PgPool) {
    two_runs(&pool).await;
    let mut connection = pool.acquire().await.unwrap();
    let before = Content::read(&mut connection).await.unwrap();
    sqlx::query("update fact_launch set first_seen_at = now(), last_seen_at = now()").execute(&pool).await.unwrap();
    assert_eq!(Content::read(&mut connection).await.unwrap(), before);
    sqlx::query("update fact_launch_revision set name = 'by hand' where valid_to is not null")
        .execute(&pool)
        .await
        .unwrap();
    let after = Content::read(&mut connection).await.unwrap();
    assert_eq!(after.differences(&before).len(), 1);
    assert_eq!(after.current(), before.current());
    assert!(!before.is_empty() && before.len() > after.current().len());
}
