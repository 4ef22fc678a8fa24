mod backtest;
mod cdf;
mod minimize;
mod movement;
mod score;
mod slip;
mod slip_score;
mod success;
mod weibull;

use chrono::{DateTime, Utc};

pub(super) fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a valid time")
}
