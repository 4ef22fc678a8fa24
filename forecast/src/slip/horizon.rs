//! The baseline that uses only how far ahead and how exactly a date was announced: the moves of all launches from there,
//! launches still waiting included (Kaplan-Meier).

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    bins::in_days,
    cell::CellKey,
    course::{Announcement, Course, Outcome},
    look::weighted_looks,
};
use crate::cdf::Cdf;

/// Minimum number of launches in a group; below it, all launches announced as far ahead are used.
const ENOUGH: usize = 5;

/// Moves of launches that were announced similarly, as known at one time.
#[derive(Clone, Debug, Default)]
pub struct Horizons {
    exact: HashMap<CellKey, Moves>,
    /// By days ahead alone: [`CellKey::lead`].
    ahead: HashMap<usize, Moves>,
}

#[derive(Clone, Debug, Default)]
struct Moves {
    /// Days from the NET to the flight or to the last observation, whether it flew, and the weight; in this order.
    moves: Vec<(f64, bool, f64)>,
    launches: HashSet<Uuid>,
}

impl Horizons {
    /// Fits to what was known of the launches at `now`.
    pub fn fit(courses: &[Course], now: DateTime<Utc>) -> Self {
        let mut horizons = Self::default();
        for course in courses {
            let (until, flown) = match course.outcome(now) {
                Outcome::Flown(at) => (at, true),
                Outcome::Waiting(until) => (until, false),
            };
            for (look, share) in weighted_looks(course, now) {
                let moved = (in_days(until - look.announcement.net), flown, share);
                for moves in
                    [horizons.exact.entry(look.key).or_default(), horizons.ahead.entry(look.key.lead).or_default()]
                {
                    moves.moves.push(moved);
                    moves.launches.insert(course.launch_id);
                }
            }
        }
        for moves in horizons.exact.values_mut().chain(horizons.ahead.values_mut()) {
            moves.moves.sort_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)));
        }
        horizons
    }

    /// Returns the days from the NET to the time by which a share `level` of the launches announced as far ahead and as
    /// exactly has flown. None if that share was never observed to fly.
    pub fn quantile(&self, announced: &Announcement, now: DateTime<Utc>, level: f64) -> Option<f64> {
        self.moves(announced, now)?.quantile(level)
    }

    /// Returns the whole distribution of the days after `now`; the announced date if no launch was announced as far
    /// ahead. A share that was not observed to fly never does.
    pub fn predict(&self, announced: &Announcement, now: DateTime<Utc>) -> Cdf {
        let ahead = in_days(announced.net - now);
        match self.moves(announced, now) {
            Some(moves) => Cdf::from_quantiles(|level| Some(ahead + moves.quantile(level)?)),
            None => Cdf::certain(ahead.max(0.0)),
        }
    }

    fn moves(&self, announced: &Announcement, now: DateTime<Utc>) -> Option<&Moves> {
        let key = CellKey::new(announced, now);
        self.exact.get(&key).filter(|moves| moves.launches.len() >= ENOUGH).or_else(|| self.ahead.get(&key.lead))
    }
}

impl Moves {
    fn quantile(&self, level: f64) -> Option<f64> {
        let mut at_risk: f64 = self.moves.iter().map(|(_, _, weight)| weight).sum();
        let mut waiting = 1.0;
        for (days, flown, weight) in &self.moves {
            if *flown && at_risk > 1e-9 {
                waiting *= 1.0 - weight / at_risk;
            }
            at_risk -= weight;
            if 1.0 - waiting >= level && (*flown || level > 0.0) {
                return Some(*days);
            }
        }
        None
    }
}
