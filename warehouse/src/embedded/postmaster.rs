//! The server process: started, recognised, stopped.

use std::{
    fs::{self, File},
    io::{Read, Seek, SeekFrom},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant},
};

use super::{
    account::Account,
    binaries::Binaries,
    cluster::{ending, run},
    error::{EmbeddedError, file},
    pid_file::{self, Identity, PidFile, identify},
};

/// How often the pid file is looked at while waiting.
const POLL: Duration = Duration::from_millis(10);
/// The log starts anew when it is larger than this at a start; one older log is kept.
const LOG_LIMIT: u64 = 4 * 1024 * 1024;

/// Settings for one small program on a machine that it shares: everything else is Postgres' default.
const SETTINGS: [&str; 14] = [
    "listen_addresses=",
    "port=5432",
    "unix_socket_permissions=0700",
    // The program needs a dozen; tests that run side by side, each with a pool, need the rest.
    "max_connections=100",
    "shared_buffers=64MB",
    "work_mem=16MB",
    "maintenance_work_mem=64MB",
    "max_wal_size=512MB",
    // Nothing replicates from this server; without the extra WAL, loading into a new table is cheaper.
    "wal_level=minimal",
    "max_wal_senders=0",
    // Compiling a query costs more than any of the board's queries takes.
    "jit=off",
    "timezone=UTC",
    "log_timezone=UTC",
    "log_checkpoints=off",
];

/// A running server of our cluster.
#[derive(Debug)]
pub(super) struct Postmaster {
    pid: u32,
    /// Present when this program started it; an adopted one is somebody else's child.
    child: Option<Child>,
    cluster: PathBuf,
    binaries: Binaries,
    account: Account,
}

/// What the pid file of a cluster that we have locked turned out to be.
#[derive(Debug)]
pub(super) enum Found {
    /// No server runs.
    Nothing,
    /// The server of an earlier run, ready on the socket that we would use.
    Ready(Postmaster),
    /// The server of an earlier run, in a state that cannot be used as it is.
    Unusable(Postmaster),
}

impl Postmaster {
    /// Looks for a server that an earlier run left behind, and clears away what only looks like one.
    pub(super) fn find(
        cluster: &Path,
        socket_folder: &Path,
        binaries: &Binaries,
        account: &Account,
    ) -> Result<Found, EmbeddedError> {
        let Some(pid_file) = PidFile::read(cluster) else {
            return Ok(Found::Nothing);
        };
        match identify(&pid_file, cluster) {
            Identity::Ours => {}
            Identity::Gone => return Ok(Found::Nothing), // Postgres clears its own pid file away when nobody has the id
            Identity::Stranger => {
                // Postgres would take the stranger for its predecessor and refuse to start.
                tracing::debug!(pid = pid_file.pid, "postmaster.pid names another program's process: stale");
                return pid_file::forget(cluster, socket_folder).map(|()| Found::Nothing);
            }
            Identity::Unclear => {
                return Err(EmbeddedError::ForeignServer { path: cluster.to_owned(), pid: pid_file.pid });
            }
        }
        let postmaster = Self {
            pid: pid_file.pid,
            child: None,
            cluster: cluster.to_owned(),
            binaries: binaries.clone(),
            account: account.clone(),
        };
        if pid_file.is_ready && pid_file.socket_folder == socket_folder {
            Ok(Found::Ready(postmaster))
        } else {
            Ok(Found::Unusable(postmaster))
        }
    }

    /// Starts the server and waits until it accepts connections.
    pub(super) fn start(
        cluster: &Path,
        socket_folder: &Path,
        log: &Path,
        binaries: &Binaries,
        account: &Account,
        patience: Duration,
    ) -> Result<Self, EmbeddedError> {
        let deadline = Instant::now() + patience;
        loop {
            let (mut postmaster, log_start) = Self::spawn(cluster, socket_folder, log, binaries, account)?;
            match postmaster.wait_until_ready(deadline)? {
                Outcome::Ready => return Ok(postmaster),
                Outcome::Late => {
                    postmaster.stop()?;
                    return Err(EmbeddedError::NotReady { seconds: patience.as_secs(), log: log.to_owned() });
                }
                Outcome::Died => {
                    let output = read_from(log, log_start);
                    // The backends of a killed server need a moment to notice; until then they hold its shared memory.
                    if output.contains("shared memory block") && Instant::now() < deadline {
                        thread::sleep(Duration::from_millis(100));
                        continue;
                    }
                    return Err(EmbeddedError::Died { output: ending(&output), log: log.to_owned() });
                }
            }
        }
    }

    /// Starts the process; also returns where its part of the log begins.
    fn spawn(
        cluster: &Path,
        socket_folder: &Path,
        log: &Path,
        binaries: &Binaries,
        account: &Account,
    ) -> Result<(Self, u64), EmbeddedError> {
        if fs::metadata(log).is_ok_and(|metadata| metadata.len() > LOG_LIMIT) {
            fs::rename(log, log.with_extension("log.1")).map_err(file("rotate", log))?;
        }
        let output = File::options().create(true).append(true).open(log).map_err(file("open", log))?;
        let log_start = output.metadata().map_err(file("read", log))?.len();
        // The order "-D FOLDER -c" is what `identify` looks for.
        let mut command = account.command(&binaries.program("postgres"));
        command.arg("-D").arg(cluster);
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        let quoted = socket_folder.to_string_lossy().replace('"', "\"\"");
        command.arg("-c").arg(format!("unix_socket_directories=\"{quoted}\""));
        // Its own process group: Ctrl-C in a terminal must reach the program first, which then stops the server in order.
        command.process_group(0).stdout(Stdio::null()).stderr(output);
        let child = command.spawn().map_err(|source| EmbeddedError::Run { program: "postgres", source })?;
        let postmaster = Self {
            pid: child.id(),
            child: Some(child),
            cluster: cluster.to_owned(),
            binaries: binaries.clone(),
            account: account.clone(),
        };
        Ok((postmaster, log_start))
    }

    /// Waits for the word "ready" in the pid file, which is there some milliseconds before a poll of `pg_ctl` would see it.
    fn wait_until_ready(&mut self, deadline: Instant) -> Result<Outcome, EmbeddedError> {
        loop {
            if !self.is_running() {
                self.child = None;
                return Ok(Outcome::Died);
            }
            if PidFile::read(&self.cluster).is_some_and(|pid_file| pid_file.pid == self.pid && pid_file.is_ready) {
                return Ok(Outcome::Ready);
            }
            if Instant::now() >= deadline {
                return Ok(Outcome::Late);
            }
            thread::sleep(POLL);
        }
    }

    /// Whether the process still runs and still is the server; a dead child is reaped.
    fn is_running(&mut self) -> bool {
        match &mut self.child {
            // Until it has been reaped, nobody else can get its id.
            Some(child) => matches!(child.try_wait(), Ok(None)),
            None => PidFile::read(&self.cluster).is_some_and(|pid_file| {
                pid_file.pid == self.pid && matches!(identify(&pid_file, &self.cluster), Identity::Ours)
            }),
        }
    }

    /// Stops the server in order (open transactions roll back, everything is written); by force when it takes too long.
    pub(super) fn stop(&mut self) -> Result<(), EmbeddedError> {
        for (signal, patience) in [("INT", Duration::from_secs(30)), ("QUIT", Duration::from_secs(10))] {
            if !self.is_running() {
                return Ok(());
            }
            if let Err(error) = self.signal(signal) {
                // It may have ended by itself between the two lines.
                return if self.is_running() { Err(error) } else { Ok(()) };
            }
            let deadline = Instant::now() + patience;
            while Instant::now() < deadline {
                if !self.is_running() {
                    return Ok(());
                }
                thread::sleep(POLL);
            }
            tracing::warn!(pid = self.pid, signal, "Postgres did not stop in time");
        }
        Err(EmbeddedError::NotStopped { pid: self.pid })
    }

    /// Sends a signal, by `pg_ctl`, as `std` has no call for it.
    fn signal(&self, signal: &str) -> Result<(), EmbeddedError> {
        let mut command = self.account.command(&self.binaries.program("pg_ctl"));
        run("pg_ctl", command.args(["kill", signal, &self.pid.to_string()]))
    }

    /// The process id.
    pub(super) fn pid(&self) -> u32 {
        self.pid
    }

    /// Whether an earlier run of the program started it.
    pub(super) fn is_adopted(&self) -> bool {
        self.child.is_none()
    }
}

impl Drop for Postmaster {
    fn drop(&mut self) {
        if let Err(error) = self.stop() {
            tracing::warn!(%error, "could not stop the embedded Postgres");
        }
    }
}

enum Outcome {
    Ready,
    Died,
    Late,
}

/// What was appended to a log since `start`.
fn read_from(log: &Path, start: u64) -> String {
    let mut bytes = Vec::new();
    // A log that cannot be read leaves the message without it; the failure being reported is another one.
    let _ = File::open(log).and_then(|mut log| {
        log.seek(SeekFrom::Start(start))?;
        log.read_to_end(&mut bytes)
    });
    String::from_utf8_lossy(&bytes).into_owned()
}
