use proptest::prelude::*;

use super::{at, launch, precision};
use crate::{BoardQuery, Facet, Index, Launch, MoonReach, Orbit, Program, Sort};

/// Launches that differ in every attribute that filters use, with some values missing.
pub(super) fn world(count: u128) -> Vec<Launch> {
    (0..count)
        .map(|number| {
            let mut row = launch(number);
            let pick = |of: u128| i32::try_from(number % of).expect("small");
            row.status.id = 1 + pick(4);
            row.provider.id = 100 + pick(5);
            row.rocket.id = 200 + pick(7);
            row.rocket.family = (number % 3 != 0).then(|| format!("Family {}", number % 3));
            row.location.id = 300 + pick(6);
            row.location.country_code = (number % 6 != 5).then(|| "USA".to_owned());
            row.pad.id = 400 + pick(9);
            row.orbit = (number % 4 != 1).then(|| Orbit {
                id: [8, 11, 15, 25][pick(4).unsigned_abs() as usize],
                name: "Somewhere".into(),
                abbrev: "S".into(),
                celestial_body: None,
            });
            row.moon = MoonReach::judge(row.orbit.as_ref(), None);
            row.crewed = [None, Some(true), Some(false)][pick(3).unsigned_abs() as usize];
            row.programs = (0..number % 3)
                .map(|at| Program {
                    id: 500 + i32::try_from((number + at) % 4).expect("small"),
                    name: format!("P{at}"),
                })
                .collect();
            row.net_precision =
                [None, precision(1), precision(7), precision(14)][pick(4).unsigned_abs() as usize].clone();
            row.net = at("2026-01-15T12:00:00Z") + chrono::TimeDelta::days(i64::from(pick(400)));
            if number % 5 == 2 {
                row.mission = None;
            }
            row
        })
        .collect()
}

/// Returns a query with one option of each picked facet, and some dates and words.
fn asked(picks: &[usize], days: Option<i64>, word: &str, rows: &[Launch]) -> BoardQuery {
    let mut query = BoardQuery { q: word.to_owned(), ..BoardQuery::default() };
    for pick in picks {
        let facet = Facet::ALL[pick % Facet::ALL.len()];
        let values = facet.values(&rows[pick % rows.len()]);
        query.toggle(facet, &values[0].0);
    }
    if let Some(days) = days {
        let from = at("2026-01-15T12:00:00Z").date_naive() + chrono::TimeDelta::days(days);
        (query.from, query.to) = (Some(from), Some(from + chrono::TimeDelta::days(90)));
    }
    query
}

proptest! {
    #[test]
    fn the_index_selects_and_counts_like_a_full_scan(
        picks in proptest::collection::vec(0..1_000_usize, 0..4),
        days in proptest::option::of(0..400_i64),
        word in "(mission 1|falcon|slc|)",
        asked_of in 0..=60_usize,
        sort in 0..Sort::ALL.len(),
    ) {
        let rows = world(60);
        let query = BoardQuery { sort: Sort::ALL[sort], ..asked(&picks, days, &word, &rows) };
        let index = Index::new(&rows);
        let answer = index.ask(&rows, asked_of, &query);
        let mut found = answer.positions.clone();
        found.sort_unstable();
        let expected: Vec<_> = (0..asked_of).filter(|at| query.matches(&rows[*at])).collect();
        prop_assert_eq!(found, expected);
        for facet in Facet::ALL {
            let counts = index.counts(&rows, &answer, facet);
            for (choice, count) in index.choices(&rows, facet).iter().zip(counts) {
                let expected = rows[..asked_of].iter().filter(|row| {
                    query.matches_except(row, Some(facet)) && facet.values(row).iter().any(|(key, _)| *key == choice.key)
                });
                prop_assert_eq!(count, expected.count(), "{:?} {}", facet, choice.key);
            }
            let without = rows[..asked_of].iter().filter(|row| query.matches_except(row, Some(facet)) && !query.matches(row));
            prop_assert_eq!(answer.lost_to(facet), without.count(), "{:?}", facet);
        }
    }
}

#[test]
fn the_dates_and_the_search_can_each_be_left_out() {
    let rows = world(60);
    let query = BoardQuery::parse("from=2026-02-01&to=2026-02-03&q=nothing+like+it").expect("valid");
    let answer = Index::new(&rows).ask(&rows, rows.len(), &query);
    assert_eq!(answer.positions.len(), 0);
    assert!(answer.lost_to_words() > 0);
    assert_eq!(answer.lost_to_dates(), 0, "the search excludes everything as well");
    let query = BoardQuery { q: String::new(), ..query };
    let answer = Index::new(&rows).ask(&rows, rows.len(), &query);
    assert_eq!(answer.but_dates().count(), rows.len());
    assert_eq!(answer.lost_to_dates() + answer.positions.len(), rows.len());
}

#[test]
fn choices_are_sorted_by_frequency() {
    let mut rows = world(10);
    for row in &mut rows[..7] {
        row.provider.id = 44;
    }
    let index = Index::new(&rows);
    assert_eq!(index.choices(&rows, Facet::Provider)[0].key, "44");
}
