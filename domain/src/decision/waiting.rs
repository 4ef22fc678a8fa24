//! How long it pays to wait before boarding: optimal stopping (ADR 0051).
//!
//! Values are scores, 0 to 1. A value as it will be known after some days is normal around the current value, with the
//! standard deviation of [`Movement`].

use chrono::{DateTime, TimeDelta, Utc};

use super::Movement;
use crate::DateForecast;

/// The greatest accepted probability that a ride has left before an agent is ready for it. Every second launch would be
/// missed at 50 %.
pub const LATEST: f64 = 0.1;

/// The smallest probability that date forecasts resolve: their curve names no time between the moment that they are made
/// and this point.
pub const EARLIEST: f64 = 0.05;

/// A ride that an agent may board.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stake {
    /// The score as known now.
    value: f64,
    /// The score if it were certain to fly in time and to succeed: what its movement is proportional to.
    scale: f64,
    date: DateForecast,
}

impl Stake {
    /// Clamps both numbers to 0 to 1. NaN counts as 0.
    pub fn new(value: f64, scale: f64, date: DateForecast) -> Self {
        let share = |number: f64| if number.is_nan() { 0.0 } else { number.clamp(0.0, 1.0) };
        Self { value: share(value), scale: share(scale), date }
    }

    /// Returns the time at which to begin preparing, if the ride may have left with this probability before the agent is
    /// ready. None if that time is beyond the forecast.
    pub fn boarding(&self, gone: f64, prepare: TimeDelta) -> Option<DateTime<Utc>> {
        self.date.quantile(gone)?.checked_sub_signed(prepare)
    }

    /// Returns the probability that the ride has left before an agent who begins to prepare at `at` is ready.
    pub(super) fn gone_by(&self, at: DateTime<Utc>, prepare: TimeDelta) -> f64 {
        // The last second before: a launch for which the agent is just ready is not missed.
        let before = at.checked_add_signed(prepare).and_then(|ready| ready.checked_sub_signed(TimeDelta::seconds(1)));
        before.map_or(1.0, |before| self.date.chance_by(before))
    }
}

/// A ride and the time at which it is boarded or let go.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// Index of the launch.
    pub(super) launch: usize,
    pub(super) at: DateTime<Utc>,
    pub(super) stake: Stake,
    /// The probability that it has left before an agent who boards then is ready.
    pub(super) gone: f64,
}

/// The rides that can still be boarded, in the order of their boarding times.
#[derive(Debug)]
pub(super) struct Steps {
    steps: Vec<Step>,
    /// For each position: the value of deciding at each step from there on, and the best current value from there on.
    /// One more entry than steps: after the last one nothing is left, which is worth 0.
    onward: Vec<(f64, Option<Stake>)>,
}

impl Steps {
    pub(super) fn new(steps: impl IntoIterator<Item = Step>, movement: Movement, now: DateTime<Utc>) -> Self {
        let mut steps: Vec<Step> = steps.into_iter().filter(|step| step.at > now).collect();
        steps.sort_by_key(|step| step.at);
        let mut onward: Vec<(f64, Option<Stake>)> = vec![(0.0, None)];
        let mut last = (0.0, None::<Stake>);
        for step in steps.iter().rev() {
            let spread = movement.over(days(step.at - now)) * step.stake.scale;
            let (later, best) = last;
            let value = step.gone * later + (1.0 - step.gone) * expected_maximum(step.stake.value, spread, later);
            let best = best.filter(|best| best.value >= step.stake.value).unwrap_or(step.stake);
            last = (value.clamp(0.0, 1.0), Some(best));
            onward.push(last);
        }
        onward.reverse();
        Self { steps, onward }
    }

    /// Returns the value of the rides that are boarded after `at`, and the one with the highest current value.
    fn after(&self, at: DateTime<Utc>) -> (f64, Option<Stake>) {
        let place = self.steps.partition_point(|step| step.at <= at);
        self.onward.get(place).copied().unwrap_or((0.0, None))
    }

    /// Returns the first step before `until` whose ride is worth more than waiting for all later ones.
    pub(super) fn first_worth_boarding(&self, until: DateTime<Utc>) -> Option<Step> {
        let later = self.onward.iter().skip(1);
        let worth = |(step, (later, _)): &(&Step, &(f64, Option<Stake>))| step.at < until && step.stake.value > *later;
        self.steps.iter().zip(later).find(worth).map(|(step, _)| *step)
    }
}

/// Returns until when waiting for the best ride pays, which may be in the past, and the probability that it has left
/// before an agent who boards then is ready. `others` are the rides that can be boarded instead. None if the forecast
/// of the best ride does not say.
///
/// Waiting until t pays while the probability that the ride has left is at most gain / (gain + loss): see
/// [`acceptable`]. The time is between those at which that probability is [`EARLIEST`] and [`LATEST`].
pub(super) fn wait_until(
    best: &Stake,
    others: &Steps,
    movement: Movement,
    prepare: TimeDelta,
    now: DateTime<Utc>,
) -> Option<(DateTime<Utc>, f64)> {
    let per_mille = |share: f64| (share * 1000.0).round() as u16;
    let pays = |gone: &f64| {
        best.boarding(*gone, prepare).is_some_and(|at| *gone <= acceptable(best, others, at, movement, now))
    };
    let tried = (per_mille(EARLIEST)..=per_mille(LATEST)).rev().map(|gone| f64::from(gone) / 1000.0);
    let gone = tried.into_iter().find(pays).unwrap_or(EARLIEST);
    Some((best.boarding(gone, prepare)?, gone))
}

/// Returns the greatest probability of losing the best ride at which waiting until `at` is not worse than boarding now.
///
/// Boarding now is worth v1. Waiting is worth v1 + gain if the ride still stands, and the value of the rest if not:
/// (1 - p)(v1 + gain) + p rest ≥ v1 exactly if p ≤ gain / (gain + loss), with loss = v1 - rest.
fn acceptable(best: &Stake, others: &Steps, at: DateTime<Utc>, movement: Movement, now: DateTime<Utc>) -> f64 {
    let (rest, second) = others.after(at);
    let loss = best.value - rest;
    if loss <= 0.0 {
        return 1.0;
    }
    let (second_value, second_scale) = second.map_or((0.0, 0.0), |second| (second.value, second.scale));
    let spread = movement.over(days(at - now)) * best.scale.hypot(second_scale);
    let gain = expected_excess(second_value - best.value, spread);
    gain / (gain + loss)
}

fn days(time: TimeDelta) -> f64 {
    time.as_seconds_f64() / 86_400.0
}

/// Returns the mean of the greater of `other` and a normal variable.
fn expected_maximum(mean: f64, spread: f64, other: f64) -> f64 {
    other + expected_excess(mean - other, spread)
}

/// Returns the mean of the positive part of a normal variable: spread (φ(z) - z Φ(-z)) with z = -mean / spread.
fn expected_excess(mean: f64, spread: f64) -> f64 {
    // Also below the smallest quotient that is finite.
    if spread <= f64::EPSILON {
        return mean.max(0.0);
    }
    let z = mean.abs() / spread;
    // Φ(-z) = φ(z) times this: Abramowitz and Stegun 26.2.17, with an error below 7.5e-8.
    let t = 1.0 / (1.0 + 0.231_641_9 * z);
    let tail =
        t * (0.319_381_530 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
    let density = (-z * z / 2.0).exp() / std::f64::consts::TAU.sqrt();
    spread * (density * (1.0 - z * tail)).max(0.0) + mean.max(0.0)
}
