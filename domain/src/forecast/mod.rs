//! What is predicted of a launch: whether it succeeds, and when it really goes. Made by the crate `forecast`, kept by the
//! database, read here. Everything is held as integers, so that no number can be NaN and a board of them stays small.

mod chance;
mod date;
mod json;
mod text;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use self::{
    chance::{Chance, Ground, SuccessForecast},
    date::{DATE_LEVELS, DateForecast},
};

/// Everything predicted of one launch at one time. What could not be said is none, never a guess.
///
/// The database keeps it as JSON, and so it goes to the browser; the API writes its own form, for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaunchForecast {
    pub made_at: DateTime<Utc>,
    pub success: Option<SuccessForecast>,
    pub date: Option<DateForecast>,
}
