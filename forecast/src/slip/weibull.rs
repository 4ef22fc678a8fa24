//! The hybrid Weibull model of delays (launch-delay, Gardner and Grogan): no delay with probability `kept`, otherwise a
//! Weibull distribution. Used as a baseline: peers.md D1 has its figures by horizon.

/// The probability of no delay, and the distribution of the other delays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HybridWeibull {
    pub kept: f64,
    pub shape: f64,
    pub scale_days: f64,
}

/// The published fits by days ahead: up to 90, up to 180, up to 360 (cargo to the space station, 2012 to 2017).
pub const PUBLISHED: [(f64, HybridWeibull); 3] = [
    (90.0, HybridWeibull { kept: 0.143, shape: 1.02, scale_days: 26.5 }),
    (180.0, HybridWeibull { kept: 0.077, shape: 0.81, scale_days: 92.6 }),
    (360.0, HybridWeibull { kept: 0.0, shape: 1.04, scale_days: 172.9 }),
];

impl HybridWeibull {
    /// Returns the published fit for a date so far ahead; the last one also beyond the published range.
    pub fn published(days_ahead: f64) -> Self {
        let [.., (_, farthest)] = PUBLISHED;
        PUBLISHED.into_iter().find_map(|(until, fit)| (days_ahead <= until).then_some(fit)).unwrap_or(farthest)
    }

    /// Fits by maximum likelihood. None unless at least two delays differ.
    pub fn fit(delays_days: &[f64]) -> Option<Self> {
        let late: Vec<f64> = delays_days.iter().copied().filter(|delay| *delay > 0.0 && delay.is_finite()).collect();
        let count = late.len() as f64;
        if late.iter().all(|delay| Some(delay) == late.first()) {
            return None;
        }
        let mean_log = late.iter().map(|delay| delay.ln()).sum::<f64>() / count;
        // The derivative of the likelihood with respect to the shape increases with the shape and has one zero.
        let excess = |shape: f64| {
            let (mut powers, mut logs) = (0.0, 0.0);
            for delay in &late {
                let power = delay.powf(shape);
                powers += power;
                logs += power * delay.ln();
            }
            logs / powers - 1.0 / shape - mean_log
        };
        let (mut low, mut high) = (1e-3, 50.0);
        for _ in 0..100 {
            let middle = f64::midpoint(low, high);
            if excess(middle) > 0.0 { high = middle } else { low = middle }
        }
        let shape = f64::midpoint(low, high);
        let scale_days = (late.iter().map(|delay| delay.powf(shape)).sum::<f64>() / count).powf(1.0 / shape);
        Some(Self { kept: 1.0 - count / delays_days.len() as f64, shape, scale_days })
    }

    /// Returns the mean delay, including launches without one.
    pub fn mean_days(&self) -> f64 {
        (1.0 - self.kept) * self.scale_days * gamma(1.0 + 1.0 / self.shape)
    }

    /// Returns the delay that is not exceeded with this probability.
    pub fn quantile(&self, level: f64) -> f64 {
        if level <= self.kept {
            return 0.0;
        }
        let late = (level - self.kept) / (1.0 - self.kept);
        self.scale_days * (-(1.0 - late).ln()).powf(1.0 / self.shape)
    }
}

/// Lanczos' approximation with seven terms, accurate to ten digits for the arguments used here (1 and more).
fn gamma(x: f64) -> f64 {
    const TERMS: [f64; 9] = [
        0.999_999_999_999_809_9,
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    let x = x - 1.0;
    let sum = TERMS.iter().enumerate().skip(1).fold(TERMS[0], |sum, (at, term)| sum + term / (x + at as f64));
    let t = x + 7.5;
    (2.0 * std::f64::consts::PI).sqrt() * t.powf(x + 0.5) * (-t).exp() * sum
}
