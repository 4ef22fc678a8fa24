use chrono::{DateTime, Utc};

use crate::Source;

/// The accuracy of our forecasts, for outcomes known so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Scorecard {
    /// When LL2 was last read; nothing later is known.
    pub as_of: Option<DateTime<Utc>>,
    pub source: Source,
    /// Scores of forecasts made before the flight. All flights first, then by provider, most flights first.
    pub success: Vec<SuccessScore>,
    /// Forecasts grouped by predicted probability, with the observed success rate.
    pub calibration: Vec<CalibrationBin>,
    pub retrodicted: Retrodicted,
    /// All forecasts first, then those of launches that have flown and that have not, then by horizon, then by
    /// provider.
    pub dates: Vec<DateScore>,
}

/// Flights without a forecast made in advance, predicted afterwards by the current model from the earlier flights only.
/// Never mixed with real forecasts: the authors of the model already knew how other models had performed.
#[derive(Clone, Debug, PartialEq)]
pub struct Retrodicted {
    /// Earlier flights are only training data: the model's constants were chosen on them.
    pub since: DateTime<Utc>,
    pub success: Vec<SuccessScore>,
    pub calibration: Vec<CalibrationBin>,
}

/// The 95 % interval of a figure: blocks (weeks for success, launches for dates) are treated as independent of each
/// other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

/// How much lower our loss is than another's, as a share of theirs. Negative if ours is higher.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoreGain {
    pub share: f64,
    /// Null for fewer than eight blocks.
    pub interval: Option<Interval>,
}

/// Forecasts of success of flown launches: one for each flight.
#[derive(Clone, Debug, PartialEq)]
pub struct SuccessScore {
    /// None for all providers.
    pub provider: Option<String>,
    pub flights: i64,
    pub successes: i64,
    /// In nats; lower is better.
    pub log_loss: f64,
    pub log_loss_interval: Option<Interval>,
    pub brier: f64,
    pub brier_interval: Option<Interval>,
    pub baselines: Vec<RuleScore>,
}

/// The score of a simple rule on the same flights.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleScore {
    pub name: &'static str,
    pub formula: &'static str,
    pub log_loss: f64,
    pub log_loss_interval: Option<Interval>,
    pub brier: f64,
    pub brier_interval: Option<Interval>,
    /// Gain of our log loss over the rule's.
    pub gain: Option<ScoreGain>,
}

/// Forecasts whose probability lies in `[from, to)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CalibrationBin {
    pub from: f64,
    pub to: f64,
    pub flights: i64,
    pub successes: i64,
    /// The mean of the predictions.
    pub predicted: f64,
}

/// The common attribute of a group of date forecasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateGroup {
    All,
    /// Launches that have flown. The slowest launches are therefore missing.
    Flown,
    /// Launches that had not flown by the end of the data.
    Waiting,
    /// Days between the forecast and the announced NET.
    Horizon(String),
    Provider(String),
}

/// Forecasts of dates, one per day and launch. In forecast and outcome alike, times after the end of the data are cut
/// to that end.
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
    /// Pinball loss of the rule that the announced date is right.
    pub announced_pinball_days: [f64; 2],
    pub announced_pinball_intervals: [Option<Interval>; 2],
    /// Gain of our P50 and P80 together.
    pub gain_over_announced: Option<ScoreGain>,
    /// Pinball loss of the quantiles of all launches announced as far ahead.
    pub horizon_pinball_days: [f64; 2],
    pub horizon_pinball_intervals: [Option<Interval>; 2],
    pub gain_over_horizon: Option<ScoreGain>,
    /// Share of launches that flew within the 80 % band. None if none has been decided.
    pub coverage: Option<f64>,
    pub coverage_interval: Option<Interval>,
    pub coverage_forecasts: i64,
    /// Brier score of the probability to fly when announced. None if none has been decided.
    pub brier: Option<f64>,
    pub brier_interval: Option<Interval>,
    /// Brier score if the announcement is taken as certain.
    pub announced_brier: Option<f64>,
    pub announced_brier_interval: Option<Interval>,
}
