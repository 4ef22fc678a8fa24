use proptest::prelude::*;
use serde_json::{Value, json};

use super::{at, launch, precision};
use crate::{
    Board, DateForecast, Freshness, Launch, LaunchForecast, Movement, PastState, Program, Source, SuccessForecast,
};

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
        movement: Movement::new(0.0123, 45).expect("in range"),
        past_state: Some(PastState { as_of: at("2026-02-01T00:00:00.25Z"), observed_at: None }),
    }
}

/// Launches with all values, with no optional values, and with rare values.
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
        success: SuccessForecast::from_text("0 9700 9500 9850 120 117 1 3 11 12 13 14 490 696 386 1480 575"),
        date: DateForecast::from_text(&format!("2 1 40 {steps}"), at("2026-05-28T20:26:40Z")),
    }));
    assert!(rare.forecast.as_ref().is_some_and(|forecast| forecast.date.is_some() && forecast.success.is_some()));
    vec![full, bare, rare]
}

#[test]
fn a_packed_board_round_trips() {
    let board = board(launches());
    let text = serde_json::to_string(&board).expect("writes");
    let read: Board = serde_json::from_str(&text).expect("reads");
    assert_eq!(read, board);
}

#[test]
fn shared_values_are_written_once() {
    let text = serde_json::to_string(&board((0..40).map(launch).collect())).expect("writes");
    assert_eq!(text.matches("Cape Canaveral").count(), 1);
    assert_eq!(text.matches("Falcon 9 Block 5").count(), 1, "the default name is not written");
}

/// Deserializes a board from a value, as the browser does from text.
fn read(value: &Value) -> Result<Board, serde_json::Error> {
    serde_json::from_str(&value.to_string())
}

#[test]
fn a_damaged_board_is_refused() {
    let mut whole = serde_json::to_value(board(launches())).expect("writes");
    for (key, damage) in [
        ("texts", json!([])),
        ("columns", json!([])),
        ("columns", json!([[0], [0]])),
        ("names", json!("")),
        ("names", json!("launch.net launch.net")),
        ("ids", json!("x".repeat(96))),
        ("ids", json!("0".repeat(95))),
        ("ids", json!("0".repeat(128))),
        ("ids", json!("é".repeat(48))),
    ] {
        let before = whole[key].take();
        whole[key] = damage;
        assert!(read(&whole).is_err(), "{key}");
        whole[key] = before;
    }
    assert!(read(&whole).is_ok());
}

#[test]
fn a_column_is_found_by_name_at_any_position() {
    let board = board(launches());
    let mut value = serde_json::to_value(&board).expect("writes");
    let names = value["names"].as_str().expect("names").to_owned();
    let names: Vec<&str> = names.split(' ').collect();
    for at in 0..names.len() {
        let mut others = names.clone();
        others[at] = "launch.of_another_version";
        value["names"] = json!(others.join(" "));
        assert!(read(&value).is_err(), "without {}", names[at]);
    }
    let turned: Vec<&str> = names.iter().rev().chain(&["launch.of_another_version"]).copied().collect();
    value["names"] = json!(turned.join(" "));
    let columns = value["columns"].as_array_mut().expect("columns");
    columns.reverse();
    columns.push(json!([1, 2, 3]));
    assert_eq!(read(&value).expect("reads"), board);
}

/// A page that a browser cached before columns had names. It must be an error, which the page shows as a list that it
/// could not read.
#[test]
fn a_board_of_the_previous_version_is_refused() {
    let mut value = serde_json::to_value(board(launches())).expect("writes");
    value.as_object_mut().expect("an object").remove("names");
    value["tables"] = json!([[], [], [], [], [], [], [], [], []]);
    assert!(read(&value).is_err());
}

#[test]
fn a_truncated_board_is_refused() {
    let text = serde_json::to_string(&board(launches())).expect("writes");
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
        assert!(serde_json::from_str::<Board>(&text[..end]).is_err(), "{end} of {} bytes", text.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Flipped bits may produce another board or an error, but never a panic. A board that is read can be written
    /// again.
    #[test]
    fn a_corrupted_board_does_not_panic(
        flips in proptest::collection::vec((any::<proptest::sample::Index>(), 0..7_u32), 1..6),
    ) {
        let mut bytes = serde_json::to_vec(&board(launches())).expect("writes");
        for (at, bit) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
        }
        if let Ok(board) = serde_json::from_slice::<Board>(&bytes) {
            prop_assert!(serde_json::to_string(&board).is_ok());
        }
    }

    /// Cells out of any range, in any column: the same must hold.
    #[test]
    fn no_cell_value_panics(
        column in any::<proptest::sample::Index>(),
        row in any::<proptest::sample::Index>(),
        cell in prop_oneof![
            Just(json!(null)), Just(json!(-1)), Just(json!(i64::MAX)), Just(json!(i64::MIN)), Just(json!(u32::MAX)),
            (0..200_i64).prop_map(|small| json!(small)),
        ],
    ) {
        let mut value = serde_json::to_value(board(launches())).expect("writes");
        let columns = value["columns"].as_array_mut().expect("columns");
        let column = column.index(columns.len());
        let cells = columns[column].as_array_mut().expect("cells");
        if !cells.is_empty() {
            let row = row.index(cells.len());
            cells[row] = cell;
        }
        if let Ok(board) = read(&value) {
            prop_assert!(serde_json::to_string(&board).is_ok());
        }
    }
}
