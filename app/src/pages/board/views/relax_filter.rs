//! Which one filter to drop when no launch matches.

use domain::{BoardQuery, Facet};

use crate::pages::board::state::Rows;

/// A query with results, one filter away from a query without results.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RelaxFilter {
    pub(super) text: String,
    pub(super) action: String,
    pub(super) query: BoardQuery,
}

/// Returns the query without the single filter whose removal shows the most launches; without all filters if no single one helps.
pub(super) fn best(rows: &Rows, query: &BoardQuery) -> Option<RelaxFilter> {
    let best = without_each(rows, query).into_iter().filter(|(count, ..)| *count > 0).max_by_key(|(count, ..)| *count);
    match best {
        Some((count, name, query)) => Some(RelaxFilter {
            text: format!(
                "Without the {name} there {}.",
                if count == 1 { "is 1".to_owned() } else { format!("are {count}") }
            ),
            action: format!("Remove the {name}"),
            query,
        }),
        None => query.is_filtered().then(|| RelaxFilter {
            text: "Removing a single filter does not help.".to_owned(),
            action: format!("Show all {}", rows.all().len()),
            query: query.cleared(),
        }),
    }
}

/// Returns for each filter how many launches it alone excludes, its name, and the query without it.
fn without_each(rows: &Rows, query: &BoardQuery) -> Vec<(usize, String, BoardQuery)> {
    let answer = rows.answer();
    let words = BoardQuery { q: String::new(), ..query.clone() };
    let dates = BoardQuery { from: None, to: None, ..query.clone() };
    let mut without =
        vec![(answer.lost_to_words(), "search".to_owned(), words), (answer.lost_to_dates(), "dates".to_owned(), dates)];
    without.extend(Facet::ALL.into_iter().map(|facet| {
        let mut other = query.clone();
        facet.clear(&mut other);
        (answer.lost_to(facet), facet.label().to_lowercase(), other)
    }));
    without
}
