//! The chance that a flight succeeds, from the flights before it.
//!
//! A cascade of five records, each of which corrects the one above it: the world, the maker, LL2's family, rockets of one kind
//! by name, the configuration. Each compares the failures seen with those that the record above expected: `(seen + k) / (expected + k)`
//! multiplies the failure rate. Where the expectation is constant that is the mean of a Beta distribution whose prior is worth `k`
//! failures; where it is not (a maker flies old and new rockets) an early failure of a new rocket is no surprise, and counts as none.
//!
//! New rockets fail more often: the odds of failure rise with the flights not yet flown, of the configuration and of its kind.
//! What lies back counts less, by half-lives. Partial failures are an outcome of their own and no success.

pub mod family;
pub mod rules;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{Chance, Ground, SuccessForecast};

use self::rules::Record;

/// How a flight ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Success,
    /// It flew, but not all came where it should.
    Partial,
    Failure,
}

impl Outcome {
    /// From LL2's status; none for one that is no outcome.
    pub fn of_status(status_id: i32) -> Option<Self> {
        match status_id {
            3 => Some(Self::Success),
            4 => Some(Self::Failure),
            7 => Some(Self::Partial),
            _ => None,
        }
    }
}

/// What a forecast of success is made from. Nothing of it is LL2's own count of flights: those are of today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ride<'r> {
    pub at: DateTime<Utc>,
    /// Full name of the configuration.
    pub rocket: &'r str,
    /// LL2's family; blank is none.
    pub family: Option<&'r str>,
    /// The launch service provider: who answers for the flight, whoever built the rocket.
    pub maker: &'r str,
}

/// The levels below the world, from wide to narrow.
const LEVELS: usize = 4;
/// Index of the kind of rocket and of the configuration among them.
const KIND: usize = 2;
const CONFIGURATION: usize = 3;

/// Chosen to make the log loss of the flights of 1962 to 2018 least, walking forward (Nelder-Mead, with a slight pull to the
/// start). Chosen in the same way on 1962 to 1989 alone they scored 0.2068 nats on 1990 to 2018, where the best rule of thumb scores
/// 0.2305: ADR 0019. `mooncoon backtest success` gives what these are worth.
mod chosen {
    use super::LEVELS;

    /// Failures that the expectation of the level above is worth: maker, family, kind, configuration.
    pub(super) const WORTH: [f64; LEVELS] = [6.71, 1.64, 27.89, 3.86];
    /// Years after which a flight counts half. Of the two narrow records only the last year tells anything that the wide ones do not.
    pub(super) const HALF_LIFE_YEARS: [f64; LEVELS] = [20.29, 6.26, 1.0, 0.23];
    pub(super) const WORLD_HALF_LIFE_YEARS: f64 = 12.09;
    /// Added to the log-odds of success of the world's rate.
    pub(super) const SHIFT: f64 = 0.09;
    /// Taken from the log-odds on the first flight of a configuration, and the flights after which half of that is left.
    pub(super) const NEW_CONFIGURATION: (f64, f64) = (0.44, 1.17);
    /// The same for the first of its kind.
    pub(super) const NEW_KIND: (f64, f64) = (1.64, 3.97);
    /// Before anything has flown: nine of ten, worth two flights, and two more that never fade.
    pub(super) const WORLD_START: (f64, f64) = (0.9, 2.0);
}

/// Fewer flights than this do not carry a forecast: it is said to rest on the next wider record.
const ENOUGH: u32 = 5;

/// 90 % of a normal distribution lie below.
const Z90: f64 = 1.281_551_565_544_6;

#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    seen: f64,
    expected: f64,
    until: Option<DateTime<Utc>>,
    flights: u32,
    successes: u32,
    partial: u32,
}

impl Tally {
    /// Failures seen and expected as they count at `at`.
    fn faded(&self, at: DateTime<Utc>, half_life: f64) -> (f64, f64) {
        let fading = self.until.map_or(1.0, |until| fading(until, at, half_life));
        (self.seen * fading, self.expected * fading)
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

/// What is taught flight by flight, in their order, and asked in between.
#[derive(Clone, Debug, Default)]
pub struct SuccessModel {
    levels: [HashMap<String, Tally>; LEVELS],
    world: Tally,
    world_weight: f64,
    world_successes: f64,
}

/// The steps of the cascade for one ride.
struct Cascade {
    keys: [String; LEVELS],
    /// Chance of failure that each level is measured by; the last entry is the answer.
    failure: [f64; LEVELS + 1],
    /// Failures that the answer is worth: the fewer, the wider its interval.
    worth: f64,
}

impl SuccessModel {
    /// A flight whose outcome is known. Flights must come in the order in which they were flown.
    pub fn learn(&mut self, ride: Ride<'_>, outcome: Outcome) {
        let Cascade { keys, failure, .. } = self.cascade(ride);
        let failed = if outcome == Outcome::Success { 0.0 } else { 1.0 };
        for (level, key) in keys.into_iter().enumerate() {
            let tally = self.levels[level].entry(key).or_default();
            let (seen, expected) = tally.faded(ride.at, chosen::HALF_LIFE_YEARS[level]);
            (tally.seen, tally.expected) = (seen + failed, expected + failure[level]);
            tally.until = tally.until.max(Some(ride.at));
            tally.count(outcome);
        }
        let (weight, successes) = self.faded_world(ride.at);
        (self.world_weight, self.world_successes) = (weight + 1.0, successes + 1.0 - failed);
        self.world.until = self.world.until.max(Some(ride.at));
        self.world.count(outcome);
    }

    /// The chance of whole success, as a number for scoring.
    pub fn chance(&self, ride: Ride<'_>) -> f64 {
        1.0 - self.cascade(ride).failure[LEVELS]
    }

    /// The chance of whole success with its interval, and what it rests on.
    pub fn foretell(&self, ride: Ride<'_>) -> Option<SuccessForecast> {
        let cascade = self.cascade(ride);
        let failure = cascade.failure[LEVELS];
        // Wilson and Hilferty's approximation to the quantiles of a Gamma distribution: close where failures are rare.
        let bound = |z: f64| {
            let cube = 1.0 - 1.0 / (9.0 * cascade.worth) + z / (3.0 * cascade.worth.sqrt());
            (failure * cube.max(0.0).powi(3)).clamp(0.0, 1.0)
        };
        let (rests_on, tally) = self.ground(&cascade.keys);
        let chance =
            Chance::new(1.0 - failure, 1.0 - bound(Z90).max(failure), 1.0 - bound(-Z90).min(failure), tally.flights)?;
        Some(SuccessForecast { chance, rests_on, succeeded: tally.successes, partial: tally.partial })
    }

    /// What the rules of thumb are told of a ride.
    pub fn record(&self, ride: Ride<'_>) -> Record {
        let own = self.levels[CONFIGURATION].get(ride.rocket).copied().unwrap_or_default();
        Record {
            flights: own.flights,
            successes: own.successes,
            world_flights: self.world.flights,
            world_successes: self.world.successes,
        }
    }

    /// Of the flights that did not succeed, the share that failed in part.
    pub fn partial_share(&self) -> f64 {
        let unsuccessful = self.world.flights - self.world.successes;
        (f64::from(self.world.partial) + 0.1) / (f64::from(unsuccessful) + 1.0)
    }

    fn faded_world(&self, at: DateTime<Utc>) -> (f64, f64) {
        let (rate, weight) = chosen::WORLD_START;
        match self.world.until {
            None => (weight, rate * weight),
            Some(until) => {
                let fading = fading(until, at, chosen::WORLD_HALF_LIFE_YEARS);
                (self.world_weight * fading, self.world_successes * fading)
            }
        }
    }

    fn cascade(&self, ride: Ride<'_>) -> Cascade {
        let kind = family::kind_of(ride.rocket);
        let family = ride.family.filter(|family| !family.trim().is_empty()).map_or_else(|| kind.clone(), str::to_owned);
        let keys = [ride.maker.to_owned(), family, kind, ride.rocket.to_owned()];
        let flights = |level: usize| self.levels[level].get(&keys[level]).map_or(0.0, |tally| f64::from(tally.flights));
        let (rate, weight) = chosen::WORLD_START;
        let (world_weight, world_successes) = self.faded_world(ride.at);
        let world = (world_successes + rate * weight) / (world_weight + weight);
        let new = |(first, half): (f64, f64), flown: f64| first / (1.0 + flown / half);
        let odds = (world / (1.0 - world)).ln() + chosen::SHIFT
            - new(chosen::NEW_CONFIGURATION, flights(CONFIGURATION))
            - new(chosen::NEW_KIND, flights(KIND));
        let mut failure = [1.0 / (1.0 + odds.exp()); LEVELS + 1];
        let mut uncertainty = 0.0;
        for level in 0..LEVELS {
            let worth = chosen::WORTH[level];
            let (seen, expected) = self.levels[level]
                .get(&keys[level])
                .map_or((0.0, 0.0), |tally| tally.faded(ride.at, chosen::HALF_LIFE_YEARS[level]));
            failure[level + 1] = (failure[level] * (seen + worth) / (expected + worth)).min(0.98);
            uncertainty += 1.0 / (seen + worth);
        }
        Cascade { keys, failure, worth: 1.0 / uncertainty }
    }

    /// The nearest record that is long enough to be named.
    fn ground(&self, keys: &[String; LEVELS]) -> (Ground, Tally) {
        const GROUNDS: [(Ground, usize); LEVELS] = [
            (Ground::Configuration, CONFIGURATION),
            (Ground::Family, KIND),
            (Ground::Family, 1),
            (Ground::Provider, 0),
        ];
        GROUNDS
            .into_iter()
            .find_map(|(ground, level)| {
                let tally = self.levels[level].get(&keys[level])?;
                (tally.flights >= ENOUGH).then_some((ground, *tally))
            })
            .unwrap_or((Ground::World, self.world))
    }
}

/// How much of a thing of `then` counts at `now`. What comes out of order does not count more than whole.
fn fading(then: DateTime<Utc>, now: DateTime<Utc>, half_life_years: f64) -> f64 {
    const YEAR: f64 = 365.25 * 86_400.0;
    let years = (now - then).num_seconds() as f64 / YEAR;
    0.5_f64.powf(years.max(0.0) / half_life_years)
}
