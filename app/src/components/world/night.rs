use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use domain::{Daylight, Sun, place_on_map};

/// Degrees of longitude between the points of the line.
const STEP: usize = 3;

/// The night side of the Earth as the `d` of a path.
pub(crate) fn night(now: DateTime<Utc>) -> String {
    let sun = Sun::over(now);
    let pole = sun.dark_pole();
    let mut d = String::new();
    let mut go = |latitude: f64, longitude: f64| {
        let (x, y) = place_on_map(latitude, longitude);
        let command = if d.is_empty() { 'M' } else { 'L' };
        // Writing to a String cannot fail.
        let _ = write!(d, "{command}{x:.1} {y:.1}");
    };
    for longitude in (-180..=180).step_by(STEP) {
        let longitude = f64::from(longitude);
        go(sun.terminator(longitude), longitude);
    }
    // Around the dark pole along the ends of the map, which are curved.
    let edge = sun.terminator(180.0);
    let steps = 12;
    for step in 1..=steps {
        go(edge + (pole - edge) * f64::from(step) / f64::from(steps), 180.0);
    }
    for step in 0..steps {
        go(pole + (edge - pole) * f64::from(step) / f64::from(steps), -180.0);
    }
    d.push('Z');
    d
}

/// Returns the daylight as the end of a sentence.
pub(crate) fn daylight_word(daylight: Daylight) -> &'static str {
    match daylight {
        Daylight::Day => "day",
        Daylight::Twilight => "twilight",
        Daylight::Night => "night",
    }
}
