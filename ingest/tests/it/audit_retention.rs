//! The retention of audit tables: what is deleted of old runs, and what stays.

use ingest::{ReplayScope, Retention, UpkeepOptions, checks};
use sqlx::PgPool;

use crate::{
    fixture::{count, import, launch, list},
    replay::{hash, replay},
    upkeep::{NOTHING, upkeep},
};

const YEAR: UpkeepOptions = UpkeepOptions { audit_retention: Retention::Days(365), ..NOTHING };

/// Three imports, of which the first ended 366 days ago and the second 364, and more newer runs than always keep their
/// details.
async fn old_runs(pool: &PgPool) {
    for day in 1..=3 {
        import(pool, &format!("2026-01-0{day}T00:00"), &list(&[launch(day)])).await.expect("imports");
    }
    sqlx::raw_sql(
        "insert into data_test_result (ingest_run_id, test, severity, offending_count)
        select ingest_run_id, 'assert_flights_end', 'warn', 1 from ingest_run;
        update data_test_summary set warned_count = 1;
        insert into ingest_request (ingest_run_id, purpose, url, finished_at, outcome)
        select ingest_run_id, 'throttle', '', now(), 'accepted' from ingest_run;
        update ingest_run set finished_at = now() - interval '366 days' where ingest_run_id = 1;
        update ingest_run set finished_at = now() - interval '364 days' where ingest_run_id = 2;
        insert into ingest_run (kind, trigger, source, base_url, api_version, state, finished_at, error)
        select 'sweep', 'schedule', 'simulated', '', '2.3.0', 'failed', now() - interval '9 days', 'x' from generate_series(4, 1002)",
    )
    .execute(pool)
    .await
    .expect("the tables are there");
}

/// Returns the runs that have rows in a table.
async fn runs_with(pool: &PgPool, rows: &str) -> Vec<i64> {
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select distinct ingest_run_id from {rows} order by 1")))
        .fetch_all(pool)
        .await
        .expect("the query is valid")
}

const DETAILS: [&str; 5] = [
    "ingest_step",
    "ingest_statement",
    "data_test_result",
    "ingest_request where purpose = 'throttle'",
    "mart_data_test",
];

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn details_of_old_runs_are_deleted_and_their_rows_stay(pool: PgPool) {
    old_runs(&pool).await;
    let counts = "select count(*) from (select * from mart_run) as run where test_count > 0 and warned_count = 1";
    assert_eq!(count(&pool, counts).await, 3);
    let before = hash(&pool).await;
    for details in DETAILS {
        assert_eq!(runs_with(&pool, details).await, [1, 2, 3], "{details}");
    }

    // Run 1 is old enough, and one of the newest thousand.
    sqlx::query("delete from ingest_run where ingest_run_id = 1002").execute(&pool).await.unwrap();
    sqlx::query("delete from ingest_run where ingest_run_id = 1001").execute(&pool).await.unwrap();
    assert_eq!(upkeep(&pool, YEAR).await.runs_without_details, 0);
    sqlx::raw_sql(
        "insert into ingest_run (kind, trigger, source, base_url, api_version, state, finished_at, error)
        select 'sweep', 'schedule', 'simulated', '', '2.3.0', 'failed', now(), 'x' from generate_series(1, 2)",
    )
    .execute(&pool)
    .await
    .unwrap();
    assert_eq!(upkeep(&pool, NOTHING).await.runs_without_details, 0);
    assert_eq!(runs_with(&pool, "ingest_step").await, [1, 2, 3], "kept for ever");

    assert_eq!(upkeep(&pool, YEAR).await.runs_without_details, 1);
    for details in DETAILS {
        assert_eq!(runs_with(&pool, details).await, [2, 3], "{details}");
    }
    let deleted = "select count(*) from ingest_run where details_deleted_at is not null and ingest_run_id = 1";
    assert_eq!(count(&pool, deleted).await, 1);
    assert_eq!(count(&pool, "select row_count from ingest_upkeep where name = 'audit_retention'").await, 1);
    assert_eq!(upkeep(&pool, YEAR).await.runs_without_details, 0, "once");

    // The list of runs has the same numbers, and a replay reads the same files.
    assert_eq!(count(&pool, counts).await, 3);
    assert_eq!(replay(&pool, ReplayScope::Everything).await.unwrap().hashes, (before.clone(), before));
    let mut connection = pool.acquire().await.unwrap();
    let findings = checks::run_over_everything(&mut connection).await.unwrap();
    let summaries = findings.iter().find(|finding| finding.check.name == "assert_test_summaries_add_up").unwrap();
    assert_eq!(summaries.offending_count, 0, "{:?}", summaries.sample);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn many_old_runs_are_pruned_in_batches_and_a_run_at_work_is_not(pool: PgPool) {
    sqlx::raw_sql(
        "insert into ingest_run (kind, trigger, source, base_url, api_version, state, finished_at, error)
        select 'sweep', 'schedule', 'simulated', '', '2.3.0', 'failed', now() - interval '2 years', 'x' from generate_series(1, 1450);
        update ingest_run set state = 'running', finished_at = null where ingest_run_id = 1;
        insert into ingest_step (ingest_run_id, step_number, name) select ingest_run_id, 1, 'fetch' from ingest_run",
    )
    .execute(&pool)
    .await
    .unwrap();
    assert_eq!(upkeep(&pool, YEAR).await.runs_without_details, 449);
    assert_eq!(count(&pool, "select count(*) from ingest_step").await, 1001);
    assert_eq!(count(&pool, "select count(*) from ingest_step where ingest_run_id = 1").await, 1);
    assert_eq!(count(&pool, "select row_count from ingest_upkeep where name = 'audit_retention'").await, 449);
}
