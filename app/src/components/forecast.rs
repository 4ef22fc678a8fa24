//! Forecasts in words.

use chrono::{DateTime, Utc};
use domain::{CALIBRATED_DAYS, DateForecast, LaunchForecast, SuccessForecast};

/// When the launch will fly, and what that rests on.
pub(crate) fn when(date: &DateForecast) -> String {
    let day = |at: Option<DateTime<Utc>>| {
        at.map_or_else(|| "an unknown later day".to_owned(), |at| at.format("%-d %b %Y").to_string())
    };
    format!(
        "Median date {}; 80 % chance to have flown by {}. Based on {} launches: {}.",
        day(date.p50()),
        day(date.p80()),
        date.n(),
        date.rests_on().describe()
    )
}

/// What is not known of a date forecast: how often forecasts for dates so far ahead come true.
pub(crate) fn calibration(forecast: &LaunchForecast) -> Option<String> {
    forecast.is_beyond_calibration().then(|| {
        format!(
            "Announced for more than {CALIBRATED_DAYS} days ahead: how often such forecasts come true is not known, because few of \
             these launches have flown yet."
        )
    })
}

/// How the flights that the chance of success rests on went.
pub(crate) fn record(success: &SuccessForecast) -> String {
    let partial = match success.partial {
        0 => String::new(),
        count => format!(", {count} partly"),
    };
    format!(
        "{} of {} succeeded{partial}. Based on {}.",
        success.succeeded,
        success.chance.n(),
        success.rests_on.describe()
    )
}
