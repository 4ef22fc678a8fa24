#![doc = include_str!("../README.md")]

mod account;
mod binaries;
mod cluster;
mod error;
mod folder;
mod guest;
mod options;
mod pid_file;
mod postmaster;
mod process;
mod reachable;
mod residents;
mod roles;
mod setup;
mod supervisor;

use std::{
    fmt,
    path::{Path, PathBuf},
    process::Command,
};

use sqlx::{ConnectOptions as _, Connection as _, PgConnection, postgres::PgConnectOptions};
use tokio::sync::watch;

use self::{
    account::Account,
    binaries::Binaries,
    folder::DataFolder,
    postmaster::{Found, Postmaster},
    roles::Passwords,
    setup::{PORT, SUPERUSER, Setup, StopSignal},
    supervisor::Supervisor,
};
pub use self::{
    error::EmbeddedError, guest::Guest, options::EmbeddedOptions, roles::RoleLogins, supervisor::ServerState,
};

/// The oldest major version of Postgres whose binaries are used.
pub const MINIMUM_MAJOR: u32 = binaries::MINIMUM_MAJOR;

/// Whether the program runs as root, and its Postgres therefore as another account: that account must then be able to reach
/// the data folder.
pub fn runs_as_other_account() -> bool {
    !matches!(Account::choose(), Ok(Account::Own))
}

/// A command for any program, under the account of the server, without this program's environment. For tests that run another kind of
/// server than the program's own.
pub fn server_account_command(program: impl AsRef<Path>) -> Result<Command, EmbeddedError> {
    Ok(Account::choose()?.command(program.as_ref()))
}

/// The folder of the binaries for a new cluster, where that account can run them. For the same tests.
pub fn binaries_folder(options: &EmbeddedOptions) -> Result<PathBuf, EmbeddedError> {
    let account = Account::choose()?;
    let find = |program: &Path| account.command(program);
    let found = Binaries::find(options.search_path.as_deref(), &options.extra_binary_dirs, find);
    Ok(cluster::choose(found, &options.data_dir, None)?.folder)
}

/// A Postgres server that belongs to this program and ends with it. When it ends by itself it is restarted, on the same socket.
///
/// Dropping it stops the server too, but blocks the thread while doing so: prefer [`stop`](Self::stop).
pub struct EmbeddedPostgres {
    // Fields drop in this order: the server must have ended before the folder's lock is released.
    supervisor: Supervisor,
    is_adopted: bool,
    connection: PgConnectOptions,
    socket_folder: PathBuf,
    password: String,
    passwords: Passwords,
    _folder: DataFolder,
}

/// Without the passwords.
impl fmt::Debug for EmbeddedPostgres {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("EmbeddedPostgres")
            .field("supervisor", &self.supervisor)
            .field("socket_folder", &self.socket_folder)
            .finish_non_exhaustive()
    }
}

impl EmbeddedPostgres {
    /// Starts the server, or takes over the one that a killed run left behind, and waits until it responds.
    pub async fn start(options: EmbeddedOptions) -> Result<Self, EmbeddedError> {
        let launched = blocking({
            let options = options.clone();
            move || Self::launch(&options, Adoption::Allowed)
        })
        .await?;
        let launched = match launched.connect("postgres").await {
            Ok(connection) => (launched, connection),
            Err(error) if launched.is_adopted => {
                tracing::warn!(%error, "the Postgres of an earlier run does not respond; starting a new one");
                launched.stop().await?;
                let launched = blocking(move || Self::launch(&options, Adoption::Refused)).await?;
                let connection = launched.connect("postgres").await?;
                (launched, connection)
            }
            Err(error) => return Err(error),
        };
        let (launched, mut connection) = launched;
        roles::make(&mut connection, &launched.passwords).await?;
        // Optional: the server notices a closed socket as well.
        let _ = connection.close().await;
        Ok(launched)
    }

    /// Creates a database unless it exists, and makes it usable by the program's roles; returns whether it was created. The name must be
    /// a constant of the program.
    pub async fn prepare_database(&self, database: &'static str) -> Result<bool, EmbeddedError> {
        roles::prepare(&self.connection, database).await
    }

    /// The three logins of a prepared database.
    pub fn logins(&self, database: &str) -> RoleLogins {
        self.passwords.logins(&self.connect_options(database))
    }

    /// Options for connecting to one of its databases as the superuser.
    pub fn connect_options(&self, database: &str) -> PgConnectOptions {
        self.connection.clone().database(database)
    }

    /// The same as a URL, for tests and programs that read `DATABASE_URL`. It contains the password.
    pub fn url(&self, database: &str) -> String {
        let folder = percent_encode(&self.socket_folder.to_string_lossy());
        format!("postgres://{SUPERUSER}:{}@localhost:{PORT}/{}?host={folder}", self.password, percent_encode(database))
    }

    /// Permanently stops the cluster from waiting for the disk: a crash of the machine may then damage everything in it.
    /// Only for disposable clusters, such as that of the tests, which create and drop hundreds of databases.
    pub async fn disable_durability(&self) -> Result<(), EmbeddedError> {
        let query = |source| EmbeddedError::Query { action: "disable durability", source };
        let mut connection = self.connect("postgres").await?;
        // One by one: `alter system` is not allowed in a transaction, and several statements in one message form one.
        for statement in [
            "alter system set fsync = off",
            "alter system set full_page_writes = off",
            "alter system set synchronous_commit = off",
            "select pg_reload_conf()",
        ] {
            sqlx::query(statement).execute(&mut connection).await.map_err(query)?;
        }
        connection.close().await.map_err(query)
    }

    /// Creates a database unless one of that name exists; returns whether it did.
    pub async fn create_database_if_missing(&self, database: &str) -> Result<bool, EmbeddedError> {
        roles::create_database_if_missing(&self.connection, database, None).await
    }

    /// Stops the server and waits until it has ended.
    pub async fn stop(self) -> Result<(), EmbeddedError> {
        blocking(move || {
            // The whole value, not just the server: the folder's lock must outlive it.
            let owned = self;
            owned.supervisor.stop()
        })
        .await
    }

    /// The state of the server and its later changes.
    pub fn state(&self) -> watch::Receiver<ServerState> {
        self.supervisor.state()
    }

    /// The server's process id, for measurements.
    pub fn pid(&self) -> u32 {
        self.supervisor.pid()
    }

    /// Whether the server was started by an earlier run of the program.
    pub fn is_adopted(&self) -> bool {
        self.is_adopted
    }

    /// The whole start, up to a server that reports that it is ready. Blocks.
    fn launch(options: &EmbeddedOptions, adoption: Adoption) -> Result<Self, EmbeddedError> {
        let account = Account::choose()?;
        let folder = DataFolder::open(&options.data_dir, &account)?;
        folder.clear_workshops()?;
        let cluster = folder.cluster();
        let version = cluster::version(&cluster)?;
        let found = reachable::binaries(options, &folder, &account)?;
        let binaries = cluster::choose(found, &cluster, version)?;
        let socket_folder = folder.socket_folder(&account)?;
        let (password, is_new_password) = folder.password("password")?;
        let passwords = Passwords::by(|name| folder.password(name).map(|(password, _)| password))?;
        if version.is_none() {
            tracing::info!(folder = %cluster.display(), version = binaries.major, "creating the cluster of the embedded Postgres");
            cluster::create(&folder, &binaries, &account, &password)?;
        }
        let setup = Setup {
            cluster,
            socket_folder: socket_folder.clone(),
            log: folder.log(),
            binaries,
            account,
            patience: options.patience,
        };
        let orphan = match Postmaster::find(&setup)? {
            Found::Ready(postmaster) if adoption == Adoption::Allowed && !is_new_password => Some(postmaster),
            Found::Ready(mut postmaster) | Found::Unusable(mut postmaster) => {
                postmaster.stop()?;
                None
            }
            Found::Nothing => None,
        };
        let postmaster = match orphan {
            Some(postmaster) => {
                tracing::info!(pid = postmaster.pid(), "reusing the Postgres of an earlier run");
                postmaster
            }
            None => {
                if version.is_some() && is_new_password {
                    tracing::warn!("the password file was missing; setting a new database password");
                    cluster::reset_password(&setup.cluster, &setup.binaries, &setup.account, &password)?;
                }
                Postmaster::start(&setup, &StopSignal::default())?
            }
        };
        let connection = PgConnectOptions::new_without_pgpass()
            .socket(&socket_folder)
            .port(PORT)
            .username(SUPERUSER)
            .password(&password);
        let is_adopted = postmaster.is_adopted();
        let supervisor = Supervisor::of(setup, postmaster)?;
        Ok(Self { supervisor, is_adopted, connection, socket_folder, password, passwords, _folder: folder })
    }

    async fn connect(&self, database: &str) -> Result<PgConnection, EmbeddedError> {
        self.connect_options(database)
            .connect()
            .await
            .map_err(|source| EmbeddedError::Query { action: "connect", source })
    }
}

/// Whether a server of an earlier run may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Adoption {
    Allowed,
    Refused,
}

/// Runs blocking work outside the async threads.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, EmbeddedError> + Send + 'static,
) -> Result<T, EmbeddedError> {
    tokio::task::spawn_blocking(work).await.map_err(EmbeddedError::Interrupted)?
}

/// Percent-encodes all characters that could end a part of a URL.
fn percent_encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
