use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::{Granularity, StatusKind};
use uuid::Uuid;

use super::{
    bins::{Axis, BINS, Hazards, in_days},
    constants::Constants,
    course::{Announcement, Course, Outcome},
    look::weighted_looks,
    prior,
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
        let ahead = in_days(announcement.promised_at() - now);
        Self { exactness, lead: LEADS.iter().take_while(|lead| ahead >= **lead).count() }
    }
}

/// The outcomes of launches with similar announcements.
#[derive(Clone, Debug)]
struct Cell {
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
    fn add(&mut self, axis: Axis, from: DateTime<Utc>, outcome: Outcome, weight: f64, launch_id: Uuid) {
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
                // It has survived a part of the bin that it is in.
                let shape = axis.shape(last);
                self.waited[last] += weight * (shape.at(until) - shape.at(from)).clamp(0.0, 1.0);
            }
        }
        self.launches.insert(launch_id);
    }

    /// Returns its hazards, shrunk towards those of a wider record, which weigh as much as `worth` launches.
    fn draw(&self, wider: &Hazards, worth: f64) -> Hazards {
        let mut hazards = *wider;
        for (bin, hazard) in hazards.iter_mut().enumerate() {
            *hazard = (self.flown[bin] + worth * *hazard) / (self.waited[bin] + worth);
        }
        hazards
    }

    fn launches(&self) -> u32 {
        u32::try_from(self.launches.len()).unwrap_or(u32::MAX)
    }
}

/// The outcomes of all launches by cell, and those of each provider.
#[derive(Clone, Debug, Default)]
pub(super) struct Cells {
    all: HashMap<CellKey, Cell>,
    by_provider: HashMap<(CellKey, i32), Cell>,
}

impl Cells {
    /// Fits to what was known of the launches at `now`.
    pub(super) fn fit(courses: &[Course], now: DateTime<Utc>) -> Self {
        let mut cells = Self::default();
        for course in courses {
            let outcome = course.outcome(now);
            for (look, share) in weighted_looks(course, now) {
                let axis = Axis::new(look.announcement);
                let own = (look.key, look.announcement.provider_id);
                for cell in [cells.all.entry(look.key).or_default(), cells.by_provider.entry(own).or_default()] {
                    cell.add(axis, look.at, outcome, share, course.launch_id);
                }
            }
        }
        cells
    }

    /// Returns the hazards of a cell, shrunk towards the stated ones.
    pub(super) fn of_all(&self, key: CellKey, constants: &Constants) -> Hazards {
        let prior = prior::hazards(key);
        self.all.get(&key).map_or(prior, |cell| cell.draw(&prior, constants.prior_launches))
    }

    /// Returns the hazards of a provider in a cell, shrunk towards those of the cell.
    pub(super) fn of_provider(&self, key: CellKey, provider_id: i32, constants: &Constants) -> Hazards {
        let wider = self.of_all(key, constants);
        self.by_provider.get(&(key, provider_id)).map_or(wider, |cell| cell.draw(&wider, constants.provider_launches))
    }

    /// Returns the number of launches in a cell: of all providers, and of one.
    pub(super) fn launches(&self, key: CellKey, provider_id: i32) -> (u32, u32) {
        let count = |cell: Option<&Cell>| cell.map_or(0, Cell::launches);
        (count(self.all.get(&key)), count(self.by_provider.get(&(key, provider_id))))
    }
}
