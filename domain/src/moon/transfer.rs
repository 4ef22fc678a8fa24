//! The calculation behind the figures of the ladder: vis-viva, coplanar, impulsive burns. Published values to compare:
//! LEO 400 km 3.082 km/s to the Moon, GTO 0.676, GEO 1.053. Not used for verdicts: a class of orbits is a range, and
//! tests check the ranges against it.

/// Earth's gravitational parameter, km³/s².
const EARTH_MU: f64 = 398_600.441_8;
const EARTH_RADIUS_KM: f64 = 6_378.137;
/// The Moon's gravitational parameter, km³/s².
const MOON_MU: f64 = 4_902.800;
const MOON_RADIUS_KM: f64 = 1_737.4;
/// The Moon's mean distance, taken as the apogee of every transfer.
const MOON_DISTANCE_KM: f64 = 384_400.0;

/// From a transfer that passes the Moon to its surface, landed directly: PMC7385728 (Acta Astronautica 177, 2020), table 4.
pub const TRANSFER_TO_SURFACE_KM_S: f64 = 2.900;
/// From low lunar orbit to the surface, same table.
pub const LOW_LUNAR_ORBIT_TO_SURFACE_KM_S: f64 = 2.180;
/// From the near-rectilinear halo orbit to low lunar orbit, same table.
pub const HALO_TO_LOW_LUNAR_ORBIT_KM_S: f64 = 0.740;

/// Returns the burn at perigee, km/s, that raises an orbit with these altitudes (km) to the Moon's distance.
pub fn to_the_moon(perigee_km: f64, apogee_km: f64) -> f64 {
    let (perigee, apogee) = (EARTH_RADIUS_KM + perigee_km, EARTH_RADIUS_KM + apogee_km);
    speed(EARTH_MU, perigee, f64::midpoint(perigee, MOON_DISTANCE_KM))
        - speed(EARTH_MU, perigee, f64::midpoint(perigee, apogee))
}

/// Returns the burn, km/s, that brings a payload from a low Earth orbit of this altitude (km) into a circular orbit of
/// the Moon.
pub fn into_lunar_orbit(from_km: f64, lunar_km: f64) -> f64 {
    let perigee = EARTH_RADIUS_KM + from_km;
    let arriving = speed(EARTH_MU, MOON_DISTANCE_KM, f64::midpoint(perigee, MOON_DISTANCE_KM));
    let excess = speed(EARTH_MU, MOON_DISTANCE_KM, MOON_DISTANCE_KM) - arriving;
    let radius = MOON_RADIUS_KM + lunar_km;
    (excess * excess + 2.0 * MOON_MU / radius).sqrt() - speed(MOON_MU, radius, radius)
}

/// Returns the speed, km/s, by the vis-viva equation.
fn speed(mu: f64, radius_km: f64, semi_major_km: f64) -> f64 {
    (mu * (2.0 / radius_km - 1.0 / semi_major_km)).sqrt()
}
