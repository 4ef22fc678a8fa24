//! The filter choices that the command palette offers while the board is open.

use domain::{Control, Facet};
use leptos::prelude::*;

use super::{
    controls::{INCLUDE_PAST, in_chip_order, word},
    is_under_more,
};
use crate::pages::board::state::{Change, Filters};

/// A filter that can be set or removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FilterChoice {
    /// Includes the name of its facet, as in "Status: Go", unless the choice has a name without it.
    pub label: String,
    pub change: Change,
    pub is_on: bool,
    /// How many launches it would show; `None` if not counted.
    pub count: Option<usize>,
}

/// Returns every choice of every filter: those in chips, then those in menus, in the order of the page.
pub(crate) fn filter_choices(filters: Filters) -> Vec<FilterChoice> {
    let query = filters.query.get_untracked();
    let catalog = filters.catalog.get_untracked();
    let choice = |label: String, facet: Facet, key: &str, count: Option<usize>| FilterChoice {
        label,
        is_on: query.selects(facet, key),
        change: Change::Choice(facet, key.to_owned()),
        count,
    };
    let mut all = Vec::new();
    for facet in Facet::offered(|control| control == Control::Chips) {
        let counts = filters.rows.with_untracked(|rows| rows.counts(facet));
        all.extend(in_chip_order(facet, catalog.choices(facet)).into_iter().map(|(at, one)| {
            let label = format!("{}: {}", facet.label(), word(facet, one));
            choice(label, facet, &one.key, counts.get(at).copied())
        }));
    }
    for facet in Facet::ALL {
        let Control::Switch(name) = facet.control() else { continue };
        let at = catalog.choices(facet).iter().position(|one| one.key == "true");
        let counts = filters.rows.with_untracked(|rows| rows.counts(facet));
        let count = at.and_then(|at| counts.get(at).copied()).unwrap_or(0);
        all.push(choice(name.to_owned(), facet, "true", Some(count)));
    }
    all.push(FilterChoice { label: INCLUDE_PAST.to_owned(), change: Change::Past, is_on: query.past, count: None });
    for facet in Facet::offered(|control| control == Control::Menu).chain(Facet::offered(is_under_more)) {
        all.extend(
            catalog
                .choices(facet)
                .iter()
                .map(|one| choice(format!("{}: {}", facet.label(), one.label), facet, &one.key, None)),
        );
    }
    all
}
