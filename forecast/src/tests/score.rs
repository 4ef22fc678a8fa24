use crate::score::{Block, brier, calibration, gain, log_loss, mean, pinball, ratio_interval};

#[test]
fn losses_match_published_values() {
    assert!((log_loss(0.5, true) - 2.0_f64.ln()).abs() < 1e-12);
    assert!((log_loss(0.9, false) - 10.0_f64.ln()).abs() < 1e-12);
    assert!(log_loss(0.0, true).is_finite(), "one miss has a finite loss");
    assert!((brier(0.8, true) - 0.04).abs() < 1e-12);
    assert_eq!(pinball(0.8, 0.0, 10.0), 8.0, "too early");
    assert!((pinball(0.8, 10.0, 0.0) - 2.0).abs() < 1e-12, "too late");
    assert_eq!(mean([]), None);
}

#[test]
fn the_quantile_of_a_sample_has_the_least_pinball_loss() {
    let sample: Vec<f64> = (1..=9).map(f64::from).collect();
    let loss = |predicted: f64| mean(sample.iter().map(|actual| pinball(0.8, predicted, *actual))).expect("a mean");
    let best = sample.iter().copied().min_by(|one, other| loss(*one).total_cmp(&loss(*other)));
    assert_eq!(best, Some(8.0));
}

#[test]
fn calibration_compares_predicted_and_observed_shares() {
    let forecasts: Vec<(f64, bool)> = (0..100).map(|at| (f64::from(at) / 100.0, at >= 50)).collect();
    let bins = calibration(&forecasts, 4);
    assert_eq!(bins.iter().map(|bin| bin.count).sum::<u32>(), 100);
    assert_eq!(bins.iter().map(|bin| bin.happened).collect::<Vec<_>>(), [0.0, 0.0, 1.0, 1.0]);
    assert!(calibration(&[], 4).is_empty());
}

#[test]
fn a_gain_has_an_interval_and_may_be_negative() {
    let blocks: Vec<Block> = (1..=20).map(|at| Block { ours: f64::from(at), theirs: 2.0 * f64::from(at) }).collect();
    let same = gain(&blocks, 200).expect("a gain");
    let (low, _) = same.interval.expect("an interval");
    assert!((same.share - 0.5).abs() < 1e-12 && (low - 0.5).abs() < 1e-12, "{same:?}");
    let lost: Vec<Block> = (0..9).map(|at| Block { ours: f64::from(at % 3 * 2 + 1), theirs: 2.0 }).collect();
    let worse = gain(&lost, 500).expect("a gain");
    let (low, high) = worse.interval.expect("an interval");
    assert!(worse.share < 0.0 && low < worse.share && worse.share < high, "{worse:?}");
    let few = gain(&lost[..7], 500).expect("a gain");
    assert_eq!(few.interval, None, "seven years are too few for an interval");
    assert_eq!(gain(&[], 10), None);
    assert_eq!(gain(&blocks, 300), gain(&blocks, 300), "the same blocks, the same interval");
}

#[test]
fn the_analytic_interval_is_that_of_a_mean_and_close_to_the_bootstrap() {
    // For the numbers 1 to 8: mean 4.5, standard error sqrt(6 / 8), Student's factor with seven degrees of freedom
    // 2.3646.
    let numbers: Vec<Block> = (1..=8).map(|at| Block { ours: f64::from(at), theirs: 1.0 }).collect();
    let (low, high) = ratio_interval(&numbers).expect("an interval");
    let reach = 2.3646 * (6.0_f64 / 8.0).sqrt();
    assert!((low - (4.5 - reach)).abs() < 0.02 && (high - (4.5 + reach)).abs() < 0.02, "{low} {high}");
    let blocks: Vec<Block> =
        (0..60).map(|at| Block { ours: f64::from(at % 7), theirs: f64::from(at % 5 + at % 7) }).collect();
    let (low, high) = ratio_interval(&blocks).expect("an interval");
    let drawn = gain(&blocks, 4_000).and_then(|gain| gain.interval).expect("an interval");
    assert!((1.0 - high - drawn.0).abs() < 0.02 && (1.0 - low - drawn.1).abs() < 0.02, "{low} {high} {drawn:?}");
    assert_eq!(ratio_interval(&numbers[..7]), None, "too few");
    assert_eq!(ratio_interval(&[Block::default(); 9]), None, "no loss");
    assert_eq!(ratio_interval(&[Block { ours: 1.0, theirs: 1.0 }; 9]), None, "no variance");
}
