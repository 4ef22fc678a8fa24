use chrono::{DateTime, Utc};

use super::{Ahead, slip_score::brier_ratios, slips};
use crate::{
    minimize::minimize,
    slip::{COUNT, Constants, Course},
};

/// Constants of the model of dates with their score on the forecasts on which they were chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FittedSlips {
    pub constants: Constants,
    /// The mean over the groups of [`Ahead`] of the logarithm of our integrated Brier score as a share of that of the
    /// quantiles by horizon and exactness: for these constants, and for those at the start of the search.
    pub log_ratio: f64,
    pub start_log_ratio: f64,
    /// The launches of each group, the same launch in several.
    pub launches: usize,
}

/// How strongly constants are shrunk towards the start of the search: a factor of e, or half in an effect, costs as much
/// as a score that is worse by one part in two hundred.
const PULL: f64 = 0.005;

/// A group of so many launches has half the weight of a large one.
const HALF_WEIGHT: f64 = 30.0;

const STEP: f64 = 0.4;
const MOST_STEPS: usize = 250;

/// Chooses the constants that minimize the integrated Brier score over all groups of [`Ahead`] up to 90 days, walking
/// forward over what was known at `until`: later observations are not used, and only forecasts whose look-ahead ends
/// before it are scored. None if there is nothing to score.
pub fn fit_slips(courses: &[Course], until: DateTime<Utc>) -> Option<FittedSlips> {
    let known: Vec<Course> = courses.iter().filter_map(|course| course.known_at(until)).collect();
    let first = known.iter().filter_map(|course| course.announcements.first()).map(|first| first.from).min()?;
    let score = |constants: Constants| -> Option<(f64, usize)> {
        let ratios = brier_ratios(&slips(&known, constants, first, until));
        let (mut sum, mut weights, mut launches) = (0.0, 0.0, 0);
        for (ahead, count, ratio) in ratios {
            if ahead != Ahead::Beyond && ratio > 0.0 && ratio.is_finite() {
                let weight = count as f64 / (count as f64 + HALF_WEIGHT);
                sum += weight * ratio.ln();
                weights += weight;
                launches += count;
            }
        }
        (weights > 0.0).then(|| (sum / weights, launches))
    };
    let start = Constants::ROUND;
    let (start_log_ratio, launches) = score(start)?;
    let best = minimize([0.0; COUNT], STEP, MOST_STEPS, |by: &[f64; COUNT]| {
        let distance: f64 = by.iter().map(|by| by * by).sum();
        score(Constants::moved(&start, by)).map_or(f64::INFINITY, |(ratio, _)| ratio + PULL * distance)
    });
    let constants = Constants::moved(&start, &best);
    let (log_ratio, _) = score(constants)?;
    Some(FittedSlips { constants, log_ratio, start_log_ratio, launches })
}
