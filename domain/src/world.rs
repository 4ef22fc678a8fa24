//! The map projection.

/// Width of the map. Its left and right edges are the 180th meridian.
pub const WORLD_WIDTH: f64 = 1_000.0;
/// Half of [`WORLD_HEIGHT`]: the y coordinate of the equator.
const EQUATOR: f64 = 260.0;
/// Height of the map, from pole to pole.
pub const WORLD_HEIGHT: f64 = 2.0 * EQUATOR;
/// Width of the projection for a globe of radius 1.
const UNIT_WIDTH: f64 = 2.0 * std::f64::consts::PI * 0.8707;

/// Returns the map coordinates of a latitude and longitude in degrees: x from 0 to [`WORLD_WIDTH`] eastwards, y from 0
/// to [`WORLD_HEIGHT`] southwards.
///
/// The Natural Earth projection: Šavrič, Patterson, Petrovič, Hurni, "A Polynomial Equation for the Natural Earth
/// Projection" (2011). It preserves the size of high latitudes, where pads are, better than equirectangular maps;
/// parallels stay straight.
pub fn place_on_map(latitude: f64, longitude: f64) -> (f64, f64) {
    let (phi, lambda) = (latitude.to_radians(), longitude.to_radians());
    let phi2 = phi * phi;
    let phi4 = phi2 * phi2;
    let x = lambda * (0.8707 - 0.131_979 * phi2 + phi4 * (-0.013_791 + phi4 * (0.003_971 * phi2 - 0.001_529 * phi4)));
    let y = phi * (1.007_226 + phi2 * (0.015_085 + phi4 * (-0.044_475 + 0.028_874 * phi2 - 0.005_916 * phi4)));
    let scale = WORLD_WIDTH / UNIT_WIDTH;
    (WORLD_WIDTH / 2.0 + x * scale, EQUATOR - y * scale)
}
