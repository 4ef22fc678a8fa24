use crate::slip::weibull::{HybridWeibull, PUBLISHED};

/// The mean delays in days that were published with the fits (peers.md D1).
const MEANS: [f64; 3] = [22.0, 97.0, 171.0];

#[test]
fn the_published_means_follow_from_the_published_parameters() {
    for ((_, model), mean) in PUBLISHED.into_iter().zip(MEANS) {
        // They were published with two or three digits.
        assert!((model.mean_days() - mean).abs() < 1.1, "{} against {mean}", model.mean_days());
    }
}

#[test]
fn the_fit_recovers_known_parameters() {
    for (_, known) in PUBLISHED {
        let HybridWeibull { kept, shape, scale_days } = known;
        let count = 4_000;
        let sample: Vec<f64> = (0..count).map(|at| known.quantile((f64::from(at) + 0.5) / f64::from(count))).collect();
        let fitted = HybridWeibull::fit(&sample).expect("a fit");
        assert!((fitted.kept - kept).abs() < 1e-3, "{fitted:?}");
        assert!((fitted.shape - shape).abs() < 0.01, "{fitted:?}");
        assert!((fitted.scale_days / scale_days - 1.0).abs() < 0.01, "{fitted:?}");
    }
}

#[test]
fn an_empty_sample_has_no_fit() {
    for sample in [[].as_slice(), &[0.0, 0.0], &[3.0], &[3.0, 3.0], &[f64::NAN]] {
        assert_eq!(HybridWeibull::fit(sample), None, "{sample:?}");
    }
}

#[test]
fn a_date_uses_the_fit_of_its_horizon() {
    for (days_ahead, at) in [(-3.0, 0), (90.0, 0), (91.0, 1), (300.0, 2), (5_000.0, 2)] {
        assert_eq!(HybridWeibull::published(days_ahead), PUBLISHED[at].1, "{days_ahead}");
    }
}
