//! The probability that a flight succeeds, from earlier flights.
//!
//! A cascade of records, each of which corrects the one above it: the world, rockets as new as this one, the maker,
//! LL2's family, rockets of one kind by name, the configuration. Each compares the observed failures with those that
//! the record above expected: `(seen + k) / (expected + k)` multiplies the failure rate. If the expectation is
//! constant, this is the mean of a Beta distribution whose prior has a weight of `k` failures. If it is not constant (a
//! maker flies old and new rockets), an early failure of a new rocket was expected, and does not raise the maker's
//! rate.
//!
//! New kinds of rocket fail for separate reasons, which the world's progress does not reduce: they have a separate
//! probability, which falls with the flights flown. Older flights count less, by half-lives. Partial failures are a
//! separate outcome and do not count as success.

mod constants;
pub mod family;
mod fit;
mod record;
pub mod rules;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{Basis, Chance, StatusKind, SuccessForecast};

pub use self::{
    constants::Constants,
    fit::{Fitted, fit},
};
use self::{
    record::{Cascade, Keys, Records, Tally},
    rules::Record,
};

/// The outcome of a flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Success,
    /// It flew, but not every payload reached its destination.
    Partial,
    Failure,
}

impl Outcome {
    /// Converts LL2's status. None if it is not an outcome.
    pub fn of_status(status_id: i32) -> Option<Self> {
        match StatusKind::of(status_id) {
            StatusKind::Success => Some(Self::Success),
            StatusKind::Failure => Some(Self::Failure),
            StatusKind::PartialFailure => Some(Self::Partial),
            _ => None,
        }
    }
}

/// The input of a forecast of success. It does not contain LL2's own count of flights, because that is the current one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ride<'r> {
    pub at: DateTime<Utc>,
    /// Full name of the configuration.
    pub rocket: &'r str,
    /// LL2's family; blank counts as none.
    pub family: Option<&'r str>,
    /// The launch service provider: it is responsible for the flight, even if it did not build the rocket.
    pub maker: &'r str,
}

/// The levels below the world, from wide to narrow.
const LEVELS: usize = 4;
/// The indexes of the levels.
const MAKER: usize = 0;
const FAMILY: usize = 1;
const KIND: usize = 2;
const CONFIGURATION: usize = 3;

/// Minimum number of flights for a record to be named as the basis; otherwise the next wider record is named.
const ENOUGH: u32 = 5;

/// The 90 % quantile of the normal distribution.
const Z90: f64 = 1.281_551_565_544_6;

/// A model that learns flight by flight, in chronological order, and can predict at any point.
#[derive(Clone, Debug, Default)]
pub struct SuccessModel {
    constants: Constants,
    names: Names,
    records: Records,
}

/// Maps names to the indexes of their records, by level.
#[derive(Clone, Debug, Default)]
struct Names([HashMap<String, usize>; LEVELS]);

impl Names {
    fn of(ride: Ride<'_>) -> [String; LEVELS] {
        let kind = family::kind_of(ride.rocket);
        let family = ride.family.filter(|family| !family.trim().is_empty()).map_or_else(|| kind.clone(), str::to_owned);
        [ride.maker.to_owned(), family, kind, ride.rocket.to_owned()]
    }

    /// Returns the indexes of a ride's records. None for levels without a flight.
    fn find(&self, ride: Ride<'_>) -> Keys {
        let names = Self::of(ride);
        std::array::from_fn(|level| self.0[level].get(&names[level]).copied())
    }

    /// Like `find`, but adds an index for new names.
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
    /// Creates a model with the given constants instead of the default ones.
    pub fn new(constants: Constants) -> Self {
        Self { constants, ..Self::default() }
    }

    /// Learns a flight with a known outcome. Flights must be added in chronological order.
    pub fn learn(&mut self, ride: Ride<'_>, outcome: Outcome) {
        let keys = self.names.place(ride);
        self.records.learn(&self.constants, keys, ride.at, outcome);
    }

    /// Returns the probability of complete success, as a number for scoring.
    pub fn chance(&self, ride: Ride<'_>) -> f64 {
        1.0 - self.cascade(ride).failure()
    }

    /// Returns the probability of complete success with its interval and its basis.
    pub fn predict(&self, ride: Ride<'_>) -> Option<SuccessForecast> {
        let cascade = self.cascade(ride);
        let (failure, worth) = (cascade.failure(), cascade.worth);
        // The Wilson-Hilferty approximation to the quantiles of a Gamma distribution: accurate if failures are rare.
        let bound = |z: f64| {
            let cube = 1.0 - 1.0 / (9.0 * worth) + z / (3.0 * worth.sqrt());
            (failure * cube.max(0.0).powi(3)).clamp(0.0, 1.0)
        };
        let (rests_on, tally) = self.basis(self.names.find(ride));
        let chance =
            Chance::new(1.0 - failure, 1.0 - bound(Z90).max(failure), 1.0 - bound(-Z90).min(failure), tally.flights)?;
        Some(SuccessForecast { chance, rests_on, succeeded: tally.successes, partial: tally.partial })
    }

    /// Returns the input of the simple rules for a ride.
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

    /// Returns the share of partial failures among the flights that did not succeed.
    pub fn partial_share(&self) -> f64 {
        let world = self.records.world();
        (f64::from(world.partial) + 0.1) / (f64::from(world.flights - world.successes) + 1.0)
    }

    fn cascade(&self, ride: Ride<'_>) -> Cascade {
        self.records.cascade(&self.constants, self.names.find(ride), ride.at)
    }

    /// Returns the most specific record with enough flights to be named.
    fn basis(&self, keys: Keys) -> (Basis, Tally) {
        const BASES: [(Basis, usize); LEVELS] = [
            (Basis::Configuration, CONFIGURATION),
            (Basis::Family, KIND),
            (Basis::Family, FAMILY),
            (Basis::Provider, MAKER),
        ];
        BASES
            .into_iter()
            .find_map(|(basis, level)| {
                let tally = self.records.tally(level, keys)?;
                (tally.flights >= ENOUGH).then_some((basis, *tally))
            })
            .unwrap_or((Basis::World, *self.records.world()))
    }
}
