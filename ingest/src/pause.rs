//! Pauses and resumes the job by command. The state is in the database, so it applies to all replicas and survives
//! restarts. The current run continues to its end, and runs that are started by hand are not affected.

use sqlx::PgPool;

use crate::error::Error;

/// Pauses the job; returns whether it was running until now.
pub async fn pause(pool: &PgPool, reason: Option<&str>) -> Result<bool, Error> {
    sqlx::query("update ingest_pause set paused_at = ingest_now(), reason = $1 where paused_at is null")
        .bind(reason)
        .execute(pool)
        .await
        .map(|done| done.rows_affected() > 0)
        .map_err(Error::database("pause the job"))
}

/// Resumes the job; returns whether it was paused until now.
pub async fn resume(pool: &PgPool) -> Result<bool, Error> {
    sqlx::query("update ingest_pause set paused_at = null, reason = null where paused_at is not null")
        .execute(pool)
        .await
        .map(|done| done.rows_affected() > 0)
        .map_err(Error::database("resume the job"))
}
