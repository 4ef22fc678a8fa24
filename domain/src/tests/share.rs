use crate::Share;

fn assert_near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 0.000_5, "{found} is not {expected}");
}

/// Compared with the closed form for a record without failures, n / (n + z²), and a value calculated by hand for 8 of
/// 10.
#[test]
fn the_interval_is_the_wilson_interval() {
    let unbroken = Share::of(10, 10).expect("ten trials");
    assert_near(unbroken.low, 10.0 / (10.0 + 1.644_853_6 * 1.644_853_6));
    assert_near(unbroken.high, 1.0);
    let mixed = Share::of(8, 10).expect("ten trials");
    // Middle (0.8 + 0.135277) / 1.270554, half 1.644854 / 1.270554 * sqrt(0.016 + 0.006764).
    assert_near(mixed.low, 0.736_1 - 0.195_3);
    assert_near(mixed.high, 0.736_1 + 0.195_3);
    assert_near(mixed.observed, 0.8);
}

#[test]
fn failures_mirror_successes() {
    let (good, bad) = (Share::of(47, 50).expect("trials"), Share::of(3, 50).expect("trials"));
    assert_near(good.low, 1.0 - bad.high);
    assert_near(good.high, 1.0 - bad.low);
}

#[test]
fn more_trials_give_a_narrower_interval() {
    let width = |share: Share| share.high - share.low;
    let (few, many) = (Share::of(3, 3).expect("trials"), Share::of(300, 300).expect("trials"));
    assert!(width(many) < width(few));
    assert!(few.low < 0.6, "three flights give a wide interval: {few:?}");
}

#[test]
fn no_trials_and_invalid_counts_give_no_interval() {
    assert_eq!(Share::of(0, 0), None);
    assert_eq!(Share::of(3, 2), None);
}
