use super::{MoonReach, MoonTier};
use crate::Orbit;

/// Returns where an orbit leaves a payload, by LL2's id, name and body of the orbit. The body takes precedence over the
/// id.
///
/// The figures are a burn to the Moon's distance (`transfer`) plus 2.90 km/s from there to the surface. LL2 gives no
/// apogee, so a class of orbits is a range.
pub(super) fn of(orbit: Option<&Orbit>) -> MoonReach {
    let Some(orbit) = orbit else {
        return MoonReach::new(MoonTier::Unknown, None, "LL2 gives no orbit.");
    };
    let name = orbit.name.to_ascii_lowercase();
    if name.contains("impactor") {
        return MoonReach::new(MoonTier::Cannot, None, "An impactor: it crashes into the Moon.");
    }
    let says = || format!("LL2 gives the orbit as {}.", orbit.name);
    let elsewhere = || MoonReach::new(MoonTier::Cannot, None, format!("Another destination: {}.", orbit.name));
    let body = orbit.celestial_body.as_deref().unwrap_or_default();
    if body.eq_ignore_ascii_case("moon") && orbit.id != 9 && !name.contains("flyby") {
        return MoonReach::new(MoonTier::LunarOrbit, Some((2.18, 2.92)), says());
    }
    // The Lagrange points of Sun and Earth go around the Sun, but are on the way to the Moon.
    if !["", "earth", "moon", "sun"].contains(&body.to_ascii_lowercase().as_str()) {
        return elsewhere();
    }
    let (tier, left) = match orbit.id {
        11 => (MoonTier::LunarOrbit, (2.18, 2.92)),
        9 => (MoonTier::LunarTransfer, (2.90, 2.90)),
        5 | 16 => (MoonTier::SteppingStone, (2.9, 3.0)),
        0 => (MoonTier::SteppingStone, (3.0, 3.6)),
        2 | 4 => (MoonTier::SteppingStone, (3.3, 3.6)),
        1 => (MoonTier::SteppingStone, (3.9, 4.0)),
        12 => (MoonTier::EarthOrbit, (4.2, 4.4)),
        13 | 17 => (MoonTier::EarthOrbit, (5.8, 6.0)),
        8 => (MoonTier::EarthOrbit, (5.9, 6.2)),
        15 => return MoonReach::new(MoonTier::Cannot, None, "Suborbital: it does not reach orbit."),
        6 | 19 | 20 | 21 => return elsewhere(),
        25 => return MoonReach::new(MoonTier::Unknown, None, "LL2 says the orbit is unknown."),
        _ if name.contains("lunar flyby") => (MoonTier::LunarTransfer, (2.90, 2.90)),
        _ if name.contains("lunar") => (MoonTier::LunarOrbit, (2.18, 2.92)),
        _ if name.contains("geostationary") || name.contains("geosynchronous") => (MoonTier::SteppingStone, (3.2, 4.0)),
        _ if name.contains("high earth") || name.contains("supersynchronous") => (MoonTier::SteppingStone, (3.0, 3.6)),
        _ if ELSEWHERE.iter().any(|word| name.contains(word)) || body.eq_ignore_ascii_case("sun") => {
            return elsewhere();
        }
        _ => return MoonReach::new(MoonTier::Unknown, None, format!("Unknown orbit: {}.", orbit.name)),
    };
    MoonReach::new(tier, Some(left), says())
}

/// Words in the names of orbits that lead away from Earth and Moon.
const ELSEWHERE: [&str; 8] =
    ["solar escape", "heliocentric n/a", "mars", "venus", "mercury", "jupiter", "saturn", "asteroid"];
