use sqlx::postgres::PgConnectOptions;

/// Who the program is to one database: three roles with falling rights, or one role three times.
#[derive(Clone, Debug)]
pub struct Logins {
    /// Owns the tables and migrates them.
    pub owner: PgConnectOptions,
    /// Reads and writes what the ingest job keeps.
    pub ingest: PgConnectOptions,
    /// Reads what the pages show.
    pub web: PgConnectOptions,
}

impl Logins {
    /// One role for everything.
    pub fn same(options: &PgConnectOptions) -> Self {
        Self { owner: options.clone(), ingest: options.clone(), web: options.clone() }
    }
}
