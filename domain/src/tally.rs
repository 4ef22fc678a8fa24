use chrono::{DateTime, Utc};

/// Number of stored launches of a subject by outcome. Every launch that LL2 has not deleted is in one of the first
/// five.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Tally {
    pub succeeded: i64,
    pub partly_failed: i64,
    pub failed: i64,
    /// Flown, or no longer listed as upcoming, without a known outcome.
    pub unsettled: i64,
    /// Listed as upcoming and still on the ground.
    pub ahead: i64,
    /// NET of the earliest launch with an outcome: the start of the counts.
    pub since: Option<DateTime<Utc>>,
}

impl Tally {
    /// Returns the number of launches with an outcome: the denominator of the success rate.
    pub fn settled(&self) -> i64 {
        self.succeeded + self.partly_failed + self.failed
    }

    /// Returns the number of past launches.
    pub fn past(&self) -> i64 {
        self.settled() + self.unsettled
    }
}
