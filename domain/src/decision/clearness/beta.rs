use std::sync::LazyLock;

use super::random::{DRAWS, middle};

/// Number of nodes, and their spacing at a chance of one half, in log-odds.
const NODES: usize = 1_024;
const SPACING: f64 = 0.024;

/// A larger size would put the distribution between two nodes. That many launches know a chance to two points; other
/// errors of a forecast are not smaller.
const MOST: f64 = 500.0;

/// A node of the grid on which every distribution is computed.
struct Node {
    /// The logarithm of the chance, and of one minus the chance.
    ln_chance: f64,
    ln_other: f64,
    /// The logarithm of the node's share of the axis.
    ln_width: f64,
}

/// The grid is fine around one half and reaches log-odds of about 100,000, because a chance that rests on few launches
/// can be that close to 0 or 1. It is the same for every distribution: then the quantiles of a higher mean are higher
/// at every stratum, in spite of the rounding to nodes.
fn nodes() -> &'static [Node] {
    static ALL: LazyLock<Vec<Node>> = LazyLock::new(|| {
        let node = |place: usize| {
            let at = (place as f64 - (NODES - 1) as f64 / 2.0) * SPACING;
            // The hyperbolic sine and cosine, from an exponential that is in the browser bundle anyway.
            let (up, down) = (at.exp(), (-at).exp());
            let log_odds = (up - down) / 2.0;
            // ln(1 + e^x) without an overflow.
            let softplus = |x: f64| x.max(0.0) + (1.0 + (-x.abs()).exp()).ln();
            Node { ln_chance: -softplus(-log_odds), ln_other: -softplus(log_odds), ln_width: ((up + down) / 2.0).ln() }
        };
        (0..NODES).map(node).collect()
    });
    &ALL
}

/// Returns for each stratum the logarithm of that quantile of a Beta distribution with this mean. `size` is the number
/// of observations on which the mean rests.
pub(crate) fn ln_chances(mean: f64, size: f64) -> Vec<f64> {
    if mean <= 0.0 {
        return vec![f64::NEG_INFINITY; DRAWS];
    }
    if mean >= 1.0 {
        return vec![0.0; DRAWS];
    }
    let size = size.clamp(1.0, MOST);
    let nodes = nodes();
    let ln_weight = |node: &Node| size * (mean * node.ln_chance + (1.0 - mean) * node.ln_other) + node.ln_width;
    let highest = nodes.iter().map(ln_weight).fold(f64::NEG_INFINITY, f64::max);
    let weights: Vec<f64> = nodes.iter().map(|node| (ln_weight(node) - highest).exp()).collect();
    let whole: f64 = weights.iter().sum();

    // The strata ascend, and so do the nodes: one pass over both. Between nodes it is linear.
    let mut quantiles = Vec::with_capacity(DRAWS);
    let (mut below, mut before) = (None, 0.0);
    for (node, weight) in nodes.iter().zip(&weights) {
        let cumulated = before + weight / 2.0;
        while quantiles.len() < DRAWS {
            let wanted = middle(quantiles.len()) * whole;
            if wanted > cumulated {
                break;
            }
            quantiles.push(match below {
                None => node.ln_chance,
                Some((from, at)) => at + (node.ln_chance - at) * ((wanted - from) / (cumulated - from)),
            });
        }
        below = Some((cumulated, node.ln_chance));
        before += weight;
    }
    let last = nodes.last().map_or(0.0, |node| node.ln_chance);
    quantiles.resize(DRAWS, last);
    quantiles
}
