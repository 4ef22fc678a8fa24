//! The upkeep of the database, by the function that the command calls; each kind has a file of its own.

use std::time::Duration;

use ingest::{Retention, UpkeepOptions, UpkeepReport};
use sqlx::PgPool;

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
    assert_eq!(crate::fixture::count(&pool, rows).await, 0);
    assert_eq!(upkeep(&pool, NOTHING).await, UpkeepReport::default());
    let unfinished: Vec<String> =
        sqlx::query_scalar("select name from ingest_upkeep where finished_at is null or row_count <> 0")
            .fetch_all(&pool)
            .await
            .unwrap();
    assert!(unfinished.is_empty(), "{unfinished:?}");
}
