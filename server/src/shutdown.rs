//! Shutdown of the program: gracefully within ten seconds of a signal, or at once after a second one.

#![expect(clippy::disallowed_methods, reason = "exits when a graceful shutdown is not possible")]

use std::{process, thread, time::Duration};

use tokio_util::sync::CancellationToken;

/// For responses in progress, the ingest job and everything else that is stopped before the database.
pub(crate) const DRAIN: Duration = Duration::from_secs(3);
/// For closing the database sessions.
pub(crate) const CLOSE: Duration = Duration::from_millis(500);
/// From the signal to the exit, even if something hangs. In the time after [`DRAIN`] and [`CLOSE`] an embedded Postgres stops, by force if
/// necessary. Service managers and `docker stop` kill after ten seconds or more.
const DEADLINE: Duration = Duration::from_millis(9_700);
/// Exit code after a second signal: 128 plus the number of SIGTERM, as in shells.
const FORCED: i32 = 143;

/// Returns a token that is cancelled by Ctrl-C or SIGTERM.
///
/// Once this has returned, the first signal no longer kills the program: call it before starting anything that must be stopped gracefully.
/// The program then has ten seconds. A second signal ends it at once; an embedded Postgres is then left running, and the next start takes
/// it over. Postgres is safe against any kind of exit, and a second signal means not to wait for it to stop.
pub(crate) fn on_signal() -> CancellationToken {
    let token = CancellationToken::new();
    let stop = token.clone();
    let mut signals = Signals::new();
    tokio::spawn(async move {
        signals.next().await;
        tracing::info!("stopping");
        watch_the_clock();
        stop.cancel();
        signals.next().await;
        tracing::warn!(
            "stopped immediately by a second signal; an embedded Postgres may still run and is reused at the next start"
        );
        process::exit(FORCED);
    });
    token
}

/// On a separate thread: the runtime itself may hang.
fn watch_the_clock() {
    let started = thread::Builder::new().name("deadline".to_owned()).spawn(|| {
        thread::sleep(DEADLINE);
        tracing::error!("graceful shutdown did not finish within ten seconds; exiting");
        process::exit(1);
    });
    if let Err(error) = started {
        tracing::warn!(%error, "could not start the shutdown watchdog thread");
    }
}

/// Waits for a part of the program to stop, with a time limit.
pub(crate) async fn within(limit: Duration, what: &str, end: impl Future<Output = ()>) {
    if tokio::time::timeout(limit, end).await.is_err() {
        tracing::warn!(seconds = limit.as_secs_f64(), "{what} did not stop in time");
    }
}

#[cfg(unix)]
struct Signals(Vec<tokio::signal::unix::Signal>);

#[cfg(unix)]
impl Signals {
    /// Registered here and not on the first wait, which happens only when the runtime polls it.
    fn new() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        let kinds = [SignalKind::terminate(), SignalKind::interrupt()];
        let registered = kinds
            .map(|kind| signal(kind).inspect_err(|error| tracing::warn!(%error, "could not install a signal handler")));
        Self(registered.into_iter().filter_map(Result::ok).collect())
    }

    /// Waits for either signal.
    async fn next(&mut self) {
        use std::task::Poll;
        std::future::poll_fn(|context| {
            if self.0.iter_mut().any(|signal| matches!(signal.poll_recv(context), Poll::Ready(Some(())))) {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        })
        .await;
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> Self {
        Self
    }

    async fn next(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}
