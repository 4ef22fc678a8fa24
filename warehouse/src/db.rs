use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::{Launch, Movement, Source};
use sqlx::{
    AssertSqlSafe, Connection as _,
    postgres::{PgConnectOptions, PgPool},
};
use tokio::sync::Mutex;

use crate::{Error, Logins, migrate::MIGRATOR, pools::Pools, reach::Reach};

/// Read access to the database for the site. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Db {
    pools: Arc<Pools>,
    source: Source,
    poll_seconds: i64,
    frozen_at: Option<DateTime<Utc>>,
    /// The board of the newest run, so that a hundred visitors in the same hour cost Postgres one query.
    published: Arc<Mutex<Option<Published>>>,
    /// The same with the past launches: many megabytes, and rarely read.
    whole: Arc<Mutex<Option<Whole>>>,
    reach: Arc<Reach>,
}

/// The upcoming launches as of a run.
#[derive(Clone, Debug)]
pub(crate) struct Published {
    pub(crate) run_id: i64,
    pub(crate) launches: Arc<Vec<Launch>>,
    pub(crate) movement: Movement,
}

/// Every launch as of a run, the upcoming ones first.
#[derive(Clone, Debug)]
pub(crate) struct Whole {
    /// None before the first run.
    pub(crate) run_id: Option<i64>,
    pub(crate) launches: Arc<Vec<Launch>>,
    pub(crate) past_from: usize,
    pub(crate) movement: Movement,
}

impl Db {
    /// Opens the first session. `poll_seconds` is the longest pause between ingest runs; readers use it to decide whether data is stale.
    pub async fn connect(logins: Logins, source: Source, poll_seconds: i64) -> Result<Self, Error> {
        Ok(Self::over(Pools::open(logins).await?, source, poll_seconds))
    }

    /// Uses one pool for everything: for tests.
    pub fn new(pool: PgPool, source: Source, poll_seconds: i64) -> Self {
        Self::over(Pools::shared(pool), source, poll_seconds)
    }

    fn over(pools: Pools, source: Source, poll_seconds: i64) -> Self {
        Self {
            pools: Arc::new(pools),
            source,
            poll_seconds,
            frozen_at: None,
            published: Arc::default(),
            whole: Arc::default(),
            reach: Arc::default(),
        }
    }

    /// Opens every session for readers beforehand: for a program that serves requests, not for a command that ends.
    pub async fn warm(self) -> Result<Self, Error> {
        let pools = Arc::new(self.pools.warm().await?);
        Ok(Self { pools, ..self })
    }

    /// The same database with a fixed clock: for tests and screenshots of the pages.
    #[must_use]
    pub fn frozen_at(self, now: DateTime<Utc>) -> Self {
        Self { frozen_at: Some(now), ..self }
    }

    /// Brings the schema up to date. Several replicas may do so at once: sqlx takes a lock.
    pub async fn migrate(&self) -> Result<(), Error> {
        // As the owner, and on a separate session: no timeout of a pool may interrupt a migration.
        let mut connection = crate::connect::open(self.pools.owner()).await?;
        crate::migrate::apply(&mut connection).await?;
        connection.close().await.map_err(Error::Connect)
    }

    /// Sessions for pages and API. While the database is known to be unreachable, this is a pool that fails at once.
    pub fn pool(&self) -> &PgPool {
        if self.reach.is_away() { &self.pools.closed } else { &self.pools.web }
    }

    /// Sessions for the ingest job and for commands: with time for long statements.
    pub fn ingest_pool(&self) -> &PgPool {
        &self.pools.ingest
    }

    /// Sessions for health checks of the database, which do not queue with visitors.
    pub fn health_pool(&self) -> &PgPool {
        &self.pools.health
    }

    /// Closes every session. Nothing can be read afterwards.
    pub async fn close(&self) {
        self.pools.close().await;
    }

    pub fn source(&self) -> Source {
        self.source
    }

    /// The cache of [`Self::published`].
    pub(crate) fn shelf(&self) -> &Mutex<Option<Published>> {
        &self.published
    }

    pub(crate) fn whole_shelf(&self) -> &Mutex<Option<Whole>> {
        &self.whole
    }

    pub(crate) fn reach(&self) -> &Reach {
        &self.reach
    }

    pub(crate) fn pools(&self) -> &Pools {
        &self.pools
    }

    pub(crate) fn poll_seconds(&self) -> i64 {
        self.poll_seconds
    }

    pub(crate) fn frozen(&self) -> Option<DateTime<Utc>> {
        self.frozen_at
    }

    /// The database's clock: the only one that all replicas share.
    pub async fn now(&self) -> Result<DateTime<Utc>, Error> {
        if let Some(frozen_at) = self.frozen_at {
            return Ok(frozen_at);
        }
        let read = sqlx::query_scalar("select clock_timestamp()").fetch_one(self.pool());
        let now = read.await.map_err(Error::read("now"))?;
        self.reach.answered(now);
        Ok(now)
    }

    /// Whether every migration of this program has been applied; `/readyz` checks it.
    pub async fn is_migrated(&self) -> Result<bool, Error> {
        let applied: i64 = sqlx::query_scalar("select count(*) from _sqlx_migrations where success")
            .fetch_one(self.health_pool())
            .await
            .map_err(Error::read("is_migrated"))?;
        Ok(usize::try_from(applied).is_ok_and(|applied| applied >= MIGRATOR.iter().count()))
    }
}

/// Creates a database on the server that `options` connect to, unless one of that name exists; returns whether it did.
///
/// The name must be a constant of ours: `create database` takes no parameter.
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
