use chrono::{DateTime, TimeDelta, Utc};
use domain::{Basis, Chance, DATE_LEVELS, DateForecast, LaunchForecast, Movement, SuccessForecast};
use uuid::Uuid;

use super::at;
use crate::movement::measure;

fn start() -> DateTime<Utc> {
    at("2026-03-01T02:00:00Z")
}

/// Returns a forecast made after some days, of a launch that flies within a year of the start with the chance `in_year`
/// and succeeds with the chance `success`.
fn forecast(days: i64, in_year: f64, success: f64) -> LaunchForecast {
    let made_at = start() + TimeDelta::days(days);
    // Uniform from the start on, at a rate that reaches the chance after 365 days.
    let minutes = DATE_LEVELS.map(|level| (f64::from(level) / 1000.0 / in_year * 365.0 * 1440.0).round() as i32);
    LaunchForecast {
        made_at,
        success: Chance::new(success, 0.0, 1.0, 20).map(|chance| SuccessForecast {
            chance,
            rests_on: Basis::World,
            records: None,
            succeeded: 20,
            partial: 0,
        }),
        date: DateForecast::new(start(), Some(7), minutes, 20, Basis::World),
    }
}

/// The movement that the prior and these mean squares per day add up to.
fn expected(squares: &[f64]) -> f64 {
    let prior = Movement::PRIOR.per_root_day().powi(2);
    ((squares.iter().sum::<f64>() + 20.0 * prior) / (squares.len() as f64 + 20.0)).sqrt()
}

#[test]
fn without_pairs_the_movement_is_the_prior() {
    let one = Uuid::from_u128(1);
    assert_eq!(measure(&[]), Movement::PRIOR);
    assert_eq!(measure(&[(one, forecast(0, 0.5, 1.0))]), Movement::PRIOR, "a single forecast has not moved");
    let mut dateless = forecast(7, 0.5, 1.0);
    dateless.date = None;
    let same_day = LaunchForecast { made_at: start() + TimeDelta::hours(6), ..forecast(0, 0.9, 1.0) };
    let pairs = [(one, forecast(0, 0.5, 1.0)), (one, same_day), (one, dateless)];
    assert_eq!(measure(&pairs), Movement::PRIOR, "neither a pair of one day nor an unknown score is a movement");
}

#[test]
fn each_launch_counts_once_and_days_count_by_their_root() {
    let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
    // Moves by 0.2 in 16 days, twice; the other by 0.3 in 9 days.
    let forecasts = [
        (one, forecast(32, 0.5, 1.0)),
        (other, forecast(0, 0.5, 0.8)),
        (one, forecast(0, 0.5, 1.0)),
        (one, forecast(16, 0.7, 1.0)),
        (other, forecast(9, 0.5, 0.2)),
    ];
    let measured = measure(&forecasts);
    assert_eq!(measured.launch_count(), 2);
    let expected = expected(&[0.04 / 16.0, 0.09 / 9.0]);
    assert!((measured.per_root_day() - expected).abs() < 1e-4, "{measured:?} {expected}");
}

#[test]
fn a_launch_that_does_not_move_lowers_the_movement() {
    let still = [(Uuid::from_u128(1), forecast(0, 0.5, 1.0)), (Uuid::from_u128(1), forecast(7, 0.5, 1.0))];
    let measured = measure(&still);
    assert!(measured.per_root_day() < Movement::PRIOR.per_root_day());
    assert!((measured.per_root_day() - expected(&[0.0])).abs() < 1e-6, "{measured:?}");
}
