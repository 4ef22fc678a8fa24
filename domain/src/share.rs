//! How often something succeeds, and how sure that is.

/// The quantile of the normal distribution that leaves a twentieth on each side: the interval holds 90%.
const Z: f64 = 1.644_853_626_951_472_2;

/// A share of successes with the interval that the true rate lies in with 90% confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Successes over trials, 0 to 1.
    pub observed: f64,
    pub low: f64,
    pub high: f64,
}

impl Share {
    /// The name of the interval, as pages give it.
    pub const FORMULA: &str = "Wilson score interval, 90%";

    /// Of so many trials; none without trials, and none where there were more successes than trials.
    ///
    /// The interval is Wilson's score interval without correction (E. B. Wilson, "Probable inference, the law of succession, and
    /// statistical inference", JASA 22, 1927). It never leaves 0 to 1 and says something sensible of a handful of trials and of an
    /// unbroken record, where the textbook's interval has no width at all (Brown, Cai, `DasGupta`, Statistical Science 16, 2001).
    pub fn of(successes: u32, trials: u32) -> Option<Self> {
        if trials == 0 || successes > trials {
            return None;
        }
        let (n, observed) = (f64::from(trials), f64::from(successes) / f64::from(trials));
        let z2 = Z * Z;
        let middle = (observed + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let half = Z / (1.0 + z2 / n) * (observed * (1.0 - observed) / n + z2 / (4.0 * n * n)).sqrt();
        // An unbroken record reaches its end exactly; rounding would leave a hair.
        let low = if successes == 0 { 0.0 } else { (middle - half).max(0.0) };
        let high = if successes == trials { 1.0 } else { (middle + half).min(1.0) };
        Some(Self { observed, low, high })
    }
}
