use domain::{Basis, DATE_LEVELS, DateForecast};
use proptest::prelude::*;

use super::at;
use crate::cdf::Cdf;

/// Points in order: steps of days and of probability, scaled so that the last is at most 1.
fn curves() -> impl Strategy<Value = Cdf> {
    prop::collection::vec((0.0..20.0_f64, 0.0..1.0_f64), 1..12).prop_map(|steps| {
        let whole: f64 = steps.iter().map(|(_, step)| step).sum::<f64>() + 0.1;
        let (mut days, mut p) = (0.0, 0.0);
        let points = steps.iter().map(|(step, share)| {
            days += step;
            p += share / whole;
            (days, p)
        });
        Cdf::new(points.collect()).expect("in order")
    })
}

#[test]
fn a_certain_date_loses_the_days_by_which_it_is_wrong() {
    let tenth = Cdf::certain(10.0);
    for (flown, look_ahead, loss) in [
        (Some(13.0), 30.0, 3.0),
        (Some(4.0), 30.0, 6.0),
        (None, 30.0, 20.0),
        (Some(29.0), 14.0, 4.0),
        (Some(2.0), 7.0, 5.0),
        (Some(10.0), 30.0, 0.0),
        (None, 10.0, 0.0),
    ] {
        assert!((tenth.integrated_brier(flown, look_ahead) - loss).abs() < 1e-12, "{flown:?} {look_ahead}");
    }
}

#[test]
fn an_even_chance_between_two_days_loses_a_third_of_the_distance_to_an_end() {
    // F rises from 0 to 1 over three days, and the launch flies at once: the integral of (1 - t/3)² is 1.
    let even = Cdf::new(vec![(0.0, 0.0), (3.0, 1.0)]).expect("in order");
    assert!((even.integrated_brier(Some(0.0), 30.0) - 1.0).abs() < 1e-12);
    assert!((even.integrated_brier(Some(1.5), 30.0) - 0.25).abs() < 1e-12, "in the middle it is a quarter");
    assert!((even.integrated_brier(None, 3.0) - 1.0).abs() < 1e-12);
}

#[test]
fn a_jump_is_reached_at_its_time() {
    let jump = Cdf::new(vec![(0.0, 0.0), (2.0, 0.1), (2.0, 0.7), (4.0, 0.9)]).expect("in order");
    assert_eq!((jump.at(1.0), jump.at(2.0), jump.at(4.0), jump.at(99.0)), (0.05, 0.7, 0.9, 0.9));
    assert_eq!((jump.quantile(0.4), jump.quantile(0.95)), (Some(2.0), None));
    assert_eq!(jump.quantile(0.0), Some(0.0));
    assert_eq!(Cdf::new(vec![(0.0, 0.0), (5.0, 0.0), (6.0, 1.0)]).and_then(|late| late.quantile(0.0)), Some(5.0));
}

#[test]
fn what_is_no_distribution_is_refused() {
    for points in [
        vec![],
        vec![(1.0, 0.5), (0.0, 0.6)],
        vec![(0.0, 0.6), (1.0, 0.5)],
        vec![(0.0, 1.1)],
        vec![(0.0, -0.1)],
        vec![(f64::NAN, 0.5)],
        vec![(0.0, f64::NAN)],
    ] {
        assert_eq!(Cdf::new(points.clone()), None, "{points:?}");
    }
}

#[test]
fn a_stored_forecast_is_the_same_distribution_in_days_from_when_it_was_made() {
    let minutes = DATE_LEVELS.map(|level| i32::from(level) * 144 - 8_640);
    let net = at("2026-03-11T00:00:00Z");
    let forecast = DateForecast::new(net, Some(1), minutes, 9, Basis::World).expect("in order");
    let made_at = at("2026-03-05T00:00:00Z");
    let cdf = Cdf::of_forecast(&forecast, made_at);
    for hours in [1, 30, 100, 333, 1000, 3000] {
        let when = made_at + chrono::TimeDelta::hours(hours);
        assert!((cdf.at(hours as f64 / 24.0) - forecast.chance_by(when)).abs() < 1e-9, "{hours}");
    }
    assert_eq!(cdf.quantile(0.05), Some(5.0), "{cdf:?}");
}

proptest! {
    #[test]
    fn the_integral_is_that_of_the_sum_over_small_steps(
        cdf in curves(), flown in prop::option::of(0.0..60.0_f64), look_ahead in 1.0..90.0_f64,
    ) {
        const STEPS: u32 = 20_000;
        let step = look_ahead / f64::from(STEPS);
        let sum: f64 = (0..STEPS)
            .map(|at| {
                let days = (f64::from(at) + 0.5) * step;
                let has_flown = flown.is_some_and(|flown| flown <= days);
                (cdf.at(days) - f64::from(u8::from(has_flown))).powi(2) * step
            })
            .sum();
        let exact = cdf.integrated_brier(flown, look_ahead);
        prop_assert!((exact - sum).abs() < 3.0 * step, "{exact} {sum}");
    }

    #[test]
    fn what_happens_after_the_look_ahead_does_not_count(cdf in curves(), later in 30.0..90.0_f64) {
        prop_assert!((cdf.integrated_brier(Some(later), 30.0) - cdf.integrated_brier(None, 30.0)).abs() < 1e-12);
    }

    #[test]
    fn a_quantile_is_where_the_probability_is_reached(cdf in curves(), level in 0.01..0.99_f64) {
        match cdf.quantile(level) {
            Some(days) => {
                prop_assert!(cdf.at(days) >= level - 1e-9);
                prop_assert!(cdf.at(days - 1e-6) <= level + 1e-9);
            }
            None => prop_assert!(cdf.at(f64::MAX) < level),
        }
    }
}
