use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::at;
use crate::{Chance, DATE_LEVELS, DateForecast, Ground, LaunchForecast, SuccessForecast};

const NET: &str = "2026-04-01T22:24:00Z";

/// On time with three in five, then a day and a half a step.
fn date() -> DateForecast {
    let mut hours = [0; DATE_LEVELS.len()];
    for (step, hours) in hours.iter_mut().enumerate().skip(13) {
        *hours = (step as i32 - 12) * 36;
    }
    DateForecast::new(at(NET), Some(1), hours, 40, Ground::Provider).expect("in order")
}

fn success() -> SuccessForecast {
    let chance = Chance::new(0.97, 0.95, 0.985, 120).expect("in order");
    SuccessForecast { chance, rests_on: Ground::Configuration, succeeded: 117, partial: 1 }
}

#[test]
fn a_chance_is_never_what_no_chance_can_be() {
    for (mean, low, high) in [
        (f64::NAN, 0.0, 1.0),
        (0.5, f64::NAN, 1.0),
        (0.5, 0.6, 0.7),
        (0.5, 0.1, 0.4),
        (1.1, 0.0, 1.2),
        (0.5, -0.1, 0.6),
    ] {
        assert_eq!(Chance::new(mean, low, high, 3), None, "{mean} {low} {high}");
    }
    assert_eq!(Chance::of_share(f64::NAN, 3), None);
    assert_eq!(Chance::of_share(0.5, 0).map(|chance| (chance.low(), chance.high())), Some((0.0, 1.0)));
}

#[test]
fn wilsons_interval_is_that_of_the_books() {
    // peers.md D3: 3 of 3 has the lower bound 0.44 at 95 %; at 80 % the same formula gives n / (n + z²) = 0.646.
    let chance = Chance::of_share(1.0, 3).expect("a share");
    assert!((chance.low() - 3.0 / (3.0 + 1.281_551_565_544_6 * 1.281_551_565_544_6)).abs() < 1e-4);
    assert_eq!(chance.high(), 1.0);
}

#[test]
fn the_time_by_which_it_has_flown_is_read_between_the_levels() {
    let date = date();
    assert_eq!(date.p50(), Some(at(NET)));
    assert_eq!(date.p80(), Some(at(NET) + TimeDelta::hours(36 * 4)));
    assert_eq!(date.quantile(0.625), Some(at(NET) + TimeDelta::hours(18)));
    assert_eq!(date.quantile(0.995), None, "later than can be said");
    assert_eq!(date.quantile(f64::NAN), None);
    assert_eq!(date.chance_by(at(NET) - TimeDelta::hours(1)), 0.0);
    assert!((date.chance_by(at(NET) + TimeDelta::hours(18)) - 0.625).abs() < 1e-9);
    assert_eq!(date.chance_by(at("2036-01-01T00:00:00Z")), 0.99, "one in a hundred is never seen to fly");
}

#[test]
fn a_window_that_is_turned_around_has_no_chance() {
    let date = date();
    let (from, to) = (at("2026-04-01T00:00:00Z"), at("2026-04-02T00:00:00Z"));
    assert!(date.chance_within(from, to).expect("a chance").mean() > 0.6);
    assert_eq!(date.chance_within(to, from).map(Chance::mean), Some(0.0));
    assert_eq!(date.chance_as_announced(), date.chance_within(from, to));
}

#[test]
fn a_vague_date_is_asked_for_its_period() {
    let mut hours = [0; DATE_LEVELS.len()];
    for (step, hours) in hours.iter_mut().enumerate() {
        *hours = -720 + step as i32 * 72;
    }
    // "June", stored as its last day.
    let date = DateForecast::new(at("2026-06-30T00:00:00Z"), Some(7), hours, 9, Ground::World).expect("in order");
    let period = date.chance_within(at("2026-06-01T00:00:00Z"), at("2026-07-01T00:00:00Z"));
    assert_eq!(date.chance_as_announced(), period);
    assert!(period.expect("a chance").mean() > 0.4);
}

#[test]
fn a_forecast_survives_its_text() {
    for (success, date) in
        [(Some(success()), Some(date())), (None, Some(date())), (Some(success()), None), (None, None)]
    {
        let forecast = LaunchForecast { made_at: at("2026-03-30T01:02:03.456789Z"), success, date };
        assert_eq!(LaunchForecast::from_text(&forecast.to_text()), Some(forecast.clone()));
        let json = serde_json::to_string(&forecast).expect("writes");
        assert_eq!(serde_json::from_str::<LaunchForecast>(&json).expect("reads"), forecast);
    }
}

#[test]
fn a_damaged_forecast_is_refused() {
    for text in
        ["", "x", "1", "1;;", "1;9 1 1 1 1 1 1;;", "1;0 9 1 1 1 1 1;;", "1;0 9999 1 20000 1 1 1;;", "1;;1;0 1 1 5 -3;"]
    {
        assert_eq!(LaunchForecast::from_text(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn quantiles_and_chances_agree(
        steps in prop::collection::vec(0_i32..2_000, DATE_LEVELS.len()), start in -2_000_i32..200, p in 0.0_f64..0.99,
    ) {
        let mut hours = [0; DATE_LEVELS.len()];
        let mut before = start;
        for (hours, step) in hours.iter_mut().zip(&steps) {
            before += step;
            *hours = before;
        }
        let date = DateForecast::new(at(NET), None, hours, 5, Ground::World).expect("in order");
        let when: DateTime<Utc> = date.quantile(p).expect("within the levels");
        // A second is cut off where it falls between two.
        prop_assert!(date.chance_by(when + TimeDelta::seconds(1)) >= p - 1e-9);
        let later = date.quantile((p + 0.05).min(0.99)).expect("within the levels");
        prop_assert!(later >= when);
        let text = date.to_text();
        prop_assert_eq!(DateForecast::from_text(&text, at(NET)), Some(date));
    }
}
