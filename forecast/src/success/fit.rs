use chrono::{DateTime, Utc};

use super::{
    constants::{COUNT, Constants},
    names::Names,
    outcome::Outcome,
    record::{Keys, Records},
    ride::Ride,
};
use crate::{minimize::minimize, score::log_loss};

/// Constants with their score on the flights on which they were chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fitted {
    pub constants: Constants,
    /// Mean log loss of [`Fitted::count`] flights.
    pub log_loss: f64,
    pub count: usize,
}

/// How strongly constants are shrunk towards the start of the search: a factor of e costs as much as two more forecasts
/// of one half. A constant about which the flights say little stays near a round figure.
const PULL: f64 = 2.0;

/// Each round restarts from the last result with a new simplex, in case the old one has collapsed.
const ROUNDS: usize = 3;
const MOST_STEPS: usize = 4_000;

/// Chooses the constants that minimize the log loss of the flights of `[from, until)`, walking forward: each flight is
/// predicted from earlier ones. Flights must be in chronological order. Flights at or after `until` are not used. None
/// if there is no flight to score.
pub fn fit<'r>(
    flights: impl IntoIterator<Item = (Ride<'r>, Outcome)>,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Option<Fitted> {
    let mut names = Names::default();
    let flights: Vec<(Keys, DateTime<Utc>, Outcome)> = flights
        .into_iter()
        .filter(|(ride, _)| ride.at < until)
        .map(|(ride, outcome)| (names.place(ride), ride.at, outcome))
        .collect();
    let count = flights.iter().filter(|(_, at, _)| *at >= from).count();
    if count == 0 {
        return None;
    }
    let loss = |constants: &Constants| {
        let mut records = Records::default();
        let mut sum = 0.0;
        let mut learned = 0;
        for (place, (keys, at, outcome)) in flights.iter().enumerate() {
            while learned < place && flights[learned].1 < *at {
                let (keys, at, outcome) = flights[learned];
                records.learn(constants, keys, at, outcome);
                learned += 1;
            }
            if *at >= from {
                let chance = 1.0 - records.cascade(constants, *keys, *at).failure();
                sum += log_loss(chance, *outcome == Outcome::Success);
            }
        }
        sum / count as f64
    };
    let start = Constants::ROUND;
    let mut best = [0.0; COUNT];
    for round in 0..ROUNDS {
        let step = if round % 2 == 0 { 0.4 } else { -0.4 };
        best = minimize(best, step, MOST_STEPS, |by: &[f64; COUNT]| {
            let distance: f64 = by.iter().map(|by| by * by).sum();
            loss(&Constants::moved(&start, by)) + PULL * distance / count as f64
        });
    }
    let constants = Constants::moved(&start, &best);
    Some(Fitted { constants, log_loss: loss(&constants), count })
}
