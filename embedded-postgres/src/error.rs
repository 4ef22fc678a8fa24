//! The errors of starting, running and stopping the server, each with its remedy.

use std::{io, path::PathBuf};

/// Why the program's own Postgres could not be started, reached or stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EmbeddedError {
    /// No folder with `initdb`, `postgres` and `pg_ctl` was found.
    #[error(
        "no Postgres server binaries (version {minimum} or newer) found: install Postgres (Debian: apt-get install postgresql, \
         macOS: brew install postgresql), or start with `cargo xtask run`, which fetches them, or set DATABASE_URL"
    )]
    NoBinaries {
        /// The oldest supported major version.
        minimum: u32,
    },

    /// The cluster was created by a major version that is not installed.
    #[error(
        "the cluster {} belongs to Postgres {cluster}, but only these versions are installed: {installed}; \
         install Postgres {cluster}, or move the folder away to start with an empty cluster", path.display()
    )]
    WrongVersion {
        /// The cluster's folder.
        path: PathBuf,
        /// Its major version.
        cluster: u32,
        /// The major versions found, formatted for the message.
        installed: String,
    },

    /// The cluster was created by a major version that the program no longer supports.
    #[error(
        "the cluster {} belongs to Postgres {cluster}, and this program needs {minimum} or newer; \
         upgrade the folder with pg_upgrade, or move it away to start with an empty cluster", path.display()
    )]
    OldCluster {
        /// The cluster's folder.
        path: PathBuf,
        /// Its major version.
        cluster: u32,
        /// The oldest supported major version.
        minimum: u32,
    },

    /// Another running program holds the data folder.
    #[error("another mooncoon (process {holder}) uses {}; stop it or set MOONCOON_DATA_DIR to another folder", path.display())]
    InUse {
        /// The data folder.
        path: PathBuf,
        /// The process id in the holder's lock file, or "unknown".
        holder: String,
    },

    /// A server runs in our cluster, but it is not the one that the program left behind.
    #[error("process {pid} uses {} but was not started by mooncoon; stop it first: kill -INT {pid}", path.display())]
    ForeignServer {
        /// The cluster's folder.
        path: PathBuf,
        /// The process id from `postmaster.pid`.
        pid: u32,
    },

    /// Started as root, and the unprivileged account cannot reach the data folder.
    #[error(
        "started as root, so Postgres runs as user {account}, which cannot access {}; \
         allow it (chmod o+x) or set MOONCOON_DATA_DIR to another folder, such as /var/lib/mooncoon", path.display()
    )]
    NotWalkable {
        /// The first folder of the path that the account cannot enter.
        path: PathBuf,
        /// The account's name.
        account: String,
    },

    /// Started as root on a system without an unprivileged account for the server.
    #[error(
        "started as root, but there is neither a user postgres nor a user nobody to run Postgres; start as an ordinary user"
    )]
    NoAccount,

    /// The cluster's folder contains something else.
    #[error("{} is neither empty nor a Postgres cluster; move it away", path.display())]
    NotACluster {
        /// The folder.
        path: PathBuf,
    },

    /// A Postgres program ended with a failure.
    #[error("{program} failed: {output}")]
    Program {
        /// Its name.
        program: &'static str,
        /// The end of its output.
        output: String,
    },

    /// The server ended before it was ready.
    #[error("Postgres exited while starting: {output} (log: {})", log.display())]
    Died {
        /// The end of its log.
        output: String,
        /// The log file.
        log: PathBuf,
    },

    /// The server did not become ready in time.
    #[error("Postgres was not ready after {seconds} s (log: {})", log.display())]
    NotReady {
        /// How long the program waited.
        seconds: u64,
        /// The log file.
        log: PathBuf,
    },

    /// The program is stopping, so the start was cancelled.
    #[error("the start of Postgres was cancelled: the program is stopping")]
    Stopping,

    /// The server did not end in time.
    #[error("Postgres (process {pid}) did not stop")]
    NotStopped {
        /// Its process id.
        pid: u32,
    },

    /// A file or folder could not be used.
    #[error("could not {action} {}", path.display())]
    File {
        /// A verb: "create", "read".
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The error of the operating system.
        #[source]
        source: io::Error,
    },

    /// A program could not be run.
    #[error("could not run {program}")]
    Run {
        /// Its name.
        program: &'static str,
        /// The error of the operating system.
        #[source]
        source: io::Error,
    },

    /// The server runs, but a query of the start-up failed.
    #[error("could not {action} in the embedded Postgres")]
    Query {
        /// A verb: "connect", "create the database".
        action: &'static str,
        /// The error of the driver.
        #[source]
        source: sqlx::Error,
    },

    /// The start-up work itself panicked or was cancelled.
    #[error("the start of the embedded Postgres was interrupted")]
    Interrupted(#[source] tokio::task::JoinError),
}

/// For `map_err`: adds the file and the verb to an I/O error.
pub(crate) fn file(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> EmbeddedError {
    let path = path.into();
    move |source| EmbeddedError::File { action, path, source }
}
