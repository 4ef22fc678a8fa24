use crate::{Chance, DeltaV, Launch, MoonTier};

use super::Weights;

/// A number from 0 to 1 with an interval that contains it. Never NaN.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Factor {
    estimate: f64,
    low: f64,
    high: f64,
}

impl Factor {
    /// Clamps all three values to 0 to 1, and the interval so that it contains the estimate. Returns None if a value is
    /// NaN.
    pub fn new(estimate: f64, low: f64, high: f64) -> Option<Self> {
        if [estimate, low, high].iter().any(|number| number.is_nan()) {
            return None;
        }
        let estimate = estimate.clamp(0.0, 1.0);
        Some(Self { estimate, low: low.clamp(0.0, estimate), high: high.clamp(estimate, 1.0) })
    }

    pub fn of(chance: Chance) -> Self {
        Self { estimate: chance.mean(), low: chance.low(), high: chance.high() }
    }

    pub fn estimate(self) -> f64 {
        self.estimate
    }

    pub fn low(self) -> f64 {
        self.low
    }

    pub fn high(self) -> f64 {
        self.high
    }
}

/// The velocity change from low Earth orbit to the lunar surface, km/s: the length of the nearness scale.
const WHOLE_KM_S: f64 = 6.0;

/// Returns how near to the Moon the mission takes an agent: 1 on the surface, (1 - km/s left / 6)² on a flight that
/// passes or orbits the Moon.
///
/// An agent cannot make burns, so that only what the mission does counts. The factor is 0 if the mission does not go to
/// the Moon, because no vehicle in Earth orbit picks up an agent. None if the tier is unknown.
pub fn nearness(launch: &Launch) -> Option<Factor> {
    let reach = &launch.moon;
    match reach.tier {
        MoonTier::Unknown => None,
        MoonTier::SteppingStone | MoonTier::EarthOrbit | MoonTier::Cannot => Factor::new(0.0, 0.0, 0.0),
        tier => {
            let DeltaV { low, high } = reach.delta_v_left_km_s?;
            // A lander counts as landed; that it may fail is in the interval. Where words widened the range of an
            // orbiter towards a landing, its orbit is still the best estimate.
            let left = match tier {
                MoonTier::Surface => low,
                _ => f64::midpoint(low.max(2.18), high),
            };
            Factor::new(covered_share(left), covered_share(high), covered_share(low))
        }
    }
}

fn covered_share(left_km_s: f64) -> f64 {
    let share = (1.0 - left_km_s / WHOLE_KM_S).clamp(0.0, 1.0);
    share * share
}

/// Returns the weighted product. Its interval: each factor alone is moved to the end of its own interval, and the
/// effects on the product are added as independent errors, by the root of the sum of squares.
pub(super) fn product(factors: [Factor; 3], weights: Weights) -> Factor {
    let weights = weights.exponents();
    let times =
        |values: [f64; 3]| -> f64 { values.iter().zip(weights).map(|(value, weight)| value.powf(weight)).product() };
    let estimates = factors.map(Factor::estimate);
    let estimate = times(estimates);
    let moved = |end: fn(Factor) -> f64| {
        let squares = (0..3).map(|at| {
            let mut values = estimates;
            values[at] = end(factors[at]);
            (times(values) - estimate).powi(2)
        });
        squares.sum::<f64>().sqrt()
    };
    let (low, high) = (estimate - moved(Factor::low), estimate + moved(Factor::high));
    // The weights are finite and not negative, so that no value is NaN. If one were, the fallback below shows it.
    Factor::new(estimate, low, high).unwrap_or(Factor { estimate: 0.0, low: 0.0, high: 1.0 })
}
