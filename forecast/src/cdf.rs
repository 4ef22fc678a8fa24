use chrono::{DateTime, Utc};
use domain::{DATE_LEVELS, DateForecast};

use crate::slip::days_between;

/// The predicted distribution of the days until a launch flies: points of its distribution function. It is 0 before the
/// first point, linear between points, and constant after the last: the rest never flies, or later than can be said.
/// Two points at one time are a jump.
#[derive(Clone, Debug, PartialEq)]
pub struct Cdf {
    points: Vec<(f64, f64)>,
}

impl Cdf {
    /// Creates it from `(days, probability)`. None if a value is NaN, decreases, or is not a probability.
    pub fn new(points: Vec<(f64, f64)>) -> Option<Self> {
        let is_ordered = points.is_sorted_by(|one, other| one.0 <= other.0 && one.1 <= other.1);
        let are_possible = points.iter().all(|(days, p)| !days.is_nan() && (0.0..=1.0).contains(p));
        (is_ordered && are_possible && !points.is_empty()).then_some(Self { points })
    }

    /// Creates it from points that are in order by construction.
    pub(crate) fn of_points(points: Vec<(f64, f64)>) -> Self {
        debug_assert!(points.is_sorted_by(|one, other| one.0 <= other.0 && one.1 <= other.1), "{points:?}");
        Self { points }
    }

    pub(crate) fn points(&self) -> &[(f64, f64)] {
        &self.points
    }

    /// Returns the time of the last point: later flights are not described.
    pub fn last_days(&self) -> f64 {
        self.points.last().map_or(0.0, |(days, _)| *days)
    }

    /// The rule that it certainly flies after so many days.
    pub fn certain(days: f64) -> Self {
        Self { points: vec![(days, 1.0)] }
    }

    /// Creates it from the days by which a share of each of [`DATE_LEVELS`] has flown; None where that share never
    /// does. A quantile in the past counts as now, and one below its predecessor as equal to it.
    pub fn from_quantiles(quantile: impl Fn(f64) -> Option<f64>) -> Self {
        let mut before = 0.0_f64;
        let mut points = Vec::with_capacity(DATE_LEVELS.len());
        for level in DATE_LEVELS.map(|level| f64::from(level) / 1000.0) {
            let Some(days) = quantile(level).filter(|days| days.is_finite()) else { break };
            before = before.max(days);
            points.push((before, level));
        }
        if points.is_empty() {
            points.push((0.0, 0.0));
        }
        Self { points }
    }

    /// The distribution of a stored forecast, in days after it was made.
    pub fn of_forecast(forecast: &DateForecast, made_at: DateTime<Utc>) -> Self {
        let ahead = days_between(made_at, forecast.announced());
        let levels = DATE_LEVELS.iter().map(|level| f64::from(*level) / 1000.0);
        let points = forecast.minutes().iter().zip(levels);
        Self {
            points: points.map(|(minutes, level)| ((ahead + f64::from(*minutes) / 1440.0).max(0.0), level)).collect(),
        }
    }

    /// Returns the probability that it has flown after so many days.
    pub fn at(&self, days: f64) -> f64 {
        let reached = self.points.partition_point(|(at, _)| *at <= days);
        let Some((from, low)) = reached.checked_sub(1).and_then(|last| self.points.get(last)).copied() else {
            return 0.0;
        };
        match self.points.get(reached) {
            Some((to, high)) => low + (high - low) * (days - from) / (to - from),
            None => low,
        }
    }

    /// Returns the days by which it has flown with this probability; for 0, the earliest possible time. None if the
    /// probability is never reached.
    pub fn quantile(&self, level: f64) -> Option<f64> {
        let place = self.points.iter().position(|(_, p)| *p >= level && *p > 0.0)?;
        let (to, high) = *self.points.get(place)?;
        match place.checked_sub(1).and_then(|before| self.points.get(before)) {
            Some((from, low)) if high > *low => Some(from + (to - from) * (level - low) / (high - low)),
            _ => Some(to),
        }
    }

    /// Returns the integral over `[0, look_ahead]` of `(F(t) - [flown <= t])²`, in days: the Brier score of "has flown
    /// by t", integrated over t. It is proper, and needs no more of the outcome than whether and when the launch flew
    /// within the look-ahead (continuous ranked probability score, Matheson and Winkler 1976, with a cut-off).
    ///
    /// `flown` is None for a launch that did not fly within the look-ahead.
    pub fn integrated_brier(&self, flown: Option<f64>, look_ahead: f64) -> f64 {
        let flown = flown.unwrap_or(f64::INFINITY);
        let mut sum = 0.0;
        let mut part = |from: f64, to: f64, low: f64, high: f64| {
            let (from, to, slope) = (from.clamp(0.0, look_ahead), to.clamp(0.0, look_ahead), (from, to, low, high));
            if to <= from {
                return;
            }
            let value = |days: f64| {
                let (from, to, low, high) = slope;
                if to.is_finite() && to > from { low + (high - low) * (days - from) / (to - from) } else { low }
            };
            for (from, to, outcome) in [(from, to.min(flown), 0.0), (from.max(flown), to, 1.0)] {
                if to > from {
                    let (first, last) = (value(from) - outcome, value(to) - outcome);
                    sum += (to - from) * (first * first + first * last + last * last) / 3.0;
                }
            }
        };
        let (Some((first, _)), Some((last, end))) = (self.points.first(), self.points.last()) else { return 0.0 };
        part(0.0, *first, 0.0, 0.0);
        for pair in self.points.windows(2) {
            part(pair[0].0, pair[1].0, pair[0].1, pair[1].1);
        }
        part(*last, f64::INFINITY, *end, *end);
        sum
    }
}
