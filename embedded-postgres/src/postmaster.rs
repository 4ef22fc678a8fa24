//! Starts, recognises and stops the server process.

use std::{
    fs::{self, File},
    io::{Read, Seek, SeekFrom},
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{
    cluster::{ending, run},
    error::{EmbeddedError, file},
    pid_file::{self, Identity, PidFile, identify},
    process::is_suspended,
    residents::residents,
    setup::{Setup, StopSignal},
};

/// The polling interval of the pid file.
const POLL: Duration = Duration::from_millis(10);
/// A log that is larger than this at a start is rotated; one older log is kept.
const LOG_LIMIT: u64 = 4 * 1024 * 1024;

/// The signals that stop the server and their time limits: fast shutdown, immediate shutdown, then SIGKILL if neither works.
const STOPS: [(&str, Duration); 3] =
    [("INT", Duration::from_secs(4)), ("QUIT", Duration::from_millis(1500)), ("KILL", Duration::from_millis(500))];
/// How long the backends of a killed server get to end by themselves.
const ORPHANS_MAY_FINISH: Duration = Duration::from_secs(1);

/// Settings for one small program on a shared machine: everything else is Postgres' default.
const SETTINGS: &[&str] = &[
    "listen_addresses=",
    "port=5432",
    "unix_socket_permissions=0700",
    // The program needs a dozen; parallel tests, each with a pool, need the rest.
    "max_connections=100",
    "shared_buffers=64MB",
    "work_mem=16MB",
    "maintenance_work_mem=64MB",
    "max_wal_size=512MB",
    // Nothing replicates from this server; without the extra WAL, loading into a new table is cheaper.
    "wal_level=minimal",
    "max_wal_senders=0",
    // Compiling a query takes longer than running any of the board's queries.
    "jit=off",
    "timezone=UTC",
    "log_timezone=UTC",
    "log_checkpoints=off",
    // The program searches the log for one of its messages.
    "lc_messages=C",
    // After a crash Postgres syncs everything in the folder: with one call instead of opening each of its thousands of files, which took
    // two thirds of a restart on a busy machine. Only Linux has the call.
    #[cfg(target_os = "linux")]
    "recovery_init_sync_method=syncfs",
];

/// A running server of our cluster.
#[derive(Debug)]
pub(crate) struct Postmaster {
    pid: u32,
    /// Present if this program started it; an adopted server is not our child.
    child: Option<Child>,
    setup: Setup,
}

/// The result of inspecting the pid file of a cluster that we have locked.
#[derive(Debug)]
pub(crate) enum Found {
    /// No server runs.
    Nothing,
    /// The server of an earlier run, ready on the socket that we would use.
    Ready(Postmaster),
    /// The server of an earlier run, in a state in which it cannot be used.
    Unusable(Postmaster),
}

impl Postmaster {
    /// Looks for a server that an earlier run left behind, and removes stale files of one.
    ///
    /// The caller holds the data folder's lock, so no other instance of the program starts a server here meanwhile.
    pub(crate) fn find(setup: &Setup) -> Result<Found, EmbeddedError> {
        let cluster = &setup.cluster;
        let pid_file = PidFile::read(cluster);
        let identity = pid_file.as_ref().map_or(Identity::Gone, |pid_file| identify(pid_file, cluster));
        let pid_file = match (pid_file, identity) {
            (Some(pid_file), Identity::Ours) => pid_file,
            (Some(pid_file), Identity::Unclear) => {
                return Err(EmbeddedError::ForeignServer { path: cluster.clone(), pid: pid_file.pid });
            }
            (pid_file, _) => return setup.remove_stale(pid_file.as_ref(), identity).map(|()| Found::Nothing),
        };
        let postmaster = Self { pid: pid_file.pid, child: None, setup: setup.clone() };
        if pid_file.is_ready && pid_file.socket_folder == setup.socket_folder {
            Ok(Found::Ready(postmaster))
        } else {
            Ok(Found::Unusable(postmaster))
        }
    }

    /// Starts the server and waits until it accepts connections.
    pub(crate) fn start(setup: &Setup, stop: &StopSignal) -> Result<Self, EmbeddedError> {
        let began = Instant::now();
        let deadline = began + setup.patience;
        loop {
            while Instant::now() < deadline && setup.has_orphans(began.elapsed())? {
                // Each check after that time signals the remaining processes again.
                let pause = if began.elapsed() < ORPHANS_MAY_FINISH { POLL } else { 20 * POLL };
                if stop.wait(pause) {
                    return Err(EmbeddedError::Stopping);
                }
            }
            let (mut postmaster, log_start) = Self::spawn(setup)?;
            match postmaster.wait_until_ready(deadline, stop)? {
                Outcome::Ready => return Ok(postmaster),
                Outcome::Stopped => {
                    postmaster.stop()?;
                    return Err(EmbeddedError::Stopping);
                }
                Outcome::Late => {
                    postmaster.stop()?;
                    let log = setup.log.clone();
                    return Err(EmbeddedError::NotReady { seconds: setup.patience.as_secs(), log });
                }
                Outcome::Died => {
                    let output = read_from(&setup.log, log_start);
                    if !output.contains("shared memory block") || Instant::now() >= deadline {
                        return Err(EmbeddedError::Died { output: ending(&output), log: setup.log.clone() });
                    }
                    // A process that the process list did not show.
                    if stop.wait(Duration::from_millis(100)) {
                        return Err(EmbeddedError::Stopping);
                    }
                }
            }
        }
    }

    /// Starts the process; also returns the offset at which its part of the log begins.
    fn spawn(setup: &Setup) -> Result<(Self, u64), EmbeddedError> {
        let log = &setup.log;
        if fs::metadata(log).is_ok_and(|metadata| metadata.len() > LOG_LIMIT) {
            fs::rename(log, log.with_extension("log.1")).map_err(file("rotate", log))?;
        }
        let output = File::options().create(true).append(true).open(log).map_err(file("open", log))?;
        let log_start = output.metadata().map_err(file("read", log))?.len();
        // `identify` looks for the order "-D FOLDER -c".
        let mut command = setup.account.command(&setup.binaries.program("postgres"));
        command.arg("-D").arg(&setup.cluster);
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        let quoted = setup.socket_folder.to_string_lossy().replace('"', "\"\"");
        command.arg("-c").arg(format!("unix_socket_directories=\"{quoted}\""));
        // A separate process group: Ctrl-C in a terminal must reach the program first, which then shuts the server down.
        command.process_group(0).stdout(Stdio::null()).stderr(output);
        let child = command.spawn().map_err(|source| EmbeddedError::Run { program: "postgres", source })?;
        let postmaster = Self { pid: child.id(), child: Some(child), setup: setup.clone() };
        Ok((postmaster, log_start))
    }

    /// Waits for the word "ready" in the pid file, which appears some milliseconds before a poll of `pg_ctl` would see it.
    fn wait_until_ready(&mut self, deadline: Instant, stop: &StopSignal) -> Result<Outcome, EmbeddedError> {
        loop {
            if !self.is_running() {
                self.child = None;
                return Ok(Outcome::Died);
            }
            let pid_file = PidFile::read(&self.setup.cluster);
            if pid_file.is_some_and(|pid_file| pid_file.pid == self.pid && pid_file.is_ready) {
                return Ok(Outcome::Ready);
            }
            if Instant::now() >= deadline {
                return Ok(Outcome::Late);
            }
            if stop.wait(POLL) {
                return Ok(Outcome::Stopped);
            }
        }
    }

    /// Whether the process still runs and still is the server; a dead child is reaped.
    pub(crate) fn is_running(&mut self) -> bool {
        match &mut self.child {
            // Until it has been reaped, no other process can get its id.
            Some(child) => match child.try_wait() {
                Ok(None) => true,
                Ok(Some(status)) => {
                    tracing::debug!(pid = self.pid, %status, "Postgres has exited");
                    false
                }
                Err(_) => false,
            },
            None => PidFile::read(&self.setup.cluster).is_some_and(|pid_file| {
                pid_file.pid == self.pid && matches!(identify(&pid_file, &self.setup.cluster), Identity::Ours)
            }),
        }
    }

    /// Whether the process was suspended: it exists, but accepts no new connections.
    pub(crate) fn is_suspended(&self) -> bool {
        is_suspended(self.pid)
    }

    /// Shuts the server down (open transactions roll back, everything is written); by force when it takes too long.
    ///
    /// The program's own shutdown gets ten seconds in all, of which six are left for this. A server that was stopped by force replays
    /// its log at the next start and has lost nothing that was committed.
    #[expect(clippy::disallowed_methods, reason = "runs on the supervisor thread, which does nothing else")]
    pub(crate) fn stop(&mut self) -> Result<(), EmbeddedError> {
        for (signal, patience) in STOPS {
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

    /// Sends a signal with `pg_ctl`, because `std` has no call for it.
    fn signal(&self, signal: &str) -> Result<(), EmbeddedError> {
        self.setup.signal(signal, self.pid)
    }

    /// The process id.
    pub(crate) fn pid(&self) -> u32 {
        self.pid
    }

    /// Whether an earlier run of the program started it.
    pub(crate) fn is_adopted(&self) -> bool {
        self.child.is_none()
    }
}

impl Setup {
    /// Removes stale files of a server; fails if a process turns out to be a server of this cluster.
    fn remove_stale(&self, pid_file: Option<&PidFile>, identity: Identity) -> Result<(), EmbeddedError> {
        if let Some(pid) = residents(&self.cluster, &self.account).postmaster {
            return Err(EmbeddedError::ForeignServer { path: self.cluster.clone(), pid });
        }
        match pid_file {
            // Truncated by a power cut, empty, or something else.
            None if PidFile::is_there(&self.cluster) => {
                tracing::warn!("postmaster.pid is damaged and no server runs in the cluster: removing it");
                pid_file::forget(&self.cluster)?;
            }
            // Postgres would take the other process for its predecessor and refuse to start.
            Some(pid_file) if identity == Identity::Stranger => {
                tracing::debug!(pid = pid_file.pid, "postmaster.pid names the process of another program: stale");
                pid_file::forget(&self.cluster)?;
            }
            // Postgres removes its own pid file when no process has the id.
            _ => {}
        }
        pid_file::forget_socket(&self.socket_folder)
    }

    /// Sends a signal as the server's account, with `pg_ctl`, because `std` has no call for it.
    fn signal(&self, signal: &str, pid: u32) -> Result<(), EmbeddedError> {
        let mut command = self.account.command(&self.binaries.program("pg_ctl"));
        run("pg_ctl", command.args(["kill", signal, &pid.to_string()]))
    }

    /// Whether backends of a killed server are left. They hold its shared memory: no other server can start until they have ended. Most end
    /// at once. One in the middle of a query whose client is gone does not: it is ended, first with the signal of an immediate shutdown.
    fn has_orphans(&self, waited: Duration) -> Result<bool, EmbeddedError> {
        let residents = residents(&self.cluster, &self.account);
        if let Some(pid) = residents.postmaster {
            return Err(EmbeddedError::ForeignServer { path: self.cluster.clone(), pid });
        }
        if waited >= ORPHANS_MAY_FINISH {
            let signal = if waited < 2 * ORPHANS_MAY_FINISH { "QUIT" } else { "KILL" };
            for &pid in &residents.children {
                tracing::info!(pid, signal, "stopping a process left by a killed Postgres");
                // One that ends by itself between the two lines needs no signal.
                let _ = self.signal(signal, pid);
            }
        }
        Ok(!residents.children.is_empty())
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
    Stopped,
    Died,
    Late,
}

/// The text appended to a log since `start`.
fn read_from(log: &Path, start: u64) -> String {
    let mut bytes = Vec::new();
    // If the log cannot be read, the message lacks it; the failure being reported is another one.
    let _ = File::open(log).and_then(|mut log| {
        log.seek(SeekFrom::Start(start))?;
        log.read_to_end(&mut bytes)
    });
    String::from_utf8_lossy(&bytes).into_owned()
}
