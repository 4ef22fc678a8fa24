use std::fmt;

use sqlx::postgres::PgConnectOptions;

use crate::connect::{place, prepare};

/// The roles of the program in one database: three with decreasing privileges, or one role three times.
#[derive(Clone)]
pub struct Logins {
    /// Owns the tables and migrates them.
    pub owner: PgConnectOptions,
    /// Reads and writes the tables of the ingest job.
    pub ingest: PgConnectOptions,
    /// Reads what the pages show.
    pub web: PgConnectOptions,
}

impl Logins {
    /// One role for everything.
    pub fn same(options: &PgConnectOptions) -> Self {
        Self { owner: options.clone(), ingest: options.clone(), web: options.clone() }
    }

    /// Prepares all three for connecting: see [`prepare`](crate::prepare).
    #[must_use]
    pub fn prepared(self) -> Self {
        Self { owner: prepare(self.owner), ingest: prepare(self.ingest), web: prepare(self.web) }
    }
}

/// Without the passwords, which sqlx prints.
impl fmt::Debug for Logins {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Logins")
            .field("owner", &place(&self.owner))
            .field("ingest", &place(&self.ingest))
            .field("web", &place(&self.web))
            .finish()
    }
}
