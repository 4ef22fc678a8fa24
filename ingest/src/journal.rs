//! The log of a run, written outside of its transaction, so that it survives a rollback.

use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::{RunKind, Source, StepName, TestSeverity};
use sqlx::{PgConnection, PgPool};

use crate::{
    checks::{Finding, Verdict},
    counts::Counts,
    error::Error,
    failpoint::failpoint,
    lease::Fence,
    ll2::ApiVersion,
    transform::Executed,
};

pub use domain::RunTrigger as Trigger;

/// The properties of a run when it is opened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Opening<'o> {
    pub(crate) kind: RunKind,
    pub(crate) trigger: Trigger,
    pub(crate) source: Source,
    pub(crate) base_url: &'o str,
    pub(crate) version: ApiVersion,
    /// The fence of the lease that it runs under.
    pub(crate) fence: Fence,
}

/// Stores the record counts in the run's row, and the poll interval that a replay needs; within the publishing
/// transaction.
pub(crate) async fn record_counts(
    connection: &mut PgConnection,
    run_id: i64,
    counts: Counts,
    poll_interval: Duration,
) -> Result<(), Error> {
    let size = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    sqlx::query(
        "update ingest_run
        set record_count = $2, duplicate_count = $3, launch_unchanged_count = $4, poll_seconds = $5
        where ingest_run_id = $1",
    )
    .bind(run_id)
    .bind(size(counts.records))
    .bind(size(counts.duplicates))
    .bind(i32::try_from(counts.launches_unchanged).unwrap_or(i32::MAX))
    .bind(i32::try_from(poll_interval.as_secs()).unwrap_or(i32::MAX))
    .execute(connection)
    .await
    .map_err(Error::database("record the counts of a run"))?;
    Ok(())
}

/// The error text of a run whose program ended before the run did. This is not a failure of LL2's, so it does not delay
/// the next run.
pub(crate) const ABANDONED: &str = "the program ended";

/// A run's row and its steps.
#[derive(Debug)]
pub(crate) struct Journal {
    pool: PgPool,
    pub(crate) run_id: i64,
    fence: Fence,
    next_step: i16,
}

/// A step in progress.
#[derive(Debug)]
#[must_use]
pub(crate) struct Step(i16);

impl Journal {
    /// Opens a run. Only the holder of the lease calls this, so any run that is still `running` was abandoned.
    pub(crate) async fn open(pool: &PgPool, opening: Opening<'_>) -> Result<Self, Error> {
        sqlx::query(
            "with abandoned as (
                update ingest_run
                set state = 'failed', finished_at = ingest_now(), error = $1
                where state = 'running'
            )
            update ingest_step
            set
                -- The last step of a run that was killed between its commit and its last note.
                state = case when ingest_run.state = 'succeeded' then 'succeeded' else 'failed' end,
                finished_at = ingest_now(),
                detail = $1
            from ingest_run
            where ingest_step.ingest_run_id = ingest_run.ingest_run_id and ingest_step.state = 'running'",
        )
        .bind(ABANDONED)
        .execute(pool)
        .await
        .map_err(Error::database("close abandoned runs"))?;
        let run_id = sqlx::query_scalar(
            "insert into ingest_run (kind, trigger, source, base_url, api_version, epoch)
            values ($1, $2, $3, $4, $5, $6)
            returning ingest_run_id",
        )
        .bind(opening.kind.into_str())
        .bind(opening.trigger.into_str())
        .bind(opening.source.slug())
        .bind(opening.base_url)
        .bind(opening.version.into_str())
        .bind(opening.fence.epoch)
        .fetch_one(pool)
        .await
        .map_err(Error::database("open the run"))?;
        failpoint!("run.opened");
        Ok(Self { pool: pool.clone(), run_id, fence: opening.fence, next_step: 1 })
    }

    pub(crate) fn pool(&self) -> &PgPool {
        &self.pool
    }

    pub(crate) async fn begin(&mut self, name: StepName) -> Result<Step, Error> {
        let step = self.next_step;
        self.next_step += 1;
        sqlx::query("insert into ingest_step (ingest_run_id, step_number, name) values ($1, $2, $3)")
            .bind(self.run_id)
            .bind(step)
            .bind(name.into_str())
            .execute(&self.pool)
            .await
            .map_err(Error::database("open a step"))?;
        Ok(Step(step))
    }

    pub(crate) async fn end(&self, step: Step, row_count: u64, detail: Option<&str>) -> Result<(), Error> {
        sqlx::query(
            "update ingest_step
            set state = 'succeeded', finished_at = ingest_now(), row_count = $3, detail = $4
            where ingest_run_id = $1 and step_number = $2",
        )
        .bind(self.run_id)
        .bind(step.0)
        .bind(i64::try_from(row_count).unwrap_or(i64::MAX))
        .bind(detail)
        .execute(&self.pool)
        .await
        .map_err(Error::database("close a step"))?;
        Ok(())
    }

    /// Closes the run as failed, together with its current step. A run that did publish, although the response to its
    /// `commit` was lost, stays succeeded.
    pub(crate) async fn fail(&self, error: &Error) -> Result<(), Error> {
        failpoint!("run.failing");
        let deferred_until = match error {
            Error::Deferred { resume_at, .. } => Some(*resume_at),
            _ => None,
        };
        let chain = error.chain();
        sqlx::query(
            "with step as (
                update ingest_step
                set state = 'failed', finished_at = ingest_now(), detail = $2
                where ingest_run_id = $1 and state = 'running'
            )
            update ingest_run
            set
                state = 'failed',
                finished_at = ingest_now(),
                error = $2,
                deferred_until = $3,
                is_resumable = $4
            where ingest_run_id = $1 and state = 'running'",
        )
        .bind(self.run_id)
        .bind(&chain)
        .bind(deferred_until)
        .bind(error.leaves_pages_usable())
        .execute(&self.pool)
        .await
        .map_err(Error::database("close the run"))?;
        Ok(())
    }

    /// Stores what each transform did and how long it took.
    pub(crate) async fn note_statements(&self, executed: &[Executed]) -> Result<(), Error> {
        let (mut names, mut counts, mut seconds) = (vec![], vec![], vec![]);
        for statement in executed {
            names.push(statement.name);
            counts.push(i64::try_from(statement.row_count).unwrap_or(i64::MAX));
            seconds.push(statement.took.as_secs_f64());
        }
        sqlx::query(
            "insert into ingest_statement (ingest_run_id, statement_number, name, row_count, took_seconds)
            select $1, statement_number, name, row_count, took_seconds
            from unnest($2::text[], $3::bigint[], $4::double precision[])
                with ordinality as statement (name, row_count, took_seconds, statement_number)",
        )
        .bind(self.run_id)
        .bind(names)
        .bind(counts)
        .bind(seconds)
        .execute(&self.pool)
        .await
        .map_err(Error::database("store the statements"))?;
        Ok(())
    }

    /// Stores the results of data tests: a row for each that did not pass, and a summary. They must survive the rollback
    /// that a blocking test causes.
    pub(crate) async fn note_tests(&self, results: &[Finding], took: Duration) -> Result<(), Error> {
        let (mut names, mut severities, mut effects) = (vec![], vec![], vec![]);
        let (mut counts, mut samples, mut acknowledgements) = (vec![], vec![], vec![]);
        for result in results {
            names.push(result.check.name);
            severities.push(result.check.severity().into_str());
            // The rows of an acknowledged test do not keep the run from publishing, whatever the test.
            effects.push(match result.verdict() {
                Verdict::Pass => None,
                Verdict::Acknowledged | Verdict::Warn => Some(TestSeverity::Warn.into_str()),
                Verdict::Block => Some(TestSeverity::Block.into_str()),
            });
            counts.push(result.offending_count);
            samples.push(result.sample.clone());
            acknowledgements.push(result.acknowledgement.as_ref().map(|one| one.id));
        }
        sqlx::query(include_str!("../sql/note_tests.sql"))
            .bind(self.run_id)
            .bind(names)
            .bind(severities)
            .bind(effects)
            .bind(counts)
            .bind(samples)
            .bind(acknowledgements)
            .bind(took.as_secs_f64())
            .execute(&self.pool)
            .await
            .map_err(Error::database("store the results of data tests"))?;
        Ok(())
    }
}

/// The values stored when a published run is closed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Closing<'c> {
    pub(crate) observed_at: DateTime<Utc>,
    pub(crate) is_complete: bool,
    pub(crate) announced_count: Option<u64>,
    pub(crate) counts: Counts,
    pub(crate) deferred_until: Option<DateTime<Utc>>,
    pub(crate) is_resumable: bool,
    /// Why it stopped early.
    pub(crate) remark: Option<&'c str>,
}

impl Journal {
    /// Closes the run as succeeded, within the publishing transaction and as its last statement before the commit. So a
    /// run is marked as succeeded exactly if it has published, even if the response to our `commit` is lost. Fails, and
    /// with it the transaction, if the lease is no longer ours.
    pub(crate) async fn succeed(&self, connection: &mut PgConnection, closing: Closing<'_>) -> Result<(), Error> {
        let counts = closing.counts;
        let integer = |count: u64| i32::try_from(count).unwrap_or(i32::MAX);
        let size = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        sqlx::query(
            "update ingest_run
        set
            state = 'succeeded',
            finished_at = ingest_now(),
            observed_at = $2,
            is_complete = $3,
            announced_count = $4,
            page_count = $5,
            launch_seen_count = $6,
            launch_changed_count = $7,
            launch_closed_count = $8,
            launch_late_count = $9,
            quarantined_count = $10,
            deferred_until = $11,
            error = $12,
            is_resumable = $13
        where ingest_run_id = $1",
        )
        .bind(self.run_id)
        .bind(closing.observed_at)
        .bind(closing.is_complete)
        .bind(closing.announced_count.map(integer))
        .bind(size(counts.pages))
        .bind(size(counts.launches_seen))
        .bind(integer(counts.launches_changed))
        .bind(integer(counts.launches_closed))
        .bind(integer(counts.launches_late))
        .bind(size(counts.quarantined))
        .bind(closing.deferred_until)
        .bind(closing.remark)
        .bind(closing.is_resumable)
        .execute(&mut *connection)
        .await
        .map_err(Error::database("close the run"))?;
        self.fence.hold(connection).await
    }
}
