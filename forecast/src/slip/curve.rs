use chrono::{DateTime, TimeDelta, Utc};

use super::bins::{Axis, BINS, Hazards, days, in_days};

/// The probability of having flown, over time: linear between its points.
pub(super) struct Curve {
    points: Vec<(DateTime<Utc>, f64)>,
}

impl Curve {
    /// Creates the curve from `now` on, given that the launch has not flown before.
    pub(super) fn new(axis: Axis, hazards: &Hazards, now: DateTime<Utc>) -> Self {
        let mut waiting = 1.0;
        let mut points: Vec<(DateTime<Utc>, f64)> = Vec::with_capacity(BINS + 1);
        for (bin, hazard) in hazards.iter().enumerate() {
            let (begin, end) = axis.bounds(bin);
            if end <= now {
                continue;
            }
            let from = begin.max(now);
            let part = in_days(end - from) / in_days(end - begin).max(1e-9);
            if points.is_empty() {
                points.push((from, 0.0));
            }
            waiting *= 1.0 - (hazard * part).clamp(0.0, 1.0);
            points.push((end, 1.0 - waiting));
        }
        if points.is_empty() {
            // So overdue that no bin is left: treated as the start of the last bin.
            points.extend([(now, 0.0), (now + days(365.0), 1.0)]);
        }
        Self { points }
    }

    /// Returns the time by which it has flown with this probability. The end of the curve if that probability is never
    /// reached.
    pub(super) fn quantile(&self, level: f64) -> DateTime<Utc> {
        for pair in self.points.windows(2) {
            let ((from, low), (to, high)) = (pair[0], pair[1]);
            if level <= high && high > low {
                let share = ((level - low) / (high - low)).clamp(0.0, 1.0);
                return from + TimeDelta::seconds(((to - from).num_seconds() as f64 * share) as i64);
            }
        }
        self.points.last().map_or(DateTime::UNIX_EPOCH, |(at, _)| *at)
    }
}
