//! Runs on its own: one at the start, then one every poll interval, later when the budget or LL2 says so.
//!
//! There is no retry here: the next period is the retry.

use std::time::Duration;

use sqlx::PgPool;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::{
    error::Error,
    journal::Trigger,
    ll2::Client,
    sweep::{RunOptions, run},
};

/// Shortest pause between runs, whatever anybody says: a `Retry-After: 0` must not make us spin.
const SHORTEST_PAUSE: Duration = Duration::from_secs(5);

/// The background ingest of one process. Every replica has one; the run lock lets one of them work.
#[derive(Debug)]
pub struct Scheduler {
    task: JoinHandle<()>,
}

impl Scheduler {
    /// Starts running at once and stops when `shutdown` is cancelled. A run under way is dropped where it stands: its
    /// transaction rolls back, and its row is closed by the next run.
    pub fn spawn(pool: PgPool, client: Client, options: RunOptions, shutdown: CancellationToken) -> Self {
        let task = tokio::spawn(async move {
            shutdown.run_until_cancelled(repeat(&pool, &client, &options)).await;
            tracing::debug!("the scheduler has stopped");
        });
        Self { task }
    }

    /// Waits until it has stopped.
    pub async fn stopped(self) {
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the scheduler died");
        }
    }
}

async fn repeat(pool: &PgPool, client: &Client, options: &RunOptions) {
    let mut trigger = Trigger::Start;
    loop {
        let wait = match run(pool, client, options, trigger).await {
            Ok(report) => report.deferral.map(|deferral| deferral.wait),
            Err(Error::Deferred { reason, wait, .. }) => {
                tracing::warn!(reason, wait_seconds = wait.as_secs(), "the run is put off");
                Some(wait)
            }
            Err(error) => {
                tracing::error!(error = error.chain(), "the run failed; what was published stays");
                None
            }
        };
        tokio::time::sleep(pause(options.poll_interval, wait)).await;
        trigger = Trigger::Schedule;
    }
}

/// The poll interval, or as long as a limit asks when that is known: sooner when it is sooner, since an incomplete run is worth
/// completing, later when it is later, since asking before would be refused.
fn pause(poll_interval: Duration, wait: Option<Duration>) -> Duration {
    // A second more: clocks and rounding must not let us ask a moment too early.
    wait.map_or(poll_interval, |wait| wait + Duration::from_secs(1)).max(SHORTEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_decides_the_pause_and_zero_does_not_make_it_spin() {
        let hour = Duration::from_secs(3600);
        assert_eq!(pause(hour, None), hour);
        assert_eq!(pause(hour, Some(Duration::from_secs(60))), Duration::from_secs(61));
        assert_eq!(pause(hour, Some(2 * hour)), 2 * hour + Duration::from_secs(1));
        assert_eq!(pause(hour, Some(Duration::ZERO)), SHORTEST_PAUSE);
    }
}
