//! The numbers behind `/analysis`: what flew, how it went, how closely it followed, and how long announced dates held.

use chrono::{DateTime, Utc};
use strum::EnumString;

use crate::Gaps;

/// What launches are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum CountedBy {
    Year,
    Provider,
    Rocket,
    Country,
    Orbit,
}

/// Launches that have left the pad and have one thing in common, by outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeCount {
    pub by: CountedBy,
    /// The year, or LL2's id; a country has its code in place of a name.
    pub id: Option<i32>,
    /// None: not given for these launches.
    pub name: Option<String>,
    pub abbrev: Option<String>,
    pub succeeded: u32,
    pub partly: u32,
    pub failed: u32,
    /// No outcome is known yet.
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

/// Whose launches follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum Follows {
    Provider,
    Pad,
}

/// How closely the launches of a provider or of a pad follow each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Cadence {
    pub of: Follows,
    pub id: i32,
    pub name: String,
    pub abbrev: Option<String>,
    pub flown: u32,
    /// None: there are no two launches on known days with nothing unknown between.
    pub gaps: Option<Gaps>,
}

/// How many days launches flew after the date that was listed while there were so many days to go.
#[derive(Clone, Debug, PartialEq)]
pub struct Lateness {
    /// None: of all providers together.
    pub provider: Option<String>,
    pub abbrev: Option<String>,
    /// Days to go when the date was looked at.
    pub days_ahead: i32,
    pub count: u32,
    /// Of them flown on the listed day.
    pub on_the_day: u32,
    /// Nine in ten were later than the first, one in ten later than the last; negative days are early ones.
    pub tenth: f64,
    pub lower_quartile: f64,
    pub median: f64,
    pub upper_quartile: f64,
    pub ninetieth: f64,
}

/// Announced dates whose watch ended after so many whole days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WatchEnd {
    pub day: u32,
    /// The date was moved or taken back.
    pub broken: u32,
    /// The launch flew on it, was deleted, or the date still stands: nobody knows how long it would have.
    pub kept: u32,
}

/// The chance that an announced date still stands so many days after it was first seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    pub days: u32,
    pub share: f64,
    /// Ends of the 90% interval.
    pub low: f64,
    pub high: f64,
    /// Dates that were watched for so long.
    pub watched: u32,
}

/// Everything on `/analysis`.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// The earliest launch we hold that left the pad.
    pub since: Option<DateTime<Utc>>,
    pub outcomes: Vec<OutcomeCount>,
    /// Cadences count launches from here on.
    pub cadence_since: DateTime<Utc>,
    pub cadences: Vec<Cadence>,
    pub lateness: Vec<Lateness>,
    pub watch_ends: Vec<WatchEnd>,
}

/// The quantile of the normal distribution that leaves a twentieth on each side.
const Z: f64 = 1.644_853_626_951_472_2;

/// The survival curve of announced dates at some ages, by the estimate of Kaplan and Meier (JASA 53, 1958): a date whose watch ended
/// without a break counts as long as it was watched and no longer. The interval is Greenwood's on the log-log scale, which never leaves
/// 0 to 1. An age at which nothing was watched any more is left out: of it nothing is known.
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

/// Where no date broke, or every date did, the log-log scale has no width; the rule of three's cousin for 90% stands in: as wide as so
/// many unbroken trials allow.
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
