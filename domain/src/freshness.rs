use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// Where the published data came from. Simulated data says so on every page, export and feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Source {
    /// Launch Library 2.
    Live,
    /// Our own simulator, invented or replayed.
    Simulated,
}

impl Source {
    pub fn slug(self) -> &'static str {
        self.into()
    }
}

/// How old the published data is, and how the job is doing. The body of `/api/v1/freshness`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Freshness {
    pub source: Source,
    /// When LL2 last told us what is published; null before the first run.
    pub as_of: Option<DateTime<Utc>>,
    /// The newest run failed at this time; null when the last one was good.
    pub failed_at: Option<DateTime<Utc>>,
    /// That run had fetched, and its data tests kept it from publishing.
    pub blocked: bool,
    /// A run is at work since this time.
    pub running_since: Option<DateTime<Utc>>,
    /// The last sweep heard of every launch that LL2 counted.
    pub complete: Option<bool>,
    pub upcoming_count: i64,
    /// The newest run that published.
    pub run_id: Option<i64>,
    /// The longest pause between runs; twice this without news is stale.
    pub poll_seconds: i64,
    /// Set while the database cannot be reached: when it last answered. All the rest is as it was then. Left out of JSON otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unreachable_since: Option<DateTime<Utc>>,
}

/// Freshness in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FreshnessState {
    Fresh,
    /// The database cannot be reached; what is shown was read before that.
    Unreachable,
    /// No good run for two polling intervals.
    Stale,
    /// The newest run failed; what is shown is the last good data.
    Failed,
    /// The newest data did not pass its tests; what is shown is the last that did.
    Blocked,
    /// Nothing was ever published.
    Empty,
}

impl Freshness {
    pub fn state(&self, now: DateTime<Utc>) -> FreshnessState {
        if self.unreachable_since.is_some() {
            return FreshnessState::Unreachable;
        }
        match (self.as_of, self.failed_at) {
            (None, None) => FreshnessState::Empty,
            (_, Some(_)) if self.blocked => FreshnessState::Blocked,
            (_, Some(_)) => FreshnessState::Failed,
            (Some(as_of), None) if now - as_of > Duration::seconds(self.poll_seconds * 2) => FreshnessState::Stale,
            (Some(_), None) => FreshnessState::Fresh,
        }
    }

    /// The age of the data in words: "just now", "12 min", "3 h", "8 days".
    pub fn age(&self, now: DateTime<Utc>) -> Option<String> {
        let age = now - self.as_of?;
        Some(match age {
            age if age < Duration::minutes(1) => "just now".to_owned(),
            age if age < Duration::hours(1) => format!("{} min ago", age.num_minutes()),
            age if age < Duration::days(2) => format!("{} h ago", age.num_hours()),
            age => format!("{} days ago", age.num_days()),
        })
    }
}
