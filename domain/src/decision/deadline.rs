use chrono::{DateTime, TimeDelta, Utc};

use super::{DecisionQuery, Ranked};
use crate::Launch;

/// The time until which the decision can wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecideBy {
    /// After this time, waiting may cost a ride. Never before now.
    pub at: DateTime<Utc>,
    /// Index of the launch that sets the deadline because it may leave first: the best one or its fallback.
    pub held_by: usize,
    /// The best of the other launches that reach the threshold. None if there is no fallback.
    pub fallback: Option<usize>,
    /// Other launches that reach the threshold but must be boarded before `at`: they are lost by waiting.
    pub let_go: Vec<usize>,
}

impl DecideBy {
    /// Returns whether the deadline has been reached.
    pub fn is_now(&self, now: DateTime<Utc>) -> bool {
        self.at <= now
    }
}

/// The probability that a ride left before its boarding time: small enough to be safe, and large enough to ignore a
/// rare pull-in.
const EARLY: f64 = 0.1;

/// Returns the last moment at which both the best ride and the best fallback can still be boarded: the earlier of their
/// boarding times. A boarding time is the time by which the ride has flown with a probability of 10 %, minus the days
/// to prepare.
pub(super) fn of(
    launches: &[Launch],
    ranked: &[Ranked],
    query: &DecisionQuery,
    now: DateTime<Utc>,
) -> Option<DecideBy> {
    let best = ranked.first()?;
    let reaches_bar = |one: &&Ranked| one.score.estimate() * 100.0 >= f64::from(query.bar);
    let boarding = |at: usize| {
        let leaves = launches.get(at)?.forecast.as_deref()?.date?.quantile(EARLY)?;
        leaves.checked_sub_signed(TimeDelta::days(i64::from(query.prepare)))
    };
    // A ride that can no longer be boarded is not a fallback.
    let fallback = ranked[1..].iter().filter(reaches_bar).find(|one| boarding(one.at).is_some_and(|at| at > now));
    let mut deadline = (boarding(best.at)?, best.at);
    if let Some(other) = fallback.and_then(|one| Some((boarding(one.at)?, one.at))) {
        deadline = deadline.min(other);
    }
    let is_sooner = |one: &&Ranked| boarding(one.at).is_some_and(|at| now < at && at < deadline.0);
    let let_go = ranked[1..].iter().filter(reaches_bar).filter(is_sooner).map(|one| one.at).collect();
    Some(DecideBy { at: deadline.0.max(now), held_by: deadline.1, fallback: fallback.map(|one| one.at), let_go })
}
