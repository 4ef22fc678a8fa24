//! Deletes the details of old runs: how they went, not what they received.

use super::{Progress, Retention};
use crate::{error::Error, lease::Lease};

/// Runs of one transaction: about seven thousand rows (113 runs took 15 ms).
const BATCH: i64 = 200;

/// The newest runs keep their details at any age. The pipeline page shows them, and a program that was off for a year
/// still shows why its last run failed.
const KEPT_RUNS: i64 = 1000;

/// Deletes the details of one batch of runs.
pub(super) async fn step(lease: &mut Lease, retention: Retention) -> Result<Progress, Error> {
    let Retention::Days(days) = retention else { return Ok(Progress::FINISHED) };
    let fence = lease.fence();
    let mut transaction = lease.begin().await?;
    let runs = sqlx::query(include_str!("../../sql/upkeep/delete_details.sql"))
        .bind(i32::try_from(days).unwrap_or(i32::MAX))
        .bind(BATCH)
        .bind(KEPT_RUNS)
        .execute(&mut *transaction)
        .await
        .map_err(|source| Error::Statement { statement: "delete_details", source })?
        .rows_affected();
    fence.hold(&mut transaction).await?;
    transaction.commit().await.map_err(Error::database("delete details of old runs"))?;
    Ok(Progress { rows: runs, is_finished: runs < BATCH.unsigned_abs(), ..Progress::default() })
}
