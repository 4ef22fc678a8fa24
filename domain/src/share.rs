//! A success rate with its uncertainty.

/// The 95 % quantile of the normal distribution: it leaves a twentieth on each side, so that the interval covers 90%.
const Z: f64 = 1.644_853_626_951_472_2;

/// A share of successes with the 90% confidence interval of the true rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Successes over trials, 0 to 1.
    pub observed: f64,
    pub low: f64,
    pub high: f64,
}

impl Share {
    /// The name of the interval, as shown on pages.
    pub const FORMULA: &str = "Wilson score interval, 90%";

    /// Returns the share for `trials` trials. None without trials, and None if there were more successes than trials.
    ///
    /// The interval is Wilson's score interval without correction (E. B. Wilson, "Probable inference, the law of
    /// succession, and statistical inference", JASA 22, 1927). It never leaves 0 to 1 and is meaningful for a handful
    /// of trials and for a record without failures, where the textbook interval has no width at all (Brown, Cai,
    /// `DasGupta`, Statistical Science 16, 2001).
    pub fn of(successes: u32, trials: u32) -> Option<Self> {
        if trials == 0 || successes > trials {
            return None;
        }
        let (n, observed) = (f64::from(trials), f64::from(successes) / f64::from(trials));
        let z2 = Z * Z;
        let middle = (observed + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let half = Z / (1.0 + z2 / n) * (observed * (1.0 - observed) / n + z2 / (4.0 * n * n)).sqrt();
        // With only successes or only failures the interval ends at exactly 1 or 0; rounding would leave a small
        // difference.
        let low = if successes == 0 { 0.0 } else { (middle - half).max(0.0) };
        let high = if successes == trials { 1.0 } else { (middle + half).min(1.0) };
        Some(Self { observed, low, high })
    }
}
