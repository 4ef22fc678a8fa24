//! Rest and work, as somebody says. It lives in the database, so it holds for all replicas and over restarts. A run under way ends in
//! its own time; what a person starts by hand runs all the same.

use sqlx::PgPool;

use crate::error::Error;

/// Tells the job to rest; says whether it was at work until now.
pub async fn pause(pool: &PgPool, reason: Option<&str>) -> Result<bool, Error> {
    sqlx::query("update ingest_pause set paused_at = ingest_now(), reason = $1 where paused_at is null")
        .bind(reason)
        .execute(pool)
        .await
        .map(|done| done.rows_affected() > 0)
        .map_err(Error::database("pause the job"))
}

/// Lets it go on; says whether it was at rest until now.
pub async fn resume(pool: &PgPool) -> Result<bool, Error> {
    sqlx::query("update ingest_pause set paused_at = null, reason = null where paused_at is not null")
        .execute(pool)
        .await
        .map(|done| done.rows_affected() > 0)
        .map_err(Error::database("resume the job"))
}
