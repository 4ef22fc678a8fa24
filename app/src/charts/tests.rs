use chrono::{DateTime, Utc};
use domain::{BoardQuery, Facet, Launch, Location, MoonReach, NetPrecision, Orbit, Pad, Provider, Rocket, Status};
use uuid::Uuid;

use super::{Figure, Select, launches_per_month_by_status, launches_per_orbit, launches_per_provider};

const NOW: &str = "2026-03-23T09:00:00Z";
const GO: i32 = 1;
const TBD: i32 = 2;
const TBC: i32 = 8;
const MINUTE: i32 = 1;
const MONTH: i32 = 7;
const YEAR: i32 = 14;
const LEO: (i32, &str, &str) = (8, "Low Earth Orbit", "LEO");
const LUNAR: (i32, &str, &str) = (11, "Lunar Orbit", "LO");

fn at(instant: &str) -> DateTime<Utc> {
    instant.parse().unwrap()
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
        window_start: None,
        window_end: None,
        status: Status { id: given.status, abbrev: abbrev.to_owned(), name: abbrev.to_owned() },
        provider: Provider {
            id: given.provider.0,
            name: given.provider.1.to_owned(),
            abbrev: given.provider.2.map(ToOwned::to_owned),
        },
        rocket: Rocket { id: 1, name: "Rocket".to_owned(), family: None, length_m: None },
        mission: None,
        moon: MoonReach::judge(orbit.as_ref(), None),
        orbit,
        pad: Pad { id: 1, name: "Pad".to_owned(), latitude: None, longitude: None },
        location: Location { id: 1, name: "Place".to_owned(), country_code: None, timezone: None },
        programs: Vec::new(),
        probability: None,
        weather_concerns: None,
        fail_reason: None,
        webcast_live: false,
        crewed: None,
        image: None,
        image_credit: None,
        last_updated: at(NOW),
        slip_count: 0,
        score: None,
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
    serde_json::from_str(&figure.option).unwrap()
}

fn references(launches: &[Launch]) -> Vec<&Launch> {
    launches.iter().collect()
}

#[test]
fn the_month_chart_places_only_launches_that_name_a_month() {
    let launches = world();
    let figure = launches_per_month_by_status(&references(&launches), &BoardQuery::default(), at(NOW));
    assert_eq!(figure.finding, "6 of 7 name a month; April 2026 is the fullest with 3");
    let remainder = figure.remainder.unwrap();
    assert_eq!((remainder.placed, remainder.left), (6, 1));
    let last = figure.table.rows.last().unwrap();
    assert_eq!((last.label.as_str(), last.counts.as_slice()), ("No month given", [0, 0, 1, 1].as_slice()));
}

#[test]
fn every_launch_is_counted_once_in_the_table_of_each_chart() {
    let launches = world();
    let rows = references(&launches);
    let query = BoardQuery::default();
    for table in [
        launches_per_month_by_status(&rows, &query, at(NOW)).table,
        launches_per_provider(&rows, &query).table,
        launches_per_orbit(&rows, &query).table,
    ] {
        let total: usize = table.rows.iter().filter_map(|row| row.counts.last()).sum();
        assert_eq!(total, launches.len(), "{:?}", table.head);
        assert!(table.rows.iter().all(|row| row.counts.len() + 1 == table.head.len()));
    }
}

#[test]
fn what_lies_beyond_the_axis_stands_in_one_last_bar() {
    let launches = world();
    let figure = launches_per_month_by_status(&references(&launches), &BoardQuery::default(), at(NOW));
    let labels: Vec<_> = figure.table.rows.iter().map(|row| row.label.as_str()).collect();
    assert_eq!(labels.first(), Some(&"March 2026"));
    assert_eq!(labels[labels.len() - 2], "after June 2027");
    assert_eq!(figure.marks.len(), 17);
    assert_eq!(figure.marks.last(), Some(&None));
}

#[test]
fn the_title_of_the_provider_chart_says_who_leads() {
    let launches = world();
    let figure = launches_per_provider(&references(&launches), &BoardQuery::default());
    assert_eq!(figure.finding, "SpaceX flies more than all others together");
    let figure = launches_per_provider(&references(&launches[..0]), &BoardQuery::default());
    assert_eq!(figure.finding, "No launches, no providers");
    let figure = launches_per_provider(&references(&launches[3..5]), &BoardQuery::default());
    assert_eq!(figure.finding, "Nobody leads: CASC and SpaceX fly 1 each");
}

#[test]
fn a_selected_provider_keeps_its_peers_dimmed_beside_it() {
    let launches = world();
    let query = BoardQuery::parse("provider=88").unwrap();
    let figure = launches_per_provider(&references(&launches), &query);
    assert_eq!(figure.finding, "CASC flies 3 of 7");
    let option = option(&figure);
    let opacities: Vec<_> = option["series"][0]["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["itemStyle"]["opacity"].as_f64().unwrap())
        .collect();
    assert_eq!(opacities, [0.4, 1.0]);
}

#[test]
fn selecting_a_mark_twice_gives_the_filter_back() {
    let query = BoardQuery::parse("status=go").unwrap();
    let day = |text: &str| text.parse().unwrap();
    for select in [Select::Facet(Facet::Provider, "121".to_owned()), Select::Days(day("2026-04-01"), day("2026-04-30"))]
    {
        let once = select.toggled(&query);
        assert!(select.is_selected(&once));
        assert_ne!(once, query);
        assert_eq!(select.toggled(&once), query);
    }
}

#[test]
fn an_orbit_that_is_not_given_is_a_bar_and_a_filter() {
    let launches = world();
    let figure = launches_per_orbit(&references(&launches), &BoardQuery::default());
    assert_eq!(figure.finding, "1 of 7 goes to the Moon");
    let row = figure.table.rows.iter().find(|row| row.label == "Not given").unwrap();
    let select = Select::Facet(Facet::Orbit, Facet::MISSING.to_owned());
    assert_eq!((row.counts.as_slice(), &row.select), ([2].as_slice(), &Some(select)));
}

#[test]
fn an_empty_board_draws_empty_axes() {
    let query = BoardQuery::default();
    assert!(launches_per_month_by_status(&[], &query, at(NOW)).marks.is_empty());
    assert!(launches_per_orbit(&[], &query).marks.is_empty());
    assert!(launches_per_provider(&[], &query).marks.is_empty());
}

#[test]
fn options_are_as_recorded() {
    let launches = world();
    let rows = references(&launches);
    let query = BoardQuery::default();
    insta::assert_json_snapshot!(
        "launches_per_month_by_status",
        option(&launches_per_month_by_status(&rows, &query, at(NOW)))
    );
    insta::assert_json_snapshot!("launches_per_provider", option(&launches_per_provider(&rows, &query)));
    insta::assert_json_snapshot!("launches_per_orbit", option(&launches_per_orbit(&rows, &query)));
}
