//! Lays out the nodes of the lineage: by layer from left to right; within a layer, near their neighbours.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Blueprint, Layer, OLD_NAMES, PipelineState, route::exposures};

/// Columns from LL2 to the pages: title and name prefix.
pub(super) const COLUMNS: [(&str, &str); 7] = [
    ("LL2", ""),
    ("Landing, job", ""),
    ("Staging", "stg_ll2__"),
    ("Dimensions", "dim_"),
    ("Facts", ""),
    ("Marts", "mart_"),
    ("Pages", ""),
];

pub(super) const NODE_WIDTH: f64 = 166.0;
pub(super) const NODE_HEIGHT: f64 = 34.0;
const PITCH_X: f64 = 192.0;
const PITCH_Y: f64 = 41.0;
const TOP: f64 = 30.0;

/// Number of passes that improve the order; more make no visible difference.
const SWEEPS: usize = 8;

/// The lineage as nodes and edges.
#[derive(Debug, Default)]
pub(super) struct Graph {
    /// Names by column, in their order from top to bottom.
    pub(super) columns: [Vec<String>; 7],
    pub(super) edges: BTreeSet<(String, String)>,
}

impl Graph {
    pub(super) fn new(state: &PipelineState, blueprint: &Blueprint) -> Self {
        let mut edges = BTreeSet::new();
        for transform in &blueprint.transforms {
            for read in &transform.reads {
                edges.extend(transform.writes.iter().map(|written| (read.clone(), written.clone())));
            }
        }
        edges.extend(state.view_reads.iter().map(|(view, read)| (read.clone(), view.clone())));
        for exposure in exposures() {
            edges.extend(exposure.reads.iter().map(|read| ((*read).to_owned(), exposure.name.to_owned())));
        }
        let is_old = |name: &str| OLD_NAMES.iter().any(|(old, _)| *old == name);
        edges.retain(|(from, to)| from != to && !is_old(to));
        let names: BTreeSet<&str> = edges
            .iter()
            .flat_map(|(from, to)| [from.as_str(), to.as_str()])
            .chain(state.relations.iter().map(|relation| relation.name.as_str()).filter(|name| !is_old(name)))
            .collect();
        let relations: BTreeSet<&str> = state.relations.iter().map(|relation| relation.name.as_str()).collect();
        let mut columns: [Vec<String>; 7] = Default::default();
        for name in names {
            let column = if exposures().iter().any(|exposure| exposure.name == name) {
                6
            } else if !relations.contains(name) {
                0
            } else {
                match Layer::of(name) {
                    Some(Layer::Job | Layer::Landing) | None => 1,
                    Some(Layer::Staging) => 2,
                    Some(Layer::Dimension) => 3,
                    Some(Layer::Fact) => 4,
                    Some(Layer::Mart) => 5,
                }
            };
            if let Some(column) = columns.get_mut(column) {
                column.push(name.to_owned());
            }
        }
        let mut graph = Self { columns, edges };
        graph.arrange();
        graph
    }

    /// Moves every node near the mean height of its neighbours, repeatedly (Sugiyama's barycentre method).
    fn arrange(&mut self) {
        for _ in 0..SWEEPS {
            let heights: BTreeMap<String, f64> = self.positions().into_iter().map(|(name, (_, y))| (name, y)).collect();
            let mean = |name: &str| {
                let neighbours: Vec<f64> = self
                    .edges
                    .iter()
                    .filter_map(|(from, to)| {
                        let other = if from == name {
                            to
                        } else if to == name {
                            from
                        } else {
                            return None;
                        };
                        heights.get(other).copied()
                    })
                    .collect();
                #[expect(clippy::cast_precision_loss, reason = "a few dozen neighbours")]
                let count = neighbours.len() as f64;
                // Nodes without edges come last.
                if neighbours.is_empty() { f64::MAX } else { neighbours.iter().sum::<f64>() / count }
            };
            let mut columns = self.columns.clone();
            for column in &mut columns {
                column.sort_by(|one, other| mean(one).total_cmp(&mean(other)).then_with(|| one.cmp(other)));
            }
            self.columns = columns;
        }
    }

    fn longest(&self) -> usize {
        self.columns.iter().map(Vec::len).max().unwrap_or_default()
    }

    #[expect(clippy::cast_precision_loss, reason = "a few dozen nodes")]
    pub(super) fn height(&self) -> f64 {
        TOP + self.longest() as f64 * PITCH_Y
    }

    pub(super) fn width(&self) -> f64 {
        6.0 * PITCH_X + NODE_WIDTH + 2.0
    }

    /// Returns the left edge of a column.
    #[expect(clippy::cast_precision_loss, reason = "seven columns")]
    pub(super) fn left(column: usize) -> f64 {
        1.0 + column as f64 * PITCH_X
    }

    /// Returns the column and the top of every node.
    #[expect(clippy::cast_precision_loss, reason = "a few dozen nodes")]
    pub(super) fn positions(&self) -> BTreeMap<String, (usize, f64)> {
        let longest = self.longest();
        let mut positions = BTreeMap::new();
        for (at, column) in self.columns.iter().enumerate() {
            let free = (longest - column.len()) as f64 * PITCH_Y / 2.0;
            for (row, name) in column.iter().enumerate() {
                positions.insert(name.clone(), (at, TOP + free + row as f64 * PITCH_Y));
            }
        }
        positions
    }

    /// Returns the path of an edge; within a column and backwards, it goes around.
    pub(super) fn path(from: (usize, f64), to: (usize, f64)) -> String {
        let (start, end) = (Self::left(from.0) + NODE_WIDTH, Self::left(to.0));
        let (y_from, y_to) = (from.1 + NODE_HEIGHT / 2.0, to.1 + NODE_HEIGHT / 2.0);
        if from.0 < to.0 {
            let bend = ((end - start) / 2.0).clamp(16.0, 90.0);
            format!(
                "M{start:.0} {y_from:.0}C{:.0} {y_from:.0} {:.0} {y_to:.0} {end:.0} {y_to:.0}",
                start + bend,
                end - bend
            )
        } else if from.0 == to.0 {
            let around = start + 22.0;
            format!("M{start:.0} {y_from:.0}C{around:.0} {y_from:.0} {around:.0} {y_to:.0} {start:.0} {y_to:.0}")
        } else {
            let (start, end) = (Self::left(from.0), Self::left(to.0) + NODE_WIDTH);
            format!(
                "M{start:.0} {y_from:.0}C{:.0} {y_from:.0} {:.0} {y_to:.0} {end:.0} {y_to:.0}",
                start - 60.0,
                end + 60.0
            )
        }
    }
}
