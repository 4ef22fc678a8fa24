use chrono::{DateTime, Utc};

use super::{
    DecisionQuery, ExclusionReason, Factor, Weights,
    excluded::exclusion,
    factor::{nearness, product},
};
use crate::{Launch, MoonTier};

/// A launch with the factors of its rank.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    /// Index into the launches of the query.
    pub at: usize,
    pub nearness: Factor,
    pub in_window: Factor,
    pub success: Factor,
    pub score: Factor,
}

impl Ranked {
    pub(super) fn new(at: usize, factors: [Factor; 3], weights: Weights) -> Self {
        let [nearness, in_window, success] = factors;
        Self { at, nearness, in_window, success, score: product(factors, weights) }
    }

    /// Returns the score that it would have if it were certain to fly in the window and to succeed.
    pub(super) fn scale(&self, weights: Weights) -> f64 {
        let [nearness, ..] = weights.exponents();
        self.nearness.estimate().powf(nearness)
    }

    /// Returns nearness, in window, success: the order used everywhere.
    pub fn factors(&self) -> [Factor; 3] {
        [self.nearness, self.in_window, self.success]
    }
}

/// Whether a launch has a rank.
pub(super) enum Judged {
    Elsewhere,
    Excluded(ExclusionReason),
    Ranked(Ranked),
}

/// Ranks one launch for a window.
pub(super) fn judge(
    launch: &Launch,
    at: usize,
    query: &DecisionQuery,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Judged {
    if !launch.moon.tier.is_moon_bound() && launch.moon.tier != MoonTier::Unknown {
        return Judged::Elsewhere;
    }
    if let Some(why) = exclusion(launch, query, now) {
        return Judged::Excluded(why);
    }
    let Some(nearness) = nearness(launch) else { return Judged::Excluded(ExclusionReason::TierUnknown) };
    let forecast = launch.forecast.as_deref();
    let Some(in_window) = forecast.and_then(|forecast| forecast.date?.chance_within(from, to)) else {
        return Judged::Excluded(ExclusionReason::NoDate);
    };
    let Some(success) = forecast.and_then(|forecast| forecast.success) else {
        return Judged::Excluded(ExclusionReason::NoSuccess);
    };
    Judged::Ranked(Ranked::new(at, [nearness, Factor::of(in_window), Factor::of(success.chance)], query.weights))
}
