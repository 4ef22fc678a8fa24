use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::json::SuccessJson;

/// One ten-thousandth: finer than any of these numbers is known.
const UNIT: f64 = 10_000.0;

/// The 90 % point of the normal distribution: between its two tails lie 80 %.
const Z80: f64 = 1.281_551_565_544_6;

/// A probability with the interval that holds it in four of five cases, and how much was seen of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance {
    mean: u16,
    low: u16,
    high: u16,
    n: u32,
}

impl Chance {
    /// None where a number is not a probability, or the mean lies outside of its interval.
    pub fn new(mean: f64, low: f64, high: f64, n: u32) -> Option<Self> {
        let units = |p: f64| ((0.0..=1.0).contains(&p)).then(|| (p * UNIT).round() as u16);
        Self::from_units(units(mean)?, units(low)?, units(high)?, n)
    }

    /// A share that was seen among `n`, with Wilson's interval: honest for a handful, and never outside of 0 to 1.
    pub fn of_share(share: f64, n: u32) -> Option<Self> {
        if !(0.0..=1.0).contains(&share) {
            return None;
        }
        if n == 0 {
            return Self::new(share, 0.0, 1.0, 0);
        }
        let (count, square) = (f64::from(n), Z80 * Z80);
        let middle = (share + square / (2.0 * count)) / (1.0 + square / count);
        let reach =
            Z80 / (1.0 + square / count) * (share * (1.0 - share) / count + square / (4.0 * count * count)).sqrt();
        Self::new(share, (middle - reach).clamp(0.0, share), (middle + reach).clamp(share, 1.0), n)
    }

    /// From ten-thousandths.
    pub(super) fn from_units(mean: u16, low: u16, high: u16, n: u32) -> Option<Self> {
        (low <= mean && mean <= high && f64::from(high) <= UNIT).then_some(Self { mean, low, high, n })
    }

    pub(super) fn units(self) -> [u16; 3] {
        [self.mean, self.low, self.high]
    }

    /// The best single number, 0 to 1.
    pub fn mean(self) -> f64 {
        f64::from(self.mean) / UNIT
    }

    /// The lower end of the 80 % interval.
    pub fn low(self) -> f64 {
        f64::from(self.low) / UNIT
    }

    /// The upper end of the 80 % interval.
    pub fn high(self) -> f64 {
        f64::from(self.high) / UNIT
    }

    /// Launches that it rests on.
    pub fn n(self) -> u32 {
        self.n
    }
}

/// What a forecast rests on most, nearest first.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Ground {
    /// Flights of this very configuration.
    Configuration,
    /// Flights of its family.
    Family,
    /// What the same provider did before.
    Provider,
    /// Everybody's record: nothing nearer is known.
    World,
}

impl Ground {
    pub const ALL: [Self; Self::VARIANTS.len()] = crate::variants(Self::VARIANTS);

    /// The word of the API and of the database.
    pub fn slug(self) -> &'static str {
        self.into()
    }

    /// From [`Ground::slug`].
    pub fn of_slug(slug: &str) -> Option<Self> {
        slug.parse().ok()
    }

    /// What follows "rests on".
    pub fn words(self) -> &'static str {
        match self {
            Self::Configuration => "flights of this rocket",
            Self::Family => "flights of its family",
            Self::Provider => "what this provider did before",
            Self::World => "everybody's record",
        }
    }
}

/// The chance that the flight succeeds wholly. A partial failure is not a success: the payload is not where it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "SuccessJson", into = "SuccessJson")]
pub struct SuccessForecast {
    /// Its `n` counts the flights of `rests_on` that were known when the forecast was made.
    pub chance: Chance,
    pub rests_on: Ground,
    /// Of those flights, the whole successes.
    pub succeeded: u32,
    /// Of those flights, the partial failures.
    pub partial: u32,
}

impl SuccessForecast {
    /// Of the flights it rests on, the total failures.
    pub fn failed(&self) -> u32 {
        self.chance.n().saturating_sub(self.succeeded).saturating_sub(self.partial)
    }
}
