//! The predictions for a launch: whether it succeeds, and when it really flies. The crate `forecast` makes them, the
//! database stores them, this module reads them. All values are integers, so that no number can be NaN and a board of
//! forecasts stays small.

mod chance;
mod date;
mod json;
mod text;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

pub use self::{
    chance::{Basis, Chance, RecordKnowledge, SUCCESS_RECORDS, SuccessForecast},
    date::{DATE_LEVELS, DateForecast},
};

/// Everything predicted for one launch at one time. A value that could not be predicted is None, never a guess.
///
/// The database and the browser receive it as JSON; the API has a separate form, for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaunchForecast {
    pub made_at: DateTime<Utc>,
    pub success: Option<SuccessForecast>,
    pub date: Option<DateForecast>,
}

/// Days ahead up to which it is known how often forecasts of dates come true: few launches that were announced for
/// longer ahead have flown while we watched.
pub const CALIBRATED_DAYS: i64 = 90;

impl LaunchForecast {
    /// Returns whether the announced date was so far ahead that the calibration of the date forecast is not known.
    pub fn is_beyond_calibration(&self) -> bool {
        self.date.is_some_and(|date| date.announced() - self.made_at > TimeDelta::days(CALIBRATED_DAYS))
    }
}
