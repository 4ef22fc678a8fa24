use chrono::{DateTime, Utc};

use crate::Source;

/// How good our forecasts have been, as far as what they were about has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Scorecard {
    /// LL2 was last read then; nothing later is known.
    pub as_of: Option<DateTime<Utc>>,
    pub source: Source,
    /// Forecasts made before the flight. Of all flights first, then by provider, most flights first.
    pub success: Vec<SuccessScore>,
    /// Forecasts of about one chance, and how often it came.
    pub calibration: Vec<CalibrationBin>,
    pub retrodicted: Retrodicted,
    /// Of all forecasts first, then of launches that have flown and that have not, then by horizon, then by provider.
    pub dates: Vec<DateScore>,
}

/// Flights of which there is no forecast made before, predicted afterwards by today's model from the flights before each. Never mixed with those
/// made before: who made them knew how the models of others had fared.
#[derive(Clone, Debug, PartialEq)]
pub struct Retrodicted {
    /// Earlier flights only teach: on them the model's constants were chosen.
    pub since: DateTime<Utc>,
    pub success: Vec<SuccessScore>,
    pub calibration: Vec<CalibrationBin>,
}

/// Where a figure would lie in 19 of 20 repetitions, blocks (weeks for success, launches for dates) being independent of each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

/// By how much our loss is below another's, as a share of theirs; negative where it is above.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoreGain {
    pub share: f64,
    /// Null of fewer than eight blocks.
    pub interval: Option<Interval>,
}

/// Forecasts of success of flown launches: one of each flight.
#[derive(Clone, Debug, PartialEq)]
pub struct SuccessScore {
    /// None: of all.
    pub provider: Option<String>,
    pub flights: i64,
    pub successes: i64,
    /// In nats, less is better.
    pub log_loss: f64,
    pub log_loss_interval: Option<Interval>,
    pub brier: f64,
    pub brier_interval: Option<Interval>,
    pub baselines: Vec<RuleScore>,
}

/// What a rule of thumb would have scored on the same flights.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleScore {
    pub name: &'static str,
    pub formula: &'static str,
    pub log_loss: f64,
    pub log_loss_interval: Option<Interval>,
    pub brier: f64,
    pub brier_interval: Option<Interval>,
    /// Of our log loss over the rule's.
    pub gain: Option<ScoreGain>,
}

/// Forecasts whose chance lies in `[from, to)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CalibrationBin {
    pub from: f64,
    pub to: f64,
    pub flights: i64,
    pub successes: i64,
    /// The mean of what was predicted.
    pub predicted: f64,
}

/// What a group of date forecasts has in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateGroup {
    All,
    /// Launches that have flown, which leaves out the slowest.
    Flown,
    /// Launches that wait when what is known ends.
    Waiting,
    /// Days between the forecast and the announced NET.
    Horizon(String),
    Provider(String),
}

/// Forecasts of dates, one a day and launch. Times after the end of what is known count as that end, in forecast and outcome alike.
#[derive(Clone, Debug, PartialEq)]
pub struct DateScore {
    pub group: DateGroup,
    pub forecasts: i64,
    pub launches: i64,
    /// Forecasts of launches that have not flown yet.
    pub waiting: i64,
    /// Mean pinball loss of P50 and of P80, in days beyond the announced period.
    pub pinball_days: [f64; 2],
    pub pinball_intervals: [Option<Interval>; 2],
    /// Of the rule that the announced date is right.
    pub announced_pinball_days: [f64; 2],
    pub announced_pinball_intervals: [Option<Interval>; 2],
    /// Of our P50 and P80 together.
    pub gain_over_announced: Option<ScoreGain>,
    /// Of the quantiles of all launches announced as far ahead.
    pub horizon_pinball_days: [f64; 2],
    pub horizon_pinball_intervals: [Option<Interval>; 2],
    pub gain_over_horizon: Option<ScoreGain>,
    /// Share of launches that flew within the 80 % band; none while none is decided.
    pub coverage: Option<f64>,
    pub coverage_interval: Option<Interval>,
    pub coverage_forecasts: i64,
    /// Of the chance to fly when announced; none while none is decided.
    pub brier: Option<f64>,
    pub brier_interval: Option<Interval>,
    /// Of taking the announcement as certain.
    pub announced_brier: Option<f64>,
    pub announced_brier_interval: Option<Interval>,
}
