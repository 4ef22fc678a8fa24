//! A second program beside the one that runs the server: `pause` while `serve` works.

use std::{fs, path::Path};

use sqlx::postgres::PgConnectOptions;

use super::{
    PORT, SUPERUSER,
    error::{EmbeddedError, file},
    pid_file::{Identity, PidFile, identify},
};

/// Somebody else's embedded Postgres, for as long as they let it run. Dropping it does nothing to the server.
#[derive(Debug, Clone)]
pub struct Guest {
    connection: PgConnectOptions,
}

impl Guest {
    /// The server that another program of the same account runs in a data folder; none when no server is ready there.
    pub fn of(data_dir: &Path) -> Result<Option<Self>, EmbeddedError> {
        let path = fs::canonicalize(data_dir).map_err(file("find", data_dir))?;
        let cluster = path.join("postgres");
        let Some(pid_file) = PidFile::read(&cluster).filter(|pid_file| pid_file.is_ready) else { return Ok(None) };
        if identify(&pid_file, &cluster) != Identity::Ours {
            return Ok(None);
        }
        let password = path.join("password");
        let password = fs::read_to_string(&password).map_err(file("read", password))?;
        let connection = PgConnectOptions::new_without_pgpass()
            .socket(&pid_file.socket_folder)
            .port(PORT)
            .username(SUPERUSER)
            .password(password.trim());
        Ok(Some(Self { connection }))
    }

    /// How to connect to one of its databases, which must exist.
    pub fn connect_options(&self, database: &str) -> PgConnectOptions {
        self.connection.clone().database(database)
    }
}
