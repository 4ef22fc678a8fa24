//! Bins of the axis of moves: before the announced period, within it, after it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::Granularity;

use super::{course::Announcement, shape::Shape};

/// Boundaries between the bins before the period, in days before it; the first bin begins a year before.
const EARLY: [f64; 5] = [60.0, 30.0, 14.0, 7.0, 3.0];

/// Days after the announced T-0, or after the announced period, at which a bin ends: one for each daily attempt, coarse
/// where only months are known.
const LATE: [f64; 23] = [
    0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 7.5, 10.5, 14.5, 21.5, 30.5, 45.0, 60.0, 75.0, 91.0, 121.0, 152.0, 183.0, 274.0,
    365.0, 548.0, 1096.0, 1461.0,
];

pub(super) const BINS: usize = ON_TIME + 1 + LATE.len();

/// Probabilities of flying in each bin, one after the other.
pub(super) type Hazards = [f64; BINS];

/// The bin of the announced period itself.
pub(super) const ON_TIME: usize = EARLY.len() + 1;

/// Returns the bounds of a bin beyond [`ON_TIME`], in days after the period.
pub(super) fn late(bin: usize) -> (f64, f64) {
    let at = bin.saturating_sub(ON_TIME + 1);
    (if at == 0 { 0.0 } else { LATE[at - 1] }, LATE[at])
}

/// A launch keeps a T-0 if it flies no more than this before it, because small corrections are no move.
const SLACK: TimeDelta = TimeDelta::hours(1);
/// Length of a launch window that LL2 does not give.
const USUAL_WINDOW: TimeDelta = TimeDelta::hours(2);
/// Longer windows are not those of one attempt.
const LONGEST_WINDOW: TimeDelta = TimeDelta::hours(8);

/// The bins of one announcement as instants.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    start: DateTime<Utc>,
    end: DateTime<Utc>,
    /// From where the late bins are counted.
    promised_at: DateTime<Utc>,
    /// The rest of the launch window after the T-0. None for a date without a time of day.
    window: Option<TimeDelta>,
}

impl Axis {
    /// A T-0 with a time of day is kept within its launch window.
    pub(super) fn new(announcement: &Announcement) -> Self {
        let span = announcement.span();
        if !Granularity::of(announcement.precision_id).ticks() {
            return Self { start: span.start, end: span.end, promised_at: span.end, window: None };
        }
        let net = announcement.net;
        let window = announcement.window_left().unwrap_or(USUAL_WINDOW).min(LONGEST_WINDOW);
        let end = net + window.max(TimeDelta::minutes(30)) + TimeDelta::minutes(30);
        Self { start: net - SLACK, end, promised_at: net, window: Some(window) }
    }

    /// Returns the start and end of a bin.
    pub(super) fn bounds(self, bin: usize) -> (DateTime<Utc>, DateTime<Utc>) {
        if bin < ON_TIME {
            let begin = if bin == 0 { 365.0 } else { EARLY[bin - 1] };
            // A bin before the period ends where the next one begins; the last of them ends at the start of the period.
            (self.start - days(begin), EARLY.get(bin).map_or(self.start, |end| self.start - days(*end)))
        } else if bin == ON_TIME {
            (self.start, self.end)
        } else {
            let (low, high) = late(bin);
            let begin = if bin == ON_TIME + 1 { self.end } else { self.promised_at + days(low) };
            (begin.max(self.end), (self.promised_at + days(high)).max(self.end))
        }
    }

    /// Returns how the flights within a bin are distributed over it.
    pub(super) fn shape(self, bin: usize) -> Shape {
        let (begin, end) = self.bounds(bin);
        let Some(window) = self.window else { return Shape::uniform(begin, end) };
        if bin < ON_TIME {
            return Shape::uniform(begin, end);
        }
        if bin == ON_TIME {
            return Shape::of_window(begin, self.promised_at, window, end);
        }
        let (low, high) = late(bin);
        let day = f64::midpoint(low, high);
        if bin > ON_TIME + 1 && high - low <= 1.0 {
            Shape::of_attempt(begin, self.promised_at + days(day), window, end)
        } else {
            Shape::uniform(begin, end)
        }
    }

    /// Returns the bin that contains an instant; the last bin for everything later.
    pub(super) fn bin(self, at: DateTime<Utc>) -> usize {
        (0..BINS - 1).find(|bin| at < self.bounds(*bin).1).unwrap_or(BINS - 1)
    }
}

pub(super) fn days(days: f64) -> TimeDelta {
    TimeDelta::seconds((days * 86_400.0) as i64)
}

pub(super) fn in_days(delta: TimeDelta) -> f64 {
    delta.num_seconds() as f64 / 86_400.0
}

/// Returns the days from one instant to another; negative if `to` is earlier.
pub fn days_between(from: DateTime<Utc>, to: DateTime<Utc>) -> f64 {
    in_days(to - from)
}
