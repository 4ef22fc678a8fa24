//! Deletes old landed bodies, if a setting says so. First their runs are settled: what a replay of them leaves is stored,
//! and later replays start from it.

use std::time::Duration;

use sqlx::PgPool;

use super::{Progress, Retention};
use crate::{error::Error, lease::Lease, replay};

/// Bodies of one transaction.
const BATCH: i64 = 1000;

/// Settles every old run, or deletes one batch of bodies that no replay reads any more.
pub(super) async fn step(
    pool: &PgPool,
    lease: &mut Lease,
    retention: Retention,
    poll_interval: Duration,
) -> Result<Progress, Error> {
    let Retention::Days(days) = retention else { return Ok(Progress::FINISHED) };
    let runs = replay::advance(pool, lease, days, poll_interval).await?;
    if runs > 0 {
        tracing::info!(runs, "old runs are settled: later replays start after them");
    }
    let fence = lease.fence();
    let mut transaction = lease.begin().await?;
    let bodies = sqlx::query(include_str!("../../sql/upkeep/delete_bodies.sql"))
        .bind(i32::try_from(days).unwrap_or(i32::MAX))
        .bind(BATCH)
        .execute(&mut *transaction)
        .await
        .map_err(|source| Error::Statement { statement: "delete_bodies", source })?
        .rows_affected();
    if bodies > 0 {
        sqlx::query(include_str!("../../sql/upkeep/delete_empty_segments.sql"))
            .execute(&mut *transaction)
            .await
            .map_err(|source| Error::Statement { statement: "delete_empty_segments", source })?;
    }
    fence.hold(&mut transaction).await?;
    transaction.commit().await.map_err(Error::database("delete old landed pages"))?;
    Ok(Progress { rows: bodies, is_finished: bodies < BATCH.unsigned_abs(), ..Progress::default() })
}
