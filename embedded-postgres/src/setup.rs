//! The inputs of every start of the server: at the program's start, and whenever the server has ended by itself.

use std::{
    path::PathBuf,
    sync::{Condvar, Mutex, PoisonError},
    time::{Duration, Instant},
};

use crate::{account::Account, binaries::Binaries};

/// The cluster's superuser, used only to create databases and roles.
pub(crate) const SUPERUSER: &str = "mooncoon";
/// The only part of a TCP address that matters for a socket: it is in the socket's file name.
pub(crate) const PORT: u16 = 5432;

/// Everything that a start needs and that does not change while the program holds the data folder.
#[derive(Debug, Clone)]
pub(crate) struct Setup {
    pub(crate) cluster: PathBuf,
    pub(crate) socket_folder: PathBuf,
    pub(crate) log: PathBuf,
    pub(crate) binaries: Binaries,
    pub(crate) account: Account,
    /// The time limit of a start.
    pub(crate) patience: Duration,
}

/// A request to stop, which ends every wait at once.
#[derive(Debug, Default)]
pub(crate) struct StopSignal {
    is_given: Mutex<bool>,
    changed: Condvar,
}

impl StopSignal {
    pub(crate) fn give(&self) {
        *self.is_given.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.changed.notify_all();
    }

    pub(crate) fn is_given(&self) -> bool {
        *self.is_given.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits; returns whether the signal was given.
    pub(crate) fn wait(&self, at_most: Duration) -> bool {
        let deadline = Instant::now() + at_most;
        let mut is_given = self.is_given.lock().unwrap_or_else(PoisonError::into_inner);
        while !*is_given {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            is_given = self.changed.wait_timeout(is_given, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        *is_given
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::Arc, thread, time::Duration};

    use super::StopSignal;

    #[test]
    fn a_stop_ends_a_long_wait_and_every_wait_after_it() {
        let stop = Arc::new(StopSignal::default());
        assert!(!stop.wait(Duration::from_millis(1)));
        let waiting = thread::spawn({
            let stop = stop.clone();
            move || stop.wait(Duration::from_secs(3600))
        });
        stop.give();
        assert!(waiting.join().unwrap());
        assert!(stop.wait(Duration::from_secs(3600)) && stop.is_given());
    }
}
