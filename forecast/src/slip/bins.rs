//! Bins of the axis of moves: before the announced period, within it, after it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Granularity, NetSpan};

/// Boundaries between the bins before the period, in days before it; the first bin contains everything earlier.
const EARLY: [f64; 6] = [120.0, 60.0, 30.0, 14.0, 7.0, 3.0];

/// Days after the period at which a bin ends: fine around the next daily attempts, coarse where only months are known.
const LATE: [f64; 26] = [
    0.25, 0.75, 1.25, 1.75, 2.25, 3.25, 4.25, 5.5, 7.5, 10.5, 14.5, 21.5, 30.5, 45.0, 60.0, 75.0, 91.0, 121.0, 152.0,
    183.0, 274.0, 365.0, 548.0, 730.0, 1096.0, 1461.0,
];

/// Seven bins before, one within, twenty-six after.
pub(super) const BINS: usize = ON_TIME + 1 + LATE.len();

/// Probabilities of flying in each bin, one after the other.
pub(super) type Hazards = [f64; BINS];

/// The bin of the announced period itself.
pub(super) const ON_TIME: usize = EARLY.len() + 1;

/// Returns the bounds of a bin beyond [`ON_TIME`], in days after the end of the period.
pub(super) fn late(bin: usize) -> (f64, f64) {
    let at = bin - ON_TIME - 1;
    (if at == 0 { 0.0 } else { LATE[at - 1] }, LATE[at])
}

/// The bins of one announcement as instants.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    start: DateTime<Utc>,
    end: DateTime<Utc>,
}

impl Axis {
    /// A launch keeps a NET with a time of day if it flies within the hour before or after it.
    pub(super) fn new(span: &NetSpan, granularity: Granularity) -> Self {
        if granularity.ticks() {
            Self { start: span.start - TimeDelta::hours(1), end: span.start + TimeDelta::hours(1) }
        } else {
            Self { start: span.start, end: span.end }
        }
    }

    /// Returns the start and end of a bin. The first begins a year before the period.
    pub(super) fn bounds(self, bin: usize) -> (DateTime<Utc>, DateTime<Utc>) {
        if bin < ON_TIME {
            let begin = if bin == 0 { 365.0 } else { EARLY[bin - 1] };
            // A bin before the period ends where the next one begins; the last of them ends at the start of the period.
            (self.start - days(begin), EARLY.get(bin).map_or(self.start, |end| self.start - days(*end)))
        } else if bin == ON_TIME {
            (self.start, self.end)
        } else {
            let (low, high) = late(bin);
            (self.end + days(low), self.end + days(high))
        }
    }

    /// Returns the bin that contains an instant; the last bin for everything later.
    pub(super) fn bin(self, at: DateTime<Utc>) -> usize {
        (0..BINS - 1).find(|bin| at < self.bounds(*bin).1).unwrap_or(BINS - 1)
    }

    /// Returns how many days an instant lies beyond the period: 0 within, negative before.
    pub(super) fn moved_days(self, at: DateTime<Utc>) -> f64 {
        if at < self.start {
            -in_days(self.start - at)
        } else if at < self.end {
            0.0
        } else {
            in_days(at - self.end)
        }
    }
}

pub(super) fn days(days: f64) -> TimeDelta {
    TimeDelta::seconds((days * 86_400.0) as i64)
}

pub(super) fn in_days(delta: TimeDelta) -> f64 {
    delta.num_seconds() as f64 / 86_400.0
}

/// Returns how many days an instant lies beyond an announced period; 0 within it.
pub fn moved_days(span: &NetSpan, precision_id: Option<i32>, at: DateTime<Utc>) -> f64 {
    Axis::new(span, Granularity::of(precision_id)).moved_days(at)
}

/// Returns the days from one instant to another; negative if `to` is earlier.
pub fn days_between(from: DateTime<Utc>, to: DateTime<Utc>) -> f64 {
    in_days(to - from)
}
