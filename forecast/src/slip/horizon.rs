//! The baseline that uses only how far ahead a date lies: the moves of all launches from there, launches still waiting
//! included (Kaplan-Meier).

use chrono::{DateTime, Utc};

use super::{
    bins::in_days,
    cell::LEADS,
    course::{Course, Outcome},
    look::looks,
};

/// Moves by horizon, as known at one time.
#[derive(Clone, Debug, Default)]
pub struct Horizons {
    /// Per horizon: days from the NET to flight or to the last observation, whether it flew, and the weight.
    moves: Vec<Vec<(f64, bool, f64)>>,
}

fn horizon(net: DateTime<Utc>, now: DateTime<Utc>) -> usize {
    let ahead = in_days(net - now);
    LEADS.iter().take_while(|lead| ahead >= **lead).count()
}

impl Horizons {
    /// Fits to what was known of the launches at `now`.
    pub fn fit(courses: &[Course], now: DateTime<Utc>) -> Self {
        let mut moves: Vec<Vec<(f64, bool, f64)>> = vec![Vec::new(); LEADS.len() + 1];
        for course in courses {
            let looks = looks(course, now);
            let mut weights = vec![0.0; LEADS.len() + 1];
            for look in &looks {
                weights[horizon(look.announcement.net, look.at)] += look.weight;
            }
            let (until, flown) = match course.outcome(now) {
                Outcome::Flown(at) => (at, true),
                Outcome::Waiting(until) => (until, false),
            };
            for look in &looks {
                let place = horizon(look.announcement.net, look.at);
                let weight = look.weight / f64::max(weights[place], 1e-9);
                moves[place].push((in_days(until - look.announcement.net), flown, weight));
            }
        }
        for moves in &mut moves {
            moves.sort_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)));
        }
        Self { moves }
    }

    /// Returns the days from the NET to the time by which a share `level` of the launches announced as far ahead has
    /// flown. None if that share was never observed to fly.
    pub fn quantile(&self, net: DateTime<Utc>, now: DateTime<Utc>, level: f64) -> Option<f64> {
        let moves = self.moves.get(horizon(net, now))?;
        let mut at_risk: f64 = moves.iter().map(|(_, _, weight)| weight).sum();
        let mut waiting = 1.0;
        for (days, flown, weight) in moves {
            if *flown && at_risk > 1e-9 {
                waiting *= 1.0 - weight / at_risk;
            }
            at_risk -= weight;
            if 1.0 - waiting >= level {
                return Some(*days);
            }
        }
        None
    }
}
