use chrono::{DateTime, Utc};
use domain::Freshness;
use sqlx::Row as _;

use crate::{Db, Error};

impl Db {
    /// Reads the freshness from the database; [`Db::freshness`] is for callers that accept the remembered one.
    pub async fn present_freshness(&self) -> Result<Freshness, Error> {
        let row = sqlx::query(
            "select publication_id, observed_at, failed_at, running_since, is_complete, upcoming_count, is_blocked
             from mart_freshness",
        )
        .fetch_one(self.pool())
        .await
        .map_err(Error::read("freshness"))?;
        let read = || -> Result<Freshness, sqlx::Error> {
            Ok(Freshness {
                source: self.source(),
                as_of: row.try_get("observed_at")?,
                failed_at: row.try_get("failed_at")?,
                blocked: row.try_get("is_blocked")?,
                running_since: row.try_get("running_since")?,
                complete: row.try_get("is_complete")?,
                upcoming_count: row.try_get("upcoming_count")?,
                run_id: row.try_get("publication_id")?,
                poll_seconds: self.poll_seconds(),
                unreachable_since: None,
            })
        };
        read().map_err(Error::read("freshness"))
    }
}

impl Db {
    /// Start of the first run of this database. The simulated world counts its time from it, so that a restart of the program does
    /// not begin another world.
    pub async fn first_run_at(&self) -> Result<Option<DateTime<Utc>>, Error> {
        sqlx::query_scalar("select min(started_at) from ingest_run")
            .fetch_one(self.pool())
            .await
            .map_err(Error::read("first_run_at"))
    }

    /// Whether anything was ever published in this database.
    pub async fn has_published(&self) -> Result<bool, Error> {
        sqlx::query_scalar("select exists (select from ingest_run where state = 'succeeded')")
            .fetch_one(self.pool())
            .await
            .map_err(Error::read("has_published"))
    }
}
