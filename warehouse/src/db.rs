use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::Source;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};

use crate::Error;

/// Every `create`, `alter` and `comment on` there is, in order.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("../migrations");

/// The database as the site reads it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Db {
    pool: PgPool,
    source: Source,
    poll_seconds: i64,
}

impl Db {
    /// Opens a pool. `poll_seconds` is the longest pause between ingest runs: readers need it to call data stale.
    ///
    /// Waiting for a connection ends after two seconds: a visitor would rather read an error than a spinner, and a pool that
    /// queues for its default 30 s turns a short stall of Postgres into a long one.
    pub async fn connect(options: PgConnectOptions, source: Source, poll_seconds: i64) -> Result<Self, Error> {
        let pool = PgPoolOptions::new()
            .max_connections(12)
            .acquire_timeout(Duration::from_secs(2))
            .connect_with(options)
            .await
            .map_err(Error::Connect)?;
        Ok(Self::new(pool, source, poll_seconds))
    }

    pub fn new(pool: PgPool, source: Source, poll_seconds: i64) -> Self {
        Self { pool, source, poll_seconds }
    }

    /// Brings the schema up to date. Several replicas may do so at once: sqlx takes a lock.
    pub async fn migrate(&self) -> Result<(), Error> {
        MIGRATOR.run(&self.pool).await.map_err(Error::Migrate)
    }

    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    pub fn source(&self) -> Source {
        self.source
    }

    pub(crate) fn poll_seconds(&self) -> i64 {
        self.poll_seconds
    }

    /// The database's clock: the only one that all replicas share.
    pub async fn now(&self) -> Result<DateTime<Utc>, Error> {
        sqlx::query_scalar("select clock_timestamp()")
            .fetch_one(&self.pool)
            .await
            .map_err(Error::read("now"))
    }

    /// Whether every migration we know has been applied; what `/readyz` asks.
    pub async fn is_migrated(&self) -> Result<bool, Error> {
        let applied: i64 = sqlx::query_scalar("select count(*) from _sqlx_migrations where success")
            .fetch_one(&self.pool)
            .await
            .map_err(Error::read("is_migrated"))?;
        Ok(usize::try_from(applied).is_ok_and(|applied| applied >= MIGRATOR.iter().count()))
    }
}
