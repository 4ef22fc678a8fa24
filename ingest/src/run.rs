//! A run: one task of the plan, under the lease, from its first request to its publication.

use std::{
    num::NonZeroU32,
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use domain::Source;
use sqlx::PgPool;

use crate::{
    budget::Budget,
    changed,
    clocks::RecheckReason,
    counts::Counts,
    error::Error,
    fetched::Fetched,
    fetcher::Fetcher,
    follow_up, history,
    interruption::Interruption,
    journal::{Journal, Opening, Trigger},
    lease::Lease,
    ll2::Client,
    plan::Task,
    publish::{self, Publication},
    reading::Reading,
    replay::replay_if_due,
    report::{Outcome, RunReport},
    sweep,
};

/// Longer than any sensible poll interval.
const LONGEST_POLL: TimeDelta = TimeDelta::days(30);

/// Options of a run, besides its client.
#[derive(Clone, Debug)]
pub struct RunOptions {
    /// Requests in any sliding hour, all replicas together.
    pub budget: NonZeroU32,
    /// Longest interval between two reads of the list. A change that is observed after more than two intervals counts
    /// as caught up, not as observed live.
    pub poll_interval: Duration,
    /// What the database holds.
    pub source: Source,
    /// The time of a world whose clock stands still: whatever is observed, is observed at this time. None: the time is
    /// that of the database, which counts requests in any case.
    pub world_now: Option<DateTime<Utc>>,
}

impl RunOptions {
    pub(crate) fn budget(&self, client: &Client) -> Budget {
        Budget { configured: self.budget, has_key: client.has_key() }
    }

    pub(crate) fn poll_interval(&self) -> TimeDelta {
        // Plans multiply it: an interval that is out of range for the calendar would end the scheduler.
        TimeDelta::from_std(self.poll_interval).map_or(LONGEST_POLL, |interval| interval.min(LONGEST_POLL))
    }
}

/// Runs a complete sweep now: makes the star schema equal to LL2's data. Running it twice changes nothing.
///
/// Only one run at a time over all replicas: a second one returns [`Outcome::Busy`] at once.
pub async fn run(pool: &PgPool, client: &Client, options: &RunOptions, trigger: Trigger) -> Result<RunReport, Error> {
    perform(pool, client, options, trigger, Task::Sweep).await
}

/// Runs a task now, whether it is due or not; the budget still applies.
pub async fn perform(
    pool: &PgPool,
    client: &Client,
    options: &RunOptions,
    trigger: Trigger,
    task: Task,
) -> Result<RunReport, Error> {
    match Lease::try_take(pool).await? {
        Some(lease) => run_with_lease(lease, pool, client, options, trigger, task).await,
        None => {
            tracing::info!("another run is at work; nothing to do");
            Ok(RunReport::busy())
        }
    }
}

/// Runs a task under a lease, which is released in any case.
pub(crate) async fn run_with_lease(
    mut lease: Lease,
    pool: &PgPool,
    client: &Client,
    options: &RunOptions,
    trigger: Trigger,
    task: Task,
) -> Result<RunReport, Error> {
    replay_if_due(pool, &mut lease, options.source, options.poll_interval).await?;
    let started = Instant::now();
    let opening = Opening {
        kind: task.kind(),
        trigger,
        source: options.source,
        base_url: client.base_url().as_str(),
        version: client.version(),
        fence: lease.fence(),
    };
    let mut journal = Journal::open(pool, opening).await?;
    let (lost, lease_epoch) = (lease.lost(), lease.epoch);
    let result = tokio::select! {
        result = work(&mut lease, pool, client, options, task, &mut journal) => result,
        () = lost.cancelled() => Err(Error::LeaseLost { epoch: lease_epoch }),
    };
    match result {
        Ok(mut report) => {
            report.took = started.elapsed();
            report.log();
            lease.release().await;
            Ok(report)
        }
        Err(error) => {
            let noted = journal.fail(&error).await;
            // The run was cut off, so its connection may have an open transaction: ending the session rolls it back.
            if matches!(error, Error::LeaseLost { .. }) {
                drop(lease)
            } else {
                lease.release().await
            }
            noted?;
            Err(error)
        }
    }
}

async fn work(
    lease: &mut Lease,
    pool: &PgPool,
    client: &Client,
    options: &RunOptions,
    task: Task,
    journal: &mut Journal,
) -> Result<RunReport, Error> {
    let fetcher = Fetcher {
        pool,
        client,
        run_id: journal.run_id,
        budget: options.budget(client),
        source: options.source,
        world_now: options.world_now,
    };
    if fetcher.should_consult(false).await? {
        fetcher.consult(RecheckReason::Memory).await?;
    }
    let mut reading = Reading::new(client.version());
    let fetched = match task {
        Task::Sweep => sweep::fetch(&fetcher, journal, &mut reading).await?,
        Task::Changed => changed::fetch(&fetcher, journal, &mut reading).await?,
        Task::FollowUp => follow_up::fetch(&fetcher, journal, &mut reading).await?,
        Task::Backfill => history::fetch(&fetcher, journal, &mut reading).await?,
    };
    publish_fetched(lease, journal, options, reading, fetched).await
}

async fn publish_fetched(
    lease: &mut Lease,
    journal: &mut Journal,
    options: &RunOptions,
    reading: Reading,
    fetched: Fetched,
) -> Result<RunReport, Error> {
    let mut counts = Counts { pages: fetched.pages, launches_seen: reading.batch.launch_count(), ..Counts::default() };
    reading.count(&mut counts);
    reading.note(journal.pool(), journal.run_id, fetched.observed_at, fetched.is_complete).await?;
    let remark = fetched.interruption.as_ref().map(|interruption| format!("stopped early: {}", interruption.reason()));
    let publication = Publication {
        batch: reading.batch,
        observed_at: fetched.observed_at,
        world_now: options.world_now,
        is_complete: fetched.is_complete,
        announced_count: fetched.announced_count,
        poll_interval: options.poll_interval,
        counts,
        deferred_until: fetched.interruption.as_ref().and_then(Interruption::resume_at),
        is_resumable: fetched.is_resumable,
        remark: remark.as_deref(),
        cursor: fetched.cursor,
    };
    let counts = publish::publish(lease.connection(), journal, publication).await?;
    Ok(RunReport {
        run_id: Some(journal.run_id),
        outcome: Outcome::Published,
        is_complete: fetched.is_complete,
        observed_at: Some(fetched.observed_at),
        interruption: fetched.interruption,
        is_late: false,
        counts,
        took: Duration::ZERO,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_poll_interval_is_limited_to_what_a_plan_can_calculate() {
        for seconds in [0, 1, 3600, 1 << 40, u64::MAX] {
            let options = RunOptions {
                budget: NonZeroU32::MIN,
                poll_interval: Duration::from_secs(seconds),
                source: Source::Simulated,
                world_now: None,
            };
            let interval = options.poll_interval();
            assert!(interval <= LONGEST_POLL && interval >= TimeDelta::zero(), "{seconds}");
        }
    }
}
