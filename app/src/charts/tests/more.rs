//! The charts after the first three.

use chrono::{NaiveDate, Timelike as _};
use domain::{BoardQuery, Facet, Launch};

use super::{Given, LEO, MINUTE, MONTH, NOW, SPACEX, TBD, TODAY, at, launch, option, references, sum, tallied, world};
use crate::charts::{
    Figure, Hours, Select, launches_per_country, launches_per_day, launches_per_pad_by_hour, launches_per_precision,
};

const HOUR: i32 = 2;
const DAY: i32 = 5;
const Q2: i32 = 9;
const Q3: i32 = 10;

/// Launches of one month with these dates and precisions.
fn dated(dates: &[(&'static str, i32)]) -> Vec<Launch> {
    let given = dates.iter().map(|(net, precision)| Given {
        net,
        precision: *precision,
        status: TBD,
        provider: SPACEX,
        orbit: Some(LEO),
    });
    given.zip(1..).map(|(given, number)| launch(number, &given)).collect()
}

fn per_day(launches: &[Launch], query: &BoardQuery) -> Figure {
    launches_per_day(&references(launches), query, TODAY)
}

fn per_precision(launches: &[Launch], query: &BoardQuery) -> Figure {
    tallied(launches, Facet::Precision, query, |tallies| launches_per_precision(tallies, query))
}

fn per_country(launches: &[Launch], query: &BoardQuery) -> Figure {
    tallied(launches, Facet::Country, query, |tallies| launches_per_country(tallies, query))
}

fn per_hour(launches: &[Launch], query: &BoardQuery) -> Figure {
    let hours = Hours { zone: "UTC", of: &|launch| launch.net.hour() };
    launches_per_pad_by_hour(&references(launches), query, &hours)
}

#[test]
fn every_launch_is_counted_once_in_the_table_of_each_chart() {
    let (launches, query) = (world(), BoardQuery::default());
    for figure in [
        per_day(&launches, &query),
        per_precision(&launches, &query),
        per_country(&launches, &query),
        per_hour(&launches, &query),
    ] {
        assert_eq!(sum(&figure), launches.len(), "{:?}", figure.table.head);
        assert!(figure.table.rows.iter().all(|row| row.cells.len() + 1 == figure.table.head.len()));
    }
}

#[test]
fn only_launches_that_name_a_day_have_one() {
    let launches =
        dated(&[("2026-03-24T23:59:00Z", MINUTE), ("2026-03-24T00:00:00Z", DAY), ("2026-03-31T00:00:00Z", MONTH)]);
    let figure = per_day(&launches, &BoardQuery::default());
    assert_eq!(figure.finding, "24 March 2026 is the busiest day with 2");
    let remainder = figure.remainder.as_ref().expect("one names no day");
    assert_eq!((remainder.placed, remainder.left), (2, 1));
    assert_eq!(remainder.left_label, "1 vaguer than a day");
    let words: Vec<_> = figure.marks.iter().map(|mark| mark.words.as_str()).collect();
    assert_eq!(words[..2], ["Mon 23 Mar 2026, today: 0 launches", "Tue 24 Mar 2026: 2 launches"]);
    assert_eq!((figure.marks.len(), figure.column), (7, 7));
    assert_eq!(figure.marks[0].select, None, "an empty day leads nowhere");
}

#[test]
fn days_with_equal_counts_are_stated_as_a_tie() {
    let finding = |dates: &[(&'static str, i32)]| per_day(&dated(dates), &BoardQuery::default()).finding;
    assert_eq!(finding(&[]), "No launches, no days");
    assert_eq!(finding(&[("2026-03-31T00:00:00Z", MONTH)]), "The only one names no day here");
    assert_eq!(finding(&[("2026-03-24T00:00:00Z", DAY)]), "The only one is listed for 24 March 2026");
    assert_eq!(
        finding(&[("2026-03-24T00:00:00Z", DAY), ("2026-03-25T00:00:00Z", DAY)]),
        "No day has more than one launch"
    );
    let pair = ["2026-03-24T00:00:00Z", "2026-03-25T00:00:00Z"].map(|day| [(day, DAY), (day, DAY)]).concat();
    assert_eq!(finding(&pair), "The busiest 2 days have 2 each");
}

#[test]
fn a_selected_day_keeps_the_others_next_to_it() {
    let launches =
        dated(&[("2026-03-24T00:00:00Z", DAY), ("2026-03-25T00:00:00Z", DAY), ("2026-03-31T00:00:00Z", MONTH)]);
    let query = BoardQuery::parse("from=2026-03-24&to=2026-03-24").expect("a valid query");
    let figure = per_day(&launches, &query);
    assert_eq!(figure.finding, "2 launches may go on 24 March 2026", "the vague one may, too");
    let states = option(&figure)["series"][0]["data"].as_array().expect("cells").clone();
    let states: Vec<_> = states.iter().map(|cell| cell[4].as_i64().expect("a state")).collect();
    assert_eq!(
        states[..3],
        [3, 0, 1],
        "today is outlined and dimmed, the day asked for is neither, the next is dimmed"
    );
}

#[test]
fn the_day_grid_never_has_cells_too_small_to_select() {
    let launches =
        dated(&[("1957-10-04T19:28:00Z", MINUTE), ("2026-03-24T00:00:00Z", DAY), ("2035-01-01T00:00:00Z", DAY)]);
    for query in ["", "past=true", "past=true&from=1957-10-01", "past=true&from=1950-01-01", "from=2099-12-31"] {
        let query = BoardQuery::parse(query).expect("a valid query");
        let figure = per_day(&launches, &query);
        assert!(figure.marks.len() <= 40 * 7, "{} marks", figure.marks.len());
        assert!(figure.remainder.is_some_and(|remainder| remainder.left_label.ends_with("on other days")));
    }
    let far = NaiveDate::MAX;
    let figure = launches_per_day(&references(&launches), &BoardQuery::default(), far);
    assert!(!figure.marks.is_empty());
}

#[test]
fn precisions_of_one_name_are_one_bar_and_one_filter() {
    let launches = dated(&[
        ("2026-03-24T10:00:00Z", MINUTE),
        ("2026-03-24T10:00:00Z", HOUR),
        ("2026-06-30T00:00:00Z", Q2),
        ("2026-09-30T00:00:00Z", Q3),
    ]);
    let figure = per_precision(&launches, &BoardQuery::default());
    assert_eq!(figure.finding, "2 of 4 have a time of day, 2 name not even a month");
    let labels: Vec<_> = figure.table.rows.iter().map(|row| row.label.as_str()).collect();
    assert_eq!(labels, ["to the minute", "to the hour", "to the quarter"]);
    assert_eq!(figure.marks[2].select, Some(Select::Facet(Facet::Precision, ["q2", "q3"].map(str::to_owned).to_vec())));
    let textures: Vec<_> =
        (0..3).map(|bar| option(&figure)["series"][0]["data"][bar][2].as_i64().expect("a texture")).collect();
    assert_eq!(textures, [0, 0, 3]);
}

#[test]
fn the_title_of_the_precision_chart_is_correct_for_none_and_all() {
    let finding = |dates: &[(&'static str, i32)]| per_precision(&dated(dates), &BoardQuery::default()).finding;
    assert_eq!(finding(&[]), "No launches, no dates");
    assert_eq!(finding(&[("2026-03-24T10:00:00Z", MINUTE)]), "The only one has a time of day");
    assert_eq!(finding(&[("2026-03-24T10:00:00Z", MINUTE); 2]), "All 2 have a time of day");
    assert_eq!(finding(&[("2026-03-31T00:00:00Z", MONTH); 3]), "None of 3 has a time of day");
    let mixed = [("2026-03-24T10:00:00Z", MINUTE), ("2026-03-31T00:00:00Z", MONTH)];
    assert_eq!(finding(&mixed), "1 of 2 has a time of day, all name a month");
}

#[test]
fn countries_have_names_and_unknown_codes_are_shown() {
    let mut launches = dated(&[("2026-03-24T10:00:00Z", MINUTE); 4]);
    for (launch, code) in launches.iter_mut().zip([Some("NZL"), Some("NZL"), Some("XYZ"), None]) {
        launch.location.country_code = code.map(str::to_owned);
    }
    let figure = per_country(&launches, &BoardQuery::default());
    assert_eq!(figure.finding, "New Zealand has 2 of 4, Not given is next with 1");
    let labels: Vec<_> = figure.table.rows.iter().map(|row| row.label.as_str()).collect();
    assert_eq!(labels, ["New Zealand", "Not given", "XYZ"]);
}

#[test]
fn only_launches_that_name_an_hour_have_one_and_the_others_are_counted() {
    let launches = dated(&[
        ("2026-03-24T10:59:00Z", MINUTE),
        ("2026-03-25T10:00:00Z", HOUR),
        ("2026-03-25T11:00:00Z", HOUR),
        ("2026-03-24T00:00:00Z", DAY),
    ]);
    let figure = per_hour(&launches, &BoardQuery::default());
    assert_eq!(figure.finding, "Most launches are between 10:00 and 11:00 in UTC: 2 of 3");
    let remainder = figure.remainder.as_ref().expect("one has none");
    assert_eq!((remainder.placed, remainder.left), (3, 1));
    assert_eq!((figure.marks.len(), figure.column), (24, 1));
    assert_eq!(figure.marks[10].words, "Pad, Place, 10:00 to 11:00: 2 launches");
    let hours: Vec<_> = figure.table.rows.iter().map(|row| row.cells.join(" ")).collect();
    assert_eq!(hours, ["10:00 to 11:00 2", "11:00 to 12:00 1", " 1"]);
}

#[test]
fn hours_follow_the_selected_zone() {
    let launches = dated(&[("2026-03-24T23:30:00Z", MINUTE)]);
    let zone = chrono::FixedOffset::east_opt(2 * 3600).expect("an offset");
    let hours = Hours { zone: "your zone", of: &|launch| launch.net.with_timezone(&zone).hour() };
    let figure = launches_per_pad_by_hour(&references(&launches), &BoardQuery::default(), &hours);
    assert_eq!(figure.finding, "The only launch is between 01:00 and 02:00");
    assert!(figure.unit.contains("your zone"));
}

#[test]
fn an_empty_board_draws_empty_grids() {
    let query = BoardQuery::default();
    for figure in [per_day(&[], &query), per_precision(&[], &query), per_country(&[], &query), per_hour(&[], &query)] {
        assert!(figure.marks.is_empty(), "{}", figure.unit);
        assert!(figure.sentence.contains("without"), "{}", figure.sentence);
        assert!(figure.finding.starts_with("No launches"), "{}", figure.finding);
    }
}

#[test]
fn chart_options_match_their_snapshots() {
    let launches =
        dated(&[("2026-03-24T10:59:00Z", MINUTE), ("2026-03-25T00:00:00Z", DAY), ("2026-06-30T00:00:00Z", Q2)]);
    let query = BoardQuery::default();
    assert_eq!(launches[0].last_updated, at(NOW));
    insta::assert_json_snapshot!("launches_per_day", option(&per_day(&launches, &query)));
    insta::assert_json_snapshot!("launches_per_precision", option(&per_precision(&launches, &query)));
}
