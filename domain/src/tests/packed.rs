use super::{at, launch, precision};
use crate::{Board, DateForecast, Freshness, Launch, LaunchForecast, PastState, Program, Source, SuccessForecast};

fn board(launches: Vec<Launch>) -> Board {
    Board {
        launches,
        past_from: Some(2),
        freshness: Freshness {
            source: Source::Simulated,
            as_of: None,
            failed_at: None,
            blocked: false,
            running_since: None,
            complete: None,
            upcoming_count: 2,
            run_id: Some(7),
            poll_seconds: 3600,
            unreachable_since: None,
        },
        now: at("2026-03-01T12:00:00Z"),
        past_state: Some(PastState { as_of: at("2026-02-01T00:00:00.25Z"), observed_at: None }),
    }
}

/// Launches with everything, with nothing, and with what is rare.
fn launches() -> Vec<Launch> {
    let full = launch(1);
    let mut bare = launch(2);
    bare.name = "Unknown | Payload".into();
    (bare.net_precision, bare.window_start, bare.window_end, bare.mission, bare.orbit) = (None, None, None, None, None);
    bare.moon = crate::MoonReach::judge(None, None);
    (bare.crewed, bare.pad.latitude, bare.pad.longitude, bare.rocket.length_m) = (None, None, None, None);
    (bare.location.country_code, bare.location.timezone, bare.provider.abbrev) = (None, None, None);
    let mut rare = launch(3);
    rare.net = at("1957-10-04T19:28:34.000001Z");
    rare.net_precision = precision(0);
    rare.programs = vec![Program { id: 1, name: "A".into() }, Program { id: 2, name: "B, with a comma".into() }];
    rare.probability = Some(60);
    rare.weather_concerns = Some("Anvil clouds".into());
    rare.fail_reason = Some("Second stage".into());
    rare.webcast_live = true;
    rare.crewed = Some(true);
    rare.image = Some("https://media.example/a.jpg".into());
    rare.image_credit = Some("NASA".into());
    rare.slip_count = 3;
    let steps = "-9 0 0 0 0 0 0 0 0 0 9 0 0 0 0 0 24 24 24 24 240";
    rare.forecast = Some(Box::new(LaunchForecast {
        made_at: at("2026-02-02T02:40:00Z"),
        success: SuccessForecast::from_text("0 9700 9500 9850 120 117 1"),
        date: DateForecast::from_text(&format!("2 1 40 {steps}"), at("2026-05-28T20:26:40Z")),
    }));
    assert!(rare.forecast.as_ref().is_some_and(|forecast| forecast.date.is_some() && forecast.success.is_some()));
    vec![full, bare, rare]
}

#[test]
fn a_board_survives_the_wire_whole() {
    let board = board(launches());
    let text = serde_json::to_string(&board).expect("writes");
    let read: Board = serde_json::from_str(&text).expect("reads");
    assert_eq!(read, board);
}

#[test]
fn what_launches_share_is_written_once() {
    let text = serde_json::to_string(&board((0..40).map(launch).collect())).expect("writes");
    assert_eq!(text.matches("Cape Canaveral").count(), 1);
    assert_eq!(text.matches("Falcon 9 Block 5").count(), 1, "the usual name is not written at all");
}

#[test]
fn a_damaged_board_is_refused() {
    let text = serde_json::to_string(&board(launches())).expect("writes");
    let mut whole: serde_json::Value = serde_json::from_str(&text).expect("reads");
    let read = |value: &serde_json::Value| serde_json::from_str::<Board>(&value.to_string());
    for (key, damage) in [
        ("texts", serde_json::json!([])),
        ("tables", serde_json::json!([])),
        ("columns", serde_json::json!([[], []])),
        ("ids", serde_json::json!("x".repeat(96))),
        ("ids", serde_json::json!("é".repeat(48))),
    ] {
        let before = whole[key].take();
        whole[key] = damage;
        assert!(read(&whole).is_err(), "{key}");
        whole[key] = before;
    }
    assert!(read(&whole).is_ok());
}
