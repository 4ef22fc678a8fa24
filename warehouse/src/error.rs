use thiserror::Error;

/// Errors of the access to Postgres.
#[derive(Debug, Error)]
pub enum Error {
    #[error("could not connect to the database")]
    Connect(#[source] sqlx::Error),
    /// `place` names server, database and user, never the password; `cause` is in our own words.
    #[error("could not connect to Postgres at {place}: {cause}")]
    Unreachable {
        place: String,
        cause: String,
        #[source]
        source: sqlx::Error,
    },
    #[error("the Postgres at {place} is version {version}; this program needs {minimum} or newer")]
    OldServer { place: String, version: String, minimum: i32 },
    #[error(
        "a pooler at {place} assigns a session to each transaction (PgBouncer: pool_mode transaction or statement), but this program needs \
         whole sessions; set pool_mode to session for this database, or use the address of Postgres itself (see docs/postgres.md)"
    )]
    SharedSessions { place: String },
    #[error(
        "there is no usable schema at {place}: search_path is {search_path:?}, but none of these schemas exists; \
         create one, or change the default (alter role ... set search_path)"
    )]
    NoSchema { place: String, search_path: String },
    #[error("could not migrate the database")]
    Migrate(#[source] sqlx::migrate::MigrateError),
    #[error(
        "this database was migrated by a newer Mooncoon: it has migration {version}, but this program knows none after {newest}; \
         run that version, or restore an older backup"
    )]
    NewerSchema { version: i64, newest: i64 },
    #[error(
        "this database has migration {version}, which this program does not know; it was migrated by another build of Mooncoon"
    )]
    UnknownMigration { version: i64 },
    #[error(
        "migration {version} was applied to this database with a different text: it was migrated by another build of \
         Mooncoon, or the file was edited afterwards; run the build that migrated it, or restore a backup"
    )]
    ChangedMigration { version: i64 },
    /// `role` is the login that could not get its privileges.
    #[error("could not grant role {role} its rights; run docs/postgres/roles.sql as the owner of the tables")]
    Grant {
        role: String,
        #[source]
        source: sqlx::Error,
    },
    #[error("could not create the database; the account needs the CREATEDB right")]
    CreateDatabase(#[source] sqlx::Error),
    /// `query` is the name of the function that ran it.
    #[error("could not read {query}")]
    Read {
        query: &'static str,
        #[source]
        source: sqlx::Error,
    },
    /// No response within the time limit of a reader.
    #[error("the database did not respond in time to {query}")]
    NoAnswer { query: &'static str },
}

impl Error {
    /// Whether the server is reachable but has no database of that name.
    pub fn is_missing_database(&self) -> bool {
        let (Self::Connect(error) | Self::Unreachable { source: error, .. }) = self else { return false };
        matches!(error, sqlx::Error::Database(error) if error.code().as_deref() == Some("3D000"))
    }

    /// Whether a retry may succeed a moment later: the database cannot be reached, refuses us, or is too busy. Readers are then asked
    /// to come back later; nothing is reported as broken.
    pub fn is_unavailable(&self) -> bool {
        match self {
            Self::Connect(source) | Self::Unreachable { source, .. } | Self::Read { source, .. } => {
                is_unavailable(source)
            }
            Self::NoAnswer { .. } => true,
            _ => false,
        }
    }

    /// For `map_err`: names the read that failed.
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
            // The classes are those of appendix A of the Postgres manual.
            let class = state.get(..2).unwrap_or_default();
            // 08 connection, 28 login refused, 40 rolled back because of another transaction, 53 out of sessions, memory or disk,
            // 57 shut down, starting or cancelled (also by `statement_timeout`), 58 the system below it.
            matches!(class, "08" | "28" | "40" | "53" | "57" | "58")
                // No such database (any more), a lock that was not available, a transaction that was idle for too long.
                || matches!(state.as_ref(), "3D000" | "55P03" | "25P03")
        }),
        _ => false,
    }
}
