use chrono::{DateTime, Utc};
use domain::Granularity;

use super::{
    bins::{ON_TIME, in_days, late},
    course::Announcement,
};

/// Number of features.
pub(super) const FEATURES: usize = 8;

/// The values of the features of one launch in one bin, in the order of [`FEATURE_NAMES`].
pub(crate) type Features = [f64; FEATURES];

/// What each feature measures. All are 0 for the usual launch.
pub(super) const FEATURE_NAMES: [&str; FEATURES] = [
    "few flights of the rocket: exp(-flights / 4)",
    "few flights of the provider: exp(-flights / 4)",
    "launch window: ln((hours + 0.5) / 3)",
    "past slips, at most three",
    "age of the announcement: ln(1 + days) - 1",
    "more than 2.5 days late",
    "more than 14.5 days late",
    "date without a day, over 30 days ahead, on time",
];

/// Flights after which newness has fallen to 1/e.
const LEARNING_FLIGHTS: f64 = 4.0;
/// Slips beyond these count no more.
const MOST_SLIPS: u32 = 3;
/// Announcements older than this count as so old: the record of observations begins at some day.
const OLDEST_DAYS: f64 = 30.0;
/// A window of this many hours, and the half hour of a hold, is the usual one.
const USUAL_WINDOW_HOURS: f64 = 2.5;
const HOLD_HOURS: f64 = 0.5;
/// Bins that begin this many days late are those of delayed and of long delayed launches.
const DELAYED_DAYS: f64 = 2.5;
const LONG_DELAYED_DAYS: f64 = 14.5;
const FAR_DAYS: f64 = 30.0;

/// What is known of a launch besides its cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Traits {
    rocket_newness: f64,
    provider_newness: f64,
    /// None for a date without a time of day, and if LL2 gives no window.
    window_hours: Option<f64>,
    slips: u32,
    age_days: f64,
    is_far: bool,
}

impl Traits {
    pub(super) fn new(announcement: &Announcement, slips: u32, now: DateTime<Utc>) -> Self {
        let ticks = Granularity::of(announcement.precision_id).ticks();
        Self {
            rocket_newness: newness(announcement.rocket_flights),
            provider_newness: newness(announcement.provider_flights),
            window_hours: announcement.window_left().filter(|_| ticks).map(|left| in_days(left) * 24.0),
            slips,
            // In days of the calendar: within a day a forecast changes only with its launch.
            age_days: (now.date_naive() - announcement.from.date_naive()).num_days() as f64,
            is_far: !ticks && in_days(announcement.promised_at() - now) > FAR_DAYS,
        }
    }

    /// Returns the features for one bin. None of them changes how often launches are early.
    pub(super) fn features(&self, bin: usize) -> Features {
        if bin < ON_TIME {
            return [0.0; FEATURES];
        }
        let is_on_time = bin == ON_TIME;
        let late_from = if is_on_time { 0.0 } else { late(bin).0 };
        let flag = |is_set: bool| f64::from(u8::from(is_set));
        let window =
            self.window_hours.map_or(0.0, |hours| ((hours + HOLD_HOURS) / (USUAL_WINDOW_HOURS + HOLD_HOURS)).ln());
        [
            self.rocket_newness,
            self.provider_newness,
            flag(is_on_time) * window,
            f64::from(self.slips.min(MOST_SLIPS)),
            (1.0 + self.age_days.clamp(0.0, OLDEST_DAYS)).ln() - 1.0,
            flag((DELAYED_DAYS..LONG_DELAYED_DAYS).contains(&late_from)),
            flag(late_from >= LONG_DELAYED_DAYS),
            flag(is_on_time && self.is_far),
        ]
    }
}

/// Returns 1 before the first flight, and less with each flight; 0 if their number is not known.
fn newness(flights: Option<u32>) -> f64 {
    flights.map_or(0.0, |flights| (-f64::from(flights) / LEARNING_FLIGHTS).exp())
}
