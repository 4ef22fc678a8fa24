use super::{
    super::{Decision, Weights},
    draws::Draws,
    random::DRAWS,
};

/// The share of the chance of being the best that the group of rides reaches which cannot be told apart.
const TOGETHER: f64 = 0.8;

/// How often a ride is the best, and what it costs when it is not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BestChance {
    /// The probability that no other ride is better. The probabilities of all rides add up to 1.
    pub p_best: f64,
    /// The expected lead of the best ride over this one, in points of 100.
    pub regret: f64,
}

/// How clear a decision is.
#[derive(Clone, Debug, PartialEq)]
pub struct Clearness {
    /// In the order of the ranking. None for rides that were not drawn because the ranking is too long.
    pub rides: Vec<Option<BestChance>>,
    /// The smallest set of rides that includes the best one with a probability of at least 80 %, as places in the
    /// ranking, the most probable first. One ride: the answer is clear. More: they cannot be told apart.
    pub group: Vec<usize>,
    /// The probability that the best ride is in the group.
    pub group_share: f64,
}

impl Clearness {
    /// Returns how clear the decision is with these weights. The draws are of the same launches and query.
    pub fn of(decision: &Decision, draws: &Draws, weights: Weights) -> Self {
        let drawn: Vec<_> = decision.ranked.iter().map(|one| draws.of(one.at)).collect();
        let rows: Vec<_> = drawn.iter().flatten().map(|ride| ride.ln_scores(weights)).collect();
        let mut chances = chances(&rows).into_iter();
        let rides: Vec<_> = drawn.iter().map(|ride| ride.and_then(|_| chances.next())).collect();
        let (group, group_share) = group(&rides);
        Self { rides, group, group_share }
    }
}

/// Returns the chances of rides with these logarithms of the score, one row for each ride and one number for each draw.
/// Rides that are equally good in a draw share it.
pub(crate) fn chances(rows: &[Vec<f64>]) -> Vec<BestChance> {
    let mut best = vec![f64::NEG_INFINITY; DRAWS];
    for row in rows {
        for (best, score) in best.iter_mut().zip(row) {
            *best = best.max(*score);
        }
    }
    let mut sharers = vec![0.0; DRAWS];
    for row in rows {
        for ((sharers, score), best) in sharers.iter_mut().zip(row).zip(&best) {
            *sharers += f64::from(u8::from(score == best));
        }
    }
    let mean = |logs: &[f64]| logs.iter().map(|log| log.exp()).sum::<f64>() / DRAWS as f64;
    let mean_of_best = mean(&best);
    let chance = |row: &Vec<f64>| {
        let shares = row.iter().zip(&best).zip(&sharers).filter(|((score, best), _)| score == best);
        BestChance {
            // Not `sum`, which makes -0 of nothing.
            p_best: shares.fold(0.0, |sum, (_, sharers)| sum + 1.0 / sharers) / DRAWS as f64,
            regret: (mean_of_best - mean(row)).max(0.0) * 100.0,
        }
    };
    rows.iter().map(chance).collect()
}

/// Returns the places of the smallest set of rides that reaches [`TOGETHER`], and what it reaches.
pub(crate) fn group(rides: &[Option<BestChance>]) -> (Vec<usize>, f64) {
    let mut places: Vec<_> =
        rides.iter().enumerate().filter_map(|(place, ride)| Some((place, ride.as_ref()?.p_best))).collect();
    // A stable sort: of two equal rides the one that ranks higher comes first.
    places.sort_by(|one, other| other.1.total_cmp(&one.1));
    let (mut group, mut sum) = (Vec::new(), 0.0);
    for (place, p_best) in places {
        // The sum of shares of 4,000 may miss 0.8 by its rounding error.
        if sum >= TOGETHER - 1e-9 {
            break;
        }
        group.push(place);
        sum += p_best;
    }
    (group, sum)
}
