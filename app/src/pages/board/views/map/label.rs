//! Places labels next to the pins, where they cover nothing.

use super::cluster::Cluster;
use crate::components::world::Window;

/// Maximum number of labels: a map is not a list.
const MOST: usize = 14;
/// Generous estimate of the width of a letter in a label, in pixels.
const LETTER: f64 = 6.6;
/// Height of two lines.
const HEIGHT: f64 = 29.0;
/// Gap between a pin and its label.
const GAP: f64 = 6.0;
/// How far the status mark extends beyond a pin, above it and to its right.
const MARK: f64 = 5.0;

/// Position of a pin's label, in pixels from the pin's centre, and the end of the text that is there (`text-anchor`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) anchor: &'static str,
}

#[derive(Clone, Copy)]
struct Area {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Area {
    fn lies_in(&self, other: &Self) -> bool {
        self.left >= other.left && self.right <= other.right && self.top >= other.top && self.bottom <= other.bottom
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }
}

/// Returns a spot for each pin whose label fits into the view; tries right, left, below, above. The pins must be in order of importance.
/// `unit` is the size of a pixel in map units; `letters` is the length of the longer line of each label.
pub(super) fn spots(clusters: &[Cluster], letters: &[usize], unit: f64, view: &Window) -> Vec<Option<Spot>> {
    let view = Area {
        left: view.x / unit,
        top: view.y / unit,
        right: (view.x + view.width) / unit,
        bottom: (view.y + view.height()) / unit,
    };
    let mut taken: Vec<Area> = clusters
        .iter()
        .map(|cluster| {
            let (x, y, radius) = (cluster.x / unit, cluster.y / unit, cluster.radius() + 2.0);
            Area { left: x - radius, top: y - radius - MARK, right: x + radius + MARK, bottom: y + radius }
        })
        .collect();
    let mut placed = 0;
    let mut spots = Vec::with_capacity(clusters.len());
    for (cluster, letters) in clusters.iter().zip(letters) {
        #[expect(clippy::cast_precision_loss, reason = "the length of a name")]
        let width = *letters as f64 * LETTER;
        let (x, y, away) = (cluster.x / unit, cluster.y / unit, cluster.radius() + GAP);
        let spot = [
            (away + MARK, -HEIGHT / 2.0, "start"),
            (-away, -HEIGHT / 2.0, "end"),
            (0.0, away, "middle"),
            (0.0, -away - MARK - HEIGHT, "middle"),
        ]
        .into_iter()
        .find_map(|(right, down, anchor)| {
            let left = match anchor {
                "start" => x + right,
                "end" => x + right - width,
                _ => x - width / 2.0,
            };
            let area = Area { left, top: y + down, right: left + width, bottom: y + down + HEIGHT };
            (area.lies_in(&view) && !taken.iter().any(|other| other.meets(&area)))
                .then_some((area, Spot { x: right, y: down, anchor }))
        });
        let spot = spot.filter(|_| placed < MOST);
        if let Some((area, _)) = spot {
            taken.push(area);
            placed += 1;
        }
        spots.push(spot.map(|(_, spot)| spot));
    }
    spots
}
