use chrono::{DateTime, Utc};

use super::{
    constants::Constants,
    levels::{FAMILY, KIND, LEVELS},
    outcome::Outcome,
};

/// The indexes of a ride's records at each level. None for levels without a flight.
pub(super) type Keys = [Option<usize>; LEVELS];

/// The state before any flight: a round success rate with the weight of a few flights, plus the same weight again that
/// never fades.
const WORLD_START: (f64, f64) = (0.93, 5.0);

/// Number of flights that must have been read before a rocket's newness counts half. While the history is still being
/// fetched, a rocket that does not occur in it may have flown nevertheless.
const READ: f64 = 100.0;

/// Numbers of flights that separate the classes of newness.
const NEWNESS: [u32; 3] = [1, 3, 10];

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    seen: f64,
    expected: f64,
    until: Option<DateTime<Utc>>,
    pub(super) flights: u32,
    pub(super) successes: u32,
    pub(super) partial: u32,
}

impl Tally {
    /// Returns the observed and expected failures, discounted to `at`.
    fn faded(&self, at: DateTime<Utc>, half_life: f64) -> (f64, f64) {
        let fading = self.until.map_or(1.0, |until| fading(until, at, half_life));
        (self.seen * fading, self.expected * fading)
    }

    fn learn(&mut self, at: DateTime<Utc>, half_life: f64, expected: f64, outcome: Outcome) {
        let (seen, before) = self.faded(at, half_life);
        (self.seen, self.expected) = (seen + failures(outcome), before + expected);
        self.until = self.until.max(Some(at));
        self.count(outcome);
    }

    fn count(&mut self, outcome: Outcome) {
        self.flights += 1;
        match outcome {
            Outcome::Success => self.successes += 1,
            Outcome::Partial => self.partial += 1,
            Outcome::Failure => {}
        }
    }
}

/// The steps of the cascade for one ride.
pub(super) struct Cascade {
    /// The class of newness, and the expected probability of failure for its record.
    newness: (usize, f64),
    /// The expected probability of failure for each level; the last entry is the result.
    failure: [f64; LEVELS + 1],
    /// The failures that each record knows, with the weight of its prior: of rockets as new as this one, then of each
    /// level.
    pub(super) known: [f64; LEVELS + 1],
    /// Weight of the result, in failures: the lower it is, the wider the interval.
    pub(super) worth: f64,
}

impl Cascade {
    pub(super) fn failure(&self) -> f64 {
        self.failure[LEVELS]
    }

    /// Returns the class of newness, which identifies the record of rockets as new as this one.
    pub(super) fn class(&self) -> usize {
        self.newness.0
    }
}

/// Observed and expected failures, by level.
#[derive(Clone, Debug, Default)]
pub(super) struct Records {
    levels: [Vec<Tally>; LEVELS],
    newness: [Tally; NEWNESS.len() + 1],
    world: Tally,
    world_weight: f64,
    world_successes: f64,
}

impl Records {
    pub(super) fn learn(&mut self, constants: &Constants, keys: Keys, at: DateTime<Utc>, outcome: Outcome) {
        let Cascade { newness: (class, expected), failure, .. } = self.cascade(constants, keys, at);
        self.newness[class].learn(at, constants.newness_half_life_years, expected, outcome);
        for (level, key) in keys.into_iter().enumerate() {
            let Some(key) = key else { continue };
            let tallies = &mut self.levels[level];
            if tallies.len() <= key {
                tallies.resize(key + 1, Tally::default());
            }
            tallies[key].learn(at, constants.half_life_years[level], failure[level], outcome);
        }
        let (weight, successes) = self.faded_world(constants, at);
        (self.world_weight, self.world_successes) = (weight + 1.0, successes + 1.0 - failures(outcome));
        self.world.until = self.world.until.max(Some(at));
        self.world.count(outcome);
    }

    pub(super) fn cascade(&self, constants: &Constants, keys: Keys, at: DateTime<Utc>) -> Cascade {
        let (rate, weight) = WORLD_START;
        let (world_weight, world_successes) = self.faded_world(constants, at);
        let world = 1.0 - (world_successes + rate * weight) / (world_weight + weight);
        let flights = |level: usize| self.tally(level, keys).map_or(0, |tally| tally.flights);
        let read = f64::from(self.world.flights);
        let infancy =
            constants.infancy * read / (read + READ) / (1.0 + f64::from(flights(KIND)) / constants.infancy_flights);
        let expected = 1.0 - (1.0 - world) * (1.0 - infancy);
        // LL2 assigns families sometimes coarsely and sometimes finely: a rocket that is new under only one of the
        // names is not new.
        let flown = flights(KIND).max(flights(FAMILY));
        let class = NEWNESS.iter().take_while(|bound| flown >= **bound).count();
        let (mut uncertainty, mut known) = (0.0, [0.0; LEVELS + 1]);
        let mut known_next = known.iter_mut();
        let mut corrected = |failure: f64, tally: Option<&Tally>, worth: f64, half_life: f64| {
            let (seen, expected) = tally.map_or((0.0, 0.0), |tally| tally.faded(at, half_life));
            uncertainty += 1.0 / (seen + worth);
            if let Some(known) = known_next.next() {
                *known = seen + worth;
            }
            (failure * (seen + worth) / (expected + worth)).min(0.98)
        };
        let mut failure = [0.0; LEVELS + 1];
        failure[0] =
            corrected(expected, self.newness.get(class), constants.newness_worth, constants.newness_half_life_years);
        for level in 0..LEVELS {
            let half_life = constants.half_life_years[level];
            failure[level + 1] = corrected(failure[level], self.tally(level, keys), constants.worth[level], half_life);
        }
        Cascade { newness: (class, expected), failure, known, worth: 1.0 / uncertainty }
    }

    /// Returns the record of a level. None without a flight.
    pub(super) fn tally(&self, level: usize, keys: Keys) -> Option<&Tally> {
        self.levels[level].get(keys[level]?)
    }

    pub(super) fn world(&self) -> &Tally {
        &self.world
    }

    fn faded_world(&self, constants: &Constants, at: DateTime<Utc>) -> (f64, f64) {
        let (rate, weight) = WORLD_START;
        match self.world.until {
            None => (weight, rate * weight),
            Some(until) => {
                let fading = fading(until, at, constants.world_half_life_years);
                (self.world_weight * fading, self.world_successes * fading)
            }
        }
    }
}

fn failures(outcome: Outcome) -> f64 {
    if outcome == Outcome::Success { 0.0 } else { 1.0 }
}

/// Returns the weight at `now` of a flight at `then`. A flight out of order never counts more than fully.
fn fading(then: DateTime<Utc>, now: DateTime<Utc>, half_life_years: f64) -> f64 {
    const YEAR: f64 = 365.25 * 86_400.0;
    let years = (now - then).num_seconds() as f64 / YEAR;
    0.5_f64.powf(years.max(0.0) / half_life_years)
}
