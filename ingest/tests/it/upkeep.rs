//! The upkeep of the database, by the function that the command calls; each kind has a file of its own.

use std::{num::NonZeroU32, time::Duration};

use ingest::{
    Retention, RunOptions, Source, UpkeepOptions, UpkeepReport,
    ll2::{Client, ClientOptions},
};
use simulator::{ApiVersion, Options, Simulator};
use sqlx::PgPool;

use crate::fixture::count;

/// Options with which nothing is done.
pub(crate) const NOTHING: UpkeepOptions = UpkeepOptions {
    audit_retention: Retention::Forever,
    raw_retention: Retention::Forever,
    compaction: None,
    poll_interval: Duration::from_secs(3600),
};

pub(crate) async fn upkeep(pool: &PgPool, options: UpkeepOptions) -> UpkeepReport {
    ingest::upkeep(pool, &options).await.expect("the upkeep works")
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn upkeep_notes_when_it_was_finished(pool: PgPool) {
    let rows = "select count(*) from ingest_upkeep where finished_at is not null";
    assert_eq!(count(&pool, rows).await, 0);
    assert_eq!(upkeep(&pool, NOTHING).await, UpkeepReport::default());
    let unfinished: Vec<String> =
        sqlx::query_scalar("select name from ingest_upkeep where finished_at is null or row_count <> 0")
            .fetch_all(&pool)
            .await
            .unwrap();
    assert!(unfinished.is_empty(), "{unfinished:?}");
}

const UNFINISHED: &str = "select count(*) from ingest_upkeep where finished_at is null";

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn the_job_does_the_upkeep_between_its_runs_and_not_while_it_is_paused(pool: PgPool) {
    let address = "127.0.0.1:0".parse().unwrap();
    let running = Simulator::bind(address, Options::default()).await.unwrap().spawn();
    let client = Client::new(ClientOptions::new(running.base_url(ApiVersion::V230))).unwrap();
    let options = RunOptions {
        budget: NonZeroU32::new(15).unwrap(),
        poll_interval: Duration::from_secs(3600),
        source: Source::Simulated,
        world_now: None,
    };
    // An old run, so that there is something to do.
    sqlx::raw_sql(
        "insert into ingest_run (kind, trigger, source, base_url, api_version, state, finished_at, error)
        select 'sweep', 'schedule', 'simulated', '', '2.3.0', 'failed', now() - interval '2 years', 'x' from generate_series(1, 1200)",
    )
    .execute(&pool)
    .await
    .unwrap();
    let old = "select count(*) from ingest_run where details_deleted_at is not null";
    let kept = UpkeepOptions { audit_retention: Retention::Days(365), ..NOTHING };
    let job = async || match ingest::schedule(pool.clone(), client.clone(), options.clone(), kept).await {};

    ingest::pause(&pool, None).await.unwrap();
    let paused = tokio::time::timeout(Duration::from_secs(1), job()).await;
    assert!(paused.is_err());
    assert_eq!((count(&pool, UNFINISHED).await, count(&pool, old).await), (3, 0), "it was paused");

    ingest::resume(&pool).await.unwrap();
    let finished = async {
        while count(&pool, UNFINISHED).await > 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::select! {
        () = job() => {}
        finished = tokio::time::timeout(Duration::from_secs(60), finished) => finished.expect("the upkeep is done"),
    }
    assert!(count(&pool, old).await >= 200, "of 1,200 old runs, the newest 1,000 keep their details");
    assert!(count(&pool, "select count(*) from ingest_run where state = 'succeeded'").await > 0, "runs go first");
}
