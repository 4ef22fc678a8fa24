//! One client sends too many expensive requests.

use std::time::Duration;

use reqwest::StatusCode;
use sqlx::{Connection as _, PgConnection};

use crate::{
    program::{Program, json, until},
    raw::Raw,
};

#[tokio::test(flavor = "multi_thread")]
async fn many_requests_for_the_whole_past_do_not_delay_other_clients() {
    let program = Program::start(&[]).await;
    let mut greedy = tokio::task::JoinSet::new();
    for _ in 0..40 {
        let url = program.url("/?past=true");
        greedy.spawn(async move { reqwest::get(url).await.expect("it answers").status() });
    }
    for path in ["/api/v1/freshness", "/scorecard", "/readyz", "/api/v1/scorecard", "/"].into_iter().cycle().take(15) {
        let answer = reqwest::get(program.url(path)).await.expect("it answers");
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
    }
    let statuses = greedy.join_all().await;
    assert!(statuses.contains(&StatusCode::OK), "{statuses:?}");
    let is_expected = |status: &StatusCode| matches!(*status, StatusCode::OK | StatusCode::SERVICE_UNAVAILABLE);
    assert!(statuses.iter().all(is_expected), "{statuses:?}");
    program.stop().await;
}

#[tokio::test]
async fn sessions_are_opened_before_the_first_request_and_have_a_statement_timeout() {
    let program = Program::start(&[]).await;
    let mut connection = PgConnection::connect(&program.database_url()).await.expect("the database is there");
    let sessions: i64 = sqlx::query_scalar(
        "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    )
    .fetch_one(&mut connection)
    .await
    .expect("reads");
    assert!((6..=16).contains(&sessions), "{sessions} sessions");
    connection.close().await.expect("closes");
    program.stop().await;
}

#[tokio::test]
async fn a_slow_statement_is_a_503_and_is_cancelled_with_its_request() {
    let program = Program::start(&[]).await;
    let published = async || {
        let freshness = json(reqwest::get(program.url("/api/v1/freshness")).await.expect("it answers")).await;
        freshness["run_id"].is_i64()
    };
    until(Duration::from_secs(90), "the first run publishes", published).await;
    let mut locker = PgConnection::connect(&program.database_url()).await.expect("the database is there");
    let mut looker = PgConnection::connect(&program.database_url()).await.expect("the database is there");
    let mut lock = locker.begin().await.expect("begins");
    sqlx::query("lock table fact_launch_revision in access exclusive mode").execute(&mut *lock).await.expect("locks");
    // Postgres shows only the beginning of a statement, which is the same for every board; of the boards only the one as of
    // another time waits for revisions.
    let beginning = include_str!("../../../warehouse/queries/launch_board.sql").lines().next();
    let mut waiting = async || -> i64 {
        let count = "select count(*) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock' and starts_with(query, $1)";
        sqlx::query_scalar(count).bind(beginning).fetch_one(&mut looker).await.expect("reads")
    };
    let path = program.url("/api/v1/launches?as_of=2026-01-01T00:00:00Z");
    let reader = tokio::spawn(reqwest::get(path.clone()));
    until(Duration::from_secs(10), "the statement waits", async || waiting().await > 0).await;
    reader.abort();
    // Postgres would end it after eight seconds in any case.
    until(Duration::from_secs(5), "the statement has ended with its reader", async || waiting().await == 0).await;

    let answer = reqwest::get(path).await.expect("it answers");
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.headers().contains_key("retry-after"));
    lock.rollback().await.expect("unlocks");
    program.stop().await;
}

#[tokio::test]
async fn a_failed_run_shows_no_error_text_of_the_database() {
    let program = Program::start(&[]).await;
    let mut connection = PgConnection::connect(&program.database_url()).await.expect("the database is there");
    let run: i64 = sqlx::query_scalar(
        "insert into ingest_run (kind, trigger, source, base_url, api_version, state, finished_at, error)
        values ('changed', 'schedule', 'simulated', 'http://localhost', '2.3.0', 'failed', now(),
            'could not close the run: error returned from database: duplicate key value violates \"canary_key\" (SQLSTATE 23505)')
        returning ingest_run_id",
    )
    .fetch_one(&mut connection)
    .await
    .expect("writes");
    sqlx::query(
        "insert into ingest_step (ingest_run_id, step_number, name, state, finished_at, detail)
        values ($1, 1, 'fetch', 'failed', now(), 'could not note: error returned from database: canary')",
    )
    .bind(run)
    .execute(&mut connection)
    .await
    .expect("writes");
    for path in [format!("/pipeline?run={run}"), format!("/api/pipeline?run={run}&known=")] {
        let answer = reqwest::get(program.url(&path)).await.expect("it answers");
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        let text = answer.text().await.expect("text");
        assert!(text.contains("SQLSTATE class 23"), "{path} states the kind of error");
        assert!(!text.contains("canary"), "{path}");
    }
    connection.close().await.expect("closes");
    program.stop().await;
}

/// A client that sends requests right after the start must not get errors from a program that is not ready.
#[tokio::test(flavor = "multi_thread")]
async fn eight_concurrent_requests_right_after_the_start_get_their_page() {
    let program = Program::start(&[]).await;
    let mut readers = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let url = program.url("/");
        readers.spawn(async move {
            let mut statuses = Vec::new();
            for _ in 0..3 {
                statuses.push(reqwest::get(&url).await.expect("it answers").status());
            }
            statuses
        });
    }
    let asked = tokio::time::timeout(Duration::from_secs(90), readers.join_all()).await.expect("they are answered");
    assert!(asked.iter().flatten().all(|status| *status == StatusCode::OK), "{asked:?}");
    program.stop().await;
}

/// Leptos disposes of the values of a dropped page, and its tasks panic if they read one of them at that moment.
#[tokio::test(flavor = "multi_thread")]
async fn clients_that_leave_while_their_page_is_rendered_cause_no_panic() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let log = folder.path().join("log");
    let program = Program::start_with_log(&log, &[]).await;
    // A page takes some 150 ms in a debug build; the clients leave at different times within it. Without the protection, one in twenty
    // of these requests panicked.
    for after in (0..30).map(|step| Duration::from_millis(step * 6)) {
        for path in ["/", "/choose", "/pipeline"] {
            let mut client = Raw::connect(program.addr).await;
            client.ask(path).await;
            tokio::time::sleep(after).await;
        }
    }
    let answer = reqwest::get(program.url("/")).await.expect("it answers");
    assert_eq!(answer.status(), StatusCode::OK);
    program.stop().await;
    let log = std::fs::read_to_string(&log).expect("it was written");
    assert!(!log.contains("panicked"), "{log}");
}
