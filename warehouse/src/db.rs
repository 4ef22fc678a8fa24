use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use domain::{Launch, Source};
use sqlx::{
    AssertSqlSafe, Connection as _,
    postgres::{PgConnectOptions, PgPool, PgPoolOptions},
};
use tokio::sync::Mutex;

use crate::{Error, Logins};

/// Every `create`, `alter` and `comment on` there is, in order.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("../migrations");

/// The database as the site reads it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Db {
    pool: PgPool,
    source: Source,
    poll_seconds: i64,
    frozen_at: Option<DateTime<Utc>>,
    /// The board of the newest run, so that a hundred visitors of the same hour cost Postgres one reading.
    published: Arc<Mutex<Option<Published>>>,
}

/// The upcoming launches as a run left them.
#[derive(Debug)]
pub(crate) struct Published {
    pub(crate) run_id: i64,
    pub(crate) launches: Arc<Vec<Launch>>,
}

impl Db {
    /// Opens a pool. `poll_seconds` is the longest pause between ingest runs: readers need it to call data stale.
    ///
    /// Waiting for a connection ends after two seconds: a visitor would rather read an error than a spinner, and a pool that
    /// queues for its default 30 s turns a short stall of Postgres into a long one.
    ///
    /// Sessions live for a day, not for the half hour that is the default: the job runs once an hour, and a run whose statements are
    /// planned already costs a quarter of one in new sessions.
    pub async fn connect(logins: Logins, source: Source, poll_seconds: i64) -> Result<Self, Error> {
        let pool = PgPoolOptions::new()
            .max_connections(12)
            .acquire_timeout(Duration::from_secs(2))
            .max_lifetime(Duration::from_hours(24))
            .after_connect(|connection, _| Box::pin(crate::settle(connection)))
            .connect_with(crate::prepare(logins.owner))
            .await
            .map_err(Error::Connect)?;
        Ok(Self::new(pool, source, poll_seconds))
    }

    pub fn new(pool: PgPool, source: Source, poll_seconds: i64) -> Self {
        Self { pool, source, poll_seconds, frozen_at: None, published: Arc::default() }
    }

    /// The same database with a clock that stands still: for tests and pictures of the pages.
    #[must_use]
    pub fn frozen_at(self, now: DateTime<Utc>) -> Self {
        Self { frozen_at: Some(now), ..self }
    }

    /// Brings the schema up to date. Several replicas may do so at once: sqlx takes a lock.
    pub async fn migrate(&self) -> Result<(), Error> {
        let mut connection = self.pool.acquire().await.map_err(Error::Connect)?;
        crate::migrate::apply(&mut connection).await
    }

    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    pub fn source(&self) -> Source {
        self.source
    }

    /// Where [`Self::published`] is kept.
    pub(crate) fn shelf(&self) -> &Mutex<Option<Published>> {
        &self.published
    }

    pub(crate) fn poll_seconds(&self) -> i64 {
        self.poll_seconds
    }

    /// The database's clock: the only one that all replicas share.
    pub async fn now(&self) -> Result<DateTime<Utc>, Error> {
        if let Some(frozen_at) = self.frozen_at {
            return Ok(frozen_at);
        }
        sqlx::query_scalar("select clock_timestamp()").fetch_one(&self.pool).await.map_err(Error::read("now"))
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

/// Makes a database on the server that `options` lead to, unless there is one of that name; says whether it did.
///
/// The name must be one of our own: `create database` takes no parameter.
pub async fn create_database_if_missing(options: &PgConnectOptions, name: &'static str) -> Result<bool, Error> {
    let mut connection = crate::connect::open(options).await?;
    let is_there: bool = sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
        .bind(name)
        .fetch_one(&mut connection)
        .await
        .map_err(Error::read("pg_database"))?;
    if !is_there {
        sqlx::query(AssertSqlSafe(format!("create database \"{name}\"")))
            .execute(&mut connection)
            .await
            .map_err(Error::CreateDatabase)?;
    }
    connection.close().await.map_err(Error::Connect)?;
    Ok(!is_there)
}
