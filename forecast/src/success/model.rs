use domain::{Basis, Chance, RecordKnowledge, SUCCESS_RECORDS, SuccessForecast};

use super::{
    constants::Constants,
    levels::{CONFIGURATION, FAMILY, KIND, LEVELS, MAKER},
    names::Names,
    outcome::Outcome,
    record::{Cascade, Keys, Records, Tally},
    ride::Ride,
    rules::Record,
};

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
        let records = knowledge(&cascade, ride);
        Some(SuccessForecast { chance, rests_on, succeeded: tally.successes, partial: tally.partial, records })
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

/// Returns what each record of the cascade knows.
fn knowledge(cascade: &Cascade, ride: Ride<'_>) -> Option<[RecordKnowledge; SUCCESS_RECORDS]> {
    let [maker, family, kind, configuration] = Names::keys(ride);
    let class = u32::try_from(cascade.class()).ok()?;
    let keys = [class, maker, family, kind, configuration];
    let known: Option<Vec<_>> =
        keys.into_iter().zip(cascade.known).map(|(key, known)| RecordKnowledge::new(key, known)).collect();
    known?.try_into().ok()
}
