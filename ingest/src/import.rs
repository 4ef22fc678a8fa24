//! Archived responses through the same door as fresh ones, as if they had been fetched at a given time.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use domain::Source;
use sqlx::PgPool;

use crate::{
    archive::{self, File, Part},
    error::Error,
    journal::{Counts, Journal, Opening, Trigger},
    landing::{self, Origin},
    ll2::ApiVersion,
    lock::RunLock,
    publish::{self, Edition},
    reading::Reading,
    report::{Outcome, RunReport},
    staging::Listing,
};

/// What to import, and as what.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// All files of one call are one observation, made at this time.
    pub observed_at: DateTime<Utc>,
    /// What the database holds.
    pub source: Source,
    /// As in [`crate::RunOptions`].
    pub poll_interval: Duration,
    /// Plain or `.gz`; pages of one list belong in one call.
    pub files: Vec<PathBuf>,
}

/// Lands and publishes archived responses; waits for a run at work to end.
///
/// The import is complete, and may end memberships of the upcoming list, only when an envelope's count equals the distinct
/// launches of all upcoming pages together. Records older than what we hold of a launch are landed and counted, not applied.
pub async fn import(pool: &PgPool, options: &ImportOptions) -> Result<RunReport, Error> {
    let started = Instant::now();
    let mut files = Vec::with_capacity(options.files.len());
    for path in &options.files {
        let path = path.clone();
        files.push(tokio::task::spawn_blocking(move || File::open(&path)).await??);
    }
    let mut parts = Vec::with_capacity(files.len());
    for file in &files {
        parts.push(file.parts()?);
    }
    let version = version_of(&files, &parts)?;

    let mut lock = RunLock::take(pool).await?;
    let opening =
        Opening { kind: "import", trigger: Trigger::Command, source: options.source, base_url: "archive", version };
    let mut journal = Journal::open(pool, opening).await?;
    let result = publish_files(pool, options, version, &files, &parts, &mut lock, &mut journal).await;
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
    lock.release().await;
    report
}

fn version_of(files: &[File], parts: &[Vec<Part<'_>>]) -> Result<ApiVersion, Error> {
    let mut found: Option<ApiVersion> = None;
    for (file, parts) in files.iter().zip(parts) {
        if parts.iter().all(|part| part.records.is_empty()) {
            continue;
        }
        let version = archive::version(parts);
        if version.is_none() || found.is_some_and(|found| Some(found) != version) {
            return Err(Error::Archive {
                file: file.path.display().to_string(),
                reason: "mixes API versions 2.2.0 and 2.3.0; import them one after the other".to_owned(),
                source: None,
            });
        }
        found = version;
    }
    found.ok_or_else(|| Error::Archive {
        file: files.iter().map(|file| file.path.display().to_string()).collect::<Vec<_>>().join(", "),
        reason: "holds no launches".to_owned(),
        source: None,
    })
}

async fn publish_files(
    pool: &PgPool,
    options: &ImportOptions,
    version: ApiVersion,
    files: &[File],
    parts: &[Vec<Part<'_>>],
    lock: &mut RunLock,
    journal: &mut Journal,
) -> Result<RunReport, Error> {
    let step = journal.begin("land").await?;
    let mut reading = Reading::new(version);
    let mut upcoming_count = None;
    let mut upcoming_seen = 0;
    for (file, parts) in files.iter().zip(parts) {
        // Only the name: where the file lay on somebody's disk is nobody's business.
        let name = file.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let url = format!("archive:{name}");
        let origin = Origin {
            run_id: journal.run_id,
            url: &url,
            api_version: version.as_str(),
            observed_at: Some(options.observed_at),
        };
        let page = landing::land(pool, origin, &file.body).await?;
        landing::note_import(pool, journal.run_id, &url, page).await?;
        for part in parts {
            let brought = reading.read(page, &part.records, part.listing, options.observed_at);
            if part.listing == Listing::Upcoming {
                upcoming_count = part.count.or(upcoming_count);
                upcoming_seen += brought.new + brought.rejected;
            }
        }
    }
    journal.end(step, files.len() as u64, None).await?;

    let counts = Counts {
        pages: files.len(),
        launches_seen: reading.batch.launch_count(),
        quarantined: reading.rejects.len(),
        ..Counts::default()
    };
    landing::quarantine(pool, journal.run_id, &reading.rejects).await?;
    if reading.batch.launch_count() == 0 {
        let reason = reading.rejects.first().map(|reject| reject.reason.to_string()).unwrap_or_default();
        return Err(Error::Archive {
            file: files.iter().map(|file| file.path.display().to_string()).collect::<Vec<_>>().join(", "),
            reason: format!("holds no usable launch; the first record: {reason}"),
            source: None,
        });
    }
    let is_complete = upcoming_seen > 0 && upcoming_count == Some(upcoming_seen as u64);
    let edition = Edition {
        batch: reading.batch,
        observed_at: options.observed_at,
        is_complete,
        announced_count: upcoming_count,
        poll_interval: options.poll_interval,
        counts,
        deferred_until: None,
        remark: None,
    };
    let counts = publish::publish(lock.connection(), journal, edition).await?;
    Ok(RunReport {
        run_id: Some(journal.run_id),
        outcome: Outcome::Published,
        is_complete,
        observed_at: Some(options.observed_at),
        deferral: None,
        counts,
        took: Duration::ZERO,
    })
}
