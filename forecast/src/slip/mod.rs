//! Predicts when launches really fly, from how far other launches moved from their announced dates.
//!
//! A move is measured from the announced period, so that a date that becomes more precise is not a move. The axis is
//! cut into bins. In each bin, a launch that has not flown yet flies with some probability: the hazard. Launches still
//! waiting are censored: they count only for the time that they have waited. A cell (precision of the date, whether it
//! is confirmed, how far ahead it lies) has its own hazards, shrunk towards a prior. The hazards of launches that have
//! slipped before, and of one provider, are shrunk towards their cell in the same way. Each launch has the same weight
//! in a cell, however often it was observed.

mod bins;
mod cell;
mod course;
mod curve;
pub mod horizon;
mod prior;
pub mod weibull;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Basis, DATE_LEVELS, DateForecast, Granularity, NetSpan};
use uuid::Uuid;

pub use self::course::{Announcement, Course, Outcome};
use self::{
    bins::{Axis, BINS, in_days},
    cell::{Cell, CellKey},
    curve::Curve,
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

/// Returns how many days an instant lies beyond an announced period; 0 within it.
pub fn moved_days(span: &NetSpan, precision_id: Option<i32>, at: DateTime<Utc>) -> f64 {
    Axis::new(span, Granularity::of(precision_id)).moved_days(at)
}

/// One observation of an announcement.
struct Look<'c> {
    course: &'c Course,
    announcement: &'c Announcement,
    at: DateTime<Utc>,
    /// Days until the next observation, used as its weight.
    weight: f64,
    slipped: bool,
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

/// Returns observations of each announcement: when it was made, and after it stood for 1, 2, 4 ... days, each weighted
/// by the time until the next.
fn looks(course: &Course, now: DateTime<Utc>) -> Vec<Look<'_>> {
    let until = match course.outcome(now) {
        Outcome::Flown(at) | Outcome::Waiting(at) => at,
    };
    let mut looks = Vec::new();
    let mut slips = 0;
    let mut before: Option<NetSpan> = None;
    for (place, announcement) in course.announcements.iter().enumerate() {
        if announcement.from > now || !announcement.is_waiting() {
            break;
        }
        let span = announcement.span();
        if before.is_some_and(|before| span.start >= before.end + TimeDelta::minutes(2)) {
            slips += 1;
        }
        before = Some(span);
        let end = course.announcements.get(place + 1).map_or(until, |next| next.from.min(until));
        let mut at = announcement.from;
        let mut stride = TimeDelta::days(1);
        while at < end {
            let next = (at + stride).min(end);
            let weight = in_days(next - at).max(0.05);
            looks.push(Look { course, announcement, at, weight, slipped: slips > 0 });
            if looks.last().is_some_and(|look| look.at != announcement.from) {
                stride = stride * 2;
            }
            at = next;
        }
    }
    looks
}

/// Probabilities of flying in each bin, one after the other.
type Hazards = [f64; BINS];

/// Returns the days from one instant to another; negative if `to` is earlier.
pub fn days_between(from: DateTime<Utc>, to: DateTime<Utc>) -> f64 {
    in_days(to - from)
}
