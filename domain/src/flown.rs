use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Statistics of past launches, for the charts over history. They count only flights in the warehouse; LL2's own
/// counters include other flights and leave some out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlownRecord {
    pub rockets: Vec<RocketFlights>,
    pub pads: Vec<PadTurnaround>,
    /// When LL2 last sent data. For a board of the past: the last time before that board.
    pub as_of: Option<DateTime<Utc>>,
}

/// Outcomes of the known flights of a rocket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RocketFlights {
    pub rocket_id: i32,
    pub succeeded: u32,
    /// Partial failures: neither a success nor a failure.
    pub partly: u32,
    pub failed: u32,
}

impl RocketFlights {
    pub fn count(&self) -> u32 {
        self.succeeded + self.partly + self.failed
    }
}

/// The intervals between launches from a pad.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PadTurnaround {
    pub pad_id: i32,
    /// Known launches from it.
    pub flown: u32,
    /// How many of them have no known day: no gap is counted across such a launch.
    pub undated: u32,
    /// Gaps between consecutive launches, with their distribution. None if there is no gap.
    pub gaps: Option<Gaps>,
}

/// Days from one launch to the next, as whole days between their UTC dates. Quartiles are interpolated.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gaps {
    pub count: u32,
    pub shortest: f64,
    pub lower_quartile: f64,
    pub median: f64,
    pub upper_quartile: f64,
    pub longest: f64,
}
