use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// One ten-thousandth: finer than the accuracy of any of these numbers.
const UNIT: f64 = 10_000.0;

/// The 90 % quantile of the normal distribution: 80 % lie between the two tails.
const Z80: f64 = 1.281_551_565_544_6;

/// A probability with its 80 % interval, and the number of observations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance {
    mean: u16,
    low: u16,
    high: u16,
    n: u32,
}

impl Chance {
    /// Returns None if a number is not a probability, or if the mean lies outside its interval.
    pub fn new(mean: f64, low: f64, high: f64, n: u32) -> Option<Self> {
        let units = |p: f64| ((0.0..=1.0).contains(&p)).then(|| (p * UNIT).round() as u16);
        Self::from_units(units(mean)?, units(low)?, units(high)?, n)
    }

    /// Creates a chance from a share observed among `n`, with Wilson's interval: accurate for small `n`, and never
    /// outside 0 to 1.
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

    /// Creates a chance from ten-thousandths.
    pub(super) fn from_units(mean: u16, low: u16, high: u16, n: u32) -> Option<Self> {
        (low <= mean && mean <= high && f64::from(high) <= UNIT).then_some(Self { mean, low, high, n })
    }

    pub(super) fn units(self) -> [u16; 3] {
        [self.mean, self.low, self.high]
    }

    /// Returns the best single estimate, 0 to 1.
    pub fn mean(self) -> f64 {
        f64::from(self.mean) / UNIT
    }

    /// Returns the lower end of the 80 % interval.
    pub fn low(self) -> f64 {
        f64::from(self.low) / UNIT
    }

    /// Returns the upper end of the 80 % interval.
    pub fn high(self) -> f64 {
        f64::from(self.high) / UNIT
    }

    /// Returns the number of launches that it is based on.
    pub fn n(self) -> u32 {
        self.n
    }
}

/// The main basis of a forecast, most specific first.
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
pub enum Basis {
    /// Flights of the same configuration.
    Configuration,
    /// Flights of the same family.
    Family,
    /// Earlier flights of the same provider.
    Provider,
    /// Flights of all rockets: nothing more specific is known.
    World,
}

impl Basis {
    pub const ALL: [Self; Self::VARIANTS.len()] = crate::variants(Self::VARIANTS);

    /// Returns the identifier used in the API and the database.
    pub fn slug(self) -> &'static str {
        self.into()
    }

    /// Parses the result of [`Basis::slug`].
    pub fn of_slug(slug: &str) -> Option<Self> {
        slug.parse().ok()
    }

    /// Returns the words that follow "rests on".
    pub fn describe(self) -> &'static str {
        match self {
            Self::Configuration => "flights of this rocket configuration",
            Self::Family => "flights of this rocket family",
            Self::Provider => "flights of this provider",
            Self::World => "flights of all providers",
        }
    }
}

/// The probability of complete success. A partial failure is not a success: the payload is not where it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SuccessForecast {
    /// Its `n` counts the flights of `rests_on` known when the forecast was made.
    pub chance: Chance,
    pub rests_on: Basis,
    /// How many of those flights were complete successes.
    pub succeeded: u32,
    /// How many of those flights were partial failures.
    pub partial: u32,
    /// What the records behind the chance knew, from the widest to the narrowest. None in forecasts that were stored
    /// before this was kept.
    pub records: Option<[RecordKnowledge; SUCCESS_RECORDS]>,
}

/// How many records a chance of success is the product of: rockets as new as this one, the provider, the family, the
/// kind (rockets of one kind by name), the configuration.
pub const SUCCESS_RECORDS: usize = 5;

/// What one record behind a chance of success knew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordKnowledge {
    key: u32,
    hundredths: u32,
}

impl RecordKnowledge {
    /// `key` identifies the record among those of its level: launches with an equal key rest on the same record.
    /// `failures` are those seen and the weight of the prior, together. None if they are not a positive number.
    pub fn new(key: u32, failures: f64) -> Option<Self> {
        const HUNDREDTHS: f64 = 100.0;
        let hundredths = (failures * HUNDREDTHS).round();
        (1.0..=f64::from(u32::MAX)).contains(&hundredths).then_some(Self { key, hundredths: hundredths as u32 })
    }

    /// Returns the records with these keys and hundredths of a failure. None if one knows nothing.
    pub(super) fn all(
        keys: [u32; SUCCESS_RECORDS],
        hundredths: [u32; SUCCESS_RECORDS],
    ) -> Option<[Self; SUCCESS_RECORDS]> {
        let mut all = keys.map(|key| Self { key, hundredths: 0 });
        for (one, hundredths) in all.iter_mut().zip(hundredths) {
            one.hundredths = hundredths;
        }
        all.iter().all(|one| one.hundredths > 0).then_some(all)
    }

    pub(super) fn hundredths(self) -> u32 {
        self.hundredths
    }

    pub fn key(self) -> u32 {
        self.key
    }

    /// Returns the variance of the record's error, as a logarithm of the chance of failure: one divided by the failures
    /// that it knows.
    pub fn variance(self) -> f64 {
        100.0 / f64::from(self.hundredths)
    }
}

impl SuccessForecast {
    /// Returns how many of those flights were total failures.
    pub fn failed(&self) -> u32 {
        self.chance.n().saturating_sub(self.succeeded).saturating_sub(self.partial)
    }
}
