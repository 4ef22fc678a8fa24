//! Rebuilds the star schema from landing, starting with the first run.
//!
//! A replay reads the same bodies, with the same times, run by run in the order of publication, through the same
//! transforms. The result has the same content (`content_hash()`), unless landing was tampered with or the parser, a
//! transform or a rule has changed, which is the purpose of replays. Runs that did not publish are not replayed. Data
//! tests run once, on the result.

mod recovery;
mod run_log;
mod shadow;

#[cfg(test)]
pub(crate) use self::shadow::PUBLISHED;

use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use domain::{RunKind, Source};
use sqlx::{Connection as _, PgConnection, PgPool};

use crate::{
    checks::{self, Severity},
    error::Error,
    journal::{self, Closing, Counts, Journal, Opening, Trigger},
    lease::Lease,
    ll2::ApiVersion,
    publish,
    quarantine::{self, Digest, Sighting},
    reading::Reading,
};

/// How much is replayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplayScope {
    /// Everything that was published, from an empty star schema.
    Everything,
    /// Only records in quarantine that the current parser can read.
    Quarantine,
}

/// Options of [`replay`].
#[derive(Clone, Debug)]
pub struct ReplayOptions {
    /// How much to replay.
    pub scope: ReplayScope,
    /// What the database holds.
    pub source: Source,
    /// Used for runs that did not store their own.
    pub poll_interval: Duration,
}

/// The result of a replay.
#[derive(Clone, Debug)]
pub struct ReplayReport {
    /// Runs replayed; for a replay of the quarantine only, the number of observation times.
    pub runs: usize,
    /// Bodies read.
    pub bodies: usize,
    /// Records read.
    pub records: usize,
    /// Records that are still unusable.
    pub quarantined: usize,
    /// Records of the quarantine that could be parsed and are resolved.
    pub resolved: usize,
    /// `content_hash()` before and after.
    pub hashes: (String, String),
    /// From the lock to the commit.
    pub took: Duration,
}

/// Rebuilds the star schema from landing, or loads the records of the quarantine that are readable now; waits for the
/// current run to end.
///
/// Readers see the previous state until one commit publishes the result. If a blocking data test finds any row, or
/// anything else fails, the previous state stays. A landed body that is missing or damaged is an error: a replay never
/// loses data silently.
pub async fn replay(pool: &PgPool, options: &ReplayOptions) -> Result<ReplayReport, Error> {
    let started = Instant::now();
    let mut lock = Lease::take(pool).await?;
    let newest = Newest::read(pool).await?;
    let opening = Opening {
        kind: RunKind::Replay,
        trigger: Trigger::Command,
        source: options.source,
        base_url: "landing",
        // Before the first publication any version will do: the run is closed as failed.
        version: newest.as_ref().map_or(Ok(ApiVersion::V230), Newest::version)?,
        fence: lock.fence(),
    };
    let mut journal = Journal::open(pool, opening).await?;
    let connection = lock.connection();
    let result = match (newest, options.scope) {
        (None, _) => Err(Error::NothingLanded),
        (Some(newest), ReplayScope::Everything) => everything(pool, connection, &mut journal, options, newest).await,
        (Some(newest), ReplayScope::Quarantine) => {
            recovery::recover(pool, connection, &mut journal, options, newest).await
        }
    };
    match result {
        Ok(mut report) => {
            lock.release().await;
            report.took = started.elapsed();
            tracing::info!(
                run.id = journal.run_id,
                duration_ms = u64::try_from(report.took.as_millis()).unwrap_or(u64::MAX),
                runs = report.runs,
                bodies = report.bodies,
                records = report.records,
                resolved = report.resolved,
                is_equal = report.hashes.0 == report.hashes.1,
                "replayed"
            );
            Ok(report)
        }
        Err(error) => {
            journal.fail(&error).await?;
            // Dropped and not released: the session may still contain a shadow.
            drop(lock);
            Err(error)
        }
    }
}

/// The newest published observation. A replay does not make the data fresher: its own row repeats these values.
#[derive(Debug, sqlx::FromRow)]
struct Newest {
    api_version: String,
    observed_at: DateTime<Utc>,
    is_complete: bool,
    announced_count: Option<i32>,
    launch_seen_count: i32,
}

impl Newest {
    async fn read(pool: &PgPool) -> Result<Option<Self>, Error> {
        sqlx::query_as(
            "select api_version, observed_at, coalesce(is_complete, false) as is_complete, announced_count, launch_seen_count
            from ingest_run
            where state = 'succeeded' and observed_at is not null
            order by observed_at desc, ingest_run_id desc
            limit 1",
        )
        .fetch_optional(pool)
        .await
        .map_err(Error::database("read the newest run"))
    }

    fn version(&self) -> Result<ApiVersion, Error> {
        let unknown = || Error::UnknownText { column: "ingest_run.api_version", text: self.api_version.clone() };
        ApiVersion::named(&self.api_version).ok_or_else(unknown)
    }

    fn closing(&self, mut counts: Counts) -> Closing<'static> {
        counts.launches_seen = usize::try_from(self.launch_seen_count).unwrap_or_default();
        Closing {
            observed_at: self.observed_at,
            is_complete: self.is_complete,
            announced_count: self.announced_count.and_then(|count| u64::try_from(count).ok()),
            counts,
            deferred_until: None,
            is_resumable: false,
            remark: None,
        }
    }
}

async fn everything(
    pool: &PgPool,
    connection: &mut PgConnection,
    journal: &mut Journal,
    options: &ReplayOptions,
    newest: Newest,
) -> Result<ReplayReport, Error> {
    let step = journal.begin("rebuild").await?;
    shadow::cast(connection).await?;
    let runs = run_log::runs(pool).await?;
    let mut hoped_for: HashSet<Digest> = quarantine::open(pool).await?.into_iter().collect();
    let mut recovered = Vec::new();
    let mut counts = Counts::default();
    for (position, run) in runs.iter().enumerate() {
        let mut reading = Reading::for_replay(run.version()?);
        reading.hoped_for = std::mem::take(&mut hoped_for);
        counts.pages += run.read(pool, &mut reading).await?;
        quarantine::set_aside(pool, run.id, reading.version(), Sighting::Replayed, &reading.rejects).await?;
        let mut told = Counts::default();
        reading.count(&mut told);
        hoped_for = reading.hoped_for;
        recovered.append(&mut reading.recovered);

        let mut transaction = connection.begin().await.map_err(Error::database("open a run's transaction"))?;
        reading.batch.load(&mut transaction).await?;
        stage(&mut transaction, options, run).await?;
        publish::transform(&mut transaction, &mut told, &mut Vec::new()).await?;
        transaction.commit().await.map_err(Error::database("commit a run"))?;
        add(&mut counts, told);
        // With decreasing frequency: the first runs change the table sizes most.
        if (position + 1).is_power_of_two() || (position + 1) % 32 == 0 {
            shadow::measure(connection).await?;
        }
    }
    journal.end(step, runs.len() as u64, None).await?;

    let step = journal.begin("publish").await?;
    let mut transaction = connection.begin().await.map_err(Error::database("open the publishing transaction"))?;
    let before = content_hash(&mut transaction).await?;
    let rows = shadow::publish(&mut transaction).await?;
    let after = content_hash(&mut transaction).await?;
    journal.end(step, rows, None).await?;
    test(&mut transaction, journal).await?;
    quarantine::resolve(&mut transaction, journal.run_id, &recovered).await?;
    journal::record_counts(&mut transaction, journal.run_id, counts, options.poll_interval).await?;
    journal.succeed(&mut transaction, newest.closing(counts)).await?;
    transaction.commit().await.map_err(Error::database("publish"))?;
    shadow::lift(connection).await?;
    Ok(ReplayReport {
        runs: runs.len(),
        bodies: counts.pages,
        records: counts.records,
        quarantined: counts.quarantined,
        resolved: recovered.len(),
        hashes: (before, after),
        took: Duration::ZERO,
    })
}

async fn stage(connection: &mut PgConnection, options: &ReplayOptions, run: &run_log::Run) -> Result<(), Error> {
    let poll_seconds = i32::try_from(options.poll_interval.as_secs()).unwrap_or(i32::MAX);
    sqlx::query(include_str!("../../sql/replay/stage_run.sql"))
        .bind(run.id)
        .bind(run.observed_at)
        .bind(run.is_complete)
        .bind(run.poll_seconds.unwrap_or(poll_seconds))
        .execute(connection)
        .await
        .map_err(|source| Error::Statement { statement: "stage_run", source })?;
    Ok(())
}

fn add(counts: &mut Counts, told: Counts) {
    counts.records += told.records;
    counts.duplicates += told.duplicates;
    counts.quarantined += told.quarantined;
    counts.launches_changed += told.launches_changed;
    counts.launches_unchanged += told.launches_unchanged;
    counts.launches_closed += told.launches_closed;
    counts.launches_late += told.launches_late;
    counts.net_changes += told.net_changes;
    counts.revisions += told.revisions;
}

/// Runs the data tests on what is about to be published.
async fn test(connection: &mut PgConnection, journal: &mut Journal) -> Result<(), Error> {
    let step = journal.begin("test").await?;
    let findings = checks::run(connection).await?;
    journal.note_tests(&findings).await?;
    let blocking = publish::offences(&findings, Severity::Block);
    if !blocking.is_empty() {
        return Err(Error::TestsFailed { tests: blocking });
    }
    journal.end(step, findings.len() as u64, None).await
}

/// Returns one hash of everything published, as seen by this connection.
async fn content_hash(connection: &mut PgConnection) -> Result<String, Error> {
    sqlx::query_scalar("select content_hash()")
        .fetch_one(connection)
        .await
        .map_err(Error::database("hash what is published"))
}
