//! A second program next to the one that runs the server: `pause` while `serve` runs.

use std::{fmt, fs, path::Path};

use sqlx::postgres::PgConnectOptions;

use crate::{
    error::{EmbeddedError, file},
    pid_file::{Identity, PidFile, identify},
    roles::{self, Passwords, RoleLogins},
    setup::{PORT, SUPERUSER},
};

/// The embedded Postgres of another process, for as long as that process runs it. Dropping it does not affect the server.
#[derive(Clone)]
pub struct Guest {
    connection: PgConnectOptions,
    /// None in a folder of an older version of the program, without roles.
    passwords: Option<Passwords>,
}

/// Without the passwords.
impl fmt::Debug for Guest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Guest").finish_non_exhaustive()
    }
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
        let read = |name: &str| {
            let path = path.join(name);
            fs::read_to_string(&path).map(|text| text.trim().to_owned()).map_err(file("read", path))
        };
        let password = read("password")?;
        let passwords = Passwords::by(read).ok();
        let connection = PgConnectOptions::new_without_pgpass()
            .socket(&pid_file.socket_folder)
            .port(PORT)
            .username(SUPERUSER)
            .password(&password);
        Ok(Some(Self { connection, passwords }))
    }

    /// Creates a database unless it exists; returns whether it was created. The name must be a constant of the program.
    pub async fn prepare_database(&self, database: &'static str) -> Result<bool, EmbeddedError> {
        match self.passwords {
            Some(_) => roles::prepare(&self.connection, database).await,
            None => roles::create_database_if_missing(&self.connection, database, None).await,
        }
    }

    /// The logins of a prepared database: three, or the superuser three times if the running program is an older version without roles.
    pub fn logins(&self, database: &str) -> RoleLogins {
        let options = self.connect_options(database);
        match &self.passwords {
            Some(passwords) => passwords.logins(&options),
            None => RoleLogins { owner: options.clone(), ingest: options.clone(), web: options },
        }
    }

    /// Options for connecting to one of its databases as the superuser; the database must exist.
    pub fn connect_options(&self, database: &str) -> PgConnectOptions {
        self.connection.clone().database(database)
    }
}
