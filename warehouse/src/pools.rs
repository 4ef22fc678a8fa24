//! The sessions of one process, in four small pools, which decide who waits for whom.
//!
//! A session is a Postgres process of some 10 MB, and a server accepts 100 of them by default. One `mooncoon serve`
//! holds at most 14 (web 6, ingest 5, health 2, listener 1): six replicas fit. More sessions would not make pages faster, since two cores
//! serve 6 readers as quickly as 60; they would only move the queue from our side to Postgres.

use std::time::Duration;

use sqlx::{
    AssertSqlSafe, Connection as _, Executor as _,
    postgres::{PgConnectOptions, PgPool, PgPoolOptions},
};

use crate::{Error, Logins, connect::SETTINGS};

/// Sessions live for a day, not for the default half hour: the job runs once an hour, and a run whose statements are already planned
/// costs a quarter of one in new sessions.
const LIFETIME: Duration = Duration::from_hours(24);

/// The purpose of a pool, which decides its size and its time limits.
#[derive(Clone, Copy, Debug)]
struct Purpose {
    sessions: u32,
    /// How long a request waits for a session.
    acquire: Duration,
    /// `statement_timeout`: Postgres ends a statement that takes longer, whether or not a client still waits for it.
    statement: Duration,
    /// `idle_in_transaction_session_timeout`: a transaction that was left open holds back vacuum, and locks.
    idle_in_transaction: Duration,
    /// How long a returned session may take to respond before it is closed.
    return_within: Duration,
}

/// Pages and API. A visitor prefers an error to a long wait: two seconds for a session, eight for a statement (the longest, the
/// analysis of fifteen years, takes a tenth of that).
const WEB: Purpose = Purpose {
    sessions: 6,
    acquire: Duration::from_secs(2),
    statement: Duration::from_secs(8),
    idle_in_transaction: Duration::from_secs(10),
    return_within: Duration::from_millis(500),
};
/// The ingest job. It has time, and its statements read everything that was ever landed.
const INGEST: Purpose = Purpose {
    sessions: 5,
    acquire: Duration::from_secs(30),
    statement: Duration::from_mins(15),
    idle_in_transaction: Duration::from_mins(5),
    return_within: Duration::from_secs(5),
};
/// `/readyz`, and the check whether the database responds: never queued behind a visitor.
const HEALTH: Purpose = Purpose {
    sessions: 2,
    acquire: Duration::from_millis(1500),
    statement: Duration::from_secs(2),
    idle_in_transaction: Duration::from_secs(10),
    return_within: Duration::from_millis(500),
};

/// All sessions of one process except those that listen.
#[derive(Debug)]
pub(crate) struct Pools {
    pub(crate) web: PgPool,
    pub(crate) ingest: PgPool,
    pub(crate) health: PgPool,
    /// Holds no session and opens none. Readers get this pool while the database is known to be unreachable, so that they fail at
    /// once instead of queueing for two seconds each.
    pub(crate) closed: PgPool,
    logins: Logins,
}

impl Pools {
    /// Opens one session, to check that the database is reachable. The others are opened on demand.
    pub(crate) async fn open(logins: Logins) -> Result<Self, Error> {
        // Not by the pool, which reports a timeout both for a slow session and for a wrong password.
        let first = crate::connect::open(&logins.web).await?;
        let _ = first.close().await;
        Ok(Self::around(WEB.options().connect_lazy_with(logins.web.clone()), logins))
    }

    fn around(web: PgPool, logins: Logins) -> Self {
        Self {
            web,
            ingest: INGEST.options().connect_lazy_with(logins.ingest.clone()),
            health: HEALTH.options().connect_lazy_with(logins.web.clone()),
            closed: closed(&logins.web),
            logins,
        }
    }

    /// One pool for everything, for tests.
    pub(crate) fn shared(pool: PgPool) -> Self {
        let options = pool.connect_options();
        Self {
            closed: closed(&options),
            web: pool.clone(),
            ingest: pool.clone(),
            health: pool,
            logins: Logins::same(&options),
        }
    }

    /// Opens every session of the web pool and keeps them open, so that no visitor waits for a new one: while page renders used both
    /// cores, the handshake of a session took longer than the time limit of a visitor.
    pub(crate) async fn warm(&self) -> Result<Self, Error> {
        // Lazily: a pool that connects at once fails, and the program with it, unless all sessions are open within the two seconds that
        // a visitor waits.
        let options = WEB.options().min_connections(WEB.sessions).idle_timeout(None);
        let web = options.connect_lazy_with(self.logins.web.clone());
        // All at once: each must be open before the first is returned. A session that cannot be opened now is opened on demand.
        let mut sessions = Vec::new();
        for _ in 0..WEB.sessions {
            match web.acquire().await {
                Ok(session) => sessions.push(session),
                Err(error) => {
                    tracing::warn!(
                        opened = sessions.len(),
                        wanted = WEB.sessions,
                        error = &error as &dyn std::error::Error,
                        "could not open every database session in advance"
                    );
                    break;
                }
            }
        }
        drop(sessions);
        self.web.close().await;
        Ok(Self::around(web, self.logins.clone()))
    }

    /// The options of the tables' owner: for migrations, which no timeout of a pool may interrupt.
    pub(crate) fn owner(&self) -> &PgConnectOptions {
        &self.logins.owner
    }

    /// A pool of one session for a listener, as the web role. Each listener has a separate one: the session listens for as long as the
    /// program runs, and must not be one of those that readers wait for.
    pub(crate) async fn listener(&self) -> Result<PgPool, Error> {
        PgPoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(3))
            .max_lifetime(None)
            .idle_timeout(None)
            .after_connect(|connection, _| Box::pin(crate::settle(connection)))
            .connect_with(self.logins.web.clone())
            .await
            .map_err(Error::Connect)
    }

    pub(crate) async fn close(&self) {
        self.web.close().await;
        self.ingest.close().await;
        self.health.close().await;
    }
}

fn closed(options: &PgConnectOptions) -> PgPool {
    let pool = PgPoolOptions::new().max_lifetime(None).idle_timeout(None).connect_lazy_with(options.clone());
    // The call closes it; the future only waits for sessions, of which there are none.
    drop(pool.close());
    pool
}

impl Purpose {
    fn options(self) -> PgPoolOptions {
        let settings = self.settings();
        PgPoolOptions::new()
            .max_connections(self.sessions)
            .acquire_timeout(self.acquire)
            .max_lifetime(LIFETIME)
            .after_connect(move |connection, _| {
                let settings = settings.clone();
                Box::pin(async move { connection.execute(AssertSqlSafe(settings)).await.map(drop) })
            })
            // A cancelled request leaves its session with a running statement. sqlx waits without limit for that statement, and a quarter
            // of an hour where the network was cut silently. Such a session is closed instead: Postgres ends a statement whose client is
            // gone (`settings`), and the pool opens another session.
            .after_release(move |connection, _| {
                Box::pin(async move {
                    match tokio::time::timeout(self.return_within, connection.ping()).await {
                        Ok(answered) => answered.map(|()| true),
                        Err(_) => Err(sqlx::Error::PoolTimedOut),
                    }
                })
            })
    }

    /// As statements, not as start-up parameters: PgBouncer refuses a client that sends `options`.
    fn settings(self) -> String {
        // The last one is refused where the operating system cannot detect that a client is gone.
        format!(
            "{SETTINGS} set statement_timeout = {}; set idle_in_transaction_session_timeout = {};
            do $$ begin set client_connection_check_interval = 1000; exception when others then null; end $$",
            self.statement.as_millis(),
            self.idle_in_transaction.as_millis()
        )
    }
}
