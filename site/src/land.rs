//! Draws the world map: converts Natural Earth's land into one SVG file.
//!
//! `world-atlas` has the land as TopoJSON: arcs of points, each the difference to the previous one. Rings consist of arcs, forwards or, as
//! `!index`, backwards. Rings are complete on the globe, so they cross the 180th meridian, where our map has its edges.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Context, Result, bail};
use domain::{WORLD_HEIGHT, WORLD_WIDTH, place_on_map};
use serde::Deserialize;

/// The file of the package, at 1:50 million: it must still look like a coast when Florida fills the map.
const SOURCE: &str = "node_modules/world-atlas/land-50m.json";
/// Points closer than this to the previous one are left out, in units of the map, which is a thousand wide.
const DETAIL: f64 = 0.25;
/// Islands smaller than this are left out: a pixel on the whole map, twenty kilometres on the ground, and there are a thousand of them.
const SMALLEST: f64 = 0.6;
/// Step in degrees along lines that the projection bends.
const STEP: usize = 5;

#[derive(Deserialize)]
struct Topology {
    transform: Transform,
    arcs: Vec<Vec<[f64; 2]>>,
    objects: Objects,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Objects {
    land: Geometry,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
#[expect(clippy::enum_variant_names, reason = "the names of the TopoJSON format")]
enum Geometry {
    GeometryCollection { geometries: Vec<Geometry> },
    MultiPolygon { arcs: Vec<Vec<Vec<i64>>> },
    Polygon { arcs: Vec<Vec<i64>> },
}

/// Longitude and latitude in degrees.
type Point = [f64; 2];

/// Writes the drawing: the shape of the globe, its meridians and parallels, and the land, each with its own id.
pub(crate) fn draw(packages: &Path, target: &Path) -> Result<()> {
    let source = packages.join(SOURCE);
    let text = fs::read(&source).with_context(|| format!("could not read {}", source.display()))?;
    let topology: Topology =
        serde_json::from_slice(&text).with_context(|| format!("{} is not the land as TopoJSON", source.display()))?;
    let svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WORLD_WIDTH} {WORLD_HEIGHT}"><path id="globe" d="{}"/><path id="lines" d="{}"/><path id="land" d="{}"/></svg>"#,
        path([globe()], true),
        path(graticule(), false),
        path(rings(&topology)?, true),
    );
    fs::write(target, svg).with_context(|| format!("could not write {}", target.display()))
}

/// Every ring of the land, cut at the edges of the map.
fn rings(topology: &Topology) -> Result<Vec<Vec<Point>>> {
    let arcs: Vec<Vec<Point>> = topology.arcs.iter().map(|arc| decoded(arc, &topology.transform)).collect();
    let mut rings = Vec::new();
    let mut waiting = vec![&topology.objects.land];
    while let Some(geometry) = waiting.pop() {
        match geometry {
            Geometry::GeometryCollection { geometries } => waiting.extend(geometries),
            Geometry::MultiPolygon { arcs } => rings.extend(arcs.iter().flatten()),
            Geometry::Polygon { arcs } => rings.extend(arcs),
        }
    }
    let joined: Vec<Vec<Point>> = rings.into_iter().map(|ring| joined(ring, &arcs)).collect::<Result<_>>()?;
    let cut: Vec<_> = joined.into_iter().flat_map(|ring| cut(&whole(&ring))).collect();
    if cut.is_empty() {
        bail!("the land has no outline: is it another version of world-atlas?");
    }
    Ok(cut)
}

fn decoded(arc: &[[f64; 2]], transform: &Transform) -> Vec<Point> {
    let mut at = [0.0, 0.0];
    arc.iter()
        .map(|step| {
            at = [at[0] + step[0], at[1] + step[1]];
            [at[0] * transform.scale[0] + transform.translate[0], at[1] * transform.scale[1] + transform.translate[1]]
        })
        .collect()
}

fn joined(ring: &[i64], arcs: &[Vec<Point>]) -> Result<Vec<Point>> {
    let mut points: Vec<Point> = Vec::new();
    for index in ring {
        let (at, backwards) = if *index < 0 { (!*index, true) } else { (*index, false) };
        let arc = usize::try_from(at).ok().and_then(|at| arcs.get(at)).context("a ring of the land has no such arc")?;
        // The end of one arc is the beginning of the next.
        points.pop();
        if backwards { points.extend(arc.iter().rev()) } else { points.extend(arc) }
    }
    Ok(points)
}

/// A ring without the jump at the 180th meridian: longitudes continue beyond it. One that goes round a pole is closed along the pole.
fn whole(ring: &[Point]) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::with_capacity(ring.len() + 2);
    for [longitude, latitude] in ring {
        let before = points.last().map_or(*longitude, |before| before[0]);
        let turns = ((before - longitude) / 360.0).round();
        points.push([longitude + turns * 360.0, *latitude]);
    }
    if let (Some(first), Some(last)) = (points.first().copied(), points.last().copied())
        && (last[0] - first[0]).abs() > 180.0
    {
        let pole = 90.0_f64.copysign(first[1]);
        points.push([last[0], pole]);
        points.push([first[0], pole]);
    }
    points
}

/// The parts of a ring on the map; parts beyond its edges are moved to the other side.
fn cut(ring: &[Point]) -> Vec<Vec<Point>> {
    [-360.0, 0.0, 360.0]
        .into_iter()
        .map(|turn| ring.iter().map(|[longitude, latitude]| [longitude + turn, *latitude]).collect::<Vec<_>>())
        .map(|ring| clipped(&clipped(&ring, -180.0, 1.0), 180.0, -1.0))
        .filter(|ring| ring.len() > 2)
        .collect()
}

/// The part of a ring on one side of a meridian (Sutherland and Hodgman); `side` is 1 for the east of it, -1 for the west.
fn clipped(ring: &[Point], meridian: f64, side: f64) -> Vec<Point> {
    let inside = |point: &Point| (point[0] - meridian) * side >= 0.0;
    let mut kept = Vec::new();
    for (at, point) in ring.iter().enumerate() {
        let before = &ring[(at + ring.len() - 1) % ring.len()];
        if inside(before) != inside(point) {
            let share = (meridian - before[0]) / (point[0] - before[0]);
            kept.push([meridian, before[1] + share * (point[1] - before[1])]);
        }
        if inside(point) {
            kept.push(*point);
        }
    }
    kept
}

/// The outline of the map: both edges and both poles.
fn globe() -> Vec<Point> {
    let side = |longitude: f64, latitudes: &mut dyn Iterator<Item = i16>| {
        latitudes.map(|latitude| [longitude, f64::from(latitude)]).collect::<Vec<_>>()
    };
    let mut outline = side(180.0, &mut (-90..=90).step_by(STEP));
    outline.extend(side(-180.0, &mut (-90..=90).rev().step_by(STEP)));
    outline
}

/// A meridian and a parallel every thirty degrees.
fn graticule() -> Vec<Vec<Point>> {
    let meridians = (-150..=150).step_by(30).map(|longitude: i16| {
        (-90..=90).step_by(STEP).map(|latitude: i16| [f64::from(longitude), f64::from(latitude)]).collect()
    });
    let parallels = (-60..=60)
        .step_by(30)
        .map(|latitude: i16| [-180.0, 180.0].map(|longitude| [longitude, f64::from(latitude)]).to_vec());
    meridians.chain(parallels).collect()
}

/// The `d` of an SVG path, in steps of hundredths of a unit: invisible details are left out.
fn path(lines: impl IntoIterator<Item = Vec<Point>>, closed: bool) -> String {
    let mut d = String::new();
    for line in lines {
        let mut places: Vec<(f64, f64)> = Vec::new();
        for [longitude, latitude] in line {
            let place = place_on_map(latitude, longitude);
            let is_near = |before: &(f64, f64)| (before.0 - place.0).hypot(before.1 - place.1) < DETAIL;
            if !places.last().is_some_and(is_near) {
                places.push(place);
            }
        }
        if places.len() < if closed { 3 } else { 2 } || (closed && extent(&places) < SMALLEST) {
            continue;
        }
        let mut at = (0, 0);
        for (index, (x, y)) in places.into_iter().enumerate() {
            let to = (hundredths(x), hundredths(y));
            let (x, y) = if index == 0 { to } else { (to.0 - at.0, to.1 - at.1) };
            // A letter applies until the next one: a single `l` precedes all the steps of a line.
            let letter = ["M", "l"].get(index).copied().unwrap_or_default();
            // Writing to a String cannot fail.
            let _ = write!(d, "{letter}{}{}", number(x, index > 1), number(y, true));
            at = to;
        }
        if closed {
            d.push('z');
        }
    }
    d
}

/// The longer side of the bounding box of the places.
fn extent(places: &[(f64, f64)]) -> f64 {
    let side = |of: fn(&(f64, f64)) -> f64| {
        let ends = |(least, most): (f64, f64), value: f64| (least.min(value), most.max(value));
        let (least, most) = places.iter().map(of).fold((f64::MAX, f64::MIN), ends);
        most - least
    };
    side(|place| place.0).max(side(|place| place.1))
}

#[expect(clippy::cast_possible_truncation, reason = "at most a hundred thousand")]
fn hundredths(unit: f64) -> i64 {
    (unit * 100.0).round() as i64
}

/// Formats hundredths in the shortest form of SVG, with a separator if the number follows another one and has no sign.
fn number(hundredths: i64, follows: bool) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let separator = if follows && hundredths >= 0 { " " } else { "" };
    let (whole, part) = (hundredths.abs() / 100, hundredths.abs() % 100);
    let whole = if whole == 0 && part != 0 { String::new() } else { whole.to_string() };
    let part = match part {
        0 => String::new(),
        part if part % 10 == 0 => format!(".{}", part / 10),
        part => format!(".{part:02}"),
    };
    format!("{separator}{sign}{whole}{part}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_across_the_end_of_the_map_becomes_two() {
        let ring = [[170.0, 10.0], [-170.0, 10.0], [-170.0, -10.0], [170.0, -10.0], [170.0, 10.0]];
        let parts = cut(&whole(&ring));
        assert_eq!(parts.len(), 2);
        for part in parts {
            let (west, east) = part
                .iter()
                .fold((180.0_f64, -180.0_f64), |(west, east), point| (west.min(point[0]), east.max(point[0])));
            assert!((east - west - 10.0).abs() < 1e-9, "{west} to {east}");
        }
    }

    #[test]
    fn a_ring_round_a_pole_is_closed_along_it() {
        let ring: Vec<Point> = (0..=36).map(|step| [f64::from((step * 10 + 180) % 360 - 180), -70.0]).collect();
        let whole = whole(&ring);
        assert!(whole.iter().filter(|point| (point[1] + 90.0).abs() < 1e-9).count() == 2, "{whole:?}");
        let parts = cut(&whole);
        assert!(parts.iter().flatten().any(|point| (point[0] - 180.0).abs() < 1e-9));
        assert!(parts.iter().flatten().any(|point| (point[0] + 180.0).abs() < 1e-9));
    }

    #[test]
    fn numbers_are_short_and_separated() {
        let pair = |x, y| format!("{}{}", number(x, false), number(y, true));
        assert_eq!(pair(150, 5), "1.5 .05");
        assert_eq!(pair(-7, -1200), "-.07-12");
        assert_eq!(pair(0, 0), "0 0");
    }

    #[test]
    fn arcs_are_delta_encoded_and_may_be_reversed() {
        let transform = Transform { scale: [0.5, 0.5], translate: [-10.0, 0.0] };
        let arcs = [decoded(&[[0.0, 0.0], [2.0, 2.0]], &transform), decoded(&[[4.0, 0.0], [-2.0, 2.0]], &transform)];
        let ring = joined(&[0, !1], &arcs).expect("both arcs are there");
        assert_eq!(ring, [[-10.0, 0.0], [-9.0, 1.0], [-8.0, 0.0]]);
        assert!(joined(&[7], &arcs).is_err());
    }
}
