//! Backfill from the command line: reads the same pages as the job, as fast as the budget allows, until the beginning
//! of history.

use std::time::Duration;

use sqlx::PgPool;

use crate::{
    error::Error,
    journal::Trigger,
    lease::LOOK,
    ll2::Client,
    plan::Task,
    report::Outcome,
    run::{self, RunOptions},
    situation,
};

/// How much of the history is in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Progress {
    /// Past launches in the database.
    pub held: i64,
    /// Past launches according to LL2; none before the first page.
    pub total: Option<i64>,
    /// Whether the beginning of history was reached.
    pub is_finished: bool,
}

/// The current state of a backfill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Waits for the budget, or for another run to end.
    Waiting(Duration),
    /// Has published another page.
    Page,
}

/// Reads page after page until the beginning of history and reports the progress. If it is stopped, the next backfill
/// continues after the last published page. A failure that may be transient is retried after a pause, as the job does.
pub async fn backfill(
    pool: &PgPool,
    client: &Client,
    options: &RunOptions,
    mut tell: impl FnMut(Moment, Progress),
) -> Result<Progress, Error> {
    let mut failures = 0;
    loop {
        let progress = progress(pool).await?;
        if progress.is_finished {
            return Ok(progress);
        }
        let (now, allowance) = {
            let situation = situation::look(pool, options.budget(client), options.poll_interval()).await?;
            (situation.now, situation.allowance)
        };
        let (free_at, _) = allowance.free_at(now, 1);
        if let Ok(wait) = (free_at - now).to_std()
            && !wait.is_zero()
        {
            tell(Moment::Waiting(wait), progress);
            tokio::time::sleep(wait.min(Duration::from_secs(1))).await;
            continue;
        }
        match run::perform(pool, client, options, Trigger::Command, Task::Backfill).await {
            Ok(report) if report.outcome == Outcome::Busy => {
                tell(Moment::Waiting(LOOK), progress);
                tokio::time::sleep(LOOK).await;
            }
            Ok(_) => {
                failures = 0;
                tell(Moment::Page, self::progress(pool).await?);
            }
            // The next iteration computes the wait.
            Err(Error::Deferred { wait, .. }) => tokio::time::sleep(wait.min(Duration::from_secs(1))).await,
            Err(error @ (Error::Fetch { .. } | Error::LeaseLost { .. })) if failures < 5 => {
                failures += 1;
                let wait = Duration::from_secs(60 << failures);
                tracing::warn!(error = error.chain(), wait_seconds = wait.as_secs(), "could not read a page; retrying");
                tell(Moment::Waiting(wait), progress);
                tokio::time::sleep(wait).await;
            }
            Err(error) => return Err(error),
        }
    }
}

async fn progress(pool: &PgPool) -> Result<Progress, Error> {
    sqlx::query_as(
        "select seen_count as held, total_count as total, finished_at is not null as is_finished
        from ingest_cursor
        where feed = 'history'",
    )
    .fetch_one(pool)
    .await
    .map_err(Error::database("read the progress of the backfill"))
}
