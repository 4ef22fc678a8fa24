//! Keeps the background tasks running. A task that panics or ends is restarted after a pause that doubles, and its state is shown in
//! `/readyz`, on the pipeline page and in the log.
//!
//! A task whose work fails (the database is unreachable, LL2 sends invalid data) handles that itself and continues; this is for unexpected
//! failures.

use std::{any::Any, time::Duration};

use domain::BackgroundState;
use tokio::{
    task::{JoinError, JoinHandle},
    time::Instant,
};
use tokio_util::sync::CancellationToken;

use crate::background::BackgroundTasks;

/// Pauses before a task is restarted.
#[derive(Clone, Copy, Debug)]
struct Pauses {
    first: Duration,
    longest: Duration,
    /// A task that ran for this long has recovered: its next failure counts as the first.
    recovered: Duration,
}

const PAUSES: Pauses =
    Pauses { first: Duration::from_secs(1), longest: Duration::from_secs(60), recovered: Duration::from_secs(300) };

impl Pauses {
    /// Returns the pause before the start after the `failures`-th failure in a row.
    fn after(self, failures: u32) -> Duration {
        self.first.saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1))).min(self.longest)
    }
}

/// Runs the futures that `start` returns, one after the other, until `stop`; then drops the current one. Ends when that is done.
pub(crate) fn supervise<F, T>(
    tasks: BackgroundTasks,
    name: &'static str,
    stop: CancellationToken,
    start: F,
) -> JoinHandle<()>
where
    F: FnMut() -> T + Send + 'static,
    T: Future<Output = anyhow::Result<()>> + Send + 'static,
{
    keep(tasks, name, stop, PAUSES, start)
}

fn keep<F, T>(
    tasks: BackgroundTasks,
    name: &'static str,
    stop: CancellationToken,
    pauses: Pauses,
    mut start: F,
) -> JoinHandle<()>
where
    F: FnMut() -> T + Send + 'static,
    T: Future<Output = anyhow::Result<()>> + Send + 'static,
{
    tokio::spawn(async move {
        tasks.report(name, BackgroundState::Running, None);
        let (mut failures, mut restarts) = (0_u32, 0_u64);
        loop {
            let started = Instant::now();
            // A separate task, so that its panic does not end the supervisor.
            let mut task = tokio::spawn(start());
            let ended = tokio::select! {
                ended = &mut task => ended,
                () = stop.cancelled() => {
                    task.abort();
                    // Only waits until it is dropped: transactions roll back, leases end.
                    let _ = task.await;
                    tracing::debug!(task = name, "the background task has stopped");
                    return;
                }
            };
            failures = if started.elapsed() >= pauses.recovered { 1 } else { failures.saturating_add(1) };
            restarts += 1;
            let pause = pauses.after(failures);
            tracing::error!(
                task = name,
                reason = reason(ended),
                restarts,
                pause_seconds = pause.as_secs(),
                "a background task exited and is restarted"
            );
            let seconds = pause.as_secs();
            let detail = format!("exited with an internal error; restarts after {seconds} s (the log has the cause)");
            tasks.report(name, BackgroundState::Restarting, Some(detail));
            if stop.run_until_cancelled(tokio::time::sleep(pause)).await.is_none() {
                return;
            }
            let times = if restarts == 1 { "once".to_owned() } else { format!("{restarts} times") };
            let detail = format!("exited with an internal error and was restarted {times}");
            tasks.report(name, BackgroundState::Running, Some(detail));
        }
    })
}

/// For the log only: the text may contain anything.
fn reason(ended: Result<anyhow::Result<()>, JoinError>) -> String {
    match ended {
        Ok(Ok(())) => "it returned unexpectedly".to_owned(),
        Ok(Err(error)) => format!("{error:#}"),
        Err(error) => match error.try_into_panic() {
            Ok(panic) => format!("it panicked: {}", message(panic.as_ref())),
            Err(error) => error.to_string(),
        },
    }
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("without a message")
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    };

    use super::*;

    /// A task that fails at its first three starts, each time in another way, and then keeps running.
    fn frail(
        starts: &Arc<AtomicU32>,
    ) -> impl FnMut() -> futures::future::BoxFuture<'static, anyhow::Result<()>> + use<> {
        let starts = Arc::clone(starts);
        move || {
            let number = starts.fetch_add(1, Ordering::SeqCst);
            Box::pin(async move {
                match number {
                    0 => panic!("as the test requires"),
                    1 => anyhow::bail!("postgres://user:canary@host/ cannot be reached"),
                    2 => Ok(()),
                    _ => std::future::pending().await,
                }
            })
        }
    }

    /// Waits for the condition; the test runner has the time limit.
    async fn until(mut holds: impl FnMut() -> bool) {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    #[tokio::test]
    async fn a_task_that_panics_fails_or_ends_is_restarted_and_counts_restarts() {
        let (tasks, starts, stop) = (BackgroundTasks::default(), Arc::default(), CancellationToken::new());
        let pauses = Pauses { first: Duration::from_millis(1), ..PAUSES };
        let supervisor = keep(tasks.clone(), "frail", stop.clone(), pauses, frail(&starts));
        until(|| starts.load(Ordering::SeqCst) == 4).await;
        let task = tasks.all().remove(0);
        assert_eq!(task.state, BackgroundState::Running);
        assert!(task.detail.expect("it remembers").contains("3 times"));
        stop.cancel();
        supervisor.await.expect("it stops when requested");
    }

    #[tokio::test]
    async fn a_waiting_task_reports_no_cause_and_is_not_restarted_after_shutdown() {
        let (tasks, starts, stop) = (BackgroundTasks::default(), Arc::new(AtomicU32::new(1)), CancellationToken::new());
        let pauses = Pauses { first: Duration::from_secs(3600), longest: Duration::from_secs(3600), ..PAUSES };
        let supervisor = keep(tasks.clone(), "frail", stop.clone(), pauses, frail(&starts));
        until(|| tasks.all().first().is_some_and(|task| task.state == BackgroundState::Restarting)).await;
        let detail = tasks.all().remove(0).detail.expect("it has the cause");
        assert!(detail.contains("restarts after") && !detail.contains("canary"), "{detail}");
        stop.cancel();
        supervisor.await.expect("it does not wait for its pause");
        assert_eq!(starts.load(Ordering::SeqCst), 2);
    }

    #[test]
    fn pauses_grow_to_a_minute_and_never_overflow() {
        assert_eq!([1, 2, 3, 7, 40, u32::MAX].map(|failures| PAUSES.after(failures).as_secs()), [1, 2, 4, 60, 60, 60]);
    }
}
