//! The numbers on `/analysis`: launches by outcome, days between launches, and how reliable announced dates were.

use chrono::{DateTime, Utc};
use strum::EnumString;

use crate::Gaps;

/// The attribute by which launches are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum CountedBy {
    Year,
    Provider,
    Rocket,
    Country,
    Orbit,
}

/// Counts by outcome of the launches that have left the pad and share one attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeCount {
    pub by: CountedBy,
    /// The year, or LL2's id. A country has no id; its code is in `name`.
    pub id: Option<i32>,
    /// None if LL2 does not give it for these launches.
    pub name: Option<String>,
    pub abbrev: Option<String>,
    pub succeeded: u32,
    pub partly: u32,
    pub failed: u32,
    /// Launches without a known outcome yet.
    pub open: u32,
}

impl OutcomeCount {
    /// Launches with an outcome.
    pub fn settled(&self) -> u32 {
        self.succeeded + self.partly + self.failed
    }

    pub fn flown(&self) -> u32 {
        self.settled() + self.open
    }
}

/// What two consecutive launches have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum Follows {
    Provider,
    Pad,
}

/// The intervals between the launches of a provider or of a pad.
#[derive(Clone, Debug, PartialEq)]
pub struct Cadence {
    pub of: Follows,
    pub id: i32,
    pub name: String,
    pub abbrev: Option<String>,
    pub flown: u32,
    /// None if there are no two launches on known days without an undated launch between them.
    pub gaps: Option<Gaps>,
}

/// How many days later than listed the launches flew, for a listed date seen `days_ahead` days before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Lateness {
    /// None for all providers together.
    pub provider: Option<String>,
    pub abbrev: Option<String>,
    /// Days left until the listed date when it was read.
    pub days_ahead: i32,
    pub count: u32,
    /// How many of them flew on the listed day.
    pub on_the_day: u32,
    /// Quantiles of the lateness in days, from the 10th percentile to the 90th. Negative values are early launches.
    pub tenth: f64,
    pub lower_quartile: f64,
    pub median: f64,
    pub upper_quartile: f64,
    pub ninetieth: f64,
}

/// Announced dates whose observation ended after the same number of whole days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WatchEnd {
    pub day: u32,
    /// Dates that were moved or withdrawn.
    pub broken: u32,
    /// Censored dates: the launch flew on the date, was deleted, or the date is still valid. How long the date would
    /// have lasted is unknown.
    pub kept: u32,
}

/// The probability that an announced date is still unchanged `days` days after it was first seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    pub days: u32,
    pub share: f64,
    /// Lower end of the 90% interval; `high` is the upper end.
    pub low: f64,
    pub high: f64,
    /// Dates that were observed for at least this long.
    pub watched: u32,
}

/// Everything on `/analysis`.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// The earliest stored launch that left the pad.
    pub since: Option<DateTime<Utc>>,
    pub outcomes: Vec<OutcomeCount>,
    /// Cadences count launches from this time on.
    pub cadence_since: DateTime<Utc>,
    pub cadences: Vec<Cadence>,
    pub lateness: Vec<Lateness>,
    pub watch_ends: Vec<WatchEnd>,
}

/// The 95% quantile of the normal distribution: it leaves a twentieth on each side.
const Z: f64 = 1.644_853_626_951_472_2;

/// Returns the survival curve of announced dates at the given ages (in days), by the Kaplan-Meier estimator (JASA 53,
/// 1958). A date whose observation ended without a break is censored at that age. The interval is Greenwood's on the
/// log-log scale, which always stays within 0 to 1. Ages at which no date was still observed are left out, because
/// nothing is known about them.
pub fn standing(ends: &[WatchEnd], ages: &[u32]) -> Vec<Standing> {
    let mut ends: Vec<_> = ends.to_vec();
    ends.sort_by_key(|end| end.day);
    let watched_at = |day: u32| -> u32 {
        ends.iter().filter(|end| end.day >= day).map(|end| end.broken.saturating_add(end.kept)).sum()
    };
    ages.iter()
        .filter_map(|age| {
            let watched = watched_at(*age);
            if watched == 0 {
                return None;
            }
            let (mut share, mut greenwood) = (1.0, 0.0);
            for end in ends.iter().filter(|end| end.day < *age && end.broken > 0) {
                let (broken, at_risk) = (f64::from(end.broken), f64::from(watched_at(end.day)));
                share *= 1.0 - broken / at_risk;
                greenwood += broken / (at_risk * (at_risk - broken));
            }
            let (low, high) = interval(share, greenwood, watched);
            Some(Standing { days: *age, share, low, high, watched })
        })
        .collect()
}

/// Returns the 90% interval. If no date broke, or every date did, the interval on the log-log scale has no width. Then
/// a 90% variant of the rule of three is used: as wide as that many unbroken trials allow.
fn interval(share: f64, greenwood: f64, watched: u32) -> (f64, f64) {
    if share >= 1.0 {
        return (0.05_f64.powf(1.0 / f64::from(watched)), 1.0);
    }
    if share <= 0.0 {
        return (0.0, 1.0 - 0.05_f64.powf(1.0 / f64::from(watched)));
    }
    let width = Z * greenwood.sqrt() / share.ln().abs();
    (share.powf(width.exp()), share.powf((-width).exp()))
}
