use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{FromDomain, Source, view};

view! {
    /// How good the forecasts have been, as far as their outcomes are known.
    Scorecard of domain::Scorecard {
        /// LL2 was last read then; nothing later is known.
        as_of: Option<DateTime<Utc>>,
        source: Source,
        /// Forecasts made before the flight. Of all flights first, then by provider, most flights first.
        success: Vec<SuccessScore>,
        /// Forecasts of about one chance, and how often it came true.
        calibration: Vec<CalibrationBin>,
        retrodicted: Retrodicted,
        /// Of all forecasts first, then of launches that have flown and that have not, then by horizon, then by provider.
        dates: Vec<DateScore>,
    }
}

view! {
    /// Flights without a forecast made before, predicted afterwards by today's model from the flights before each.
    Retrodicted of domain::Retrodicted {
        /// Earlier flights only teach: the model's constants were chosen on them.
        since: DateTime<Utc>,
        success: Vec<SuccessScore>,
        calibration: Vec<CalibrationBin>,
    }
}

view! {
    /// Where a figure would lie in 19 of 20 repetitions.
    Interval of domain::Interval {
        low: f64,
        high: f64,
    }
}

view! {
    /// By how much our loss is below another's, as a share of theirs; negative where it is above.
    ScoreGain of domain::ScoreGain {
        share: f64,
        /// Null where there are too few flights for one.
        interval: Option<Interval>,
    }
}

view! {
    /// Forecasts of success of flown launches, one of each flight.
    SuccessScore of domain::SuccessScore {
        /// Null: of all.
        provider: Option<String>,
        flights: i64,
        successes: i64,
        /// In nats, less is better.
        log_loss: f64,
        log_loss_interval: Option<Interval>,
        brier: f64,
        brier_interval: Option<Interval>,
        baselines: Vec<RuleScore>,
    }
}

view! {
    /// What a rule of thumb would have scored on the same flights.
    RuleScore of domain::RuleScore {
        name: &'static str,
        formula: &'static str,
        log_loss: f64,
        log_loss_interval: Option<Interval>,
        brier: f64,
        brier_interval: Option<Interval>,
        /// Of our log loss over the rule's.
        gain: Option<ScoreGain>,
    }
}

view! {
    /// Forecasts whose chance is at least `from` and less than `to`.
    CalibrationBin of domain::CalibrationBin {
        from: f64,
        to: f64,
        flights: i64,
        successes: i64,
        /// The mean of what was predicted.
        predicted: f64,
    }
}

/// What a group of date forecasts has in common.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "by", content = "group")]
pub(in crate::web::api) enum DateGroup {
    All,
    /// Launches that have flown, which leaves out the slowest.
    Flown,
    /// Launches that wait when what is known ends.
    Waiting,
    /// Days between the forecast and the announced NET.
    Horizon(String),
    Provider(String),
}

impl FromDomain<domain::DateGroup> for DateGroup {
    fn from_domain(domain: domain::DateGroup) -> Self {
        match domain {
            domain::DateGroup::All => Self::All,
            domain::DateGroup::Flown => Self::Flown,
            domain::DateGroup::Waiting => Self::Waiting,
            domain::DateGroup::Horizon(days) => Self::Horizon(days),
            domain::DateGroup::Provider(name) => Self::Provider(name),
        }
    }
}

view! {
    /// Forecasts of dates, one a day and launch. Times after the end of what is known count as that end, in forecast and outcome alike.
    DateScore of domain::DateScore {
        group: DateGroup,
        forecasts: i64,
        launches: i64,
        /// Forecasts of launches that have not flown yet.
        waiting: i64,
        /// Mean pinball loss of P50 and of P80, in days beyond the announced period.
        pinball_days: [f64; 2],
        pinball_intervals: [Option<Interval>; 2],
        /// Of the rule that the announced date is right.
        announced_pinball_days: [f64; 2],
        announced_pinball_intervals: [Option<Interval>; 2],
        /// Of our P50 and P80 together.
        gain_over_announced: Option<ScoreGain>,
        /// Of the quantiles of all launches announced as far ahead.
        horizon_pinball_days: [f64; 2],
        horizon_pinball_intervals: [Option<Interval>; 2],
        gain_over_horizon: Option<ScoreGain>,
        /// Share of launches that flew within the 80 % band; null while none is decided.
        coverage: Option<f64>,
        coverage_interval: Option<Interval>,
        coverage_forecasts: i64,
        /// Of the chance to fly when announced; null while none is decided.
        brier: Option<f64>,
        brier_interval: Option<Interval>,
        /// Of taking the announcement as certain.
        announced_brier: Option<f64>,
        announced_brier_interval: Option<Interval>,
    }
}
