//! Rebuilds the star schema from landing, starting with the first run.
//!
//! A replay reads the same bodies, with the same times, run by run in the order of observation, through the same
//! transforms. The result has the same content (`content_hash()`), unless landing was tampered with, an archive was
//! imported after newer data was published, or the parser, a transform or a rule has changed. The last two are the
//! purpose of replays. Runs that did not publish are not replayed. Data
//! tests run once, on the result.
//!
//! Runs whose responses may be deleted are settled: what a replay of them leaves is stored as a checkpoint, and a later
//! replay starts from it instead of an empty star schema.

mod checkpoint;
mod closing;
mod due;
mod rebuild;
mod recovery;
mod report;
mod run_log;
mod shadow;

#[cfg(test)]
pub(crate) use self::shadow::PUBLISHED;

use std::time::{Duration, Instant};

use domain::{RunKind, Source};
use sqlx::PgPool;

use self::closing::Newest;
pub(crate) use self::due::replay_if_due;
pub use self::report::ReplayReport;
pub(crate) use self::{checkpoint::advance, run_log::is_settled};
use crate::{
    error::Error,
    journal::{Journal, Opening, Trigger},
    lease::Lease,
    ll2::ApiVersion,
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

/// Rebuilds the star schema from landing, or loads the records of the quarantine that are readable now; waits for the
/// current run to end.
///
/// Readers see the previous state until one commit publishes the result. If a blocking data test finds any row, or
/// anything else fails, the previous state stays. A landed body that is missing or damaged is an error: a replay never
/// loses data silently.
pub async fn replay(pool: &PgPool, options: &ReplayOptions) -> Result<ReplayReport, Error> {
    let mut lease = Lease::take(pool).await?;
    let report = replay_under(&mut lease, pool, options).await?;
    // After an error it is dropped and not released: the session may still contain a shadow.
    lease.release().await;
    Ok(report)
}

async fn replay_under(lease: &mut Lease, pool: &PgPool, options: &ReplayOptions) -> Result<ReplayReport, Error> {
    let started = Instant::now();
    let newest = Newest::read(pool).await?;
    let opening = Opening {
        kind: RunKind::Replay,
        trigger: Trigger::Command,
        source: options.source,
        base_url: "landing",
        // Before the first publication any version will do: the run is closed as failed.
        version: newest.as_ref().map_or(Ok(ApiVersion::V230), Newest::version)?,
        fence: lease.fence(),
    };
    let mut journal = Journal::open(pool, opening).await?;
    let connection = lease.connection();
    let result = match (newest, options.scope) {
        (None, _) => Err(Error::NothingLanded),
        (Some(newest), ReplayScope::Everything) => {
            rebuild::rebuild(pool, connection, &mut journal, options.poll_interval, newest).await
        }
        (Some(newest), ReplayScope::Quarantine) => {
            recovery::recover(pool, connection, &mut journal, options.poll_interval, newest).await
        }
    };
    match result {
        Ok(mut report) => {
            if options.scope == ReplayScope::Everything {
                due::fulfil(pool, Some(journal.run_id)).await?;
            }
            report.took = started.elapsed();
            tracing::info!(
                run.id = journal.run_id,
                duration_ms = u64::try_from(report.took.as_millis()).unwrap_or(u64::MAX),
                settled_runs = report.settled_runs,
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
            Err(error)
        }
    }
}
