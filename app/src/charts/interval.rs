//! Rows of intervals on one scale: a line for the range, a block for most of the values, a tick for the middle.

use charming::{Chart, component::Axis};

use super::{
    figure::to_json,
    paint::{category_axis, custom, grid, item_tooltip, measured, two_names},
};

/// Maximum number of rows: the first of the list.
pub(super) const MOST_ROWS: usize = 8;

/// One row.
pub(super) struct Interval {
    pub full: String,
    pub short: String,
    /// The label at the end of the row.
    pub label: String,
    pub range: (f64, f64),
    pub block: (f64, f64),
    pub tick: f64,
    pub dimmed: bool,
}

#[expect(clippy::cast_precision_loss, reason = "the number of a row")]
pub(super) fn option(intervals: &[Interval], axis: Axis) -> String {
    let names = intervals.iter().map(|row| two_names(&row.full, &row.short)).collect();
    let labels = intervals.iter().map(|row| two_names(&row.label, &row.label)).collect();
    let data = intervals.iter().enumerate().map(|(at, row)| {
        let dimmed = if row.dimmed { 1.0 } else { 0.0 };
        measured(&[row.tick, at as f64, row.range.0, row.range.1, row.block.0, row.block.1, dimmed])
    });
    let option = Chart::new()
        .tooltip(item_tooltip())
        .grid(grid(136, 0, 64, 28))
        .x_axis(axis)
        .y_axis(category_axis(names).inverse(true))
        .y_axis(category_axis(labels).inverse(true).position("right"))
        .series(custom("interval", &[0, 2, 3, 4, 5], &[1]).data(data.collect::<Vec<_>>()));
    to_json(&option)
}
