//! What the job writes about itself in text columns: one enum for each, with the texts that the column's check constraint allows. A test of the
//! warehouse crate holds both equal; a text that is not among them is an error where it is read.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

/// What a run did (`ingest_run.kind`), or is planned to do (`ingest_plan.task`).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Display, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum RunKind {
    /// The complete upcoming list.
    Sweep,
    /// Launches edited since the last look.
    Changed,
    /// Launches that left the list without an outcome.
    FollowUp,
    /// A page of past launches.
    Backfill,
    /// Archived answers.
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
    /// The pause between runs was over.
    Schedule,
    /// A person asked.
    Command,
}

/// How far a run or one of its steps is (`ingest_run.state`, `ingest_step.state`).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Display, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum RunState {
    Running,
    Succeeded,
    Failed,
    /// Of a step only: not needed this time.
    Skipped,
}

/// What a row of `ingest_request` is about (`purpose`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Display, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum RequestPurpose {
    /// A page of the upcoming list.
    Upcoming,
    /// A page of the launches edited since the last look.
    Changed,
    /// One launch by its id.
    FollowUp,
    /// A page of past launches.
    History,
    /// How much of the allowance is left.
    Throttle,
    /// An archived file: nothing is sent.
    Import,
    /// A page that an earlier sweep had landed and this one used again: nothing is sent.
    Resumed,
}

/// What became of a request (`ingest_request.outcome`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Display, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum RequestOutcome {
    /// Not known, or not yet; counts as sent.
    Sent,
    /// The answer is landed.
    Accepted,
    /// 429.
    Throttled,
    /// The answer is not what was asked for.
    Rejected,
    /// No answer, or an error of the server.
    Failed,
    /// 404: the launch was deleted or merged upstream.
    Gone,
}

/// What a data test may do to a run (`data_test_result.severity`).
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
    /// Published, and noted.
    Warn,
}

/// What a JSON path is beside those that LL2 sent before (`schema_drift.state`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Display, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum DriftState {
    /// In the baseline, or below a path that is new.
    Known,
    /// A key added to an object that was known.
    New,
    /// Another type of a known path.
    Retyped,
    /// Absent from a complete run, though every object of its kind had it before.
    Vanished,
}

/// What was done with a part of a record that could not be kept as LL2 sent it (`record_defect.treatment`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Display, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum DefectTreatment {
    /// Too long: its beginning is kept.
    Cut,
    /// Not kept at all: a link that is none or carries credentials.
    LeftOut,
    /// Missing or unreadable: shown as unknown.
    Unknown,
    /// JSON that no parser takes, put right: lone surrogates, numbers beyond a double, keys that come twice.
    Repaired,
}
