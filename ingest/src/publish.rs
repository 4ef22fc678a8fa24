//! Stages, transforms and tests a run in one transaction. The commit publishes.

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use domain::StepName;
use sqlx::{Connection, PgConnection, Postgres, Transaction};

use crate::{
    checks::{self, Verdict},
    counts::Counts,
    cursor::CursorMove,
    error::Error,
    failpoint::failpoint,
    forecasting,
    journal::{self, Closing, Journal},
    staging::Batch,
    transform,
};

/// The data of a run that is to be published.
#[derive(Debug)]
pub(crate) struct Publication<'e> {
    pub(crate) batch: Batch,
    pub(crate) observed_at: DateTime<Utc>,
    /// The time of the observed world, if it is not that of the database.
    pub(crate) world_now: Option<DateTime<Utc>>,
    pub(crate) is_complete: bool,
    pub(crate) announced_count: Option<u64>,
    pub(crate) poll_interval: Duration,
    pub(crate) counts: Counts,
    pub(crate) deferred_until: Option<DateTime<Utc>>,
    pub(crate) is_resumable: bool,
    pub(crate) remark: Option<&'e str>,
    pub(crate) cursor: Option<CursorMove>,
}

/// Stages, transforms, tests and commits; rolls back if a blocking test finds any row.
pub(crate) async fn publish(
    connection: &mut PgConnection,
    journal: &mut Journal,
    publication: Publication<'_>,
) -> Result<Counts, Error> {
    let transaction = begin(connection).await?;
    publish_in(transaction, journal, publication).await
}

/// Opens the transaction that [`publish_in`] ends.
pub(crate) async fn begin(connection: &mut PgConnection) -> Result<Transaction<'_, Postgres>, Error> {
    connection.begin().await.map_err(Error::database("open the publishing transaction"))
}

/// Like [`publish`], for a batch that was partly written to staging within the transaction.
pub(crate) async fn publish_in(
    mut transaction: Transaction<'_, Postgres>,
    journal: &mut Journal,
    publication: Publication<'_>,
) -> Result<Counts, Error> {
    failpoint!("publication.begin");
    match prepare(&mut transaction, journal, publication).await {
        Ok(counts) => {
            let step = journal.begin(StepName::Publish).await?;
            failpoint!("publication.commit");
            transaction.commit().await.map_err(Error::database("publish"))?;
            failpoint!("publication.committed");
            journal.end(step, counts.launches_changed + counts.launches_closed, None).await?;
            failpoint!("publication.noted");
            Ok(counts)
        }
        Err(error) => {
            // If the transaction were only dropped, it would keep its locks until the next use of the connection.
            if let Err(failure) = transaction.rollback().await {
                tracing::warn!(error = %failure, "could not roll back; closing the connection does");
            }
            Err(error)
        }
    }
}

async fn prepare(
    connection: &mut PgConnection,
    journal: &mut Journal,
    publication: Publication<'_>,
) -> Result<Counts, Error> {
    let mut counts = publication.counts;

    // JIT compilation costs more than any of these statements takes to run (400 ms versus 2 ms, observed when the
    // planner's estimate was too high). A session that holds locks must not stay idle: a process that is stopped here
    // and has lost its lease would block its successor for as long as it is stopped. The timeout equals the lifetime of
    // a lease, because no other process waits before it expires.
    sqlx::raw_sql("set local jit = off; set local idle_in_transaction_session_timeout = '6s'")
        .execute(&mut *connection)
        .await
        .map_err(Error::database("set up the transaction"))?;
    if let Some(world_now) = publication.world_now {
        sqlx::query("select set_config('mooncoon.world_now', $1, true)")
            .bind(world_now.to_rfc3339())
            .execute(&mut *connection)
            .await
            .map_err(Error::database("set the time of the world"))?;
    }

    let step = journal.begin(StepName::Stage).await?;
    let staged = publication.batch.launch_count();
    publication.batch.load(connection).await?;
    sqlx::query(
        "insert into stg_run (
            ingest_run_id, observed_at, is_complete, is_newest, poll_seconds, record_count, quarantined_count
        )
        select $1, $2, $3, not exists (select from ingest_run where state = 'succeeded' and observed_at > $2), $4, $5, $6",
    )
    .bind(journal.run_id)
    .bind(publication.observed_at)
    .bind(publication.is_complete)
    .bind(i32::try_from(publication.poll_interval.as_secs()).unwrap_or(i32::MAX))
    .bind(i32::try_from(counts.records).unwrap_or(i32::MAX))
    .bind(i32::try_from(counts.quarantined).unwrap_or(i32::MAX))
    .execute(&mut *connection)
    .await
    .map_err(Error::database("stage the run"))?;
    journal.end(step, staged as u64, None).await?;

    let step = journal.begin(StepName::Transform).await?;
    let mut executed = Vec::new();
    let changed = transform::run(connection, &mut counts, &mut executed).await;
    journal.note_statements(&executed).await?;
    let changed = changed?;
    journal.end(step, changed, None).await?;

    let step = journal.begin(StepName::Forecast).await?;
    let predicted = forecasting::refresh_forecasts(connection, journal.run_id, publication.observed_at).await?;
    forecasting::refresh_scores(connection, journal.run_id).await?;
    journal.end(step, predicted, None).await?;

    let step = journal.begin(StepName::Test).await?;
    let started = Instant::now();
    let findings = checks::run(connection).await?;
    journal.note_tests(&findings, started.elapsed()).await?;
    forecasting::drop_impossible(connection, &findings).await?;
    let blocking = checks::offences(&findings, Verdict::Block);
    if !blocking.is_empty() {
        return Err(Error::TestsFailed { tests: blocking });
    }
    let warnings = checks::offences(&findings, Verdict::Warn).join(", ");
    journal.end(step, findings.len() as u64, (!warnings.is_empty()).then_some(warnings.as_str())).await?;

    let closing = Closing {
        observed_at: publication.observed_at,
        is_complete: publication.is_complete,
        announced_count: publication.announced_count,
        counts,
        deferred_until: publication.deferred_until,
        is_resumable: publication.is_resumable,
        remark: publication.remark,
    };
    journal::record_counts(connection, journal.run_id, counts, publication.poll_interval).await?;
    if let Some(cursor) = publication.cursor {
        cursor.make(connection, journal.run_id).await?;
    }
    journal.succeed(connection, closing).await?;
    Ok(counts)
}
