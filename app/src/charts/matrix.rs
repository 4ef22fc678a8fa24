//! A grid of cells, stronger in colour for more launches: the common part of charts of two measures.

use charming::Chart;

use super::{
    Mark,
    figure::to_json,
    paint::{category_axis, custom, grid, item_tooltip, point, whole},
};

/// One cell.
pub(super) struct Cell {
    pub count: usize,
    pub mark: Mark,
    pub dimmed: bool,
    /// Whether the cell is outlined: the day is today.
    pub outlined: bool,
}

/// Cells in columns from left to right, each column from top to bottom.
pub(super) struct Matrix {
    /// Names by [`super::paint::two_names`].
    pub columns: Vec<String>,
    pub rows: Vec<String>,
    pub cells: Vec<Cell>,
    /// Space for the names of the rows.
    pub left: i32,
}

/// Number of colour steps (hundredths): enough to distinguish more from less; the table has the exact counts.
const FULL: usize = 100;

impl Matrix {
    pub(super) fn option(&self) -> String {
        let most = self.cells.iter().map(|cell| cell.count).max().unwrap_or(0).max(1);
        let height = self.rows.len().max(1);
        let cells = self.cells.iter().enumerate().map(|(at, cell)| {
            let strength = cell.count * FULL / most;
            let state = i64::from(cell.dimmed) + 2 * i64::from(cell.outlined);
            point(&[whole(at / height), whole(at % height), whole(cell.count), whole(strength), state])
        });
        let option = Chart::new()
            .tooltip(item_tooltip())
            .grid(grid(self.left, 4, 4, 40))
            .x_axis(category_axis(self.columns.clone()))
            .y_axis(category_axis(self.rows.clone()).inverse(true))
            .series(custom("cell", &[0], &[1]).data(cells.collect::<Vec<_>>()));
        to_json(&option)
    }

    pub(super) fn marks(self) -> Vec<Mark> {
        self.cells.into_iter().map(|cell| cell.mark).collect()
    }
}
