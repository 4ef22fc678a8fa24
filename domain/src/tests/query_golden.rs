//! The query string's format, errors and counts when they became public. Bookmarks, feeds and calendars contain these
//! strings: a changed snapshot breaks existing links.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::index::world;
use crate::{BoardQuery, Facet, facet_options};

/// Input from people, forms and other programs: every facet with every accepted spelling, and near misses of each.
const WRITTEN: &str = "
q=moon
q=%20two++words%20
status=go
status=1,tbc,TBD,8,42
status=Go,in_flight,7
status=launched
status=
status=-1
provider=121,44,121
provider=0012,+7
provider=none
provider=spacex
provider=-1
provider=99999999999
rocket=164&rocket=165
rocket=x
location=12,11
location=a
pad=80
pad=
pad=,,80,
pad=1.5
orbit=8,none
orbit=none,none
orbit=None
orbit=leo
program=25,none
program=starlink
family=Falcon%209,Long%20March%5C,%20improved,none
family=Falcon,falcon
family=%F0%9F%9A%80
family=%00
mission_type=Communications
mission_type=none,Government%2FTop%20Secret
mission_type=%1b
country=USA,fra,none,???
country=Germany
country=U
crewed=true,0,unknown
crewed=1&crewed=true
crewed=maybe
crewed=none
suborbital=false,1
suborbital=
suborbital=yes
moon=lunar_orbit,surface
moon=Surface
moon=europa
precision=min,1,Q3,none,99
precision=none
precision=soon
precision=-3
from=2026-04-01&to=2026-04-30
from=2026-05-01&to=2026-04-01
past=true
past=unknown
view=table&columns=pad,delta_v
view=globe
columns=colour
lanes=pad&view=timeline
lanes=moon
month=2026-12&day=2026-12-05
sort=provider,name&order=asc,desc
sort=price
order=up
order=asc,desc
limit=20&offset=40
limit=0
offset=-1
as_of=2026-01-01
as_of=2026-01-01T12:00:00%2B01:00
as_of=yesterday
precision=y&moon=cannot&suborbital=true&crewed=false&country=USA&program=1&mission_type=Test&orbit=1&pad=2&location=3&family=F&rocket=4&provider=5&status=hold&q=x&past=true&as_of=2026-01-01&view=map&to=2026-02-01&from=2026-01-01
provider=5&status=hold&provider=4&q=x&status=go
colour=red
Status=go
";

/// The queries whose counts are in the snapshot, over the launches of the index tests.
const COUNTED: [&str; 6] = [
    "",
    "status=2,go&precision=none,m",
    "family=none,Family%201&crewed=unknown",
    "program=501,none&country=USA&suborbital=false",
    "moon=earth_orbit&mission_type=Communications&from=2026-02-01",
    "provider=101&rocket=206,205&location=303,304&pad=404,407&orbit=none,8&q=mission",
];

#[test]
fn every_spelling_parses_as_recorded() {
    let mut read = String::new();
    for text in WRITTEN.lines().filter(|line| !line.is_empty()) {
        let _ = match BoardQuery::parse(text) {
            Ok(query) => writeln!(read, "{text}\n    {}", query.to_query_string()),
            Err(error) => writeln!(read, "{text}\n  ! {error}"),
        };
    }
    insta::assert_snapshot!(read);
}

#[test]
fn every_choice_is_named_and_counted_as_recorded() {
    let rows = world(60);
    let mut counted = String::new();
    for text in COUNTED {
        let query = BoardQuery::parse(text).expect("valid");
        let _ = writeln!(counted, "?{text}: {}", query.select(&rows).len());
        for facet in Facet::ALL {
            let options = facet_options(&rows, &query, facet);
            let option = |one: &crate::FacetOption| {
                format!("{}{} ({}) {}", if one.selected { "*" } else { "" }, one.key, one.label, one.count)
            };
            let options: Vec<_> = options.iter().map(option).collect();
            let _ = writeln!(counted, "    {}, {}: {}", facet.key(), facet.label(), options.join("; "));
        }
    }
    insta::assert_snapshot!(counted);
}

proptest! {
    /// For any selection: the same values are parsed back, in the same order, and filter the same.
    #[test]
    fn a_selection_round_trips_through_its_query_string(
        picks in proptest::collection::vec((0..Facet::ALL.len(), 0..60_usize), 0..12),
    ) {
        let rows = world(60);
        let mut query = BoardQuery::default();
        for (facet, row) in picks {
            let facet = Facet::ALL[facet];
            let (key, _) = facet.values(&rows[row]).swap_remove(0);
            let was_selected = query.selects(facet, &key);
            query.toggle(facet, &key);
            prop_assert_eq!(query.selects(facet, &key), !was_selected);
        }
        let text = query.to_query_string();
        let read = BoardQuery::parse(&text).expect("its canonical form parses");
        prop_assert_eq!(&read, &query);
        prop_assert_eq!(read.to_query_string(), text);
        for facet in Facet::ALL {
            prop_assert_eq!(facet.selected(&read), facet.selected(&query));
            prop_assert_eq!(facet.selected_count(&read), facet.selected(&query).len());
            facet.clear(&mut query);
        }
        prop_assert!(!query.is_filtered());
    }

    /// The canonical form of any valid query is valid and parses to the same query.
    #[test]
    fn the_canonical_form_is_a_fixed_point(
        pairs in proptest::collection::vec((0..Facet::ALL.len(), "[a-zA-Z0-9,?%5C ]{0,12}"), 0..5),
    ) {
        let pairs: Vec<_> = pairs.iter().map(|(facet, value)| (Facet::ALL[*facet].key(), value.as_str())).collect();
        if let Ok(query) = BoardQuery::from_pairs(pairs.iter().copied()) {
            let text = query.to_query_string();
            prop_assert_eq!(BoardQuery::parse(&text), Ok(query), "{}", text);
        }
    }
}
