//! The commands available on a page.

use domain::{BoardQuery, Subject, View, route::navigation};
use leptos::prelude::*;

use super::entry::{Action, Entry, Group};
use crate::{
    exports::exports,
    pages::board::{Filters, filter_choices, filters_in_force},
    saved_views::SavedView,
    time::Zone,
};

/// Returns all commands of the page at a path, in their groups. `board` is given if the page is the board.
pub(super) fn groups(path: &str, board: Option<Filters>, zone: Zone, saved: &[SavedView]) -> Vec<Group> {
    vec![
        Group::new("Active filters", board.map(in_force).unwrap_or_default()),
        Group::new("Pages", pages(path)),
        Group::new("Views", board.map_or_else(views_from_elsewhere, views)),
        Group::new("Saved views", saved_views(saved)),
        Group::new("Actions", actions(board, zone)),
        Group::sought("Filters", board.map(filters).unwrap_or_default()),
        Group::sought("Providers, rockets, pads", board.map(profiles).unwrap_or_default()),
    ]
}

const IN_FORCE: &str = "active";

/// One command per active filter, to remove it.
fn in_force(board: Filters) -> Vec<Entry> {
    let query = board.query.get_untracked();
    let chips = board.catalog.with_untracked(|catalog| filters_in_force(catalog, &query));
    let mut entries: Vec<_> = chips
        .into_iter()
        .map(|(text, address)| {
            Entry::new(format!("Remove {text}"), "filter", Action::go_in_place(address)).with_words("clear filter")
        })
        .collect();
    if query.is_filtered() {
        let all = Action::go_in_place(query.cleared().address());
        entries.push(Entry::new("Clear all filters", "", all).with_words("remove reset"));
    }
    entries
}

fn pages(path: &str) -> Vec<Entry> {
    navigation()
        .map(|page| {
            Entry::new(page.name, if page.path == path { "current page" } else { "page" }, Action::go(page.path))
        })
        .collect()
}

/// The views of the board with the active filters.
fn views(board: Filters) -> Vec<Entry> {
    let query = board.query.get_untracked();
    View::ALL
        .into_iter()
        .map(|view| {
            let address = BoardQuery { view, ..query.clone() }.address();
            let hint = if query.view == view { IN_FORCE } else { "" };
            Entry::new(format!("View: {}", view.label()), hint, Action::go_in_place(address))
        })
        .collect()
}

/// The views of the board without any filter.
fn views_from_elsewhere() -> Vec<Entry> {
    View::ALL
        .into_iter()
        .map(|view| {
            let address = BoardQuery { view, ..BoardQuery::default() }.address();
            Entry::new(format!("Board: {}", view.slug()), "view", Action::go(address)).with_words("view")
        })
        .collect()
}

fn saved_views(saved: &[SavedView]) -> Vec<Entry> {
    saved
        .iter()
        .map(|view| Entry::new(view.name.clone(), "saved view", Action::go(view.address())).with_words("saved view"))
        .collect()
}

fn actions(board: Option<Filters>, zone: Zone) -> Vec<Entry> {
    let mut entries =
        vec![Entry::new("Switch between dark and light", "", Action::SwitchTheme).with_words("theme colour")];
    entries.extend(Zone::ALL.map(|one| {
        let whose = match one {
            Zone::Utc => "UTC",
            Zone::Local => "my zone",
            Zone::Pad => "the pad's zone",
        };
        let hint = if one == zone { IN_FORCE } else { "" };
        Entry::new(format!("Times in {whose}"), hint, Action::ShowTimesIn(one))
            .with_words(&format!("time zone {}", one.label()))
    }));
    entries.push(Entry::new("Copy the link to this page", "", Action::CopyLink).with_words("share address url"));
    if let Some(board) = board {
        let query = board.query.get_untracked();
        entries.extend(exports(&query).map(|export| {
            let action = Action::Export { address: export.address, is_file: export.is_file };
            Entry::new(format!("Export as {}", export.name), "these launches", action)
                .with_words("export download file")
        }));
        entries.push(Entry::new("Save this view", "", Action::SaveView).with_words("keep bookmark"));
    }
    entries.push(Entry::new("Print this page", "", Action::Print).with_words("paper pdf"));
    entries.push(Entry::new("Keyboard shortcuts", "?", Action::ShowKeys).with_words("keys of this site help"));
    entries
}

/// Every choice of every filter.
fn filters(board: Filters) -> Vec<Entry> {
    filter_choices(board)
        .into_iter()
        .map(|choice| {
            let hint = match choice.count {
                _ if choice.is_on => IN_FORCE.to_owned(),
                Some(count) => count.to_string(),
                None => "filter".to_owned(),
            };
            Entry::new(choice.label, hint, Action::Filter(choice.change)).with_words("filter")
        })
        .collect()
}

/// Pages of the providers, rockets and pads in the board's filters.
fn profiles(board: Filters) -> Vec<Entry> {
    board.catalog.with_untracked(|catalog| {
        let of = |subject: Subject| {
            let choices = catalog.choices(subject.facet()).iter();
            choices.filter_map(move |choice| Some(profile(subject, choice.key.parse().ok()?, &choice.label)))
        };
        Subject::ALL.into_iter().flat_map(of).collect()
    })
}

/// The page of one provider, rocket or pad.
pub(super) fn profile(subject: Subject, id: i32, name: &str) -> Entry {
    let kind = subject.facet().key();
    Entry::new(name, kind, Action::go(subject.address(id))).with_words(kind)
}

/// Commands that search the board for the same words, with the other filters of `question`. Known at once, without a request. `count`
/// is the number of launches that match, once it is known.
pub(super) fn searches(words: &str, question: &BoardQuery, count: Option<usize>) -> Group {
    let found = match count {
        None => "board".to_owned(),
        Some(1) => "1 launch".to_owned(),
        Some(count) => format!("{count} launches"),
    };
    let with_words = BoardQuery { q: words.to_owned(), offset: 0, ..question.clone() };
    let with_past = BoardQuery { past: true, ..with_words.clone() };
    let go = |query: &BoardQuery| Action::go(query.address());
    Group::new(
        "Search",
        vec![
            Entry::new(format!("Search the board for \u{201c}{words}\u{201d}"), found, go(&with_words)),
            Entry::new(format!("Search past launches too for \u{201c}{words}\u{201d}"), "board", go(&with_past)),
        ],
    )
}

#[cfg(test)]
mod tests {
    use domain::BoardQuery;

    use super::{
        super::entry::{Action, Group},
        groups, searches,
    };
    use crate::{saved_views::SavedView, time::Zone};

    fn labels(group: &Group) -> Vec<&str> {
        group.entries.iter().map(|entry| entry.label.as_str()).collect()
    }

    #[test]
    fn a_page_that_is_not_the_board_offers_pages_views_saved_views_and_actions() {
        let saved = SavedView { name: "To the Moon".to_owned(), query: "moon=surface".to_owned() };
        let groups = groups("/pipeline", None, Zone::Local, &[saved]);
        let find = |name: &str| groups.iter().find(|group| group.name == name).unwrap();
        let hints: Vec<_> = find("Pages").entries.iter().map(|entry| entry.hint.as_str()).collect();
        assert_eq!(hints.iter().filter(|hint| **hint == "current page").count(), 1);
        assert_eq!(
            find("Views").entries.iter().map(|entry| entry.address().unwrap()).collect::<Vec<_>>(),
            ["/", "/?view=table", "/?view=timeline", "/?view=map", "/?view=calendar", "/?view=agenda"]
        );
        assert_eq!(find("Saved views").entries[0].action, Action::go("/?moon=surface"));
        assert_eq!(
            labels(find("Actions")),
            [
                "Switch between dark and light",
                "Times in UTC",
                "Times in my zone",
                "Times in the pad's zone",
                "Copy the link to this page",
                "Print this page",
                "Keyboard shortcuts"
            ]
        );
        assert_eq!(find("Actions").entries[2].hint, "active");
        assert!(find("Filters").is_sought && find("Filters").entries.is_empty());
    }

    #[test]
    fn the_search_keeps_the_other_filters_and_begins_at_the_first_page() {
        let question = BoardQuery { q: "old".to_owned(), offset: 50, ..BoardQuery::parse("?status=go").unwrap() };
        let group = searches("a & b", &question, Some(1));
        assert_eq!(group.entries[0].hint, "1 launch");
        assert_eq!(group.entries[0].action, Action::go("/?q=a%20%26%20b&status=go"));
        assert_eq!(group.entries[1].action, Action::go("/?q=a%20%26%20b&status=go&past=true"));
        assert_eq!(searches("x", &question, None).entries[0].hint, "board");
        assert_eq!(searches("x", &question, Some(0)).entries[0].hint, "0 launches");
    }
}
