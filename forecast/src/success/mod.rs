//! The chance that a flight succeeds, from the flights before it.
//!
//! A cascade of records, each of which corrects the one above it: the world, rockets as new as this one, the maker, LL2's family,
//! rockets of one kind by name, the configuration. Each compares the failures seen with those that the record above expected:
//! `(seen + k) / (expected + k)` multiplies the failure rate. Where the expectation is constant that is the mean of a Beta distribution
//! whose prior is worth `k` failures; where it is not (a maker flies old and new rockets) an early failure of a new rocket is no
//! surprise, and counts as none.
//!
//! New kinds of rocket fail for reasons of their own, that the world's progress does not lessen: a chance apart, which falls with the flights
//! flown. What lies back counts less, by half-lives. Partial failures are an outcome of their own and no success.

mod constants;
pub mod family;
mod fit;
mod record;
pub mod rules;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{Chance, Ground, StatusKind, SuccessForecast};

pub use self::{
    constants::Constants,
    fit::{Fitted, fit},
};
use self::{
    record::{Cascade, Keys, Records, Tally},
    rules::Record,
};

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
        match StatusKind::of(status_id) {
            StatusKind::Success => Some(Self::Success),
            StatusKind::Failure => Some(Self::Failure),
            StatusKind::PartialFailure => Some(Self::Partial),
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
/// Their places.
const MAKER: usize = 0;
const FAMILY: usize = 1;
const KIND: usize = 2;
const CONFIGURATION: usize = 3;

/// Fewer flights than this do not carry a forecast: it is said to rest on the next wider record.
const ENOUGH: u32 = 5;

/// 90 % of a normal distribution lie below.
const Z90: f64 = 1.281_551_565_544_6;

/// What is taught flight by flight, in their order, and asked in between.
#[derive(Clone, Debug, Default)]
pub struct SuccessModel {
    constants: Constants,
    names: Names,
    records: Records,
}

/// Which record is whose.
#[derive(Clone, Debug, Default)]
struct Names([HashMap<String, usize>; LEVELS]);

impl Names {
    fn of(ride: Ride<'_>) -> [String; LEVELS] {
        let kind = family::kind_of(ride.rocket);
        let family = ride.family.filter(|family| !family.trim().is_empty()).map_or_else(|| kind.clone(), str::to_owned);
        [ride.maker.to_owned(), family, kind, ride.rocket.to_owned()]
    }

    /// Where the records of a ride are; none of what has not flown.
    fn find(&self, ride: Ride<'_>) -> Keys {
        let names = Self::of(ride);
        std::array::from_fn(|level| self.0[level].get(&names[level]).copied())
    }

    /// The same, with a place for what is new.
    fn place(&mut self, ride: Ride<'_>) -> Keys {
        let mut levels = self.0.iter_mut();
        Self::of(ride).map(|name| {
            let level = levels.next()?;
            let next = level.len();
            Some(*level.entry(name).or_insert(next))
        })
    }
}

impl SuccessModel {
    /// With other constants than those that were chosen.
    pub fn new(constants: Constants) -> Self {
        Self { constants, ..Self::default() }
    }

    /// A flight whose outcome is known. Flights must come in the order in which they were flown.
    pub fn learn(&mut self, ride: Ride<'_>, outcome: Outcome) {
        let keys = self.names.place(ride);
        self.records.learn(&self.constants, keys, ride.at, outcome);
    }

    /// The chance of whole success, as a number for scoring.
    pub fn chance(&self, ride: Ride<'_>) -> f64 {
        1.0 - self.cascade(ride).failure()
    }

    /// The chance of whole success with its interval, and what it rests on.
    pub fn predict(&self, ride: Ride<'_>) -> Option<SuccessForecast> {
        let cascade = self.cascade(ride);
        let (failure, worth) = (cascade.failure(), cascade.worth);
        // Wilson and Hilferty's approximation to the quantiles of a Gamma distribution: close where failures are rare.
        let bound = |z: f64| {
            let cube = 1.0 - 1.0 / (9.0 * worth) + z / (3.0 * worth.sqrt());
            (failure * cube.max(0.0).powi(3)).clamp(0.0, 1.0)
        };
        let (rests_on, tally) = self.ground(self.names.find(ride));
        let chance =
            Chance::new(1.0 - failure, 1.0 - bound(Z90).max(failure), 1.0 - bound(-Z90).min(failure), tally.flights)?;
        Some(SuccessForecast { chance, rests_on, succeeded: tally.successes, partial: tally.partial })
    }

    /// What the rules of thumb are told of a ride.
    pub fn record(&self, ride: Ride<'_>) -> Record {
        let own = self.records.tally(CONFIGURATION, self.names.find(ride)).copied().unwrap_or_default();
        let world = self.records.world();
        Record {
            flights: own.flights,
            successes: own.successes,
            world_flights: world.flights,
            world_successes: world.successes,
        }
    }

    /// Of the flights that did not succeed, the share that failed in part.
    pub fn partial_share(&self) -> f64 {
        let world = self.records.world();
        (f64::from(world.partial) + 0.1) / (f64::from(world.flights - world.successes) + 1.0)
    }

    fn cascade(&self, ride: Ride<'_>) -> Cascade {
        self.records.cascade(&self.constants, self.names.find(ride), ride.at)
    }

    /// The nearest record that is long enough to be named.
    fn ground(&self, keys: Keys) -> (Ground, Tally) {
        const GROUNDS: [(Ground, usize); LEVELS] = [
            (Ground::Configuration, CONFIGURATION),
            (Ground::Family, KIND),
            (Ground::Family, FAMILY),
            (Ground::Provider, MAKER),
        ];
        GROUNDS
            .into_iter()
            .find_map(|(ground, level)| {
                let tally = self.records.tally(level, keys)?;
                (tally.flights >= ENOUGH).then_some((ground, *tally))
            })
            .unwrap_or((Ground::World, *self.records.world()))
    }
}
