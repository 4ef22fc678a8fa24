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
    /// By horizon, then by horizon and provider for providers with enough launches.
    pub dates: Vec<DateScore>,
    /// By days, then by chance.
    pub date_reliability: Vec<DateReliability>,
    /// Forecasts of dates whose outcome is not known yet.
    pub dates_waiting: i64,
    /// Minimum number of launches for a verdict on dates.
    pub fewest_launches: i64,
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

/// Forecasts of dates at one horizon: the first of each launch and UTC day whose look-ahead is over, whatever became of
/// the launch. Losses are means over launches; each launch has one vote, however often it was predicted.
#[derive(Clone, Debug, PartialEq)]
pub struct DateScore {
    /// How far ahead of its forecast the launch was announced: an identifier, and a name for people.
    pub horizon: &'static str,
    pub horizon_name: &'static str,
    /// Days after the forecast over which it is scored. Days of different look-aheads do not add up.
    pub look_ahead_days: f64,
    /// None for all providers.
    pub provider: Option<String>,
    pub forecasts: i64,
    /// Forecasts whose outcome is not known yet.
    pub waiting: i64,
    pub launches: i64,
    /// The squared difference between the chance to have flown and whether it has, summed over the look-ahead.
    pub integrated_brier_days: f64,
    pub integrated_brier_interval: Option<Interval>,
    /// Pinball loss of P50 and of P80. Times after the look-ahead count as its end.
    pub pinball_days: [f64; 2],
    /// The rules on the same forecasts.
    pub rules: Vec<DateRule>,
    /// Share of launches that flew within the 80 % band, over the forecasts whose P90 lies before the end of what is
    /// known. None if there are none.
    pub coverage: Option<f64>,
    pub coverage_interval: Option<Interval>,
    /// Share of launches that flew by P90, over the same.
    pub by_p90: Option<f64>,
    pub coverage_launches: i64,
}

/// The score of a simple rule on the same forecasts of dates.
#[derive(Clone, Debug, PartialEq)]
pub struct DateRule {
    pub name: &'static str,
    pub description: &'static str,
    pub integrated_brier_days: f64,
    pub pinball_days: [f64; 2],
    /// Gain of our integrated Brier score over the rule's.
    pub gain: Option<ScoreGain>,
    /// Gain of our P50 and P80 together.
    pub pinball_gain: Option<ScoreGain>,
    /// What the gain shows: "better", "worse", "no difference seen", or "cannot tell" for fewer than
    /// [`Scorecard::fewest_launches`], and where hardly any launch flies within the look-ahead.
    pub verdict: &'static str,
}

/// Forecasts of "flies within so many days" whose chance lies in `[from, to)`; each launch has one vote.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DateReliability {
    pub within_days: i32,
    pub from: f64,
    pub to: f64,
    pub forecasts: i64,
    pub launches: i64,
    /// The mean of the chances, and the share that came true.
    pub predicted: f64,
    pub came: f64,
    pub came_interval: Option<Interval>,
}
