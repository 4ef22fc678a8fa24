//! Replays that a migration asked for.

use std::time::Duration;

use domain::Source;
use sqlx::PgPool;

use super::{ReplayOptions, ReplayScope, replay_under, shadow};
use crate::{error::Error, lease::Lease};

/// A replay that fails for a lasting reason, such as a damaged page, must not delay every run.
const ATTEMPTS: i16 = 3;

/// Replays everything if a migration asked for it (`ingest_rebuild`), so that what it added is there before the run
/// compares anything: new columns would count as changes of every launch.
///
/// A replay that fails is noted there and in the log, and the run goes on with what the migration could do.
pub(crate) async fn replay_if_due(
    pool: &PgPool,
    lease: &mut Lease,
    source: Source,
    poll_interval: Duration,
) -> Result<(), Error> {
    let reasons: Vec<String> = sqlx::query_scalar(
        "update ingest_rebuild set attempt_count = attempt_count + 1
        where finished_at is null and attempt_count < $1
        returning reason",
    )
    .bind(ATTEMPTS)
    .fetch_all(pool)
    .await
    .map_err(Error::database("look up whether a replay is due"))?;
    if reasons.is_empty() {
        return Ok(());
    }
    tracing::info!(reasons = ?reasons, "replays all landed pages, as a migration asked for; polls wait for it");
    let options = ReplayOptions { scope: ReplayScope::Everything, source, poll_interval };
    match replay_under(lease, pool, &options).await {
        Ok(_) | Err(Error::NothingLanded) => fulfil(pool, None).await,
        Err(error) => {
            tracing::error!(error = error.chain(), "the replay failed: run `mooncoon replay` after mending its cause");
            shadow::lift(lease.connection()).await?;
            sqlx::query("update ingest_rebuild set error = $1 where finished_at is null")
                .bind(error.chain())
                .execute(pool)
                .await
                .map_err(Error::database("note the failed replay"))?;
            Ok(())
        }
    }
}

/// Notes that a replay has read everything that was landed.
pub(super) async fn fulfil(pool: &PgPool, run_id: Option<i64>) -> Result<(), Error> {
    sqlx::query("update ingest_rebuild set finished_at = clock_timestamp(), ingest_run_id = $1, error = null where finished_at is null")
        .bind(run_id)
        .execute(pool)
        .await
        .map(drop)
        .map_err(Error::database("note the replay"))
}
