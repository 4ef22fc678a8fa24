use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::at;
use crate::{Basis, Chance, DATE_LEVELS, DateForecast, LaunchForecast, RecordKnowledge, SuccessForecast};

const NET: &str = "2026-04-01T22:24:00Z";

/// On time with a probability of 60 %, then a day and a half later for each level.
fn date() -> DateForecast {
    let mut minutes = [0; DATE_LEVELS.len()];
    for (step, minutes) in minutes.iter_mut().enumerate().skip(13) {
        *minutes = (step as i32 - 12) * 36 * 60;
    }
    DateForecast::new(at(NET), Some(1), minutes, 40, Basis::Provider).expect("in order")
}

fn success() -> SuccessForecast {
    let chance = Chance::new(0.97, 0.95, 0.985, 120).expect("in order");
    SuccessForecast { chance, rests_on: Basis::Configuration, succeeded: 117, partial: 1, records: None }
}

/// With what each record knew, as forecasts are stored now.
fn known_success() -> SuccessForecast {
    let records = [(3, 21.5), (4_294_967_295, 7.0), (7, 3.86), (8, 14.796), (9, 0.01)];
    let records = records.map(|(key, failures)| RecordKnowledge::new(key, failures).expect("known"));
    SuccessForecast { records: Some(records), ..success() }
}

#[test]
fn a_record_knows_a_positive_number_of_failures() {
    for failures in [0.0, 0.004, -1.0, f64::NAN, f64::INFINITY, 1e9] {
        assert_eq!(RecordKnowledge::new(1, failures), None, "{failures}");
    }
    let known = RecordKnowledge::new(1, 14.796).expect("known");
    assert_eq!((known.key(), known.variance()), (1, 100.0 / 1_480.0), "to a hundredth");
}

#[test]
fn an_invalid_chance_is_refused() {
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
fn the_wilson_interval_matches_published_values() {
    // peers.md D3: 3 of 3 has the lower bound 0.44 at 95 %; at 80 % the same formula is n / (n + z²) = 0.646.
    let chance = Chance::of_share(1.0, 3).expect("a share");
    assert!((chance.low() - 3.0 / (3.0 + 1.281_551_565_544_6 * 1.281_551_565_544_6)).abs() < 1e-4);
    assert_eq!(chance.high(), 1.0);
}

#[test]
fn a_quantile_is_interpolated_between_the_levels() {
    let date = date();
    assert_eq!(date.p50(), Some(at(NET)));
    assert_eq!(date.p80(), Some(at(NET) + TimeDelta::hours(36 * 4)));
    assert_eq!(date.quantile(0.625), Some(at(NET) + TimeDelta::hours(18)));
    assert_eq!(date.quantile(0.995), None, "beyond the last level");
    assert_eq!(date.quantile(f64::NAN), None);
    assert_eq!(date.chance_by(at(NET) - TimeDelta::hours(1)), 0.0);
    assert!((date.chance_by(at(NET) + TimeDelta::hours(18)) - 0.625).abs() < 1e-9);
    assert_eq!(date.chance_by(at("2036-01-01T00:00:00Z")), 0.99, "1 % never fly");
}

#[test]
fn a_reversed_window_has_no_chance() {
    let date = date();
    let (from, to) = (at("2026-04-01T00:00:00Z"), at("2026-04-02T00:00:00Z"));
    assert!(date.chance_within(from, to).expect("a chance").mean() > 0.6);
    assert_eq!(date.chance_within(to, from).map(Chance::mean), Some(0.0));
    assert_eq!(date.chance_as_announced(), date.chance_within(from, to));
}

#[test]
fn the_chance_of_a_vague_date_covers_its_period() {
    let mut minutes = [0; DATE_LEVELS.len()];
    for (step, minutes) in minutes.iter_mut().enumerate() {
        *minutes = (-720 + step as i32 * 72) * 60;
    }
    // "June", stored as its last day.
    let date = DateForecast::new(at("2026-06-30T00:00:00Z"), Some(7), minutes, 9, Basis::World).expect("in order");
    let period = date.chance_within(at("2026-06-01T00:00:00Z"), at("2026-07-01T00:00:00Z"));
    assert_eq!(date.chance_as_announced(), period);
    assert!(period.expect("a chance").mean() > 0.4);
}

#[test]
fn a_forecast_round_trips_through_json() {
    for (success, date) in [
        (Some(success()), Some(date())),
        (Some(known_success()), Some(date())),
        (None, Some(date())),
        (Some(success()), None),
        (None, None),
    ] {
        let forecast = LaunchForecast { made_at: at("2026-03-30T01:02:03.456789Z"), success, date };
        let json = serde_json::to_string(&forecast).expect("writes");
        assert_eq!(serde_json::from_str::<LaunchForecast>(&json).expect("reads"), forecast);
    }
}

/// Stored forecasts are never rewritten: a name or unit that changes here makes all of them unreadable.
#[test]
fn the_stored_format_of_a_forecast_does_not_change() {
    let forecast =
        LaunchForecast { made_at: at("2026-03-30T01:02:03.456789Z"), success: Some(success()), date: Some(date()) };
    let stored = serde_json::json!({
        "made_at": "2026-03-30T01:02:03.456789Z",
        "success": {
            "rests_on": "configuration",
            "mean_bp": 9700,
            "low_bp": 9500,
            "high_bp": 9850,
            "flight_count": 120,
            "success_count": 117,
            "partial_failure_count": 1,
        },
        "date": {
            "rests_on": "provider",
            "launch_count": 40,
            "announced_net_at": "2026-04-01T22:24:00Z",
            "announced_precision_id": 1,
            "minutes_after_net": [
                0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2160, 4320, 6480, 8640, 10_800, 12_960, 15_120, 17_280,
            ],
        },
    });
    assert_eq!(serde_json::to_value(&forecast).expect("writes"), stored);
    // How forecasts were written before minutes.
    let mut before = stored.clone();
    let date = before.pointer_mut("/date").and_then(serde_json::Value::as_object_mut).expect("has a date");
    date.remove("minutes_after_net");
    let hours = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 36, 72, 108, 144, 180, 216, 252, 288];
    date.insert("hours_after_net".to_owned(), serde_json::json!(hours));
    assert_eq!(serde_json::from_value::<LaunchForecast>(before).expect("reads"), forecast);
    let known = serde_json::to_value(known_success()).expect("writes");
    assert_eq!(known["record_keys"], serde_json::json!([3, 4_294_967_295_u32, 7, 8, 9]));
    assert_eq!(known["record_failures_hundredths"], serde_json::json!([2150, 700, 386, 1480, 1]));
    for basis in Basis::ALL {
        assert_eq!(serde_json::to_value(basis).expect("writes"), basis.slug());
    }
}

#[test]
fn calibration_is_not_known_beyond_ninety_days() {
    let made = |made_at: &str| LaunchForecast { made_at: at(made_at), success: None, date: Some(date()) };
    assert!(!made("2026-01-02T00:00:00Z").is_beyond_calibration(), "less than 90 days");
    assert!(made("2026-01-01T00:00:00Z").is_beyond_calibration());
    assert!(!LaunchForecast { date: None, ..made("2026-01-01T00:00:00Z") }.is_beyond_calibration());
}

#[test]
fn a_damaged_forecast_is_refused() {
    let forecast =
        LaunchForecast { made_at: at("2026-03-30T01:02:03Z"), success: Some(known_success()), date: Some(date()) };
    let stored = serde_json::to_value(&forecast).expect("writes");
    for (pointer, damaged) in [
        ("", serde_json::json!("1;;;")),
        ("/made_at", serde_json::json!(1)),
        ("/success", serde_json::json!({})),
        ("/success/rests_on", serde_json::json!("hope")),
        ("/success/mean_bp", serde_json::json!(9499)),
        ("/success/high_bp", serde_json::json!(10_001)),
        ("/success/mean_bp", serde_json::json!(97.5)),
        ("/success/flight_count", serde_json::json!(-1)),
        ("/success/record_keys", serde_json::json!([1, 2, 3, 4])),
        ("/success/record_keys", serde_json::json!(null)),
        ("/success/record_failures_hundredths", serde_json::json!([1, 2, 3, 4, 0])),
        ("/date/announced_net_at", serde_json::json!("soon")),
        ("/date/minutes_after_net", serde_json::json!([0, 1])),
        ("/date/minutes_after_net", serde_json::Value::Null),
        ("/date/minutes_after_net/20", serde_json::json!(-1)),
        ("/date/minutes_after_net/20", serde_json::json!(3_000_000_000_i64)),
    ] {
        let mut stored = stored.clone();
        *stored.pointer_mut(pointer).expect("is there") = damaged.clone();
        assert!(serde_json::from_value::<LaunchForecast>(stored).is_err(), "{pointer}: {damaged}");
    }
}

#[test]
fn a_chance_of_success_round_trips_through_text() {
    for success in [success(), known_success()] {
        let text = success.to_text();
        assert_eq!(SuccessForecast::from_text(&text), Some(success), "{text}");
    }
    let known = known_success().to_text();
    for (end, _) in known.match_indices(' ').skip(7) {
        assert_eq!(SuccessForecast::from_text(&known[..end]), None, "cut: {}", &known[..end]);
    }
}

proptest! {
    #[test]
    fn quantiles_and_chances_agree(
        steps in prop::collection::vec(0_i32..120_000, DATE_LEVELS.len()), start in -120_000_i32..12_000, p in 0.0_f64..0.99,
    ) {
        let mut minutes = [0; DATE_LEVELS.len()];
        let mut before = start;
        for (minutes, step) in minutes.iter_mut().zip(&steps) {
            before += step;
            *minutes = before;
        }
        let date = DateForecast::new(at(NET), None, minutes, 5, Basis::World).expect("in order");
        let when: DateTime<Utc> = date.quantile(p).expect("within the levels");
        // `quantile` truncates to whole seconds.
        prop_assert!(date.chance_by(when + TimeDelta::seconds(1)) >= p - 1e-9);
        let later = date.quantile((p + 0.05).min(0.99)).expect("within the levels");
        prop_assert!(later >= when);
        let text = date.to_text();
        prop_assert_eq!(DateForecast::from_text(&text, at(NET)), Some(date));
    }
}
