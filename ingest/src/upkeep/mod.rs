//! The upkeep of the database, between runs: what keeps its size and its cost in bounds.
//!
//! Each kind of upkeep is done in small steps. A step ends with one transaction under the lease, so no run is in progress,
//! and a run that is due waits for one step at most. Only the step that settles old runs may take as long as a replay. What is done is in the database, not in memory: a program that is
//! killed, or another replica, continues with the next step (ADR 0047).

mod audit;
mod compaction;
mod options;
mod raw;

use std::time::{Duration, Instant};

use sqlx::PgPool;

pub use self::options::{CompactionOptions, Retention, UpkeepOptions};
use crate::{
    error::Error,
    lease::{LOOK, Lease},
};

/// A kind of upkeep, in the order in which they are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    AuditRetention,
    RawRetention,
    Compaction,
}

impl Kind {
    const ALL: [Self; 3] = [Self::AuditRetention, Self::RawRetention, Self::Compaction];

    /// Its name in `ingest_upkeep`.
    fn name(self) -> &'static str {
        match self {
            Self::AuditRetention => "audit_retention",
            Self::RawRetention => "raw_retention",
            Self::Compaction => "compaction",
        }
    }
}

/// What a step has done.
#[derive(Clone, Copy, Debug, Default)]
struct Progress {
    /// Runs or bodies.
    rows: u64,
    /// Length of compacted bodies as they were stored before, and of their segment.
    bytes_before: i64,
    bytes_after: i64,
    /// Whether nothing more is to be done.
    is_finished: bool,
}

impl Progress {
    const FINISHED: Self = Self { rows: 0, bytes_before: 0, bytes_after: 0, is_finished: true };
}

/// The result of [`upkeep`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UpkeepReport {
    /// Runs whose details were deleted.
    pub runs_without_details: u64,
    /// Landed bodies that were deleted.
    pub bodies_deleted: u64,
    /// Bodies that were moved into segments.
    pub bodies_compacted: u64,
    /// Their compressed length before and after.
    pub compacted_bytes: (i64, i64),
}

/// Does the whole upkeep now, whether it is due or not. Waits for the lease before each step, so runs go on in between.
pub async fn upkeep(pool: &PgPool, options: &UpkeepOptions) -> Result<UpkeepReport, Error> {
    let mut report = UpkeepReport::default();
    for kind in Kind::ALL {
        begin(pool, kind).await?;
        loop {
            let mut lease = Lease::take(pool).await?;
            let progress = step(pool, &mut lease, options, kind).await?;
            lease.release().await;
            report.add(kind, progress);
            note(pool, kind, progress).await?;
            if progress.is_finished {
                break;
            }
            // Others look for the lease at this interval.
            tokio::time::sleep(2 * LOOK).await;
        }
    }
    Ok(report)
}

/// Does what is due, for at most `limit` and one step; returns false if there is more to do. Does nothing while another
/// process has the lease: that one does it.
pub(crate) async fn do_what_is_due(pool: &PgPool, options: &UpkeepOptions, limit: Duration) -> Result<bool, Error> {
    let started = Instant::now();
    for kind in Kind::ALL {
        if !is_due(pool, kind).await? {
            continue;
        }
        loop {
            if started.elapsed() >= limit {
                return Ok(false);
            }
            let Some(mut lease) = Lease::try_take(pool).await? else { return Ok(true) };
            let progress = step(pool, &mut lease, options, kind).await?;
            lease.release().await;
            note(pool, kind, progress).await?;
            if progress.is_finished {
                break;
            }
        }
    }
    Ok(true)
}

/// If it fails, the lease ends with its session, which may have an open transaction.
async fn step(pool: &PgPool, lease: &mut Lease, options: &UpkeepOptions, kind: Kind) -> Result<Progress, Error> {
    match kind {
        Kind::AuditRetention => audit::step(lease, options.audit_retention).await,
        Kind::RawRetention => raw::step(pool, lease, options.raw_retention, options.poll_interval).await,
        Kind::Compaction => compaction::step(lease, options.compaction).await,
    }
}

impl UpkeepReport {
    fn add(&mut self, kind: Kind, progress: Progress) {
        match kind {
            Kind::AuditRetention => self.runs_without_details += progress.rows,
            Kind::RawRetention => self.bodies_deleted += progress.rows,
            Kind::Compaction => {
                self.bodies_compacted += progress.rows;
                self.compacted_bytes.0 += progress.bytes_before;
                self.compacted_bytes.1 += progress.bytes_after;
            }
        }
    }
}

/// Whether a day has passed since it was finished, or the clock was set back to before that.
async fn is_due(pool: &PgPool, kind: Kind) -> Result<bool, Error> {
    sqlx::query_scalar(
        "select finished_at is null or finished_at not between ingest_now() - interval '1 day' and ingest_now()
        from ingest_upkeep
        where name = $1",
    )
    .bind(kind.name())
    .fetch_optional(pool)
    .await
    .map(|due| due.unwrap_or(true))
    .map_err(Error::database("read when the upkeep is due"))
}

async fn begin(pool: &PgPool, kind: Kind) -> Result<(), Error> {
    sqlx::query("update ingest_upkeep set finished_at = null, row_count = 0 where name = $1")
        .bind(kind.name())
        .execute(pool)
        .await
        .map(drop)
        .map_err(Error::database("begin the upkeep"))
}

/// Adds a step to the row of the upkeep, and to the log what all its steps together did.
async fn note(pool: &PgPool, kind: Kind, progress: Progress) -> Result<(), Error> {
    let rows: Option<i64> = sqlx::query_scalar(
        "update ingest_upkeep
        set
            row_count = $2 + case when finished_at is null then row_count else 0 end,
            finished_at = case when $3 then ingest_now() end
        where name = $1
        returning row_count",
    )
    .bind(kind.name())
    .bind(i64::try_from(progress.rows).unwrap_or(i64::MAX))
    .bind(progress.is_finished)
    .fetch_optional(pool)
    .await
    .map_err(Error::database("note the upkeep"))?;
    let rows = rows.unwrap_or_default();
    if progress.is_finished && rows > 0 {
        tracing::info!(upkeep = kind.name(), rows, "upkeep finished");
    }
    Ok(())
}
