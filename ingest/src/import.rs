//! Imports archived responses in the same way as fetched ones, as if they had been fetched at a given time.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use chrono::{DateTime, SubsecRound as _, Utc};
use domain::{RunKind, Source, StepName};
use sqlx::PgPool;

use crate::{
    archive::{self, File},
    counts::Counts,
    error::Error,
    journal::{Journal, Opening, Trigger},
    landing::{self, Origin},
    lease::Lease,
    ll2::ApiVersion,
    publish::{self, Publication},
    reading::Reading,
    replay,
    report::{Outcome, RunReport},
    staging::Listing,
};

/// Options of [`import`].
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// The time of observation; all files of one call are one observation.
    pub observed_at: DateTime<Utc>,
    /// What the database holds.
    pub source: Source,
    /// As in [`crate::RunOptions`].
    pub poll_interval: Duration,
    /// Plain or `.gz` files; the pages of one list belong in one call.
    pub files: Vec<PathBuf>,
}

/// Lands and publishes archived responses; waits for the current run to end.
///
/// The import is complete, and may end memberships of the upcoming list, only if an envelope's count equals the
/// distinct launches of all upcoming pages together. Records that are older than the latest ones of a launch are landed
/// and counted, not applied: after imports whose report [is late](RunReport::is_late), a [replay](crate::replay) rebuilds
/// the history in order of observation.
pub async fn import(pool: &PgPool, options: &ImportOptions) -> Result<RunReport, Error> {
    let started = Instant::now();
    // Postgres stores microseconds: a replay must use exactly the time that was published.
    let options = &ImportOptions { observed_at: options.observed_at.trunc_subsecs(6), ..options.clone() };
    let version = version_of(&options.files).await?;
    let mut lease = Lease::take(pool).await?;
    replay::replay_if_due(pool, &mut lease, options.source, options.poll_interval).await?;
    let opening = Opening {
        kind: RunKind::Import,
        trigger: Trigger::Command,
        source: options.source,
        base_url: "archive",
        version,
        fence: lease.fence(),
    };
    let mut journal = Journal::open(pool, opening).await?;
    let result = publish_files(pool, options, version, &mut lease, &mut journal).await;
    let report = match result {
        Ok(mut report) => {
            report.took = started.elapsed();
            report.log();
            Ok(report)
        }
        Err(error) => {
            journal.fail(&error).await?;
            Err(error)
        }
    };
    lease.release().await;
    report
}

async fn is_newer_published(pool: &PgPool, observed_at: DateTime<Utc>) -> Result<bool, Error> {
    sqlx::query_scalar("select exists (select from ingest_run where state = 'succeeded' and observed_at > $1)")
        .bind(observed_at)
        .fetch_one(pool)
        .await
        .map_err(Error::database("compare the time of the import"))
}

async fn open(path: &Path) -> Result<File, Error> {
    let path = path.to_owned();
    tokio::task::spawn_blocking(move || File::open(&path)).await?
}

/// Returns the version of the first record. It is stored in the run's row before the files are read one by one: all of
/// them at once would not fit into the memory limit.
async fn version_of(paths: &[PathBuf]) -> Result<ApiVersion, Error> {
    for path in paths {
        let file = open(path).await?;
        let parts = file.parts()?;
        if parts.iter().any(|part| !part.records.is_empty()) {
            return archive::version(&parts).ok_or_else(|| mixed(path));
        }
    }
    Err(Error::Archive { file: names(paths), reason: "contains no launches".to_owned(), source: None })
}

fn mixed(path: &Path) -> Error {
    Error::Archive {
        file: path.display().to_string(),
        reason: "mixes API versions 2.2.0 and 2.3.0; import them separately".to_owned(),
        source: None,
    }
}

fn names(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

/// What the files contain of the upcoming list.
#[derive(Default)]
struct Upcoming {
    count: Option<u64>,
    seen: usize,
}

impl Upcoming {
    fn is_complete(&self) -> bool {
        self.seen > 0 && self.count == Some(self.seen as u64)
    }
}

async fn publish_files(
    pool: &PgPool,
    options: &ImportOptions,
    version: ApiVersion,
    lease: &mut Lease,
    journal: &mut Journal,
) -> Result<RunReport, Error> {
    let is_late = is_newer_published(pool, options.observed_at).await?;
    if is_late && replay::is_settled(pool, options.observed_at).await? {
        tracing::warn!(
            observed_at = %options.observed_at,
            "the archive is from before the checkpoint of replays: a replay adds what is new in it, and does not change the history until then"
        );
    }
    let step = journal.begin(StepName::Land).await?;
    let mut reading = Reading::new(version);
    let mut upcoming = Upcoming::default();
    // The transaction is open while files are read, but no response is awaited meanwhile: rows go to staging as they
    // are read, so the length of the list is not limited by memory.
    let mut transaction = publish::begin(lease.connection()).await?;
    for path in &options.files {
        read(pool, options, path, journal.run_id, &mut reading, &mut upcoming).await?;
        reading.batch.spill(&mut transaction).await?;
    }
    journal.end(step, options.files.len() as u64, None).await?;

    let is_complete = upcoming.is_complete();
    let mut counts =
        Counts { pages: options.files.len(), launches_seen: reading.batch.launch_count(), ..Counts::default() };
    reading.count(&mut counts);
    reading.note(pool, journal.run_id, options.observed_at, is_complete).await?;
    if reading.batch.launch_count() == 0 {
        let reason = reading.rejects.first().map(|reject| reject.reason.to_string()).unwrap_or_default();
        return Err(Error::Archive {
            file: names(&options.files),
            reason: format!("contains no usable launch; the first record: {reason}"),
            source: None,
        });
    }
    let publication = Publication {
        batch: reading.batch,
        observed_at: options.observed_at,
        world_now: None,
        is_complete,
        announced_count: upcoming.count,
        poll_interval: options.poll_interval,
        counts,
        deferred_until: None,
        is_resumable: false,
        remark: None,
        cursor: None,
    };
    let counts = publish::publish_in(transaction, journal, publication).await?;
    Ok(RunReport {
        run_id: Some(journal.run_id),
        outcome: Outcome::Published,
        is_complete,
        observed_at: Some(options.observed_at),
        interruption: None,
        is_late,
        counts,
        took: Duration::ZERO,
    })
}

async fn read(
    pool: &PgPool,
    options: &ImportOptions,
    path: &Path,
    run_id: i64,
    reading: &mut Reading,
    upcoming: &mut Upcoming,
) -> Result<(), Error> {
    let file = open(path).await?;
    let parts = file.parts()?;
    let has_records = parts.iter().any(|part| !part.records.is_empty());
    if has_records && archive::version(&parts) != Some(reading.version()) {
        return Err(mixed(path));
    }
    // Only the name: the directory on the user's disk is private.
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let url = format!("archive:{name}");
    let origin =
        Origin { run_id, url: &url, api_version: reading.version().into_str(), observed_at: Some(options.observed_at) };
    let page = landing::land(pool, origin, &file.body).await?;
    landing::note_import(pool, run_id, &url, page).await?;
    for part in parts {
        let brought = reading.read(page, &part.records, part.listing, options.observed_at);
        if part.listing == Listing::Upcoming {
            upcoming.count = part.count.or(upcoming.count);
            upcoming.seen += brought.new + brought.rejected;
        }
    }
    Ok(())
}
