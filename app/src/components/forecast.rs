//! Forecasts in words.

use chrono::{DateTime, Utc};
use domain::{DateForecast, SuccessForecast};

/// When the launch will fly, and what that rests on.
pub(crate) fn when(date: &DateForecast) -> String {
    let day = |at: Option<DateTime<Utc>>| {
        at.map_or_else(|| "later than can be said".to_owned(), |at| at.format("%-d %b %Y").to_string())
    };
    format!(
        "As likely before {} as after it; four of five have flown by {}. Rests on {} launches: {}.",
        day(date.p50()),
        day(date.p80()),
        date.n(),
        date.rests_on().describe()
    )
}

/// How the flights that the chance of success rests on went.
pub(crate) fn record(success: &SuccessForecast) -> String {
    let partial = match success.partial {
        0 => String::new(),
        count => format!(", {count} in part"),
    };
    format!(
        "{} of {} succeeded{partial}. Rests on {}.",
        success.succeeded,
        success.chance.n(),
        success.rests_on.describe()
    )
}
