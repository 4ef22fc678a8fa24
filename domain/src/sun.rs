//! The position of the Sun, accurate enough for day and night on a map.

use chrono::{DateTime, Utc};

/// Height of the Sun's centre at sunrise and sunset, in degrees: half its disc and the refraction of the air below the
/// horizon (the convention of the almanacs).
const HORIZON: f64 = -0.833;
/// Height at which civil twilight ends, in degrees.
const CIVIL_TWILIGHT: f64 = -6.0;

/// The point of the Earth where the Sun is at the zenith, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sun {
    pub latitude: f64,
    pub longitude: f64,
}

/// The brightness at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Daylight {
    Day,
    /// Civil twilight: the Sun is less than six degrees below the horizon.
    Twilight,
    Night,
}

impl Sun {
    /// Computes the point by the low-precision formulas of the Astronomical Almanac (page C5). They are accurate to
    /// 0.01° from 1950 to 2050, which is a kilometre on the ground and a tenth of a pixel on the map.
    pub fn over(at: DateTime<Utc>) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "seconds of any calendar year are exact in a double")]
        // Days since 2000-01-01 12:00 UTC, which is second 946,728,000.
        let days = (at.timestamp() - 946_728_000) as f64 / 86_400.0;
        let mean_longitude = 280.460 + 0.985_647_4 * days;
        let anomaly = (357.528 + 0.985_600_3 * days).to_radians();
        let ecliptic = (mean_longitude + 1.915 * anomaly.sin() + 0.020 * (2.0 * anomaly).sin()).to_radians();
        let obliquity = (23.439 - 0.000_000_4 * days).to_radians();
        let right_ascension = (obliquity.cos() * ecliptic.sin()).atan2(ecliptic.cos()).to_degrees();
        // Greenwich mean sidereal time, in degrees.
        let sidereal = 280.460_618_37 + 360.985_647_366_29 * days;
        Self {
            latitude: (obliquity.sin() * ecliptic.sin()).asin().to_degrees(),
            longitude: half_turn(right_ascension - sidereal),
        }
    }

    /// Returns the height of the Sun at a place, in degrees; negative below the horizon.
    pub fn height(&self, latitude: f64, longitude: f64) -> f64 {
        let (phi, delta) = (latitude.to_radians(), self.latitude.to_radians());
        let hour = (longitude - self.longitude).to_radians();
        (phi.sin() * delta.sin() + phi.cos() * delta.cos() * hour.cos()).clamp(-1.0, 1.0).asin().to_degrees()
    }

    pub fn daylight(&self, latitude: f64, longitude: f64) -> Daylight {
        match self.height(latitude, longitude) {
            height if height >= HORIZON => Daylight::Day,
            height if height >= CIVIL_TWILIGHT => Daylight::Twilight,
            _ => Daylight::Night,
        }
    }

    /// Returns the latitude at which a meridian crosses from day to night. Night is poleward of it on the side of
    /// [`Sun::dark_pole`].
    pub fn terminator(&self, longitude: f64) -> f64 {
        // At an equinox the terminator is a meridian, and its latitude is undefined. A hundredth of a degree off, it is
        // defined.
        let latitude = if self.latitude.abs() < 0.01 { 0.01_f64.copysign(self.latitude) } else { self.latitude };
        (-(longitude - self.longitude).to_radians().cos() / latitude.to_radians().tan()).atan().to_degrees()
    }

    /// Returns the latitude of the pole that is dark: 90 or -90.
    pub fn dark_pole(&self) -> f64 {
        -90.0_f64.copysign(self.latitude)
    }
}

/// Normalizes an angle to between -180 and 180 degrees.
fn half_turn(degrees: f64) -> f64 {
    (degrees + 180.0).rem_euclid(360.0) - 180.0
}
