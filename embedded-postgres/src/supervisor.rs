//! Watches the server and restarts it when it has ended by itself: killed, out of memory, or stopped from outside.
//!
//! A thread and not a task: starting and stopping are blocking work, and the server must be shut down properly even when the async runtime
//! is already ending. It polls ten times a second, which costs one system call each time. Waiting for the child process is no
//! alternative: a server that an earlier run left behind is not our child.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use tokio::sync::watch;

use crate::{
    error::EmbeddedError,
    postmaster::{Found, Postmaster},
    setup::{Setup, StopSignal},
};

/// The polling interval.
const LOOK: Duration = Duration::from_millis(100);
/// The pause after the first failed start; doubled after each further one.
const SHORTEST_PAUSE: Duration = Duration::from_millis(500);
/// The longest pause, for example while a disk is full.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// After this running time the server counts as healthy; the next failure is the first of a new series.
const WELL: Duration = Duration::from_secs(5);

/// The state of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ServerState {
    /// It accepts connections.
    Running,
    /// It ended, and is being restarted.
    Restarting,
    /// It could not be started. Retried after a pause, for as long as the program runs.
    Down {
        /// Consecutive failures.
        failures: u32,
        /// The pause until the next try.
        pause: Duration,
    },
    /// Its process was suspended (SIGSTOP): it accepts no new connections. It is left alone, since the suspension may be intentional.
    Suspended,
}

/// The thread that owns the server. Dropping it stops the server, and blocks until it has ended.
#[derive(Debug)]
pub(crate) struct Supervisor {
    stop: Arc<StopSignal>,
    pid: Arc<AtomicU32>,
    state: watch::Receiver<ServerState>,
    thread: Mutex<Option<JoinHandle<Result<(), EmbeddedError>>>>,
}

impl Supervisor {
    /// Watches a server that is ready.
    pub(crate) fn of(setup: Setup, postmaster: Postmaster) -> Result<Self, EmbeddedError> {
        let stop = Arc::new(StopSignal::default());
        let pid = Arc::new(AtomicU32::new(postmaster.pid()));
        let (sender, state) = watch::channel(ServerState::Running);
        let watching = Watching { setup, stop: stop.clone(), pid: pid.clone(), state: sender };
        let thread = thread::Builder::new()
            .name("postgres".to_owned())
            .spawn(move || watching.run(postmaster))
            .map_err(|source| EmbeddedError::Run { program: "the supervisor thread", source })?;
        Ok(Self { stop, pid, state, thread: Mutex::new(Some(thread)) })
    }

    /// The process id of the server that ran last.
    pub(crate) fn pid(&self) -> u32 {
        self.pid.load(Ordering::Relaxed)
    }

    pub(crate) fn state(&self) -> watch::Receiver<ServerState> {
        self.state.clone()
    }

    /// Stops the thread, then the server.
    pub(crate) fn stop(&self) -> Result<(), EmbeddedError> {
        self.stop.give();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        // A thread that panicked dropped the server, which stopped it.
        thread.map_or(Ok(()), |thread| thread.join().unwrap_or(Ok(())))
    }
}

impl Drop for Supervisor {
    fn drop(&mut self) {
        if let Err(error) = self.stop() {
            tracing::warn!(%error, "could not stop the embedded Postgres");
        }
    }
}

struct Watching {
    setup: Setup,
    stop: Arc<StopSignal>,
    pid: Arc<AtomicU32>,
    state: watch::Sender<ServerState>,
}

impl Watching {
    fn run(&self, mut postmaster: Postmaster) -> Result<(), EmbeddedError> {
        let mut failures = 0;
        loop {
            let started = Instant::now();
            if self.wait_for_end(&mut postmaster) {
                return postmaster.stop();
            }
            tracing::warn!(pid = postmaster.pid(), "the embedded Postgres exited unexpectedly; restarting it");
            self.state.send_replace(ServerState::Restarting);
            let ended = Instant::now();
            if started.elapsed() >= WELL {
                failures = 0;
            } else if failures > 0 && self.pause(failures) {
                return Ok(());
            }
            postmaster = loop {
                match self.restart() {
                    Ok(postmaster) => break postmaster,
                    Err(_) if self.stop.is_given() => return Ok(()),
                    Err(error) => {
                        failures += 1;
                        let pause = pause(failures);
                        tracing::error!(
                            error = %chain(&error),
                            failures,
                            "could not start the embedded Postgres; retrying in {:.1} s",
                            pause.as_secs_f64()
                        );
                        if self.pause(failures) {
                            return Ok(());
                        }
                    }
                }
            };
            // A server that starts and ends at once, repeatedly, must not be restarted without a pause.
            failures += 1;
            self.pid.store(postmaster.pid(), Ordering::Relaxed);
            self.state.send_replace(ServerState::Running);
            tracing::info!(
                pid = postmaster.pid(),
                "the embedded Postgres is running again after {:.1} s",
                ended.elapsed().as_secs_f64()
            );
        }
    }

    /// Waits until the server has ended; returns true if a stop was requested instead.
    fn wait_for_end(&self, postmaster: &mut Postmaster) -> bool {
        while !self.stop.wait(LOOK) {
            if !postmaster.is_running() {
                return false;
            }
            self.note_suspension(postmaster);
        }
        true
    }

    fn note_suspension(&self, postmaster: &Postmaster) {
        let was_suspended = *self.state.borrow() == ServerState::Suspended;
        let is_suspended = postmaster.is_suspended();
        if is_suspended && !was_suspended {
            tracing::warn!(
                pid = postmaster.pid(),
                "the embedded Postgres is suspended; it accepts no new connections until kill -CONT"
            );
            self.state.send_replace(ServerState::Suspended);
        } else if !is_suspended && was_suspended {
            self.state.send_replace(ServerState::Running);
        }
    }

    /// Sets the state to down, and waits; returns true if the program stops meanwhile.
    fn pause(&self, failures: u32) -> bool {
        let pause = pause(failures);
        self.state.send_replace(ServerState::Down { failures, pause });
        let is_stopped = self.stop.wait(pause);
        self.state.send_replace(ServerState::Restarting);
        is_stopped
    }

    /// Uses the same cluster on the same socket, so that pools reconnect by themselves. A missing cluster is not created again.
    fn restart(&self) -> Result<Postmaster, EmbeddedError> {
        match Postmaster::find(&self.setup)? {
            Found::Ready(postmaster) => Ok(postmaster),
            Found::Unusable(mut postmaster) => {
                postmaster.stop()?;
                Postmaster::start(&self.setup, &self.stop)
            }
            Found::Nothing => Postmaster::start(&self.setup, &self.stop),
        }
    }
}

/// The pause after a number of consecutive failures.
fn pause(failures: u32) -> Duration {
    SHORTEST_PAUSE.saturating_mul(1 << failures.saturating_sub(1).min(16)).min(LONGEST_PAUSE)
}

/// An error with its causes, on one line.
fn chain(error: &EmbeddedError) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str(&format!(": {error}"));
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::pause;

    #[test]
    fn pauses_grow_to_at_most_half_a_minute() {
        let seconds: Vec<f64> = (1..=9).map(|failures| pause(failures).as_secs_f64()).collect();
        assert_eq!(seconds, [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0]);
        assert_eq!(pause(u32::MAX), Duration::from_secs(30));
    }
}
