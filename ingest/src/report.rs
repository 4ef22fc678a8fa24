use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::{counts::Counts, interruption::Interruption};

/// How a run ended, if it did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The star schema is up to date as of [`RunReport::observed_at`].
    Published,
    /// Another run was in progress.
    Busy,
}

/// The result of a run.
#[derive(Clone, Debug)]
pub struct RunReport {
    /// The row in `ingest_run`; none if busy.
    pub run_id: Option<i64>,
    /// How it ended.
    pub outcome: Outcome,
    /// Whether the number of distinct launches equals the announced count; only then launches may leave the upcoming
    /// list.
    pub is_complete: bool,
    /// When the last response was received.
    pub observed_at: Option<DateTime<Utc>>,
    /// What stopped it early.
    pub interruption: Option<Interruption>,
    /// Whether newer data was published before. Its records changed nothing that is newer; a replay gives them their place
    /// in the history.
    pub is_late: bool,
    /// The counts of the run.
    pub counts: Counts,
    /// From start to publication.
    pub took: Duration,
}

impl RunReport {
    pub(crate) fn busy() -> Self {
        Self {
            run_id: None,
            outcome: Outcome::Busy,
            is_complete: false,
            observed_at: None,
            interruption: None,
            is_late: false,
            counts: Counts::default(),
            took: Duration::ZERO,
        }
    }

    pub(crate) fn log(&self) {
        let counts = &self.counts;
        tracing::info!(
            run.id = self.run_id,
            duration_ms = u64::try_from(self.took.as_millis()).unwrap_or(u64::MAX),
            is_complete = self.is_complete,
            seen = counts.launches_seen,
            changed = counts.launches_changed,
            closed = counts.launches_closed,
            is_late = self.is_late,
            late = counts.launches_late,
            quarantined = counts.quarantined,
            interrupted = self.interruption.as_ref().map(Interruption::reason),
            "published"
        );
    }
}
