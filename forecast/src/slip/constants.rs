use super::features::{FEATURE_NAMES, FEATURES, Features};

/// What the model of dates does not learn from the launches at hand.
///
/// The default was chosen by `mooncoon backtest slips --fit-until 2026-05-01` on recorded days of January to April 2026:
/// ADR 0049.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Constants {
    /// The weight of the stated hazards in a cell, in launches.
    pub prior_launches: f64,
    /// The weight of the cell in the record of a provider, in launches.
    pub provider_launches: f64,
    /// How far the effects may be from those below: the standard deviation of their prior.
    pub spread: f64,
    /// The expected effect of each feature: what is added to the logarithm of the hazard.
    pub(crate) effects: Features,
}

/// Number of constants that are chosen.
pub(crate) const COUNT: usize = 2 + FEATURES;

/// One step of the search for an effect.
const EFFECT_STEP: f64 = 0.5;

impl Default for Constants {
    fn default() -> Self {
        Self {
            prior_launches: 10.751,
            provider_launches: 8.592,
            effects: [-0.188, -1.610, -0.227, -0.001, -0.129, 0.099, -0.878, -1.002],
            ..Self::ROUND
        }
    }
}

impl Constants {
    /// Rounded figures: the start of a search, and the values towards which constants are shrunk.
    pub const ROUND: Self = Self {
        prior_launches: 10.0,
        provider_launches: 10.0,
        spread: 0.15,
        effects: [-0.2, -1.2, -0.1, 0.0, -0.1, -0.1, -0.9, -0.7],
    };

    /// Returns each constant with its name.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, f64)> + use<> {
        [
            ("weight of the prior in a cell, launches", self.prior_launches),
            ("weight of the cell for a provider, launches", self.provider_launches),
            ("standard deviation of the effects", self.spread),
        ]
        .into_iter()
        .chain(self.named_effects())
    }

    /// Returns the expected effect of each feature with its name.
    pub fn named_effects(&self) -> impl Iterator<Item = (&'static str, f64)> + use<> {
        FEATURE_NAMES.into_iter().zip(self.effects)
    }

    /// Returns `start` changed by `by`: weights by a factor of e for each unit, effects by half.
    pub(crate) fn moved(start: &Self, by: &[f64; COUNT]) -> Self {
        let mut effects = start.effects;
        for (effect, by) in effects.iter_mut().zip(&by[2..]) {
            *effect += EFFECT_STEP * by;
        }
        Self {
            prior_launches: start.prior_launches * by[0].exp(),
            provider_launches: start.provider_launches * by[1].exp(),
            spread: start.spread,
            effects,
        }
    }
}
