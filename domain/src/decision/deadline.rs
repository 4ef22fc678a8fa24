use chrono::{DateTime, TimeDelta, Utc};

use super::{DecisionQuery, Ranked};
use crate::Launch;

/// Until when the choice can wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecideBy {
    /// From then on waiting may cost a ride. Never before now.
    pub at: DateTime<Utc>,
    /// Among the launches that were asked about: the one that may leave first, the best or its fallback.
    pub held_by: usize,
    /// The best of the others that reach the bar; none: there is nothing to fall back on.
    pub fallback: Option<usize>,
    /// Others that reach the bar and must be boarded sooner: who waits lets them go.
    pub let_go: Vec<usize>,
}

impl DecideBy {
    /// The moment has come already.
    pub fn is_now(&self, now: DateTime<Utc>) -> bool {
        self.at <= now
    }
}

/// The chance with which a ride may have left before its boarding time: small enough to be safe, and not the odd pull-in.
const EARLY: f64 = 0.1;

/// The last moment at which both the best ride and the best fallback can still be boarded: the earlier of their boarding times.
/// A boarding time is the one by which the ride has flown with a chance of one in ten, less the days to prepare.
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
    // A fallback that cannot be reached any more is none.
    let fallback = ranked[1..].iter().filter(reaches_bar).find(|one| boarding(one.at).is_some_and(|at| at > now));
    let mut deadline = (boarding(best.at)?, best.at);
    if let Some(other) = fallback.and_then(|one| Some((boarding(one.at)?, one.at))) {
        deadline = deadline.min(other);
    }
    let is_sooner = |one: &&Ranked| boarding(one.at).is_some_and(|at| now < at && at < deadline.0);
    let let_go = ranked[1..].iter().filter(reaches_bar).filter(is_sooner).map(|one| one.at).collect();
    Some(DecideBy { at: deadline.0.max(now), held_by: deadline.1, fallback: fallback.map(|one| one.at), let_go })
}
