//! The values that the ingest job writes about itself to text columns: one enum for each column, with the texts that
//! its check constraint allows. A test of the warehouse crate asserts that both are equal. The column of [`StepName`]
//! has no constraint. Any other text is an error when it is read.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

/// The kind of a run (`ingest_run.kind`), or of a planned run (`ingest_plan.task`).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Display, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum RunKind {
    /// The complete upcoming list.
    Sweep,
    /// Launches edited since the last check.
    Changed,
    /// Launches that left the list without an outcome.
    FollowUp,
    /// A page of past launches.
    Backfill,
    /// Archived responses.
    Import,
    /// The star schema rebuilt from landed pages.
    Replay,
}

/// What started a run (`ingest_run.trigger`).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Display, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum RunTrigger {
    /// The program started.
    Start,
    /// The pause between runs ended.
    Schedule,
    /// A person requested it.
    Command,
}

/// The state of a run or of one of its steps (`ingest_run.state`, `ingest_step.state`).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Display, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum RunState {
    Running,
    Succeeded,
    Failed,
    /// Only for a step: not needed in this run.
    Skipped,
}

/// The name of a step of a run (`ingest_step.name`). The column has no check constraint, so that a replica of
/// the last release can write while this one starts. A new name must be readable one release before it is written: a
/// replica that does not know it cannot show the run.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Display, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum StepName {
    /// Requests pages from LL2 and lands them.
    Fetch,
    /// Requests launches that left the list.
    #[serde(rename = "follow up")]
    #[strum(to_string = "follow up")]
    FollowUp,
    /// Lands archived files.
    Land,
    Stage,
    Transform,
    Forecast,
    /// Runs the data tests.
    Test,
    Publish,
    /// Replays every published run.
    Rebuild,
    /// Finds the quarantined records that can be parsed now.
    Read,
    /// Loads them.
    Load,
}

/// The purpose of a row of `ingest_request` (`purpose`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Display, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum RequestPurpose {
    /// A page of the upcoming list.
    Upcoming,
    /// A page of the launches edited since the last check.
    Changed,
    /// One launch by its id.
    FollowUp,
    /// A page of past launches.
    History,
    /// The rest of the allowance.
    Throttle,
    /// An archived file: no request is sent.
    Import,
    /// A page landed by an earlier sweep and reused by this one: no request is sent.
    Resumed,
}

/// The result of a request (`ingest_request.outcome`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Display, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum RequestOutcome {
    /// Not known, or not yet; counts as sent.
    Sent,
    /// The response is landed.
    Accepted,
    /// 429.
    Throttled,
    /// The response is not what was requested.
    Rejected,
    /// No response, or a server error.
    Failed,
    /// 404: the launch was deleted or merged upstream.
    Gone,
}

/// The effect of a failed data test on a run (`data_test_result.severity`).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum TestSeverity {
    /// Nothing is published.
    Block,
    /// The data is published with a warning.
    Warn,
}

/// How a JSON path compares with those that LL2 sent before (`schema_drift.state`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Display, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum DriftState {
    /// In the baseline, or below a path that is new.
    Known,
    /// A key added to a known object.
    New,
    /// A known path with another type.
    Retyped,
    /// Absent from a complete run, although every object of its kind had it before.
    Vanished,
}

/// How a part of a record was handled that could not be kept as LL2 sent it (`raw_record_defect.treatment`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Display, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum DefectTreatment {
    /// Too long: truncated.
    Cut,
    /// Dropped: a value that is not a link, or a link with credentials.
    LeftOut,
    /// Missing or unreadable: shown as unknown.
    Unknown,
    /// Invalid JSON that was repaired: lone surrogates, numbers too large for a double, duplicate keys.
    Repaired,
}
