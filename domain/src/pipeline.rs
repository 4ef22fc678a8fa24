use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    DefectTreatment, DriftState, Freshness, RequestOutcome, RequestPurpose, RunKind, RunState, RunTrigger, Source,
    StepName, TestSeverity,
};

/// The declaration of a data test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataTest {
    pub name: String,
    pub severity: TestSeverity,
    /// What the test asserts, in one sentence.
    pub claim: String,
    /// Tables and views that it reads and covers.
    pub covers: Vec<String>,
}

/// A statement of the pipeline with the tables that it reads and writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transform {
    pub name: String,
    /// The step of a run that it belongs to.
    pub step: StepName,
    pub reads: Vec<String>,
    pub writes: Vec<String>,
}

/// The pipeline as the code declares it: declared by `ingest`, shown by the pages, and the same for every run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blueprint {
    pub transforms: Vec<Transform>,
    pub tests: Vec<DataTest>,
    /// Maximum number of requests within any hour.
    pub request_limit: u32,
}

/// One attempt to bring the star schema up to date with LL2.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    pub id: i64,
    pub kind: RunKind,
    pub trigger: RunTrigger,
    pub source: Source,
    pub api_version: String,
    pub state: RunState,
    pub started_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    pub took_seconds: Option<f64>,
    pub observed_at: Option<DateTime<Utc>>,
    pub is_complete: Option<bool>,
    pub announced_count: Option<i32>,
    pub page_count: i32,
    pub launch_seen_count: i32,
    pub launch_changed_count: i32,
    pub launch_closed_count: i32,
    pub launch_late_count: i32,
    pub quarantined_count: i32,
    pub deferred_until: Option<DateTime<Utc>>,
    /// Requests that count against the budget.
    pub request_count: i64,
    pub test_count: i64,
    pub warned_count: i64,
    pub blocked_count: i64,
}

/// Summary of the result of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunOutcome {
    Running,
    Published,
    /// Published, without any change.
    NoChange,
    /// Blocking tests prevented publication.
    Blocked,
    Failed,
}

impl Run {
    pub fn outcome(&self) -> RunOutcome {
        match self.state {
            RunState::Running => RunOutcome::Running,
            RunState::Failed if self.blocked_count > 0 => RunOutcome::Blocked,
            RunState::Failed | RunState::Skipped => RunOutcome::Failed,
            RunState::Succeeded if self.launch_changed_count == 0 && self.launch_closed_count == 0 => {
                RunOutcome::NoChange
            }
            RunState::Succeeded => RunOutcome::Published,
        }
    }
}

/// One step of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub name: StepName,
    pub state: RunState,
    pub started_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    pub row_count: Option<i64>,
    pub detail: Option<String>,
}

/// One transform as executed by a run.
#[derive(Clone, Debug, PartialEq)]
pub struct ExecutedStatement {
    pub name: String,
    pub row_count: i64,
    pub took_seconds: f64,
}

/// The result of a data test in a run.
#[derive(Clone, Debug, PartialEq)]
pub struct TestResult {
    pub name: String,
    pub severity: TestSeverity,
    pub offending_count: i64,
    /// Up to five offending rows, as a JSON array.
    pub sample: Option<String>,
    /// The operator's acknowledgement that covered the rows.
    pub acknowledgement: Option<TestAcknowledgement>,
}

/// The statement of an operator that rows of a data test are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestAcknowledgement {
    pub reason: String,
    /// The most rows that it covers.
    pub row_count: i64,
    pub acknowledged_at: DateTime<Utc>,
    /// When it ends. None: only with more rows.
    pub until: Option<DateTime<Utc>>,
}

/// One request to LL2, or a row that replaces one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentRequest {
    pub purpose: RequestPurpose,
    /// Whether it counts against the hourly budget; the database decides (`ingest_request.is_counted`).
    pub is_counted: bool,
    pub url: String,
    pub sent_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    pub http_status: Option<i16>,
    pub outcome: RequestOutcome,
}

/// A quarantined record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarantined {
    pub entity: String,
    pub record_key: Option<String>,
    pub reason: String,
    pub json_path: Option<String>,
    pub seen_count: i32,
    pub first_seen_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
    pub resolved_at: Option<DateTime<Utc>>,
}

/// A JSON path that LL2 began or ceased to send, or sends with another type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    pub api_version: String,
    pub entity: String,
    pub json_path: String,
    pub json_type: String,
    pub state: DriftState,
    pub first_seen_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
    pub seen_count: i64,
}

/// A part of records that could not be kept as LL2 sent it, although the records could be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordDefect {
    pub api_version: String,
    /// A kind of text (`name`), a list (`vid_urls`) or a field (`net`).
    pub part: String,
    pub treatment: DefectTreatment,
    /// Records that had this defect, in all runs together.
    pub record_count: i64,
    pub last_seen_at: DateTime<Utc>,
    /// The launch of the newest such record.
    pub last_launch_id: Option<Uuid>,
}

/// A run that the job plans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedTask {
    pub task: RunKind,
    pub due_at: DateTime<Utc>,
    pub request_count: i32,
    pub reason: String,
}

/// LL2's last statement about our allowance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    pub told_at: DateTime<Utc>,
    pub request_limit: i32,
    pub window_seconds: i32,
    pub current_use: i32,
    pub foreign_use: i32,
}

/// The limit that LL2 reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportedLimit {
    Requests(i32),
    /// A simulator without a throttle reports the largest number there is.
    Unlimited,
    /// The response has no limit.
    Unknown,
}

impl Allowance {
    pub fn limit(&self) -> ReportedLimit {
        match self.request_limit {
            i32::MAX => ReportedLimit::Unlimited,
            ..=0 => ReportedLimit::Unknown,
            requests => ReportedLimit::Requests(requests),
        }
    }
}

/// The progress of the backfill of past launches.
#[derive(Clone, Debug, PartialEq)]
pub struct Backfill {
    pub position_at: Option<DateTime<Utc>>,
    pub seen_count: i64,
    pub total_count: Option<i64>,
    pub finished_at: Option<DateTime<Utc>>,
    /// Launches per hour that the backfill runs of the last day added. None if fewer than two ran.
    pub launches_per_hour: Option<f64>,
}

impl Backfill {
    /// Returns the progress from 0 to 1. None if LL2 has not counted the past launches yet.
    pub fn share(&self) -> Option<f64> {
        if self.finished_at.is_some() {
            return Some(1.0);
        }
        let total = self.total_count.filter(|total| *total > 0)?;
        #[expect(clippy::cast_precision_loss, reason = "counts of launches are exact in a double")]
        let share = self.seen_count as f64 / total as f64;
        Some(share.clamp(0.0, 1.0))
    }

    /// Returns when it will be finished at its current rate. None if it is finished, or if there is no rate.
    pub fn ends_at(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let pace = self.launches_per_hour.filter(|pace| *pace > 0.0)?;
        if self.finished_at.is_some() {
            return None;
        }
        let left = self.total_count? - self.seen_count;
        #[expect(clippy::cast_precision_loss, reason = "counts of launches are exact in a double")]
        let hours = (left > 0).then_some(left as f64 / pace)?;
        #[expect(clippy::cast_possible_truncation, reason = "seconds until the end of a backfill; the cast saturates")]
        let seconds = (hours * 3600.0) as i64;
        now.checked_add_signed(chrono::Duration::try_seconds(seconds)?)
    }
}

/// A table or view with its number of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationSize {
    pub name: String,
    pub is_view: bool,
    /// The catalog's estimate, or exact if the table is small. None for a view.
    pub row_count: Option<i64>,
}

/// A run with all its details.
#[derive(Clone, Debug, PartialEq)]
pub struct RunDetail {
    pub run: Run,
    /// Why it failed, by the kind of error, or why it stopped early. Safe to publish.
    pub error: Option<String>,
    pub steps: Vec<Step>,
    pub statements: Vec<ExecutedStatement>,
    pub tests: Vec<TestResult>,
    pub requests: Vec<SentRequest>,
    /// When steps, statements and test results were deleted, because the run is old.
    pub details_deleted_at: Option<DateTime<Utc>>,
}

/// Everything the pipeline page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct PipelineState {
    pub freshness: Freshness,
    pub now: DateTime<Utc>,
    /// The requested run, otherwise the newest. None before the first.
    pub shown: Option<RunDetail>,
    /// The newest runs, newest first.
    pub history: Vec<Run>,
    /// Requests of the last hour, oldest first.
    pub requests: Vec<SentRequest>,
    pub allowance: Option<Allowance>,
    /// Since when the job is paused by an operator, and why.
    pub paused: Option<(DateTime<Utc>, Option<String>)>,
    pub plan: Vec<PlannedTask>,
    pub backfill: Option<Backfill>,
    pub quarantine: Vec<Quarantined>,
    /// Number of records that still cannot be used.
    pub quarantined_count: i64,
    pub drift: Vec<Drift>,
    /// Newest first.
    pub defects: Vec<RecordDefect>,
    pub relations: Vec<RelationSize>,
    /// Each view with a table that it reads.
    pub view_reads: Vec<(String, String)>,
    /// The login that reads for the pages could also change or drop the tables: no separate role is set up for it.
    pub is_read_as_owner: bool,
}

impl PipelineState {
    /// Returns the number of requests of the last hour that count against the budget.
    pub fn spent_count(&self) -> usize {
        self.requests.iter().filter(|request| request.is_counted).count()
    }

    pub fn is_running(&self) -> bool {
        self.history.iter().any(|run| run.state == RunState::Running)
    }
}
