//! The lease decides which replica may run: one row with a holder, an expiry time, and an epoch that grows whenever the
//! holder changes.
//!
//! An advisory lock would suffice for processes that die. It does not suffice for a process that is stopped and
//! continues later, or whose network is cut: its session stays open, no other process may run, and when it continues it
//! still assumes that it is alone. A lease can be taken from it, and its old epoch prevents it from publishing.

use std::time::Duration;

use sqlx::{Connection as _, PgConnection, PgPool, Postgres, Transaction, pool::PoolConnection};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{error::Error, failpoint::failpoint};

/// How long a lease lasts without being renewed. If the holder's session is gone, because its process was killed, the
/// lease is free at once.
const LIFETIME: Duration = Duration::from_secs(6);

/// The pause between two renewals. It leaves a slow renewal three quarters of a lifetime. A renewal that fails is not
/// repeated: its session is almost certainly gone, and with it the lease.
const RENEWAL: Duration = Duration::from_millis(1500);

/// How often a waiting process looks again.
pub(crate) const LOOK: Duration = Duration::from_millis(250);

/// The right to run. If it is dropped without [`release`](Self::release), it ends with its session at once.
#[derive(Debug)]
pub(crate) struct Lease {
    pub(crate) epoch: i64,
    holder: Uuid,
    /// None after the release.
    connection: Option<PoolConnection<Postgres>>,
    /// Renews on a separate session, also while the other one publishes.
    keeper: Option<JoinHandle<Option<Session>>>,
    stop: CancellationToken,
    lost: CancellationToken,
}

impl Lease {
    /// Takes the lease if it is free or its holder is gone.
    pub(crate) async fn try_take(pool: &PgPool) -> Result<Option<Self>, Error> {
        // Check first: a session is expensive, and most attempts find the lease taken.
        let is_free: bool = sqlx::query_scalar("select ingest_lease_is_free($1)")
            .bind(LIFETIME.as_secs_f64())
            .fetch_one(pool)
            .await
            .map_err(Error::database("read the lease"))?;
        if !is_free {
            return Ok(None);
        }
        let mut session = pool.acquire().await.map_err(Error::database("connect for the lease"))?;
        let holder = Uuid::from_u64_pair(random(), random());
        let epoch: Option<i64> = sqlx::query_scalar(include_str!("../sql/take_lease.sql"))
            .bind(holder)
            .bind(LIFETIME.as_secs_f64())
            .fetch_optional(&mut *session)
            .await
            .map_err(|source| Error::Statement { statement: "take_lease", source })?;
        let Some(epoch) = epoch else { return Ok(None) };
        failpoint!("lease.taken");
        let session = Session(Some(session));
        let connection = pool.acquire().await.map_err(Error::database("connect for the run"))?;
        let (stop, lost) = (CancellationToken::new(), CancellationToken::new());
        let keeper = tokio::spawn(keep(session, holder, epoch, stop.clone(), lost.clone()));
        Ok(Some(Self { epoch, holder, connection: Some(connection), keeper: Some(keeper), stop, lost }))
    }

    /// Waits for the lease.
    pub(crate) async fn take(pool: &PgPool) -> Result<Self, Error> {
        let mut has_told = false;
        loop {
            if let Some(lease) = Self::try_take(pool).await? {
                return Ok(lease);
            }
            if !has_told {
                tracing::info!("another run is at work; waiting for it to end");
                has_told = true;
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Returns the connection to publish on.
    pub(crate) fn connection(&mut self) -> &mut PgConnection {
        self.connection.as_mut().expect("only `release` and `drop` take the connection")
    }

    /// Opens a transaction on that connection. If the program is stopped in it, Postgres ends the session: its locks would
    /// keep others from their work after the lease has expired.
    pub(crate) async fn begin(&mut self) -> Result<Transaction<'_, Postgres>, Error> {
        let failed = || Error::database("open a transaction under the lease");
        let mut transaction = self.connection().begin().await.map_err(failed())?;
        sqlx::query("set local idle_in_transaction_session_timeout = '6s'")
            .execute(&mut *transaction)
            .await
            .map_err(failed())?;
        Ok(transaction)
    }

    /// Returns the fence that a transaction of this lease must hold before it commits.
    pub(crate) fn fence(&self) -> Fence {
        Fence { epoch: self.epoch, holder: self.holder }
    }

    /// Returns a token that is cancelled when another process takes the lease, or a renewal fails or takes too long.
    pub(crate) fn lost(&self) -> CancellationToken {
        self.lost.clone()
    }

    /// Releases the lease for others at once, and returns the connection with its warm caches to the pool.
    pub(crate) async fn release(mut self) {
        self.stop.cancel();
        let session = match self.keeper.take() {
            Some(keeper) => keeper.await.ok().flatten(),
            None => None,
        };
        if let Some(mut session) = session {
            let freed = sqlx::query(
                "update ingest_lease
                set holder = null, expires_at = null, backend_pid = null, backend_started_at = null
                where epoch = $1 and holder = $2",
            )
            .bind(self.epoch)
            .bind(self.holder)
            .execute(session.connection())
            .await;
            match freed {
                Ok(_) => session.keep(),
                Err(error) => tracing::warn!(%error, "could not release the lease; it ends with its session"),
            }
        }
        drop(self.connection.take());
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.stop.cancel();
        if let Some(keeper) = self.keeper.take() {
            keeper.abort();
        }
        // A run dropped midway may have left a transaction open: ending the session rolls it back.
        if let Some(connection) = self.connection.take() {
            drop(connection.detach());
        }
    }
}

/// The session whose end frees the lease for others: when dropped, it is closed instead of being returned to the pool.
#[derive(Debug)]
struct Session(Option<PoolConnection<Postgres>>);

impl Session {
    fn connection(&mut self) -> &mut PgConnection {
        self.0.as_mut().expect("only `keep` and `drop` take the connection")
    }

    /// Returns the session to the pool: no lease names it any more.
    fn keep(mut self) {
        drop(self.0.take());
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some(connection) = self.0.take() {
            drop(connection.detach());
        }
    }
}

/// Renews the lease until `stop` is cancelled, then returns the session; none if the lease was lost.
async fn keep(
    mut session: Session,
    holder: Uuid,
    epoch: i64,
    stop: CancellationToken,
    lost: CancellationToken,
) -> Option<Session> {
    loop {
        tokio::select! {
            () = stop.cancelled() => return Some(session),
            () = tokio::time::sleep(RENEWAL) => {}
        }
        failpoint!("lease.renew");
        // Not interrupted by `stop`: a renewal cut off midway would leave the session in an undefined state.
        let renewed = sqlx::query(
            "update ingest_lease
            set renewed_at = ingest_now(), expires_at = ingest_now() + make_interval(secs => $3)
            where epoch = $1 and holder = $2",
        )
        .bind(epoch)
        .bind(holder)
        .bind(LIFETIME.as_secs_f64())
        .execute(session.connection());
        match tokio::time::timeout(LIFETIME, renewed).await {
            Ok(Ok(done)) if done.rows_affected() == 1 => {}
            Ok(Ok(_)) => {
                tracing::warn!(epoch, "another process has taken the lease");
                lost.cancel();
                return None;
            }
            Ok(Err(error)) => {
                tracing::warn!(%error, epoch, "could not renew the lease");
                lost.cancel();
                return None;
            }
            Err(_) => {
                tracing::warn!(epoch, "could not renew the lease in time");
                lost.cancel();
                return None;
            }
        }
    }
}

/// Prevents a run that lost its lease from publishing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fence {
    pub(crate) epoch: i64,
    holder: Uuid,
}

impl Fence {
    /// Fails unless the lease is still ours. The row stays locked until the transaction ends, so that no other process
    /// can take the lease between this check and the commit.
    pub(crate) async fn hold(&self, connection: &mut PgConnection) -> Result<(), Error> {
        let held: Option<i64> =
            sqlx::query_scalar("select epoch from ingest_lease where epoch = $1 and holder = $2 for share")
                .bind(self.epoch)
                .bind(self.holder)
                .fetch_optional(connection)
                .await
                .map_err(Error::database("check the lease"))?;
        held.map(drop).ok_or(Error::LeaseLost { epoch: self.epoch })
    }
}

/// The value need not be unpredictable; it only has to differ between processes: every `RandomState` has a new seed.
fn random() -> u64 {
    use std::hash::{BuildHasher, Hasher, RandomState};
    RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[sqlx::test(migrator = "warehouse::MIGRATOR")]
    async fn a_lease_is_lost_with_the_session_that_renews_it(pool: PgPool) {
        let lease = Lease::try_take(&pool).await.unwrap().expect("the lease is free");
        sqlx::query("select pg_terminate_backend(backend_pid) from ingest_lease").execute(&pool).await.unwrap();
        tokio::time::timeout(LIFETIME, lease.lost().cancelled())
            .await
            .expect("cancelled before the lease would expire");
    }
}
