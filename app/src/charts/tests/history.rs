//! The charts over launches that have flown, and over the dates that a launch was listed for.

use domain::{
    BoardQuery, Facet, Gaps, Launch, NetChange, NetChangeKind, NetDirection, NetPrecision, PadTurnaround,
    PrecisionChange, RocketFlights,
};

use super::{Given, LEO, MINUTE, MONTH, SPACEX, TBD, at, launch, option, tallied};
use crate::charts::{Figure, net_history, pad_name::short_pad, success_per_rocket, turnaround_per_pad};

/// The given number of launches of each rocket, each from a pad with the same id.
fn board(rockets: &[(i32, &str, usize)]) -> Vec<Launch> {
    let given =
        Given { net: "2026-03-24T10:00:00Z", precision: MINUTE, status: TBD, provider: SPACEX, orbit: Some(LEO) };
    let mut launches = Vec::new();
    for (id, name, count) in rockets {
        for _ in 0..*count {
            let mut one = launch(launches.len() as u128 + 1, &given);
            (one.rocket.id, one.rocket.name) = (*id, (*name).to_owned());
            (one.pad.id, one.pad.name) = (*id, format!("{name} pad"));
            launches.push(one);
        }
    }
    launches
}

fn flights(rocket_id: i32, succeeded: u32, partly: u32, failed: u32) -> RocketFlights {
    RocketFlights { rocket_id, succeeded, partly, failed }
}

fn success(launches: &[Launch], known: &[RocketFlights]) -> Figure {
    let query = BoardQuery::default();
    tallied(launches, Facet::Rocket, &query, |tallies| success_per_rocket(tallies, known, &query))
}

fn turnaround(launches: &[Launch], known: &[PadTurnaround]) -> Figure {
    let query = BoardQuery::default();
    tallied(launches, Facet::Pad, &query, |tallies| turnaround_per_pad(tallies, known, &query))
}

#[test]
fn a_long_record_ranks_above_a_short_flawless_one() {
    let launches = board(&[(1, "Novice", 2), (2, "Veteran", 1), (3, "Unflown", 1)]);
    // 9 is on no launch of the board.
    let figure = success(&launches, &[flights(1, 3, 0, 0), flights(2, 297, 1, 2), flights(9, 50, 0, 0)]);
    assert_eq!(figure.finding, "Veteran is the most reliable: 98 to 99.6% over 300 known flights");
    let labels: Vec<_> = figure.table.rows.iter().map(|row| row.label.as_str()).collect();
    assert_eq!(labels, ["Veteran", "Novice"]);
    let remainder = figure.remainder.expect("one has never flown");
    assert_eq!((remainder.placed, remainder.left), (2, 1));
    assert_eq!(remainder.left_label, "1 without: share unknown");
}

#[test]
fn a_partial_failure_is_neither_a_success_nor_a_failure() {
    let figure = success(&board(&[(1, "Rocket", 1)]), &[flights(1, 7, 2, 1)]);
    assert_eq!(figure.finding, "Rocket succeeded in 7 of 10 known flights");
    assert_eq!(figure.table.rows[0].cells[..4], ["10", "7", "2", "1"].map(str::to_owned));
    assert!(figure.marks[0].words.ends_with("2 partial failures\n1 failure"), "{}", figure.marks[0].words);
    assert!(figure.unit.contains("Wilson"), "{}", figure.unit);
}

#[test]
fn rockets_without_flights_have_no_share() {
    assert_eq!(success(&[], &[]).finding, "No launches, no rockets");
    assert_eq!(success(&board(&[(1, "Rocket", 1)]), &[]).finding, "The only rocket has no known flight");
    let two = board(&[(1, "Rocket", 1), (2, "Missile", 1)]);
    let figure = success(&two, &[flights(1, 0, 0, 0)]);
    assert_eq!(figure.finding, "None of 2 rockets has a known flight");
    assert!(figure.marks.is_empty());
}

fn gaps(median: f64, count: u32) -> Gaps {
    Gaps { count, shortest: 0.0, lower_quartile: median / 2.0, median, upper_quartile: median * 2.0, longest: 900.0 }
}

#[test]
fn the_quickest_pad_is_first_and_pads_without_a_gap_are_counted() {
    let launches = board(&[(1, "Slow", 3), (2, "Quick", 1), (3, "New", 1)]);
    let known = [
        PadTurnaround { pad_id: 1, flown: 6, undated: 0, gaps: Some(gaps(40.0, 5)) },
        PadTurnaround { pad_id: 2, flown: 9, undated: 2, gaps: Some(gaps(4.5, 1)) },
        PadTurnaround { pad_id: 3, flown: 1, undated: 0, gaps: None },
    ];
    let figure = turnaround(&launches, &known);
    assert_eq!(figure.finding, "Quick pad has the shortest turnaround: 4.5 days, the median of 1 gap");
    assert_eq!(figure.remainder.as_ref().map(|remainder| remainder.left), Some(1));
    assert_eq!(
        figure.marks[0].words,
        "Quick pad, Place: median 4.5 days\n0 to 900 days, 1 gap\n2 of 9 on an unknown day"
    );
    // The scale is logarithmic: nothing may be at zero.
    let option = option(&figure);
    assert_eq!(option["series"][0]["data"][0][2].as_f64(), Some(0.6));
    assert_eq!(figure.table.rows[0].cells[1], "0", "the table has the value");
}

#[test]
fn unknown_pads_are_not_grouped_as_one_pad() {
    let mut launches = board(&[(1, "Known", 1), (2, "Other", 1)]);
    launches[1].pad.name = "Unknown Pad".to_owned();
    let known = [1, 2].map(|pad_id| PadTurnaround { pad_id, flown: 9, undated: 0, gaps: Some(gaps(9.0, 8)) });
    let figure = turnaround(&launches, &known);
    assert_eq!(figure.marks.len(), 1);
    assert_eq!(figure.remainder.map(|remainder| remainder.left), Some(1));
}

#[test]
fn a_shortened_pad_name_keeps_its_distinguishing_part() {
    let short = |pad: &str| {
        let mut launches = board(&[(1, "Rocket", 1)]);
        launches[0].pad.name = pad.to_owned();
        launches[0].location.name = "Guiana Space Centre, French Guiana".to_owned();
        short_pad(&launches[0])
    };
    assert_eq!(short("Space Launch Complex 40"), "SLC-40");
    assert_eq!(short("Ariane Launch Area 1 (ELV)"), "Ariane LA-1 (ELV)");
    assert_eq!(short("Satish Dhawan Space Centre Second Launch Pad"), "Satish D…aunch Pad");
    assert_eq!(short("Unknown Pad"), "? Guiana…ce Centre");
}

#[test]
fn ties_and_missing_turnarounds_are_stated() {
    let launches = board(&[(1, "One", 1), (2, "Other", 1)]);
    let known = [1, 2].map(|pad_id| PadTurnaround { pad_id, flown: 2, undated: 0, gaps: Some(gaps(9.0, 1)) });
    assert_eq!(turnaround(&launches, &known).finding, "2 pads have a turnaround of 9 days, the median of their gaps");
    assert_eq!(turnaround(&launches, &[]).finding, "None of 2 pads has two known launches");
    assert_eq!(turnaround(&[], &known).finding, "No launches, no pads");
    assert_eq!(turnaround(&launches[..1], &known).finding, "One pad takes a median of 9 days in 1 gap");
}

/// A change to an instant from another one so many days before it, or within the period that was announced.
fn change(observed: &str, kind: NetChangeKind, after: (&str, i32), shift_days: i64) -> NetChange {
    let precision = |id: i32| Some(NetPrecision { id, abbrev: String::new(), name: String::new() });
    NetChange {
        observed_at: at(observed),
        kind,
        direction: match shift_days {
            0 => NetDirection::None,
            1.. => NetDirection::Later,
            _ => NetDirection::Earlier,
        },
        precision_change: PrecisionChange::Finer,
        is_after_old_date: false,
        is_slip: kind == NetChangeKind::Slip,
        is_recycle: false,
        net_before: at("2026-03-31T00:00:00Z"),
        net_precision_before: precision(MONTH),
        net_after: at(after.0),
        net_precision_after: precision(after.1),
        shift_seconds: shift_days * 86_400,
        shift_min_seconds: Some(shift_days * 86_400),
        shift_max_seconds: Some(shift_days * 86_400),
        observed_live: true,
    }
}

fn history(changes: &[NetChange]) -> Figure {
    net_history(changes, at("2026-01-01T00:00:00Z"), at("2026-03-23T09:00:00Z"))
}

#[test]
fn the_title_counts_slips_and_not_every_change() {
    let firmed = change("2026-02-01T00:00:00Z", NetChangeKind::Firmed, ("2026-03-24T10:00:00Z", MINUTE), 0);
    let slip = |days| change("2026-02-01T00:00:00Z", NetChangeKind::Slip, ("2026-04-24T10:00:00Z", MINUTE), days);
    let pull_in = change("2026-02-01T00:00:00Z", NetChangeKind::PullIn, ("2026-03-24T10:00:00Z", MINUTE), -3);
    assert_eq!(history(&[]).finding, "No date change observed");
    assert_eq!(history(std::slice::from_ref(&firmed)).finding, "The date has changed once, without a slip");
    assert_eq!(history(&[slip(26), firmed]).finding, "It slipped once, by 26 days");
    assert_eq!(history(&[slip(15), pull_in, slip(26)]).finding, "It slipped 2 times, 41 days in all");
}

#[test]
fn a_move_between_periods_has_a_least_and_a_most() {
    let moved = |least: i64, most: i64| {
        let mut change = change("2026-02-01T00:00:00Z", NetChangeKind::Slip, ("2026-07-31T00:00:00Z", MONTH), 1);
        (change.shift_min_seconds, change.shift_max_seconds) = (Some(least), Some(most));
        history(&[change]).finding
    };
    // From the second quarter to July; from 5 June to 7 June, 14:00; from the first quarter to the fourth.
    assert_eq!(moved(1, 122 * 86_400 - 1), "It slipped once, by up to 121 days");
    assert_eq!(moved(86_400 + 14 * 3600 + 1, 2 * 86_400 + 14 * 3600), "It slipped once, by 38 h to 2 days");
    assert_eq!(moved(183 * 86_400 + 1, 365 * 86_400 - 1), "It slipped once, by 183 to 364 days");
    let mut second = change("2026-02-02T00:00:00Z", NetChangeKind::Slip, ("2026-10-31T00:00:00Z", MONTH), 1);
    second.shift_max_seconds = Some(90 * 86_400);
    let first = change("2026-02-01T00:00:00Z", NetChangeKind::Slip, ("2026-07-31T00:00:00Z", MONTH), 1);
    assert_eq!(history(&[second, first]).finding, "It slipped 2 times, from March 2026 to October 2026");
    let mut undated = change("2026-02-01T00:00:00Z", NetChangeKind::Placeholder, ("2026-12-31T00:00:00Z", MONTH), 1);
    undated.direction = NetDirection::Unknown;
    (undated.shift_min_seconds, undated.shift_max_seconds) = (None, None);
    let figure = history(&[undated]);
    assert_eq!(figure.finding, "The date has changed once, without a slip");
    assert_eq!(figure.table.rows[0].cells.last(), Some(&String::new()));
}

#[test]
fn each_date_is_a_step_from_its_first_observation_to_its_change() {
    let changes = [
        change("2026-03-01T00:00:00Z", NetChangeKind::Slip, ("2026-04-12T10:00:00Z", MINUTE), 12),
        change("2026-02-01T00:00:00Z", NetChangeKind::Firmed, ("2026-03-31T00:00:00Z", MONTH), 0),
    ];
    let figure = history(&changes);
    assert_eq!(figure.marks.len(), 3);
    assert_eq!(figure.marks[0].words, "March 2026\nlisted from 1 Jan 2026 until 1 Feb 2026\nfirst seen");
    assert_eq!(
        figure.marks[2].words,
        "Sun 12 Apr 2026, 10:00\nlisted from 1 Mar 2026 until now\nslipped, 12 days later"
    );
    let newest = &figure.table.rows[0];
    assert_eq!(
        (newest.label.as_str(), newest.cells.last()),
        ("Sun 12 Apr 2026, 10:00", Some(&"12 days later".to_owned()))
    );
    let option = option(&figure);
    let bands = option["series"][0]["data"].as_array().expect("bands");
    let number = |band: usize, place: usize| bands[band][place].as_f64().expect("a number");
    assert_eq!(number(0, 2), number(1, 0), "a step begins where the one before ends");
    let month = number(0, 3) - number(0, 1);
    assert_eq!(month, 31.0 * 86_400_000.0, "March is as thick as March is long");
    assert_eq!((number(0, 4), number(2, 4)), (2.0, 0.0));
}

#[test]
fn the_chart_option_of_a_history_matches_its_snapshot() {
    let changes = [change("2026-02-01T00:00:00Z", NetChangeKind::Slip, ("2026-04-12T10:00:00Z", MINUTE), 12)];
    insta::assert_json_snapshot!("net_history", option(&history(&changes)));
    let launches = board(&[(1, "Rocket", 1)]);
    insta::assert_json_snapshot!("success_per_rocket", option(&success(&launches, &[flights(1, 7, 2, 1)])));
    let known = [PadTurnaround { pad_id: 1, flown: 6, undated: 0, gaps: Some(gaps(40.0, 5)) }];
    insta::assert_json_snapshot!("turnaround_per_pad", option(&turnaround(&launches, &known)));
}
