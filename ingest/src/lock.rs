use sqlx::{Connection, PgConnection, PgPool, postgres::PgConnectOptions};

use crate::error::Error;

/// Advisory lock of the one run at a time over all replicas.
const RUN_LOCK: i64 = 0x6d6f_6f6e_0001;

/// The right to run. It lives on a connection of its own, and the publishing transaction runs on that very connection: a
/// replica whose lock was lost with its connection cannot publish any more.
#[derive(Debug)]
pub(crate) struct RunLock {
    connection: PgConnection,
}

impl RunLock {
    /// Takes the lock if nobody holds it.
    pub(crate) async fn try_take(pool: &PgPool) -> Result<Option<Self>, Error> {
        let mut connection = connect(pool).await?;
        let is_ours: bool = sqlx::query_scalar("select pg_try_advisory_lock($1)")
            .bind(RUN_LOCK)
            .fetch_one(&mut connection)
            .await
            .map_err(Error::database("try the run lock"))?;
        Ok(is_ours.then_some(Self { connection }))
    }

    /// Waits for the lock.
    pub(crate) async fn take(pool: &PgPool) -> Result<Self, Error> {
        if let Some(lock) = Self::try_take(pool).await? {
            return Ok(lock);
        }
        tracing::info!("another run is at work; waiting for it to end");
        let mut connection = connect(pool).await?;
        sqlx::query("select pg_advisory_lock($1)")
            .bind(RUN_LOCK)
            .execute(&mut connection)
            .await
            .map_err(Error::database("wait for the run lock"))?;
        Ok(Self { connection })
    }

    pub(crate) fn connection(&mut self) -> &mut PgConnection {
        &mut self.connection
    }

    /// Gives the lock back at once. Dropping it does so as well, as soon as Postgres notices the closed connection.
    pub(crate) async fn release(self) {
        if let Err(error) = self.connection.close().await {
            tracing::warn!(%error, "the connection of the run lock did not close cleanly");
        }
    }
}

async fn connect(pool: &PgPool) -> Result<PgConnection, Error> {
    let options: PgConnectOptions = (*pool.connect_options()).clone();
    PgConnection::connect_with(&options).await.map_err(Error::database("connect for the run lock"))
}
