//! The way out of an empty result: which one filter to drop.

use domain::{BoardQuery, Facet, Launch};

/// A question that has an answer, one filter away from one that has none.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct WayOut {
    pub(super) text: String,
    pub(super) action: String,
    pub(super) query: BoardQuery,
}

/// The single filter whose removal shows the most launches; all filters where no single one helps.
pub(super) fn best(launches: &[Launch], query: &BoardQuery) -> Option<WayOut> {
    let count = |query: &BoardQuery| launches.iter().filter(|launch| query.matches(launch)).count();
    let best = without_each(query)
        .into_iter()
        .map(|(name, query)| (count(&query), name, query))
        .filter(|(count, ..)| *count > 0)
        .max_by_key(|(count, ..)| *count);
    match best {
        Some((count, name, query)) => Some(WayOut {
            text: format!(
                "Without the {name} there {}.",
                if count == 1 { "is 1".to_owned() } else { format!("are {count}") }
            ),
            action: format!("Drop the {name}"),
            query,
        }),
        None => query.is_filtered().then(|| WayOut {
            text: "No single filter is to blame.".to_owned(),
            action: format!("Show all {}", launches.len()),
            query: query.cleared(),
        }),
    }
}

fn without_each(query: &BoardQuery) -> Vec<(String, BoardQuery)> {
    let mut without = Vec::new();
    if !query.q.is_empty() {
        without.push(("search".to_owned(), BoardQuery { q: String::new(), ..query.clone() }));
    }
    if query.from.is_some() || query.to.is_some() {
        without.push(("dates".to_owned(), BoardQuery { from: None, to: None, ..query.clone() }));
    }
    if query.crewed.is_some() {
        without.push(("crew".to_owned(), BoardQuery { crewed: None, ..query.clone() }));
    }
    for facet in Facet::ALL {
        let selected = facet.selected(query);
        if !selected.is_empty() {
            let mut other = query.clone();
            for key in &selected {
                other.toggle(facet, key);
            }
            without.push((facet.label().to_lowercase(), other));
        }
    }
    without
}
