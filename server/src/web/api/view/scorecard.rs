use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{FromDomain, Source, view};

view! {
    /// Accuracy of the forecasts, as far as their outcomes are known.
    Scorecard of domain::Scorecard {
        /// When LL2 was last read; nothing later is known.
        as_of: Option<DateTime<Utc>>,
        source: Source,
        /// Forecasts made before the flight. All flights first, then by provider, most flights first.
        success: Vec<SuccessScore>,
        /// Forecasts grouped by their chance, and how often each group succeeded.
        calibration: Vec<CalibrationBin>,
        retrodicted: Retrodicted,
        /// All forecasts first, then launches that have flown and launches that have not, then by horizon, then by provider.
        dates: Vec<DateScore>,
    }
}

view! {
    /// Flights without a forecast made before them, predicted afterwards by today's model from the flights before each.
    Retrodicted of domain::Retrodicted {
        /// Earlier flights are training data only: the model's constants were chosen on them.
        since: DateTime<Utc>,
        success: Vec<SuccessScore>,
        calibration: Vec<CalibrationBin>,
    }
}

view! {
    /// The range of a figure in 19 of 20 repetitions.
    Interval of domain::Interval {
        low: f64,
        high: f64,
    }
}

view! {
    /// By how much our loss is below the loss of a rule, as a share of the rule's; negative if it is above.
    ScoreGain of domain::ScoreGain {
        share: f64,
        /// Null if there are too few flights for one.
        interval: Option<Interval>,
    }
}

view! {
    /// Forecasts of success of flown launches, one for each flight.
    SuccessScore of domain::SuccessScore {
        /// Null: all providers.
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
        /// Of our log loss over that of the rule.
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
        /// The mean predicted chance.
        predicted: f64,
    }
}

/// What a group of date forecasts has in common.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "by", content = "group")]
pub(in crate::web::api) enum DateGroup {
    All,
    /// Launches that have flown. This excludes the slowest.
    Flown,
    /// Launches that have not flown at the end of the data.
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
    /// Forecasts of dates, one for each day and launch. Times after the end of the data count as that end, in forecast and outcome alike.
    DateScore of domain::DateScore {
        group: DateGroup,
        forecasts: i64,
        launches: i64,
        /// Forecasts of launches that have not flown yet.
        waiting: i64,
        /// Mean pinball loss of P50 and of P80, in days beyond the announced period.
        pinball_days: [f64; 2],
        pinball_intervals: [Option<Interval>; 2],
        /// Of the rule that the announced date is correct.
        announced_pinball_days: [f64; 2],
        announced_pinball_intervals: [Option<Interval>; 2],
        /// Of our P50 and P80 together.
        gain_over_announced: Option<ScoreGain>,
        /// Of the quantiles of all launches announced equally far ahead.
        horizon_pinball_days: [f64; 2],
        horizon_pinball_intervals: [Option<Interval>; 2],
        gain_over_horizon: Option<ScoreGain>,
        /// Share of launches that flew within the 80 % band; null while no outcome is known.
        coverage: Option<f64>,
        coverage_interval: Option<Interval>,
        coverage_forecasts: i64,
        /// Of the chance to fly when announced; null while no outcome is known.
        brier: Option<f64>,
        brier_interval: Option<Interval>,
        /// Of the rule that the announcement is certain.
        announced_brier: Option<f64>,
        announced_brier_interval: Option<Interval>,
    }
}
