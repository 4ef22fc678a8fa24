//! The background job: reads the situation, makes the plan, and does what is due. All replicas do the same; the lease
//! lets one of them work, and the others look again a moment later.

use std::{
    convert::Infallible,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use sqlx::PgPool;

use crate::{
    allowance::own_window,
    error::Error,
    journal::Trigger,
    lease::{LOOK, Lease},
    ll2::Client,
    plan::{Step, plan},
    run::{self, RunOptions},
    situation,
    upkeep::{self, UpkeepOptions},
};

/// How often it checks whether the job was paused or resumed, or a run has started or ended.
const PULSE: Duration = Duration::from_secs(2);

/// Maximum age of a plan: it changes with time, too.
const PLAN_LIFETIME: Duration = Duration::from_secs(30);

/// Maximum wait after a deferred run: a limit may end earlier than announced if LL2 grants more.
const LONGEST_DEFERRAL: Duration = Duration::from_secs(300);

/// How often it looks whether any upkeep is due, and how long it does so before it makes a new plan.
const UPKEEP_INTERVAL: Duration = Duration::from_secs(600);
const LONGEST_UPKEEP: Duration = Duration::from_secs(20);

/// Pause after a database error.
const RETREAT: Duration = Duration::from_secs(5);

/// Runs the background ingest of one process until it is dropped. A run in progress is then dropped, too: its
/// transaction rolls back, its lease ends, and another replica continues the work.
pub async fn schedule(pool: PgPool, client: Client, options: RunOptions, upkeep: UpkeepOptions) -> Infallible {
    Watch::new(pool, client, options, upkeep).keep().await
}

/// State that other processes may have changed since the plan was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
struct Pulse {
    epoch: i64,
    is_held: bool,
    paused_at: Option<DateTime<Utc>>,
}

struct Watch {
    pool: PgPool,
    client: Client,
    options: RunOptions,
    upkeep: UpkeepOptions,
    /// When it last looked whether any upkeep is due.
    upkeep_seen: Option<Instant>,
    trigger: Trigger,
    shown: Vec<Step>,
}

impl Watch {
    fn new(pool: PgPool, client: Client, options: RunOptions, upkeep: UpkeepOptions) -> Self {
        Self { pool, client, options, upkeep, upkeep_seen: None, trigger: Trigger::Start, shown: Vec::new() }
    }

    async fn keep(&mut self) -> Infallible {
        loop {
            let pause = match self.turn().await {
                Ok(pause) => pause,
                Err(error) => {
                    tracing::error!(error = error.chain(), "could not make a plan; retrying");
                    RETREAT
                }
            };
            tokio::time::sleep(pause).await;
        }
    }

    /// Does what is due, or waits until something may be due; returns how long to pause.
    async fn turn(&mut self) -> Result<Duration, Error> {
        let (now, steps) = self.plan().await?;
        let pulse = self.pulse().await?;
        let planned = Instant::now();
        match steps.first() {
            Some(step) if step.due_at <= now => self.work(step).await,
            next => {
                let until_due = next.and_then(|step| (step.due_at - now).to_std().ok()).unwrap_or(PLAN_LIFETIME);
                if pulse.paused_at.is_none() && self.keep_up(until_due).await {
                    return Ok(Duration::ZERO);
                }
                let lifetime = until_due.min(PLAN_LIFETIME);
                while planned.elapsed() < lifetime {
                    let rest = lifetime.saturating_sub(planned.elapsed());
                    tokio::time::sleep(rest.min(PULSE)).await;
                    if self.pulse().await? != pulse {
                        break;
                    }
                }
                Ok(Duration::ZERO)
            }
        }
    }

    /// Does the upkeep that is due, until the next run is due; returns whether it looked. An error is logged
    /// and tried again at the next look: it must not keep the job from its runs.
    async fn keep_up(&mut self, until_due: Duration) -> bool {
        if self.upkeep_seen.is_some_and(|seen| seen.elapsed() < UPKEEP_INTERVAL) {
            return false;
        }
        self.upkeep_seen = Some(Instant::now());
        match upkeep::do_what_is_due(&self.pool, &self.upkeep, until_due.min(LONGEST_UPKEEP)).await {
            // Again with the next plan.
            Ok(false) => self.upkeep_seen = None,
            Ok(true) => {}
            Err(error) => tracing::error!(error = error.chain(), "the upkeep of the database failed"),
        }
        true
    }

    async fn plan(&mut self) -> Result<(DateTime<Utc>, Vec<Step>), Error> {
        let budget = self.options.budget(&self.client);
        let situation = situation::look(&self.pool, budget, self.options.poll_interval()).await?;
        self.client.clocks().compare(&self.pool, own_window()).await?;
        let steps = plan(&situation);
        // A plan whose only change is the current time is not worth a write every few seconds.
        let is_same = self.shown.len() == steps.len()
            && self.shown.iter().zip(&steps).all(|(shown, step)| {
                shown.task == step.task && (shown.due_at == step.due_at || step.due_at <= situation.now)
            });
        if !is_same {
            situation::show(&self.pool, &steps).await?;
            self.shown.clone_from(&steps);
        }
        Ok((situation.now, steps))
    }

    async fn pulse(&self) -> Result<Pulse, Error> {
        sqlx::query_as(
            "select epoch, holder is not null as is_held, paused_at
            from ingest_lease
            cross join ingest_pause",
        )
        .fetch_one(&self.pool)
        .await
        .map_err(Error::database("look for changes by other processes"))
    }

    async fn work(&mut self, step: &Step) -> Result<Duration, Error> {
        let Some(lease) = Lease::try_take(&self.pool).await? else { return Ok(LOOK) };
        // Another replica may have done it between our plan and our lease.
        let (now, steps) = match self.plan().await {
            Ok(plan) => plan,
            Err(error) => {
                lease.release().await;
                return Err(error);
            }
        };
        let Some(step) = steps.first().filter(|first| first.task == step.task && first.due_at <= now) else {
            lease.release().await;
            return Ok(Duration::ZERO);
        };
        let result = run::run_with_lease(lease, &self.pool, &self.client, &self.options, self.trigger, step.task).await;
        self.trigger = Trigger::Schedule;
        match result {
            Ok(_) => {}
            Err(Error::Deferred { reason, wait, .. }) => {
                tracing::warn!(task = step.task.as_str(), reason, wait_seconds = wait.as_secs(), "the run is deferred");
                // The plan knows about the deferral, except for limits that only this process remembers. Without this
                // wait the next run would start at once and be deferred again.
                return Ok(wait.min(LONGEST_DEFERRAL));
            }
            Err(error) => {
                tracing::error!(
                    task = step.task.as_str(),
                    error = error.chain(),
                    "the run failed; the published data stays"
                );
            }
        }
        Ok(Duration::ZERO)
    }
}
