use chrono::{DateTime, Utc};
use domain::{Basis, DATE_LEVELS, DateForecast};

use super::{
    bins::{Axis, in_days},
    cell::{CellKey, Cells},
    constants::Constants,
    course::{Announcement, Course},
    curve::curve,
    features::Traits,
    multipliers::Multipliers,
};

/// Minimum number of launches for a record to be named as the basis of a forecast.
const ENOUGH: u32 = 5;

/// Hazards by cell and their multipliers, fitted to what was known at one time.
#[derive(Clone, Debug)]
pub struct SlipModel {
    constants: Constants,
    cells: Cells,
    multipliers: Multipliers,
}

impl SlipModel {
    /// Fits to what was known of the launches at `now`; the multipliers to what was known at the start of the week.
    pub fn fit(courses: &[Course], now: DateTime<Utc>) -> Self {
        let constants = Constants::default();
        let multipliers = Multipliers::fit(courses, Multipliers::week(now), &constants);
        Self::with_multipliers(courses, now, multipliers, constants)
    }

    /// [`SlipModel::fit`] with given multipliers, which are the same for a whole week.
    pub fn with_multipliers(
        courses: &[Course],
        now: DateTime<Utc>,
        multipliers: Multipliers,
        constants: Constants,
    ) -> Self {
        Self { constants, cells: Cells::fit(courses, now), multipliers }
    }

    /// Predicts when a launch with this announcement really flies, if it has not flown at `now`. None if it has left
    /// the pad.
    pub fn predict(&self, announcement: &Announcement, slips: u32, now: DateTime<Utc>) -> Option<DateForecast> {
        if !announcement.is_waiting() {
            return None;
        }
        let key = CellKey::new(announcement, now);
        let hazards = self.cells.of_provider(key, announcement.provider_id, &self.constants);
        let hazards = self.multipliers.apply(&hazards, &Traits::new(announcement, slips, now));
        let flight = curve(Axis::new(announcement), &hazards, now);
        let ahead = in_days(announcement.net - now);
        let minutes = DATE_LEVELS.map(|level| {
            let days = flight.quantile(f64::from(level) / 1000.0).unwrap_or_else(|| flight.last_days());
            rounded_minutes(days - ahead)
        });
        let (all, own) = self.cells.launches(key, announcement.provider_id);
        let (rests_on, n) = if own >= ENOUGH { (Basis::Provider, own) } else { (Basis::World, all) };
        DateForecast::new(announcement.net, announcement.precision_id, minutes, n, rests_on)
    }
}

/// Times more than two days from the announced one are not known to the minute.
const COARSE_MINUTES: f64 = 2_880.0;
const COARSE_STEP: f64 = 10.0;

fn rounded_minutes(days: f64) -> i32 {
    let minutes = days * 1_440.0;
    let step = if minutes.abs() > COARSE_MINUTES { COARSE_STEP } else { 1.0 };
    // Saturates, and never reaches the limits: the last bin ends after four years.
    ((minutes / step).round() * step) as i32
}
