//! LL2's own count: a key that allows more, other clients at the same address, and pages that may not be reused.

use std::{num::NonZeroU32, time::Duration};

use ingest::{
    Error, RunOptions, RunReport, Source, Trigger,
    ll2::{Client, ClientOptions, Secret},
};
use simulator::{ApiVersion, Clock, InventedOptions, Options, Running, Simulator, WorldSource};
use sqlx::PgPool;

use crate::fixture::{asked, at, count};

/// Serves five pages, in a world that allows this many requests an hour.
async fn serve(throttle: u32) -> Running {
    let start = at("2026-02-01T00:00");
    let source =
        WorldSource::Invented(InventedOptions { upcoming: 450, past: 10, start, ..InventedOptions::default() });
    let options = Options { source, throttle: Some(throttle), clock: Clock::Fixed(start), ..Options::default() };
    Simulator::bind("127.0.0.1:0".parse().expect("an address"), options).await.expect("a free port").spawn()
}

async fn run(pool: &PgPool, running: &Running, budget: u32, token: Option<&str>) -> Result<RunReport, Error> {
    let options = ClientOptions {
        token: token.map(Secret::new),
        backoff: Duration::from_millis(1),
        ..ClientOptions::new(running.base_url(ApiVersion::V220))
    };
    let client = Client::new(options).expect("the simulator's base URL is a good one");
    let budget = NonZeroU32::new(budget).expect("a budget");
    let options =
        RunOptions { budget, poll_interval: Duration::from_secs(3600), source: Source::Simulated, world_now: None };
    ingest::run(pool, &client, &options, Trigger::Command).await
}

fn is_refused(running: &Running) -> bool {
    running.requests().iter().any(|request| request.status == 429)
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn with_a_key_the_limit_of_ll2_applies_and_not_the_configured_budget(pool: PgPool) {
    let running = serve(40).await;
    let report = run(&pool, &running, 2, Some("a key")).await.unwrap();
    assert!(report.is_complete);
    assert!(asked(&running).len() >= 5, "five pages with a budget of two");
    assert_eq!(count(&pool, "select count(*) from ingest_allowance where request_limit = 40").await, 1);
    assert!(!is_refused(&running));
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn without_a_key_the_configured_budget_applies_even_if_ll2_allows_more(pool: PgPool) {
    let running = serve(40).await;
    let report = run(&pool, &running, 2, None).await.unwrap();
    assert!(!report.is_complete);
    assert_eq!(asked(&running).len(), 2);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_limit_of_ll2_below_the_configured_budget_is_obeyed(pool: PgPool) {
    let running = serve(3).await;
    let report = run(&pool, &running, 15, None).await.unwrap();
    assert!(!report.is_complete);
    assert_eq!(asked(&running).len(), 3);
    assert!(!is_refused(&running), "the allowance was queried before, so that LL2 did not send a 429");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn requests_of_others_at_the_same_address_count(pool: PgPool) {
    let running = serve(15).await;
    let address = format!("{}/launch/upcoming/?limit=1", running.base_url(ApiVersion::V220));
    for _ in 0..13 {
        let answer = reqwest::get(&address).await.unwrap();
        assert_eq!(answer.status(), 200);
    }
    let report = run(&pool, &running, 15, None).await.unwrap();
    assert!(!report.is_complete);
    assert_eq!(asked(&running).len(), 13 + 2);
    assert_eq!(count(&pool, "select foreign_use::bigint from ingest_allowance").await, 13);
    assert!(!is_refused(&running));
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn pages_of_a_sweep_that_failed_its_tests_are_requested_again(pool: PgPool) {
    let running = serve(1000).await;
    // Makes a blocking test find rows: a status must have a name.
    sqlx::raw_sql(
        "create function corrupt() returns trigger language plpgsql as $$
        begin
            new.name = '';
            return new;
        end
        $$;
        create trigger corrupt before insert or update on dim_status for each row execute function corrupt()",
    )
    .execute(&pool)
    .await
    .unwrap();
    let blocked = run(&pool, &running, 1000, None).await.unwrap_err();
    assert!(matches!(blocked, Error::TestsFailed { .. }), "{blocked}");
    assert_eq!(count(&pool, "select count(*) from fact_launch").await, 0);
    sqlx::raw_sql("drop trigger corrupt on dim_status").execute(&pool).await.unwrap();
    let before = asked(&running).len();
    let report = run(&pool, &running, 1000, None).await.unwrap();
    assert!(report.is_complete);
    assert!(asked(&running).len() >= before + 5, "the earlier pages may have caused the failure");
    assert_eq!(count(&pool, "select count(*) from ingest_request where purpose = 'resumed'").await, 0);
}
