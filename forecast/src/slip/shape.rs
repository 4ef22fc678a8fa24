//! How the flights within a bin are distributed over it.

use chrono::{DateTime, TimeDelta, Utc};

use super::bins::in_days;
use crate::cdf::Cdf;

/// Share of the flights within the launch window that lift off at the announced T-0, by the length of the window in
/// minutes. Of confirmed attempts that flew in their window (recorded days of 2026), within two minutes of T-0: 13 of 13
/// with an instantaneous window, 24 of 38 up to 36 minutes, 5 of 6 up to two hours, 15 of 93 up to 4.6 hours.
const AT_T_ZERO: [(i64, f64); 4] = [(2, 0.9), (40, 0.6), (119, 0.6), (i64::MAX, 0.15)];

/// Share of the flights in the bin of the window that fly before T-0, because it was moved by minutes.
const BEFORE: f64 = 0.02;
/// Share that fly after the window closes. Short windows are extended more often.
const AFTER: f64 = 0.03;
const AFTER_SHORT: f64 = 0.08;
const SHORT_MINUTES: i64 = 30;

/// Share of the flights on a later day that fly within a window at the same time of day: of the recorded flights one to
/// five days late, 83 of 104.
const SAME_TIME: f64 = 0.75;
/// That window opens earlier and closes later, because orbits drift.
const OPENS_EARLIER: TimeDelta = TimeDelta::minutes(45);
const CLOSES_LATER: TimeDelta = TimeDelta::minutes(30);

/// The distribution function of the flights of one bin.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    begin: DateTime<Utc>,
    /// In days after `begin`, from 0 to 1.
    cdf: Cdf,
}

impl Shape {
    pub(super) fn uniform(begin: DateTime<Utc>, end: DateTime<Utc>) -> Self {
        Self::of_points(begin, [(begin, 0.0), (end, 1.0)])
    }

    /// The attempt as announced: at T-0, or within the rest of the launch window.
    pub(super) fn of_window(begin: DateTime<Utc>, t_zero: DateTime<Utc>, left: TimeDelta, end: DateTime<Utc>) -> Self {
        let minutes = left.num_minutes();
        let at_t_zero = AT_T_ZERO.iter().find(|(longest, _)| minutes <= *longest).map_or(0.0, |(_, share)| *share);
        let after = if minutes < SHORT_MINUTES { AFTER_SHORT } else { AFTER };
        let by_t_zero = BEFORE + (1.0 - BEFORE - after) * at_t_zero;
        let close = (t_zero + left).clamp(t_zero, end);
        Self::of_points(begin, [(begin, 0.0), (t_zero, BEFORE), (t_zero, by_t_zero), (close, 1.0 - after), (end, 1.0)])
    }

    /// An attempt on a later day: mostly in a window as long as the announced one, at the same time of day.
    pub(super) fn of_attempt(begin: DateTime<Utc>, t_zero: DateTime<Utc>, left: TimeDelta, end: DateTime<Utc>) -> Self {
        let open = (t_zero - OPENS_EARLIER).clamp(begin, end);
        let close = (t_zero + left + CLOSES_LATER).clamp(open, end);
        let uniform = |from: DateTime<Utc>, to: DateTime<Utc>| {
            (1.0 - SAME_TIME) * in_days(to - from) / in_days(end - begin).max(f64::EPSILON)
        };
        let (opened, closed) = (uniform(begin, open), uniform(begin, close) + SAME_TIME);
        Self::of_points(begin, [(begin, 0.0), (open, opened), (close, closed.min(1.0)), (end, 1.0)])
    }

    fn of_points<const N: usize>(begin: DateTime<Utc>, points: [(DateTime<Utc>, f64); N]) -> Self {
        let points = points.into_iter().map(|(at, share)| (in_days(at - begin), share)).collect();
        Self { begin, cdf: Cdf::of_points(points) }
    }

    /// Returns the share of the bin's flights that have flown at that instant.
    pub(super) fn at(&self, instant: DateTime<Utc>) -> f64 {
        self.cdf.at(in_days(instant - self.begin))
    }

    /// Returns the points of the distribution function, in days after `from`.
    pub(super) fn points_after(&self, from: DateTime<Utc>) -> impl Iterator<Item = (f64, f64)> {
        let offset = in_days(self.begin - from);
        self.cdf.points().iter().map(move |(days, share)| (offset + days, *share))
    }
}
