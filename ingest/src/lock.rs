use sqlx::{PgConnection, PgPool, Postgres, pool::PoolConnection};

use crate::error::Error;

/// Advisory lock of the one run at a time over all replicas.
const RUN_LOCK: i64 = 0x6d6f_6f6e_0001;

/// The right to run. It lives on one connection, and the publishing transaction runs on that very connection: a replica whose
/// lock was lost with its connection cannot publish any more.
#[derive(Debug)]
pub(crate) struct RunLock {
    /// None once it is given back.
    connection: Option<PoolConnection<Postgres>>,
}

impl RunLock {
    /// Takes the lock if nobody holds it.
    pub(crate) async fn try_take(pool: &PgPool) -> Result<Option<Self>, Error> {
        let mut lock = Self::connect(pool).await?;
        let is_ours: bool = sqlx::query_scalar("select pg_try_advisory_lock($1)")
            .bind(RUN_LOCK)
            .fetch_one(lock.connection())
            .await
            .map_err(Error::database("try the run lock"))?;
        if is_ours {
            return Ok(Some(lock));
        }
        // Nothing was locked: the connection may go back as it is.
        drop(lock.connection.take());
        Ok(None)
    }

    /// Waits for the lock.
    pub(crate) async fn take(pool: &PgPool) -> Result<Self, Error> {
        if let Some(lock) = Self::try_take(pool).await? {
            return Ok(lock);
        }
        tracing::info!("another run is at work; waiting for it to end");
        let mut lock = Self::connect(pool).await?;
        sqlx::query("select pg_advisory_lock($1)")
            .bind(RUN_LOCK)
            .execute(lock.connection())
            .await
            .map_err(Error::database("wait for the run lock"))?;
        Ok(lock)
    }

    async fn connect(pool: &PgPool) -> Result<Self, Error> {
        let connection = pool.acquire().await.map_err(Error::database("connect for the run lock"))?;
        Ok(Self { connection: Some(connection) })
    }

    pub(crate) fn connection(&mut self) -> &mut PgConnection {
        self.connection.as_mut().expect("the connection is taken only by what consumes or drops the lock")
    }

    /// Gives the lock back, and the connection with its warm caches to the pool.
    pub(crate) async fn release(mut self) {
        let unlocked: Result<bool, _> =
            sqlx::query_scalar("select pg_advisory_unlock($1)").bind(RUN_LOCK).fetch_one(self.connection()).await;
        match unlocked {
            Ok(true) => drop(self.connection.take()),
            Ok(false) => tracing::warn!("the run lock was lost before the run ended"),
            Err(error) => tracing::warn!(%error, "the connection of the run lock broke"),
        }
    }
}

impl Drop for RunLock {
    /// A run dropped midway, or a lock in doubt: the session ends, and with it every lock it holds.
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            drop(connection.detach());
        }
    }
}
