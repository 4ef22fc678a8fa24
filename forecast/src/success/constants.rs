use super::levels::LEVELS;

/// Parameters that the model does not learn from flight to flight. All are positive.
///
/// The default was chosen by `mooncoon backtest success --fit-until 2019-01-01`. Constants chosen in the same way only
/// on flights before 1990 score little worse on later flights: ADR 0022.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Constants {
    /// Weight, in failures, of the expectation of the level above: maker, family, kind, configuration.
    pub worth: [f64; LEVELS],
    /// Years after which a flight counts half in the record of its maker, family, kind and configuration.
    pub half_life_years: [f64; LEVELS],
    pub world_half_life_years: f64,
    /// The probability that the first flight of a kind fails because it is the first, before its maker's record is
    /// considered.
    pub infancy: f64,
    /// Flights of a kind after which half of that is left.
    pub infancy_flights: f64,
    /// Weight, in failures, of the expectation in the record of rockets as new as this one.
    pub newness_worth: f64,
    pub newness_half_life_years: f64,
}

/// Number of constants.
pub(super) const COUNT: usize = 2 * LEVELS + 5;

impl Default for Constants {
    fn default() -> Self {
        Self {
            worth: [6.958, 3.858, 14.796, 5.746],
            half_life_years: [21.153, 8.920, 4.675, 1.112],
            world_half_life_years: 13.017,
            infancy: 0.269,
            infancy_flights: 2.655,
            newness_worth: 4.899,
            newness_half_life_years: 19.139,
        }
    }
}

impl Constants {
    /// The default was chosen without flights of this day or later (2019-01-01, in seconds since 1970): only those may
    /// be used to score it.
    pub const CHOSEN_UNTIL: i64 = 1_546_300_800;

    /// Rounded figures: the start of a search, and the values towards which constants are shrunk if the flights say
    /// little about them.
    pub const ROUND: Self = Self {
        worth: [5.0, 3.0, 10.0, 4.0],
        half_life_years: [20.0, 10.0, 5.0, 2.0],
        world_half_life_years: 12.0,
        infancy: 0.15,
        infancy_flights: 2.0,
        newness_worth: 4.0,
        newness_half_life_years: 20.0,
    };

    /// Returns each constant with its name.
    pub fn named(&self) -> [(&'static str, f64); COUNT] {
        let [maker, family, kind, configuration] = self.worth;
        let [maker_years, family_years, kind_years, configuration_years] = self.half_life_years;
        [
            ("worth of the expectation: maker", maker),
            ("worth of the expectation: family", family),
            ("worth of the expectation: kind", kind),
            ("worth of the expectation: configuration", configuration),
            ("half-life in years: maker", maker_years),
            ("half-life in years: family", family_years),
            ("half-life in years: kind", kind_years),
            ("half-life in years: configuration", configuration_years),
            ("half-life in years: world", self.world_half_life_years),
            ("infancy: chance on the first flight", self.infancy),
            ("infancy: flights until half is left", self.infancy_flights),
            ("newness: worth of the expectation", self.newness_worth),
            ("newness: half-life in years", self.newness_half_life_years),
        ]
    }

    /// Returns `start` scaled by the exponentials of `by`: the search is unconstrained, and every result is positive.
    pub(super) fn moved(start: &Self, by: &[f64; COUNT]) -> Self {
        let mut values = start.named().map(|(_, value)| value);
        for (value, by) in values.iter_mut().zip(by) {
            *value *= by.exp();
        }
        let [a, b, c, d, e, f, g, h, world, infancy, flights, worth, years] = values;
        Self {
            worth: [a, b, c, d],
            half_life_years: [e, f, g, h],
            world_half_life_years: world,
            infancy: infancy.min(0.9),
            infancy_flights: flights,
            newness_worth: worth,
            newness_half_life_years: years,
        }
    }
}
