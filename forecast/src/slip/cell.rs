use std::collections::HashSet;

use chrono::{DateTime, Utc};
use domain::{Granularity, StatusKind};
use uuid::Uuid;

use super::{
    bins::{Axis, BINS, Hazards, in_days},
    course::{Announcement, Outcome},
};

/// The precision of an announced date, and whether it is confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Exactness {
    /// An hour or finer, with status Go.
    Confirmed,
    /// An hour or finer.
    Clock,
    Day,
    Month,
    Quarter,
    Year,
}

/// The key of a group of similar announcements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct CellKey {
    pub(super) exactness: Exactness,
    /// Index into [`LEADS`], or one past it.
    pub(super) lead: usize,
}

/// Boundaries between cells, in days ahead.
pub(super) const LEADS: [f64; 9] = [0.0, 1.0, 3.0, 7.0, 14.0, 30.0, 60.0, 120.0, 240.0];

impl CellKey {
    /// A date vaguer than a day is ahead until its period ends.
    pub(super) fn new(announcement: &Announcement, now: DateTime<Utc>) -> Self {
        let granularity = Granularity::of(announcement.precision_id);
        let span = announcement.span();
        let exactness = match granularity {
            _ if granularity.ticks() && StatusKind::of(announcement.status_id) == StatusKind::Go => {
                Exactness::Confirmed
            }
            _ if granularity.ticks() => Exactness::Clock,
            _ if granularity.names_a_day() => Exactness::Day,
            Granularity::Week | Granularity::Month => Exactness::Month,
            Granularity::Quarter(_) | Granularity::Half(_) => Exactness::Quarter,
            _ => Exactness::Year,
        };
        let target = if granularity.ticks() { span.start } else { span.end };
        let ahead = in_days(target - now);
        Self { exactness, lead: LEADS.iter().take_while(|lead| ahead >= **lead).count() }
    }
}

/// The outcomes of launches with similar announcements.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    flown: [f64; BINS],
    waited: [f64; BINS],
    launches: HashSet<Uuid>,
}

impl Default for Cell {
    fn default() -> Self {
        Self { flown: [0.0; BINS], waited: [0.0; BINS], launches: HashSet::new() }
    }
}

impl Cell {
    /// Adds one observation of an announcement, made at `from`, of a launch with this `outcome`.
    pub(super) fn add(&mut self, axis: Axis, from: DateTime<Utc>, outcome: Outcome, weight: f64, launch_id: Uuid) {
        let first = axis.bin(from);
        match outcome {
            Outcome::Flown(at) => {
                let last = axis.bin(at).max(first);
                for bin in first..=last {
                    self.waited[bin] += weight;
                }
                self.flown[last] += weight;
            }
            Outcome::Waiting(until) => {
                let last = axis.bin(until);
                for bin in first..last {
                    self.waited[bin] += weight;
                }
                let (begin, end) = axis.bounds(last);
                // It has survived a part of the bin that it is in.
                let part = in_days(until - begin.max(from)) / in_days(end - begin).max(1e-9);
                self.waited[last] += weight * part.clamp(0.0, 1.0);
            }
        }
        self.launches.insert(launch_id);
    }

    /// Returns its hazards, shrunk towards those of a wider record, which weigh as much as `worth` launches.
    pub(super) fn draw(&self, wider: &Hazards, worth: f64) -> Hazards {
        let mut hazards = *wider;
        for (bin, hazard) in hazards.iter_mut().enumerate() {
            *hazard = (self.flown[bin] + worth * *hazard) / (self.waited[bin] + worth);
        }
        hazards
    }

    pub(super) fn launches(&self) -> u32 {
        u32::try_from(self.launches.len()).unwrap_or(u32::MAX)
    }
}
