//! Staging to star schema: set-based SQL, one statement per file, all in one transaction. The commit publishes.
//!
//! To add a transform: a file in `sql/transform` named after the table it fills, and a line below in an order that
//! satisfies the foreign keys. Dimensions and child tables of a launch are lines in [`crate::merge`]. The statements
//! take no parameters; the properties of the run are in the single row of `stg_run`.

use std::{
    sync::LazyLock,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use sqlx::{Connection, PgConnection, Postgres, Transaction};

use crate::{
    checks::{self, Finding, Severity},
    error::Error,
    failpoint::failpoint,
    forecasting,
    journal::{self, Closing, Counts, Journal},
    merge,
    staging::{Batch, analyze},
};

macro_rules! transform {
    ($name:literal) => {
        ($name, include_str!(concat!("../sql/transform/", $name, ".sql")))
    };
}

/// A name and a statement.
pub(crate) type Transform = (&'static str, &'static str);

static DIMENSIONS: LazyLock<Vec<Transform>> = LazyLock::new(merge::dimensions);

const CHANGE: Transform = transform!("stg_ll2__change");

/// Run only if something changed. The ledger is written before the fact, while the open revision and `last_seen_at`
/// still contain the previous state.
static FACTS: LazyLock<Vec<Transform>> = LazyLock::new(|| {
    let mut facts = vec![
        transform!("fact_net_change_rewind"),
        transform!("fact_launch_revision_rewind"),
        transform!("fact_net_change"),
        merge::launch(),
        transform!("fact_launch_membership"),
    ];
    facts.extend(merge::sets());
    facts.extend([
        transform!("fact_launch_revision_close"),
        transform!("fact_launch_revision_open"),
        transform!("fact_launch_count"),
    ]);
    facts
});

const SEEN: Transform = transform!("fact_launch_seen");

/// Returns every transform with its SQL, in order of execution.
pub(crate) fn transforms() -> impl Iterator<Item = (&'static str, &'static str)> {
    DIMENSIONS.iter().chain([&CHANGE]).chain(FACTS.iter()).chain([&SEEN]).copied()
}

/// A transform after its execution.
#[derive(Debug)]
pub(crate) struct Executed {
    pub(crate) name: &'static str,
    pub(crate) row_count: u64,
    pub(crate) took: Duration,
}

/// The data of a run that is to be published.
#[derive(Debug)]
pub(crate) struct Publication<'e> {
    pub(crate) batch: Batch,
    pub(crate) observed_at: DateTime<Utc>,
    pub(crate) is_complete: bool,
    pub(crate) announced_count: Option<u64>,
    pub(crate) poll_interval: Duration,
    pub(crate) counts: Counts,
    pub(crate) deferred_until: Option<DateTime<Utc>>,
    pub(crate) is_resumable: bool,
    pub(crate) remark: Option<&'e str>,
    pub(crate) cursor: Option<CursorMove>,
}

/// How far the published data covers a feed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum CursorMove {
    /// Starts the feed of changes at this time; no effect if it has already started.
    ChangedBegins {
        at: DateTime<Utc>,
    },
    Changed {
        at: DateTime<Utc>,
    },
    History {
        at: Option<DateTime<Utc>>,
        /// The size of the whole history; none if this run did not count it.
        total: Option<u64>,
        is_finished: bool,
    },
}

impl CursorMove {
    async fn make(self, connection: &mut PgConnection, run_id: i64) -> Result<(), Error> {
        let query = match self {
            Self::ChangedBegins { at } => sqlx::query(
                "update ingest_cursor
                set position_at = $2, ingest_run_id = $1, updated_at = ingest_now()
                where feed = 'changed' and position_at is null",
            )
            .bind(run_id)
            .bind(at),
            Self::Changed { at } => sqlx::query(
                "update ingest_cursor
                set position_at = $2, seen_count = seen_count + 1, ingest_run_id = $1, updated_at = ingest_now()
                where feed = 'changed'",
            )
            .bind(run_id)
            .bind(at),
            Self::History { at, total, is_finished } => sqlx::query(
                "update ingest_cursor
                set
                    position_at = $2,
                    seen_count = (select count(*) from fact_launch where not is_upcoming),
                    total_count = coalesce($3, total_count),
                    finished_at = case when $4 then ingest_now() end,
                    ingest_run_id = $1,
                    updated_at = ingest_now()
                where feed = 'history'",
            )
            .bind(run_id)
            .bind(at)
            .bind(total.map(|total| i64::try_from(total).unwrap_or(i64::MAX)))
            .bind(is_finished),
        };
        query.execute(connection).await.map_err(Error::database("move the cursor"))?;
        Ok(())
    }
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
            let step = journal.begin("publish").await?;
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
                tracing::warn!(error = %failure, "could not roll back; the connection ends and does it");
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

    let step = journal.begin("stage").await?;
    let staged = publication.batch.launch_count();
    publication.batch.load(connection).await?;
    sqlx::query(
        "insert into stg_run (ingest_run_id, observed_at, is_complete, is_newest, poll_seconds)
        select $1, $2, $3, not exists (select from ingest_run where state = 'succeeded' and observed_at > $2), $4",
    )
    .bind(journal.run_id)
    .bind(publication.observed_at)
    .bind(publication.is_complete)
    .bind(i32::try_from(publication.poll_interval.as_secs()).unwrap_or(i32::MAX))
    .execute(&mut *connection)
    .await
    .map_err(Error::database("stage the run"))?;
    journal.end(step, staged as u64, None).await?;

    let step = journal.begin("transform").await?;
    let mut executed = Vec::new();
    let changed = transform(connection, &mut counts, &mut executed).await;
    journal.note_statements(&executed).await?;
    let changed = changed?;
    journal.end(step, changed, None).await?;

    let step = journal.begin("forecast").await?;
    let predicted = forecasting::refresh_forecasts(connection, journal.run_id, publication.observed_at).await?;
    journal.end(step, predicted, None).await?;

    let step = journal.begin("test").await?;
    let findings = checks::run(connection).await?;
    journal.note_tests(&findings).await?;
    let blocking = offences(&findings, Severity::Block);
    if !blocking.is_empty() {
        return Err(Error::TestsFailed { tests: blocking });
    }
    let warnings = offences(&findings, Severity::Warn).join(", ");
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

/// Runs the transforms from staging to the star schema; returns how many launches change.
pub(crate) async fn transform(
    connection: &mut PgConnection,
    counts: &mut Counts,
    executed: &mut Vec<Executed>,
) -> Result<u64, Error> {
    for (name, sql) in DIMENSIONS.iter() {
        failpoint!("publication.statement");
        let started = Instant::now();
        // Unlike the others, these are prepared statements whose plans the session caches: dimensions have few members,
        // so any plan is good enough, and planning these statements costs more than running them.
        let done = sqlx::query(*sql).execute(&mut *connection).await;
        let row_count = done.map_err(|source| Error::Statement { statement: name, source })?.rows_affected();
        executed.push(Executed { name, row_count, took: started.elapsed() });
    }
    let changed = execute_and_note(connection, CHANGE, executed).await?;
    if changed > 0 {
        failpoint!("publication.statement");
        analyze(connection, "stg_ll2__change", "launch_id").await?;
        for transform in FACTS.iter() {
            let rows = execute_and_note(connection, *transform, executed).await?;
            match transform.0 {
                "fact_net_change" => counts.net_changes = rows,
                "fact_launch_revision_open" => counts.revisions = rows,
                _ => {}
            }
        }
    }
    // Counted before the sightings are stored: the previous sightings determine which records were late.
    let (records, unchanged, closed, late): (i64, i64, i64, i64) =
        sqlx::query_as(include_str!("../sql/count_changes.sql"))
            .fetch_one(&mut *connection)
            .await
            .map_err(|source| Error::Statement { statement: "count_changes", source })?;
    counts.launches_changed = records.unsigned_abs();
    counts.launches_unchanged = unchanged.unsigned_abs();
    counts.launches_closed = closed.unsigned_abs();
    counts.launches_late = late.unsigned_abs();
    execute_and_note(connection, SEEN, executed).await?;
    Ok(changed)
}

async fn execute_and_note(
    connection: &mut PgConnection,
    transform: Transform,
    executed: &mut Vec<Executed>,
) -> Result<u64, Error> {
    let started = Instant::now();
    let row_count = execute(connection, transform).await?;
    executed.push(Executed { name: transform.0, row_count, took: started.elapsed() });
    Ok(row_count)
}

pub(crate) fn offences(findings: &[Finding], severity: Severity) -> Vec<String> {
    findings
        .iter()
        .filter(|finding| finding.check.severity == severity && finding.offending_count > 0)
        .map(|finding| format!("{} ({})", finding.check.name, finding.offending_count))
        .collect()
}

async fn execute(connection: &mut PgConnection, (name, sql): Transform) -> Result<u64, Error> {
    failpoint!("publication.statement");
    sqlx::raw_sql(sql)
        .execute(connection)
        .await
        .map(|result| result.rows_affected())
        .map_err(|source| Error::Statement { statement: name, source })
}
