use chrono::{DateTime, Utc};

use super::bins::{Axis, BINS, Hazards};
use crate::cdf::Cdf;

/// Returns the distribution of the days until the flight, given that it has not flown at `now`.
pub(super) fn curve(axis: Axis, hazards: &Hazards, now: DateTime<Utc>) -> Cdf {
    let mut waiting = 1.0_f64;
    let mut last = (0.0_f64, 0.0_f64);
    let mut points = vec![last];
    for (bin, hazard) in hazards.iter().enumerate() {
        if axis.bounds(bin).1 <= now {
            continue;
        }
        let hazard = hazard.clamp(0.0, 1.0);
        let shape = axis.shape(bin);
        // A part of the bin has passed without a flight: the rest is conditional on that.
        let passed = hazard * shape.at(now);
        let left = (1.0 - passed).max(f64::EPSILON);
        for (days, share) in shape.points_after(now).filter(|(days, _)| *days > 0.0) {
            let flown = ((hazard * share - passed) / left).clamp(0.0, 1.0);
            // A bin begins where the last one ended, but for rounding.
            last = (days.max(last.0), (1.0 - waiting * (1.0 - flown)).max(last.1));
            points.push(last);
        }
        waiting *= 1.0 - ((hazard - passed) / left).clamp(0.0, 1.0);
    }
    if points.len() == 1 {
        // So overdue that no bin is left: treated as the start of the last bin.
        points.push((LAST_DAYS, hazards[BINS - 1].clamp(0.0, 1.0)));
    }
    Cdf::of_points(points)
}

/// Length of the last bin.
const LAST_DAYS: f64 = 365.0;
