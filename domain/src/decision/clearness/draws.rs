use std::rc::Rc;

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    super::{Decision, DecisionQuery, Factor, Movement, Ranked, Weights},
    beta,
    random::{DRAWS, Stream, middle, normals},
};
use crate::{Chance, Launch, RecordKnowledge, SuccessForecast};

/// Rides that are drawn, from the top of the ranking with equal weights: far more than LL2 lists. The limit keeps the
/// work of one request small, whatever the list contains.
const MOST_RIDES: usize = 100;

/// The 90 % quantile of the normal distribution: 80 % lie between the two tails.
const Z90: f64 = 1.281_551_565_544_6;

/// Horizons in days ahead from which on another cell begins: the date errors of one provider are shared within a cell.
const HORIZONS: [i64; 4] = [1, 7, 30, 90];

/// The draws of every factor of every ranked ride. They depend on everything except weights and threshold, so that a
/// page keeps them while a weight is moved.
#[derive(Clone, Debug)]
pub struct Draws(Vec<RideDraws>);

/// The draws of one ride.
#[derive(Clone, Debug)]
pub(crate) struct RideDraws {
    /// Index into the launches of the query.
    pub(crate) at: usize,
    /// The logarithms of nearness, in window and success in each draw.
    pub(crate) logs: [Vec<f64>; 3],
}

impl Draws {
    /// Draws for the rides that the query ranks, with the weights of the query or any other.
    pub fn make(launches: &[Launch], query: &DecisionQuery, now: DateTime<Utc>) -> Self {
        let plain = DecisionQuery { weights: Weights::default(), ..query.clone() };
        let mut errors = FactorErrors::default();
        let ranked = Decision::make(launches, &plain, Movement::PRIOR, now).ranked;
        let rides = ranked.iter().take(MOST_RIDES).filter_map(|one| {
            let logs = errors.logs(launches.get(one.at)?, one, now)?;
            Some(RideDraws { at: one.at, logs })
        });
        Self(rides.collect())
    }

    /// Returns the draws of the launch with this index.
    pub(crate) fn of(&self, at: usize) -> Option<&RideDraws> {
        self.0.iter().find(|ride| ride.at == at)
    }
}

impl RideDraws {
    /// Returns the logarithm of the score in each draw.
    pub(crate) fn ln_scores(&self, weights: Weights) -> Vec<f64> {
        let mut scores = vec![0.0; DRAWS];
        for (logs, weight) in self.logs.iter().zip(weights.exponents()) {
            // A factor without weight is left out, even where it is 0: zero times minus infinity is no number.
            if weight > 0.0 {
                for (score, log) in scores.iter_mut().zip(logs) {
                    *score += weight * log;
                }
            }
        }
        scores
    }
}

/// The errors of the factors: each is drawn once for all rides that share it.
#[derive(Debug, Default)]
pub(crate) struct FactorErrors(Vec<(Stream, Rc<Vec<u16>>)>);

impl FactorErrors {
    fn strata(&mut self, stream: Stream) -> Rc<Vec<u16>> {
        // There are a few for each ride: a map would not find them sooner.
        if let Some((_, strata)) = self.0.iter().find(|(one, _)| *one == stream) {
            return Rc::clone(strata);
        }
        let strata = Rc::new(stream.strata());
        self.0.push((stream, Rc::clone(&strata)));
        strata
    }

    /// Returns the logarithms of the factors of a ride. None if there is no forecast.
    fn logs(&mut self, launch: &Launch, one: &Ranked, now: DateTime<Utc>) -> Option<[Vec<f64>; 3]> {
        let forecast = launch.forecast.as_deref()?;
        let (date, success) = (forecast.date?, forecast.success?);
        let (high, low) = launch.id.as_u64_pair();
        let own = |stream: Stream| stream.of(high).of(low);
        let cell = horizon(date.announced() - now);
        let shared = Stream::WINDOW.of(u64::from(launch.provider.id.cast_unsigned())).of(cell);
        Some([
            self.nearness(one.nearness, own(Stream::NEARNESS)),
            self.window(one.in_window.estimate(), date.n(), shared),
            self.success(&success, own(Stream::SUCCESS)),
        ])
    }

    /// The estimate is the median. On each side of it every value to the end of the range is equally likely: the range
    /// is what the evidence allows, and says nothing about where in it the truth is.
    pub(crate) fn nearness(&mut self, factor: Factor, stream: Stream) -> Vec<f64> {
        let quantile = |stratum: u16| {
            let beyond = 2.0 * middle(usize::from(stratum)) - 1.0;
            let end = if beyond < 0.0 { factor.low() } else { factor.high() };
            (factor.estimate() + beyond.abs() * (end - factor.estimate())).ln()
        };
        self.strata(stream).iter().map(|stratum| quantile(*stratum)).collect()
    }

    /// The chance is from a Beta distribution; rides of one stream are at the same quantile of theirs.
    pub(crate) fn window(&mut self, chance: f64, launches: u32, stream: Stream) -> Vec<f64> {
        let quantiles = beta::ln_chances(chance, f64::from(launches));
        let quantile = |stratum: &u16| quantiles.get(usize::from(*stratum)).copied().unwrap_or(f64::NEG_INFINITY);
        self.strata(stream).iter().map(quantile).collect()
    }

    /// The chance of failure is the estimate times the exponential of an error of each record. Each error is shared by
    /// the rides that rest on the record, and leaves the mean as it is. Without records there is one error of its own,
    /// as wide as the 80 % interval.
    pub(crate) fn success(&mut self, forecast: &SuccessForecast, own: Stream) -> Vec<f64> {
        let errors: Vec<(Stream, f64)> = match forecast.records {
            Some(records) => {
                let error = |(level, record): (usize, RecordKnowledge)| {
                    (Stream::SUCCESS.of(level as u64).of(u64::from(record.key())), record.variance())
                };
                records.into_iter().enumerate().map(error).collect()
            }
            None => vec![(own, spread(forecast.chance).powi(2))],
        };
        let failure = 1.0 - forecast.chance.mean();
        let variance: f64 = errors.iter().map(|(_, variance)| variance).sum();
        // The mean of the exponential of a normal number with this variance is then 1.
        let mut logs = vec![-variance / 2.0; DRAWS];
        let normals = normals();
        for (stream, variance) in errors {
            let deviation = variance.sqrt();
            for (log, stratum) in logs.iter_mut().zip(self.strata(stream).iter()) {
                *log += deviation * normals.get(usize::from(*stratum)).copied().unwrap_or_default();
            }
        }
        for log in &mut logs {
            *log = (1.0 - (failure * log.exp()).min(1.0)).ln();
        }
        logs
    }
}

/// Returns the deviation of the logarithm of the chance of failure that has the 80 % interval of the forecast.
fn spread(chance: Chance) -> f64 {
    let [mean, least, most] = [chance.mean(), chance.high(), chance.low()].map(|success| 1.0 - success);
    let width = if least > 0.0 { (most / least).ln() / 2.0 } else { (most / mean).ln() };
    // A forecast without failures has neither.
    if width.is_finite() { width.max(0.0) / Z90 } else { 0.0 }
}

fn horizon(ahead: TimeDelta) -> u64 {
    HORIZONS.iter().take_while(|days| ahead >= TimeDelta::days(**days)).count() as u64
}
