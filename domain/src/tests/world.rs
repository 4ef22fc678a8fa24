use super::at;
use crate::{Daylight, Sun, WORLD_HEIGHT, WORLD_WIDTH, place_on_map};

fn close(left: f64, right: f64, within: f64) -> bool {
    (left - right).abs() <= within
}

#[test]
fn the_projection_matches_the_values_of_proj() {
    // PROJ's own test of `natearth` on a sphere of 6,400 km: 2° E, 1° N is at 194,507.265 m and 112,508.737 m.
    let unit = 6_400_000.0 / (WORLD_WIDTH / (2.0 * std::f64::consts::PI * 0.8707));
    let (x, y) = place_on_map(1.0, 2.0);
    assert!(close((x - WORLD_WIDTH / 2.0) * unit, 194_507.265, 0.01), "{x}");
    assert!(close((WORLD_HEIGHT / 2.0 - y) * unit, 112_508.737, 0.01), "{y}");
}

#[test]
fn the_world_fills_its_frame() {
    let (west, middle) = place_on_map(0.0, -180.0);
    assert!(close(west, 0.0, 1e-9) && close(middle, WORLD_HEIGHT / 2.0, 1e-9));
    let (east, _) = place_on_map(0.0, 180.0);
    assert!(close(east, WORLD_WIDTH, 1e-9));
    let (_, north) = place_on_map(90.0, 0.0);
    let (_, south) = place_on_map(-90.0, 0.0);
    assert!((0.0..3.0).contains(&north), "{north}");
    assert!(close(north, WORLD_HEIGHT - south, 1e-9));
}

#[test]
fn the_sun_is_over_the_equator_and_the_tropics_at_the_times_of_the_almanac() {
    for (instant, latitude) in [
        // Equinoxes and solstices of 2026 (USNO).
        ("2026-03-20T14:46:00Z", 0.0),
        ("2026-06-21T08:25:00Z", 23.44),
        ("2026-09-23T00:05:00Z", 0.0),
        ("2026-12-21T20:50:00Z", -23.44),
    ] {
        let sun = Sun::over(at(instant));
        assert!(close(sun.latitude, latitude, 0.02), "{instant}: {sun:?}");
    }
}

#[test]
fn the_sun_crosses_greenwich_by_the_equation_of_time() {
    for (instant, longitude) in [
        // 16.4 minutes early in November, 14.2 late in February; one minute is a quarter of a degree.
        ("2026-11-03T12:00:00Z", -4.1),
        ("2026-02-11T12:00:00Z", 3.55),
        ("2026-02-11T00:00:00Z", -176.45),
    ] {
        let sun = Sun::over(at(instant));
        assert!(close(sun.longitude, longitude, 0.1), "{instant}: {sun:?}");
    }
}

#[test]
fn day_and_night_meet_at_the_terminator() {
    for instant in ["2026-03-20T14:46:00Z", "2026-06-21T08:25:00Z", "2026-11-23T09:30:00Z", "2026-12-21T20:50:00Z"] {
        let sun = Sun::over(at(instant));
        assert!(sun.height(sun.latitude, sun.longitude) > 89.99);
        assert_eq!(sun.daylight(sun.latitude, sun.longitude), Daylight::Day);
        assert_eq!(sun.daylight(-sun.latitude, sun.longitude + 180.0), Daylight::Night);
        assert!(sun.height(sun.dark_pole(), 0.0) <= 0.0);
        for longitude in [-180.0, -90.0, -1.0, 0.0, 45.0, 179.0] {
            let height = sun.height(sun.terminator(longitude), longitude);
            assert!(close(height, 0.0, 0.02), "{instant} {longitude}: {height}");
        }
    }
}

#[test]
fn twilight_lies_between_day_and_night() {
    let sun = Sun { latitude: 0.0, longitude: 0.0 };
    assert_eq!(sun.daylight(0.0, 90.5), Daylight::Day, "refraction lifts the Sun's edge over the horizon");
    assert_eq!(sun.daylight(0.0, 93.0), Daylight::Twilight);
    assert_eq!(sun.daylight(0.0, 97.0), Daylight::Night);
}
