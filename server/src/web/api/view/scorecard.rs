use chrono::{DateTime, Utc};

use super::{Source, view};

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
        /// By horizon, then by horizon and provider for providers with enough launches.
        dates: Vec<DateScore>,
        /// By days, then by chance.
        date_reliability: Vec<DateReliability>,
        /// Forecasts of dates whose outcome is not known yet.
        dates_waiting: i64,
        /// Minimum number of launches for a verdict on dates.
        fewest_launches: i64,
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

view! {
    /// Forecasts of dates at one horizon: the first of each launch and UTC day whose look-ahead is over, whatever became of the launch. Losses are means over launches; each launch has one vote.
    DateScore of domain::DateScore {
        /// How far ahead of its forecast the launch was announced: overdue, under_a_day, to_a_week, to_a_month, to_ninety_days, beyond.
        horizon: &'static str,
        horizon_name: &'static str,
        /// Days after the forecast over which it is scored.
        look_ahead_days: f64,
        /// Null: all providers.
        provider: Option<String>,
        forecasts: i64,
        /// Forecasts whose outcome is not known yet.
        waiting: i64,
        launches: i64,
        /// The squared difference between the chance to have flown and whether it has, summed over the look-ahead; less is better.
        integrated_brier_days: f64,
        integrated_brier_interval: Option<Interval>,
        /// Pinball loss of P50 and of P80; times after the look-ahead count as its end.
        pinball_days: [f64; 2],
        /// The rules on the same forecasts.
        rules: Vec<DateRule>,
        /// Share of launches that flew within the 80 % band, over the forecasts whose P90 lies before the end of what is known; null if there are none.
        coverage: Option<f64>,
        coverage_interval: Option<Interval>,
        /// Share of launches that flew by P90, over the same.
        by_p90: Option<f64>,
        coverage_launches: i64,
    }
}

view! {
    /// What a simple rule would have scored on the same forecasts of dates.
    DateRule of domain::DateRule {
        /// announced, horizon or weibull.
        name: &'static str,
        description: &'static str,
        integrated_brier_days: f64,
        pinball_days: [f64; 2],
        /// Of our integrated Brier score over that of the rule.
        gain: Option<ScoreGain>,
        /// Of our P50 and P80 together.
        pinball_gain: Option<ScoreGain>,
        /// "better", "worse", "no difference seen", or "cannot tell" for too few launches or too few flights.
        verdict: &'static str,
    }
}

view! {
    /// Forecasts of "flies within so many days" whose chance is at least `from` and less than `to`; each launch has one vote.
    DateReliability of domain::DateReliability {
        within_days: i32,
        from: f64,
        to: f64,
        forecasts: i64,
        launches: i64,
        /// The mean of the chances, and the share that came true.
        predicted: f64,
        came: f64,
        came_interval: Option<Interval>,
    }
}
