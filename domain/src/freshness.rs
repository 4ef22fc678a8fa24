use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// Where the published data came from. Every page, export and feed marks simulated data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Source {
    /// Launch Library 2.
    Live,
    /// Our own simulator, with an invented or replayed world.
    Simulated,
}

impl Source {
    pub fn slug(self) -> &'static str {
        self.into()
    }
}

/// The age of the published data, and the state of the ingest job. The body of `/api/v1/freshness`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Freshness {
    pub source: Source,
    /// When LL2 last sent what is published. Null before the first run.
    pub as_of: Option<DateTime<Utc>>,
    /// When the newest run failed. Null if it succeeded.
    pub failed_at: Option<DateTime<Utc>>,
    /// That run fetched data, but its data tests blocked publication.
    pub blocked: bool,
    /// Start of the run that is in progress.
    pub running_since: Option<DateTime<Utc>>,
    /// The last sweep received every launch that LL2 counted.
    pub complete: Option<bool>,
    pub upcoming_count: i64,
    /// The newest run that published.
    pub run_id: Option<i64>,
    /// The longest pause between runs. Data older than twice this is stale.
    pub poll_seconds: i64,
    /// Set while the database is unreachable: when it last responded. All other values are from that time. Otherwise
    /// left out of JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unreachable_since: Option<DateTime<Utc>>,
}

/// Summary of the freshness.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FreshnessState {
    Fresh,
    /// The database is unreachable. The data shown was read before that.
    Unreachable,
    /// No successful run for two polling intervals.
    Stale,
    /// The newest run failed. The data shown is from the last successful run.
    Failed,
    /// The newest data did not pass its tests. The data shown is the last that did.
    Blocked,
    /// Nothing has been published yet.
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

    /// Returns the age of the data in words: "just now", "12 min ago", "3 h ago", "8 days ago".
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
