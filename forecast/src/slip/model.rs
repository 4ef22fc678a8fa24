use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::{Basis, DATE_LEVELS, DateForecast, Granularity};
use uuid::Uuid;

use super::{
    bins::{Axis, in_days},
    cell::{Cell, CellKey},
    course::{Announcement, Course},
    curve::Curve,
    look::looks,
    prior,
};

/// The weight, in launches, of the next wider record: of the prior in a cell, of the cell for launches that have
/// slipped before, and of these for the launches of one provider.
#[derive(Clone, Copy, Debug)]
pub struct Worth {
    pub prior: f64,
    pub cell: f64,
    pub slipped: f64,
}

impl Default for Worth {
    fn default() -> Self {
        Self { prior: 6.0, cell: 8.0, slipped: 10.0 }
    }
}

/// Minimum number of launches for a record to be named as the basis of a forecast.
const ENOUGH: u32 = 5;

/// Hazards by cell, fitted to what was known at one time.
#[derive(Clone, Debug)]
pub struct SlipModel {
    worth: Worth,
    cells: HashMap<CellKey, Cell>,
    slipped: HashMap<CellKey, Cell>,
    providers: HashMap<(CellKey, i32), Cell>,
    launches: u32,
}

impl SlipModel {
    /// Fits to what was known of the launches at `now`.
    pub fn fit(courses: &[Course], now: DateTime<Utc>) -> Self {
        Self::fit_with(courses, now, Worth::default())
    }

    /// [`SlipModel::fit`] with other weights, to select them.
    pub fn fit_with(courses: &[Course], now: DateTime<Utc>, worth: Worth) -> Self {
        let mut model =
            Self { worth, cells: HashMap::new(), slipped: HashMap::new(), providers: HashMap::new(), launches: 0 };
        let mut known: HashSet<Uuid> = HashSet::new();
        for course in courses {
            let looks = looks(course, now);
            let mut weights: HashMap<CellKey, f64> = HashMap::new();
            for look in &looks {
                *weights.entry(CellKey::new(look.announcement, look.at)).or_default() += look.weight;
            }
            let outcome = course.outcome(now);
            for look in &looks {
                let key = CellKey::new(look.announcement, look.at);
                let share = look.weight / weights.get(&key).copied().unwrap_or(look.weight).max(1e-9);
                let axis = Axis::new(&look.announcement.span(), Granularity::of(look.announcement.precision_id));
                let id = look.course.launch_id;
                model.cells.entry(key).or_default().add(axis, look.at, outcome, share, id);
                if look.slipped {
                    model.slipped.entry(key).or_default().add(axis, look.at, outcome, share, id);
                }
                let provider = (key, look.announcement.provider_id);
                model.providers.entry(provider).or_default().add(axis, look.at, outcome, share, id);
                known.insert(id);
            }
        }
        model.launches = u32::try_from(known.len()).unwrap_or(u32::MAX);
        model
    }

    /// Predicts when a launch with this announcement really flies, if it has not flown at `now`. None if it has left
    /// the pad.
    pub fn predict(&self, announcement: &Announcement, slips: u32, now: DateTime<Utc>) -> Option<DateForecast> {
        if !announcement.is_waiting() {
            return None;
        }
        let key = CellKey::new(announcement, now);
        let cell = self.cells.get(&key);
        let own = self.providers.get(&(key, announcement.provider_id));
        let mut hazards = prior::hazards(key);
        for (record, worth) in [
            (cell, self.worth.prior),
            (self.slipped.get(&key).filter(|_| slips > 0), self.worth.cell),
            (own, self.worth.slipped),
        ] {
            if let Some(record) = record {
                hazards = record.draw(&hazards, worth);
            }
        }
        let axis = Axis::new(&announcement.span(), Granularity::of(announcement.precision_id));
        let curve = Curve::new(axis, &hazards, now);
        let mut hours = [0; DATE_LEVELS.len()];
        for (hour, level) in hours.iter_mut().zip(DATE_LEVELS) {
            let when = curve.quantile(f64::from(level) / 1000.0);
            *hour = (in_days(when - announcement.net) * 24.0).round() as i32;
        }
        let (rests_on, n) = match (own.map_or(0, Cell::launches), cell.map_or(0, Cell::launches)) {
            (own, _) if own >= ENOUGH => (Basis::Provider, own),
            (_, n) => (Basis::World, n),
        };
        DateForecast::new(announcement.net, announcement.precision_id, hours, n, rests_on)
    }

    /// Returns the number of launches that it was fitted to.
    pub fn launches(&self) -> u32 {
        self.launches
    }
}
