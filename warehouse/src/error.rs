use thiserror::Error;

/// What can go wrong between us and Postgres.
#[derive(Debug, Error)]
pub enum Error {
    #[error("could not connect to the database")]
    Connect(#[source] sqlx::Error),
    #[error("could not migrate the database")]
    Migrate(#[source] sqlx::migrate::MigrateError),
    #[error("could not create the database; the account needs the right to (CREATEDB)")]
    CreateDatabase(#[source] sqlx::Error),
    /// `query` is the name of the function that asked.
    #[error("could not read {query}")]
    Read {
        query: &'static str,
        #[source]
        source: sqlx::Error,
    },
    /// Nothing came back in the time that a reader has.
    #[error("the database did not answer in time for {query}")]
    NoAnswer { query: &'static str },
}

impl Error {
    /// The server is there, and has no database of that name.
    pub fn is_missing_database(&self) -> bool {
        matches!(self, Self::Connect(sqlx::Error::Database(error)) if error.code().as_deref() == Some("3D000"))
    }

    /// It may work a moment later: the database cannot be reached, turns us away, or is too busy. What a reader is told is to come again,
    /// and not that something is broken.
    pub fn is_unavailable(&self) -> bool {
        match self {
            Self::Connect(source) | Self::Read { source, .. } => is_unavailable(source),
            Self::NoAnswer { .. } => true,
            Self::Migrate(_) | Self::CreateDatabase(_) => false,
        }
    }

    /// For `map_err`: which read failed.
    pub(crate) fn read(query: &'static str) -> impl FnOnce(sqlx::Error) -> Self {
        move |source| Self::Read { query, source }
    }
}

fn is_unavailable(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(error) => error.code().is_some_and(|state| {
            // The classes are those of Postgres's appendix A.
            let class = state.get(..2).unwrap_or_default();
            // 08 connection, 28 login refused, 40 rolled back for another's sake, 53 out of sessions, memory or disk, 57 shut down,
            // starting or cancelled (also by `statement_timeout`), 58 the system below it.
            matches!(class, "08" | "28" | "40" | "53" | "57" | "58")
                // No such database (any more), a lock that was not to be had, a transaction that was idle for too long.
                || matches!(state.as_ref(), "3D000" | "55P03" | "25P03")
        }),
        _ => false,
    }
}
