//! Means and gains over blocks, with their intervals.

use domain::{Interval, ScoreGain};
use forecast::score::{Block, ratio_interval};

/// The interval of a mean over blocks of `(sum, count)`.
pub(super) fn mean_interval(blocks: impl IntoIterator<Item = (f64, f64)>, possible: (f64, f64)) -> Option<Interval> {
    let blocks: Vec<Block> = blocks.into_iter().map(|(ours, theirs)| Block { ours, theirs }).collect();
    let (low, high) = ratio_interval(&blocks)?;
    Some(Interval { low: low.max(possible.0), high: high.min(possible.1) })
}

/// The gain of the first sum over the second.
pub(super) fn gain(blocks: impl IntoIterator<Item = (f64, f64)>) -> Option<ScoreGain> {
    let blocks: Vec<Block> = blocks.into_iter().map(|(ours, theirs)| Block { ours, theirs }).collect();
    let (ours, theirs) =
        blocks.iter().fold((0.0, 0.0), |(ours, theirs), block| (ours + block.ours, theirs + block.theirs));
    (theirs > 0.0).then(|| ScoreGain {
        share: 1.0 - ours / theirs,
        interval: ratio_interval(&blocks).map(|(low, high)| Interval { low: 1.0 - high, high: (1.0 - low).min(1.0) }),
    })
}
