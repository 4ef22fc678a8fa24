//! The charts of `/analysis`, which the server builds.

use chrono::{DateTime, Utc};
use domain::{Analysis, Cadence, CountedBy, Follows, Gaps, Lateness, OutcomeCount, WatchEnd};

use crate::charts::{Figure, analysis::answers};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a valid time")
}

fn outcome(by: CountedBy, id: i32, name: Option<&str>, counts: [u32; 4]) -> OutcomeCount {
    let [succeeded, partly, failed, open] = counts;
    OutcomeCount { by, id: Some(id), name: name.map(str::to_owned), abbrev: None, succeeded, partly, failed, open }
}

fn empty() -> Analysis {
    Analysis {
        since: None,
        outcomes: Vec::new(),
        cadence_since: at("2021-03-01T12:00:00Z"),
        cadences: Vec::new(),
        lateness: Vec::new(),
        watch_ends: Vec::new(),
    }
}

fn figures(analysis: &Analysis) -> Vec<Figure> {
    answers(analysis, at("2026-03-01T12:00:00Z")).into_iter().map(|answer| answer.figure).collect()
}

fn full() -> Analysis {
    let gaps =
        |median| Gaps { count: 12, shortest: 0.0, lower_quartile: 1.0, median, upper_quartile: 9.5, longest: 40.0 };
    let cadence =
        |of, id, name: &str, flown, gaps| Cadence { of, id, name: name.to_owned(), abbrev: None, flown, gaps };
    let late = |provider: Option<&str>, days_ahead, count, on_the_day, median| Lateness {
        provider: provider.map(str::to_owned),
        abbrev: None,
        days_ahead,
        count,
        on_the_day,
        tenth: -1.0,
        lower_quartile: 0.0,
        median,
        upper_quartile: 3.0,
        ninetieth: 20.0,
    };
    Analysis {
        since: Some(at("2023-05-01T00:00:00Z")),
        outcomes: vec![
            outcome(CountedBy::Year, 2023, None, [9, 0, 0, 0]),
            outcome(CountedBy::Year, 2024, None, [5, 1, 0, 0]),
            outcome(CountedBy::Year, 2026, None, [2, 0, 1, 1]),
            OutcomeCount { id: None, ..outcome(CountedBy::Year, 0, None, [1, 0, 0, 0]) },
            outcome(CountedBy::Provider, 1, Some("SpaceX"), [14, 0, 1, 1]),
            outcome(CountedBy::Provider, 2, Some("Rocket\u{1f}Lab"), [3, 1, 0, 0]),
            outcome(CountedBy::Rocket, 1, Some("Falcon 9"), [14, 0, 1, 1]),
            outcome(CountedBy::Rocket, 2, Some("Electron"), [3, 1, 0, 0]),
            outcome(CountedBy::Rocket, 3, Some("New"), [0, 0, 0, 1]),
            OutcomeCount { id: None, ..outcome(CountedBy::Country, 0, Some("USA"), [16, 1, 1, 1]) },
            OutcomeCount { id: None, ..outcome(CountedBy::Country, 0, Some("???"), [1, 0, 0, 0]) },
            OutcomeCount { id: None, ..outcome(CountedBy::Orbit, 0, None, [17, 1, 1, 1]) },
        ],
        cadences: vec![
            cadence(Follows::Provider, 1, "SpaceX", 16, Some(gaps(2.5))),
            cadence(Follows::Provider, 2, "Lonely", 1, None),
            cadence(Follows::Pad, 1, "Space Launch Complex 40", 9, Some(gaps(4.0))),
            cadence(Follows::Pad, 2, "Unknown Pad", 30, Some(gaps(1.0))),
        ],
        lateness: vec![
            late(None, 7, 24, 10, 1.0),
            late(Some("SpaceX"), 7, 20, 10, 0.0),
            late(Some("Lonely"), 7, 4, 4, -2.0),
            late(None, 30, 4, 0, 6.0),
        ],
        watch_ends: vec![WatchEnd { day: 0, broken: 5, kept: 0 }, WatchEnd { day: 10, broken: 0, kept: 15 }],
        ..empty()
    }
}

#[test]
fn every_chart_states_its_answer_in_its_title() {
    let findings: Vec<_> = figures(&full()).into_iter().map(|figure| figure.finding).collect();
    assert_eq!(
        findings,
        [
            // 2023 had more, but our data does not cover all of it.
            "2024 was the busiest year: 6 launches",
            "SpaceX flew more than all others together",
            "United States had all 19",
            "None of 20 launches has an orbit given by LL2",
            "Falcon 9 is the most reliable of the most flown: 75 to 98% over 15 flights",
            "SpaceX launches most often: every 2.5 days, the median of 12 gaps",
            "Space Launch Complex 40 has the shortest turnaround: 4 days, the median of 12 gaps",
            "With 7 days to go, 10 of 24 launches flew on the listed day; the median was 1 day late",
            // Four flights are too few to lead.
            "SpaceX is most punctual a week ahead: 10 of 20 on the day",
            "75% of announced dates are kept after 7 days",
        ]
    );
}

#[test]
fn without_past_launches_every_chart_states_that_nothing_is_known() {
    for figure in figures(&empty()) {
        assert!(figure.marks.is_empty() && figure.table.rows.is_empty(), "{}", figure.finding);
        let is_plain = ["None", "none", "No ", "Nobody"].iter().any(|word| figure.finding.contains(word));
        assert!(is_plain || figure.finding.starts_with("No "), "{}", figure.finding);
        assert!(!figure.option.contains("NaN"), "{}", figure.option);
    }
}

#[test]
fn a_year_without_launches_has_a_bar_and_a_launch_without_a_year_has_none() {
    let years = &figures(&full())[0];
    let words: Vec<_> = years.marks.iter().map(|mark| mark.words.lines().next().unwrap_or_default()).collect();
    assert_eq!(
        words,
        ["2023 (in part): 9 launches", "2024: 6 launches", "2025: 0 launches", "2026 (in part): 4 launches"]
    );
    let remainder = years.remainder.as_ref().expect("one has no year");
    assert_eq!((remainder.placed, remainder.left), (19, 1));
}

#[test]
fn groups_with_little_data_are_pale_and_explained() {
    let by_provider = &figures(&full())[8];
    assert!(by_provider.unit.contains("Pale: fewer than 10 launches"), "{}", by_provider.unit);
    let few = Analysis { watch_ends: vec![WatchEnd { day: 3, broken: 1, kept: 2 }], ..empty() };
    assert_eq!(figures(&few)[9].finding, "How long is an announced date kept? Only 3 were observed for 1 day");
}

#[test]
fn a_packed_figure_round_trips_with_the_links_of_its_marks() {
    for figure in figures(&full()) {
        let unpacked = Figure::unpacked(&figure.packed()).expect("unpacks");
        let clean = |figure: &Figure| format!("{figure:?}").replace("\\u{1f}", " ").replace("\\\\u001f", " ");
        assert_eq!(clean(&unpacked), clean(&figure));
    }
    for nonsense in ["", "a figure", "\u{1d}\u{1d}"] {
        assert_eq!(Figure::unpacked(nonsense), None);
    }
}

#[test]
fn a_mark_of_a_subject_links_to_its_launches_and_a_mark_of_days_does_not() {
    let figures = figures(&full());
    let leads = |at: usize| {
        let figure = &figures[at];
        let query = domain::BoardQuery { past: true, ..domain::BoardQuery::default() };
        let select = figure.marks.first()?.select.as_ref()?;
        Some(select.toggled(&query).to_query_string())
    };
    assert_eq!(leads(0).as_deref(), Some("from=2023-01-01&to=2023-12-31&past=true"));
    for (at, key) in [(1, "provider="), (2, "country="), (4, "rocket="), (5, "provider="), (6, "pad=")] {
        let query = leads(at).unwrap_or_default();
        assert!(query.starts_with(key) && query.ends_with("&past=true"), "{at}: {query}");
    }
    assert_eq!((7..10).filter_map(leads).count(), 0);
}
