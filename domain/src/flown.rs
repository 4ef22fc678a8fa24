use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What is known of launches that have flown, for the charts over history. Only flights that the warehouse knows: LL2's own
/// counters know more, and less.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlownRecord {
    pub rockets: Vec<RocketFlights>,
    pub pads: Vec<PadTurnaround>,
    /// When LL2 last told us; of the board of an earlier time, when it had told us by then.
    pub as_of: Option<DateTime<Utc>>,
}

/// How the known flights of a rocket ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RocketFlights {
    pub rocket_id: i32,
    pub succeeded: u32,
    /// Flew, but not all went as planned: neither a success nor a failure.
    pub partly: u32,
    pub failed: u32,
}

impl RocketFlights {
    pub fn count(&self) -> u32 {
        self.succeeded + self.partly + self.failed
    }
}

/// How long a pad stood empty between launches.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PadTurnaround {
    pub pad_id: i32,
    /// Known launches from it.
    pub flown: u32,
    /// Of them, those whose day is not known: no gap is counted across one.
    pub undated: u32,
    /// Gaps between consecutive launches, and how they are spread; none while there is no gap.
    pub gaps: Option<Gaps>,
}

/// Days from one launch to the next: whole days between their dates in UTC, and what lies between.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gaps {
    pub count: u32,
    pub shortest: f64,
    pub lower_quartile: f64,
    pub median: f64,
    pub upper_quartile: f64,
    pub longest: f64,
}
