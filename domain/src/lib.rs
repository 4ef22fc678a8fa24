#![doc = include_str!("../README.md")]

mod analysis;
mod background;
mod board;
mod calendar;
mod comparison;
mod csv;
mod decision;
mod detail;
mod dictionary;
mod flown;
mod forecast;
mod freshness;
mod isolate;
mod job;
mod launch;
mod media;
mod moon;
mod net;
mod packed;
mod pipeline;
mod profile;
mod query;
mod reference;
pub mod route;
mod scorecard;
mod share;
pub mod sort;
mod status;
mod sun;
mod tally;
pub mod text;
mod visit;
mod world;

pub use analysis::{Analysis, Cadence, CountedBy, Follows, Lateness, OutcomeCount, Standing, WatchEnd, standing};
pub use background::{BackgroundState, BackgroundTask};
pub use board::{Board, PastState};
pub use calendar::{days_later, month_of, months_later, weeks_of};
pub use comparison::{Compared, Comparison, ComparisonError, MOST_COMPARED};
pub use csv::Csv;
pub use decision::{
    BestChance, Clearness, DecideBy, Decision, DecisionQuery, Draws, EARLIEST, Excluded, ExclusionReason, Factor,
    FactorKind, LATEST, Lift, Movement, NoRecommendation, Overtaking, Ranked, Stake, Weights, WindowEnd, nearness,
    overtaken_by_slip, overtaken_by_weight, shares_by_window_end,
};
pub use detail::{
    AgencyRecord, Attempts, Booster, CrewMember, FlightRecord, LaunchDetail, Link, NetChange, NetChangeKind,
    NetDirection, PadRecord, Patch, Payload, PrecisionChange, ProgramRecord, ProviderRecord, Revision, RocketRecord,
    SpacecraftFlight, Update, Video,
};
pub use dictionary::{Column, CoveringTest, Dictionary, Layer, OLD_NAMES, Relation};
pub use flown::{FlownRecord, Gaps, PadTurnaround, RocketFlights};
pub use forecast::{
    Basis, CALIBRATED_DAYS, Chance, DATE_LEVELS, DateForecast, LaunchForecast, RecordKnowledge, SUCCESS_RECORDS,
    SuccessForecast,
};
pub use freshness::{Freshness, FreshnessState, Source};
pub use isolate::Isolate;
pub use job::{
    DefectTreatment, DriftState, RequestOutcome, RequestPurpose, RunKind, RunState, RunTrigger, StepName, TestSeverity,
};
pub use launch::Launch;
pub use media::media_path;
pub use moon::{DeltaV, Evidence, EvidenceKind, MoonFacts, MoonReach, MoonTier, Stance, transfer};
pub use net::{Countdown, Granularity, NetPrecision, NetSpan};
pub use pipeline::{
    Allowance, Backfill, Blueprint, DataTest, Drift, ExecutedStatement, PipelineState, PlannedTask, Quarantined,
    RecordDefect, RelationSize, ReportedLimit, Run, RunDetail, RunOutcome, SentRequest, Step, TestAcknowledgement,
    TestResult, Transform,
};
pub use profile::{About, Companion, Profile, Subject};
pub use query::{
    Alarm, Answer, BoardQuery, Choice, Control, Facet, FacetOption, Index, Lanes, Order, Part, QueryError, Selection,
    Sort, TableColumn, View, Words, check_moment, facet_options, is_tracking_key, known_pairs, query_pairs,
    without_tracking,
};
pub use reference::{Location, Mission, Orbit, Pad, Program, Provider, Rocket};
pub use scorecard::{
    CalibrationBin, DateReliability, DateRule, DateScore, Interval, Retrodicted, RuleScore, ScoreGain, Scorecard,
    SuccessScore,
};
pub use share::Share;
pub use status::{Status, StatusKind};
pub use sun::{Daylight, Sun};
pub use tally::Tally;
pub use visit::{Visit, VisitChange, VisitChangeKind};
pub use world::{WORLD_HEIGHT, WORLD_WIDTH, place_on_map};

/// Returns the variants that `strum` lists as an array. Views and queries need an array because it can be mapped to
/// another one.
pub const fn variants<T: Copy, const N: usize>(all: &[T]) -> [T; N] {
    match all.first_chunk() {
        Some(all) => *all,
        None => panic!("the array and the list of variants have different lengths"),
    }
}

#[cfg(test)]
mod tests;
