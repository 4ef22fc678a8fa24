//! Multipliers of hazards: what changes the chance to fly for the launches of all cells alike.
//!
//! The cumulative hazard of a launch in a bin is that of its cell times `exp(effects · features)`. The effects maximize
//! the likelihood of the observed flights (complementary log-log link: the probability to fly in the bin is
//! `1 - exp(-cumulative hazard)`), with a normal prior around [`Constants`]. Each launch has one vote.

use chrono::{DateTime, Datelike as _, Days, NaiveTime, Utc};

use super::{
    bins::{Axis, Hazards, ON_TIME},
    cell::Cells,
    constants::Constants,
    course::{Course, Outcome},
    features::{FEATURES, Features, Traits},
    look::weighted_looks,
};

/// Hazards are kept away from 0 and 1 by this much.
const LEAST: f64 = 1e-6;
/// Newton's method converges in five steps; more are a safeguard.
const MOST_STEPS: usize = 20;
/// The largest change of an effect in one step.
const LONGEST_STEP: f64 = 1.0;

/// The effects of the features, fitted to what was known at one time.
#[derive(Clone, Debug, PartialEq)]
pub struct Multipliers {
    effects: Features,
}

/// One launch in one bin.
struct Exposure {
    features: Features,
    /// Cumulative hazard of the cell.
    expected: f64,
    has_flown: bool,
    weight: f64,
}

impl Multipliers {
    /// Returns the start of the week, Monday 00:00 UTC: effects are fitted once a week, so that forecasts of one week
    /// differ only by what was announced and by the passage of time.
    pub fn week(now: DateTime<Utc>) -> DateTime<Utc> {
        let day = now.date_naive();
        let monday = day - Days::new(u64::from(day.weekday().num_days_from_monday()));
        monday.and_time(NaiveTime::MIN).and_utc()
    }

    /// Fits to what was known of the launches at `now`.
    pub fn fit(courses: &[Course], now: DateTime<Utc>, constants: &Constants) -> Self {
        let cells = Cells::fit(courses, now);
        let exposures: Vec<Exposure> =
            courses.iter().flat_map(|course| exposures(course, &cells, now, constants)).collect();
        let mut effects = constants.effects;
        for _ in 0..MOST_STEPS {
            let mut gradient: Features =
                std::array::from_fn(|at| (constants.effects[at] - effects[at]) / constants.spread.powi(2));
            let mut curvature = [[0.0; FEATURES]; FEATURES];
            for (at, row) in curvature.iter_mut().enumerate() {
                row[at] = 1.0 / constants.spread.powi(2);
            }
            for one in &exposures {
                let rate = one.expected * dot(&effects, &one.features).exp();
                let (slope, bend) = if one.has_flown { flown(rate) } else { (-rate, rate) };
                for (at, value) in one.features.into_iter().enumerate().filter(|(_, value)| *value != 0.0) {
                    gradient[at] += one.weight * slope * value;
                    for (cell, other) in curvature[at].iter_mut().zip(one.features) {
                        *cell += one.weight * bend * value * other;
                    }
                }
            }
            let step = solve(curvature, gradient);
            for (effect, by) in effects.iter_mut().zip(step) {
                *effect += by.clamp(-LONGEST_STEP, LONGEST_STEP);
            }
            if step.iter().all(|by| by.abs() < LEAST) {
                break;
            }
        }
        Self { effects }
    }

    /// Returns the hazards of a launch with these traits.
    pub(super) fn apply(&self, hazards: &Hazards, traits: &Traits) -> Hazards {
        std::array::from_fn(|bin| {
            if bin < ON_TIME {
                return hazards[bin];
            }
            let times = dot(&self.effects, &traits.features(bin)).exp();
            1.0 - (1.0 - hazards[bin].clamp(0.0, 1.0 - LEAST)).powf(times)
        })
    }

    /// Returns the effects, in the order of [`Constants::named_effects`].
    pub fn effects(&self) -> &[f64] {
        &self.effects
    }
}

/// Returns what each look of a launch says about the hazards of its bins. The looks of a launch have one vote together.
fn exposures<'a>(
    course: &'a Course,
    cells: &'a Cells,
    now: DateTime<Utc>,
    constants: &'a Constants,
) -> impl Iterator<Item = Exposure> + 'a {
    let outcome = course.outcome(now);
    let looks = weighted_looks(course, now);
    let votes = 1.0 / looks.iter().map(|(_, share)| share).sum::<f64>().max(LEAST);
    looks.into_iter().flat_map(move |(look, share)| {
        let axis = Axis::new(look.announcement);
        let hazards = cells.of_all(look.key, constants);
        let traits = Traits::new(look.announcement, look.slips, look.at);
        let (until, has_flown) = match outcome {
            Outcome::Flown(at) => (at, true),
            Outcome::Waiting(until) => (until, false),
        };
        let first = axis.bin(look.at);
        let last = axis.bin(until).max(first);
        (first.max(ON_TIME)..=last).map(move |bin| {
            let is_last = bin == last;
            // A launch that is still waiting has survived a part of the bin that it is in.
            let shape = axis.shape(bin);
            let part = if is_last && !has_flown { (shape.at(until) - shape.at(look.at)).clamp(0.0, 1.0) } else { 1.0 };
            Exposure {
                features: traits.features(bin),
                expected: -(1.0 - hazards[bin].clamp(LEAST, 1.0 - LEAST)).ln() * part,
                has_flown: has_flown && is_last,
                weight: share * votes,
            }
        })
    })
}

/// Returns the first derivative, and minus the second, of `ln(1 - exp(-rate))` with respect to `ln(rate)`.
fn flown(rate: f64) -> (f64, f64) {
    let rate = rate.clamp(LEAST, 100.0);
    let slope = rate / rate.exp_m1();
    (slope, (slope * (slope + rate - 1.0)).max(0.0))
}

fn dot(one: &Features, other: &Features) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

/// Solves a system whose matrix is symmetric and positive definite, by elimination.
fn solve(mut matrix: [[f64; FEATURES]; FEATURES], mut right: Features) -> Features {
    for at in 0..FEATURES {
        let pivot = matrix[at];
        for below in at + 1..FEATURES {
            let by = matrix[below][at] / pivot[at];
            for (cell, above) in matrix[below].iter_mut().zip(pivot) {
                *cell -= by * above;
            }
            right[below] -= by * right[at];
        }
    }
    for at in (0..FEATURES).rev() {
        let known: f64 = (at + 1..FEATURES).map(|column| matrix[at][column] * right[column]).sum();
        right[at] = (right[at] - known) / matrix[at][at];
    }
    right
}
