mod analysis;
mod history;
mod more;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    BoardQuery, Choice, Facet, Index, Launch, Location, MoonReach, MoonTier, NetPrecision, Orbit, Pad, Provider,
    Rocket, Status,
};
use uuid::Uuid;

use super::{Figure, Select, Tally, launches_per_month_by_status, launches_per_orbit, launches_per_provider};

const NOW: &str = "2026-03-23T09:00:00Z";
const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 3, 23).expect("a day");
const GO: i32 = 1;
const TBD: i32 = 2;
const TBC: i32 = 8;
const MINUTE: i32 = 1;
const MONTH: i32 = 7;
const YEAR: i32 = 14;
const LEO: (i32, &str, &str) = (8, "Low Earth Orbit", "LEO");
const LUNAR: (i32, &str, &str) = (11, "Lunar Orbit", "LO");

fn at(instant: &str) -> DateTime<Utc> {
    instant.parse().expect("an instant")
}

struct Given {
    net: &'static str,
    precision: i32,
    status: i32,
    provider: (i32, &'static str, Option<&'static str>),
    orbit: Option<(i32, &'static str, &'static str)>,
}

const SPACEX: (i32, &str, Option<&str>) = (121, "SpaceX", Some("SpX"));
const CASC: (i32, &str, Option<&str>) = (88, "China Aerospace Science and Technology Corporation", Some("CASC"));

fn launch(number: u128, given: &Given) -> Launch {
    let abbrev = match given.status {
        GO => "Go",
        TBC => "TBC",
        TBD => "TBD",
        _ => "New",
    };
    let orbit = given.orbit.map(|(id, name, abbrev)| Orbit {
        id,
        name: name.to_owned(),
        abbrev: abbrev.to_owned(),
        celestial_body: None,
    });
    Launch {
        id: Uuid::from_u128(number),
        name: format!("Rocket | Payload {number}"),
        net: at(given.net),
        net_precision: Some(NetPrecision { id: given.precision, abbrev: String::new(), name: String::new() }),
        status: Status { id: given.status, abbrev: abbrev.to_owned(), name: abbrev.to_owned() },
        provider: Provider {
            id: given.provider.0,
            name: given.provider.1.to_owned(),
            abbrev: given.provider.2.map(ToOwned::to_owned),
        },
        rocket: Rocket { id: 1, name: "Rocket".to_owned(), ..Rocket::default() },
        moon: MoonReach::judge(orbit.as_ref(), None),
        orbit,
        pad: Pad { id: 1, name: "Pad".to_owned(), ..Pad::default() },
        location: Location { id: 1, name: "Place".to_owned(), ..Location::default() },
        last_updated: at(NOW),
        ..Launch::default()
    }
}

fn world() -> Vec<Launch> {
    let given = [
        Given { net: "2026-03-24T23:03:00Z", precision: MINUTE, status: GO, provider: SPACEX, orbit: Some(LEO) },
        Given { net: "2026-03-26T11:22:00Z", precision: MINUTE, status: GO, provider: SPACEX, orbit: Some(LEO) },
        Given { net: "2026-04-30T00:00:00Z", precision: MONTH, status: TBD, provider: SPACEX, orbit: Some(LUNAR) },
        Given { net: "2026-04-08T12:51:00Z", precision: MINUTE, status: TBC, provider: SPACEX, orbit: Some(LEO) },
        Given { net: "2026-04-09T06:29:00Z", precision: MINUTE, status: GO, provider: CASC, orbit: None },
        Given { net: "2026-12-31T00:00:00Z", precision: YEAR, status: TBD, provider: CASC, orbit: None },
        Given { net: "2029-02-28T00:00:00Z", precision: MONTH, status: TBD, provider: CASC, orbit: Some(LEO) },
    ];
    given.iter().zip(1..).map(|(given, number)| launch(number, given)).collect()
}

fn option(figure: &Figure) -> serde_json::Value {
    serde_json::from_str(&figure.option).expect("JSON")
}

fn references(launches: &[Launch]) -> Vec<&Launch> {
    launches.iter().collect()
}

/// Draws the launches as a chart of one facet receives them: by choice, under all other filters.
fn tallied(launches: &[Launch], facet: Facet, query: &BoardQuery, draw: impl Fn(&[Tally<'_>]) -> Figure) -> Figure {
    let index = Index::new(launches);
    let answer = index.ask(launches, launches.len(), query);
    let choices: &[Choice] = index.choices(launches, facet);
    let tallies: Vec<_> = choices
        .iter()
        .zip(index.counts(launches, &answer, facet))
        .filter(|(_, count)| *count > 0)
        .map(|(choice, count)| Tally {
            key: &choice.key,
            label: &choice.label,
            example: &launches[choice.example],
            count,
        })
        .collect();
    draw(&tallies)
}

fn per_provider(launches: &[Launch], query: &BoardQuery) -> Figure {
    tallied(launches, Facet::Provider, query, |tallies| launches_per_provider(tallies, query))
}

fn per_orbit(launches: &[Launch], query: &BoardQuery) -> Figure {
    tallied(launches, Facet::Orbit, query, |tallies| launches_per_orbit(tallies, query))
}

fn per_month(launches: &[Launch], query: &BoardQuery) -> Figure {
    launches_per_month_by_status(&references(launches), query, TODAY)
}

/// The sum of the last column of the table.
fn sum(figure: &Figure) -> usize {
    figure.table.rows.iter().filter_map(|row| row.cells.last()?.parse::<usize>().ok()).sum()
}

#[test]
fn the_month_chart_places_only_launches_that_name_a_month() {
    let figure = per_month(&world(), &BoardQuery::default());
    assert_eq!(figure.finding, "6 of 7 name a month; April 2026 is the busiest with 3");
    let remainder = figure.remainder.expect("one names none");
    assert_eq!((remainder.placed, remainder.left), (6, 1));
    let last = figure.table.rows.last().expect("a row for it");
    assert_eq!((last.label.as_str(), last.cells.join(" ")), ("No month given", "0 0 1 1".to_owned()));
}

#[test]
fn every_launch_is_counted_once_in_the_table_of_each_chart() {
    let (launches, query) = (world(), BoardQuery::default());
    for figure in [per_month(&launches, &query), per_provider(&launches, &query), per_orbit(&launches, &query)] {
        assert_eq!(sum(&figure), launches.len(), "{:?}", figure.table.head);
        assert!(figure.table.rows.iter().all(|row| row.cells.len() + 1 == figure.table.head.len()));
    }
}

#[test]
fn launches_beyond_the_axis_are_in_one_last_bar() {
    let figure = per_month(&world(), &BoardQuery::default());
    let labels: Vec<_> = figure.table.rows.iter().map(|row| row.label.as_str()).collect();
    assert_eq!(labels.first(), Some(&"March 2026"));
    assert_eq!(labels[labels.len() - 2], "after June 2027");
    assert_eq!(figure.marks.len(), 17);
    assert_eq!(figure.marks.last().map(|mark| &mark.select), Some(&None));
}

#[test]
fn a_week_is_counted_in_the_month_it_begins_in_and_statuses_follow_the_order_of_the_board() {
    const WEEK: i32 = 6;
    const NEW: i32 = 77;
    let given = [
        Given { net: "2026-12-31T00:00:00Z", precision: YEAR, status: NEW, provider: CASC, orbit: None },
        // Of the week from Monday 27 April.
        Given { net: "2026-05-02T00:00:00Z", precision: WEEK, status: TBD, provider: SPACEX, orbit: None },
        Given { net: "2026-05-02T00:00:00Z", precision: MONTH, status: GO, provider: SPACEX, orbit: None },
        Given { net: "2026-05-03T00:00:00Z", precision: MINUTE, status: TBD, provider: SPACEX, orbit: None },
        Given { net: "2026-12-31T00:00:00Z", precision: YEAR, status: TBD, provider: CASC, orbit: None },
    ];
    let launches: Vec<_> = given.iter().zip(1..).map(|(given, number)| launch(number, given)).collect();
    let table = per_month(&launches, &BoardQuery::default()).table;
    assert_eq!(table.head, ["Month", "Go", "TBD", "New", "All"]);
    let rows: Vec<_> = table.rows.iter().map(|row| (row.label.as_str(), row.cells.join(" "))).collect();
    let expected = [("April 2026", "0 1 0 1"), ("May 2026", "1 1 0 2"), ("No month given", "0 1 1 2")];
    assert_eq!(rows, expected.map(|(label, cells)| (label, cells.to_owned())));
}

#[test]
fn unselected_months_stay_next_to_the_selected_one() {
    let query = BoardQuery::parse("from=2026-04-01&to=2026-04-30").expect("a valid query");
    let figure = per_month(&world(), &query);
    assert_eq!(figure.finding, "3 of 7 are listed for April 2026");
    let option = option(&figure);
    let opacity = |place: usize| option["series"][0]["data"][place]["itemStyle"]["opacity"].as_f64();
    assert_eq!((opacity(0), opacity(1)), (Some(0.4), Some(1.0)));
    let query = BoardQuery::parse("from=2026-04-08").expect("a valid query");
    assert_eq!(per_month(&world(), &query).finding, "5 of 7 may go on the selected dates");
}

#[test]
fn the_text_of_a_mark_matches_its_bar() {
    let figure = per_month(&world(), &BoardQuery::default());
    let april = figure.marks.iter().find(|mark| mark.words.starts_with("April 2026")).expect("April has a bar");
    assert_eq!(april.words, "April 2026: 3 launches\nGo 1\nTBC 1\nTBD 1");
}

#[test]
fn the_title_of_the_provider_chart_names_the_leader() {
    let launches = world();
    let finding = |launches: &[Launch]| per_provider(launches, &BoardQuery::default()).finding;
    assert_eq!(finding(&launches), "SpaceX flies more than all others together");
    assert_eq!(finding(&launches[..0]), "No launches, no providers");
    assert_eq!(finding(&launches[..1]), "SpaceX flies the only one");
    assert_eq!(finding(&launches[..2]), "SpaceX flies all 2");
    assert_eq!(finding(&launches[3..5]), "A tie: CASC and SpaceX fly 1 each");
}

#[test]
fn the_other_providers_stay_dimmed_next_to_a_selected_one() {
    let query = BoardQuery::parse("provider=88").expect("a valid query");
    let figure = per_provider(&world(), &query);
    assert_eq!(figure.finding, "CASC flies 3 of 7");
    let option = option(&figure);
    let opacities: Vec<_> = option["series"][0]["data"]
        .as_array()
        .expect("bars")
        .iter()
        .map(|item| item["itemStyle"]["opacity"].as_f64().expect("each has one"))
        .collect();
    assert_eq!(opacities, [0.4, 1.0]);
}

#[test]
fn selecting_a_mark_twice_removes_the_filter() {
    let query = BoardQuery::parse("status=go").expect("a valid query");
    let day = |text: &str| text.parse().expect("a day");
    let quarters = ["q1", "q2"].map(str::to_owned).to_vec();
    for select in [
        Select::choice(Facet::Provider, "121"),
        Select::Facet(Facet::Precision, quarters),
        Select::Days(day("2026-04-01"), day("2026-04-30")),
    ] {
        let once = select.toggled(&query);
        assert!(select.is_selected(&once));
        assert_ne!(once, query);
        assert_eq!(select.toggled(&once), query);
    }
}

#[test]
fn a_mark_of_several_choices_adds_the_missing_ones() {
    let query = BoardQuery::parse("precision=q1").expect("a valid query");
    let select = Select::Facet(Facet::Precision, ["q1", "q2"].map(str::to_owned).to_vec());
    assert!(!select.is_selected(&query));
    assert_eq!(Facet::Precision.selected(&select.toggled(&query)), ["q1", "q2"]);
}

#[test]
fn a_missing_orbit_is_a_bar_and_a_filter() {
    let figure = per_orbit(&world(), &BoardQuery::default());
    assert_eq!(figure.finding, "1 of 7 has a lunar orbit or flyby");
    let row = figure.table.rows.iter().find(|row| row.label == "Not given").expect("a row for it");
    let select = Select::choice(Facet::Orbit, Facet::MISSING);
    assert_eq!((row.cells.join(""), &row.select), ("2".to_owned(), &Some(select)));
}

#[test]
fn a_lander_listed_under_low_earth_orbit_does_not_make_that_orbit_lunar() {
    let mut launches = world();
    for launch in &mut launches {
        launch.moon.tier = MoonTier::Surface;
    }
    let figure = per_orbit(&launches, &BoardQuery::default());
    assert_eq!(figure.finding, "1 of 7 has a lunar orbit or flyby");
}

#[test]
fn an_empty_board_draws_empty_axes() {
    let query = BoardQuery::default();
    for figure in [per_month(&[], &query), per_orbit(&[], &query), per_provider(&[], &query)] {
        assert!(figure.marks.is_empty());
        assert!(figure.sentence.contains("without"), "{}", figure.sentence);
    }
}

#[test]
fn chart_options_match_their_snapshots() {
    let (launches, query) = (world(), BoardQuery::default());
    insta::assert_json_snapshot!("launches_per_month_by_status", option(&per_month(&launches, &query)));
    insta::assert_json_snapshot!("launches_per_provider", option(&per_provider(&launches, &query)));
    insta::assert_json_snapshot!("launches_per_orbit", option(&per_orbit(&launches, &query)));
}
