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
}

impl Error {
    /// The server is there, and has no database of that name.
    pub fn is_missing_database(&self) -> bool {
        matches!(self, Self::Connect(sqlx::Error::Database(error)) if error.code().as_deref() == Some("3D000"))
    }

    /// For `map_err`: which read failed.
    pub(crate) fn read(query: &'static str) -> impl FnOnce(sqlx::Error) -> Self {
        move |source| Self::Read { query, source }
    }
}
