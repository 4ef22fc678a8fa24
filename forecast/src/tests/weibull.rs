use crate::slip::weibull::HybridWeibull;

/// The published fits (peers.md D1): chance of no delay, shape, scale in days, and the mean delay they were summed up with.
const PUBLISHED: [(f64, f64, f64, f64); 3] =
    [(0.143, 1.02, 26.5, 22.0), (0.077, 0.81, 92.6, 97.0), (0.0, 1.04, 172.9, 171.0)];

#[test]
fn the_published_means_follow_from_the_published_parameters() {
    for (kept, shape, scale_days, mean) in PUBLISHED {
        let model = HybridWeibull { kept, shape, scale_days };
        // They were published with two or three digits.
        assert!((model.mean_days() - mean).abs() < 1.1, "{} against {mean}", model.mean_days());
    }
}

#[test]
fn a_sample_with_known_parameters_gives_them_back() {
    for (kept, shape, scale_days, _) in PUBLISHED {
        let known = HybridWeibull { kept, shape, scale_days };
        let count = 4_000;
        let sample: Vec<f64> = (0..count).map(|at| known.quantile((f64::from(at) + 0.5) / f64::from(count))).collect();
        let fitted = HybridWeibull::fit(&sample).expect("a fit");
        assert!((fitted.kept - kept).abs() < 1e-3, "{fitted:?}");
        assert!((fitted.shape - shape).abs() < 0.01, "{fitted:?}");
        assert!((fitted.scale_days / scale_days - 1.0).abs() < 0.01, "{fitted:?}");
    }
}

#[test]
fn nothing_is_fitted_to_nothing() {
    for sample in [[].as_slice(), &[0.0, 0.0], &[3.0], &[3.0, 3.0], &[f64::NAN]] {
        assert_eq!(HybridWeibull::fit(sample), None, "{sample:?}");
    }
}
