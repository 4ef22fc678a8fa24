//! Measures the cost of a filter as a ratio to a plain loop over the same launches, so that the machine matters little.
//! Not part of the gate: `cargo test -p domain -- --ignored --nocapture speed`.

use std::{hint::black_box, time::Instant};

use super::index::world;
use crate::{BoardQuery, Facet, Index};

const COUNT: u128 = 8_000;
const QUERIES: [&str; 5] = [
    "status=go&provider=101,102",
    "family=none,Family%201&country=USA",
    "moon=earth_orbit&crewed=unknown,true",
    "program=501,none&precision=m",
    "q=mission+1&orbit=8",
];

/// Returns the nanoseconds of the fastest of several runs.
fn fastest<T>(runs: usize, mut work: impl FnMut() -> T) -> f64 {
    let nanoseconds = |work: &mut dyn FnMut() -> T| {
        let start = Instant::now();
        black_box(work());
        start.elapsed().as_secs_f64() * 1e9
    };
    (0..runs).map(|_| nanoseconds(&mut work)).fold(f64::INFINITY, f64::min)
}

#[test]
#[expect(clippy::print_stderr, reason = "a measurement is read by a person")]
#[ignore = "measures, asserts nothing"]
fn the_speed_of_filters() {
    let rows = world(COUNT);
    let plain = fastest(200, || rows.iter().map(|row| row.status.id ^ row.pad.id).fold(0, i32::wrapping_add));
    let report = |what: &str, time: f64| eprintln!("{what:<28}{:>12.0} ns {:>10.2} x plain", time, time / plain);
    report("plain loop", plain);
    report(
        "columns of all facets",
        fastest(20, || {
            let index = Index::new(&rows);
            Facet::ALL.map(|facet| index.choices(&rows, facet).len())
        }),
    );
    let index = Index::new(&rows);
    for text in QUERIES {
        let query = BoardQuery::parse(text).expect("valid");
        let answer = index.ask(&rows, rows.len(), &query);
        report(&format!("ask {text:.20}"), fastest(200, || index.ask(&rows, rows.len(), &query)));
        let options = || Facet::ALL.map(|facet| index.options(&rows, &answer, &query, facet).len());
        report("    options of all facets", fastest(100, options));
        report("    matches, one by one", fastest(20, || rows.iter().filter(|row| query.matches(row)).count()));
        report("    parse and print", fastest(500, || BoardQuery::parse(text).map(|query| query.to_query_string())));
    }
}
