//! Simple rules that a model must beat, each computed from what was known before the flight.

use strum::{IntoStaticStr, VariantArray};

/// Flights and complete successes known before a flight: of its configuration and of the world.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Record {
    pub flights: u32,
    pub successes: u32,
    pub world_flights: u32,
    pub world_successes: u32,
}

/// A simple rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Rule {
    /// The rate of all flights so far, of all rockets.
    Constant,
    /// (k + 1) / (n + 2), the rule of NASA's Kennedy Space Center.
    Laplace,
    /// (k + ½) / (n + 1).
    Jeffreys,
    /// (k + 2) / (n + 3): a third of first flights fail, as found for rockets (Guikema and Paté-Cornell, 2004).
    TwoOfThree,
}

impl Rule {
    pub const ALL: [Self; Self::VARIANTS.len()] = domain::variants(Self::VARIANTS);

    /// Returns the identifier used in files and in the API.
    pub fn slug(self) -> &'static str {
        self.into()
    }

    /// Returns the rule as a formula.
    pub fn formula(self) -> &'static str {
        match self {
            Self::Constant => "the rate of all flights so far",
            Self::Laplace => "(k + 1) / (n + 2)",
            Self::Jeffreys => "(k + ½) / (n + 1)",
            Self::TwoOfThree => "(k + 2) / (n + 3)",
        }
    }

    /// Returns the probability of success by this rule.
    pub fn chance(self, record: Record) -> f64 {
        let (k, n) = (f64::from(record.successes), f64::from(record.flights));
        match self {
            Self::Constant => (f64::from(record.world_successes) + 1.0) / (f64::from(record.world_flights) + 2.0),
            Self::Laplace => (k + 1.0) / (n + 2.0),
            Self::Jeffreys => (k + 0.5) / (n + 1.0),
            Self::TwoOfThree => (k + 2.0) / (n + 3.0),
        }
    }
}
