use std::time::Duration;

use domain::BoardQuery;
use leptos::{html, prelude::*};
use leptos_router::hooks::use_location;

use super::{
    context::Context,
    entries::{groups, searches},
    entry::{Entry, Group},
    fold::fold,
    rank::matching,
};
use crate::saved_views::SavedView;

/// Time without a key press before a count is announced and the server is queried: not once per letter.
const QUIET: Duration = Duration::from_millis(200);
/// The state of the list.
#[derive(Clone, Copy)]
pub(super) struct Palette {
    /// The entries that the page knows without the server.
    known: StoredValue<Vec<Group>>,
    /// The board's query, whose filters a search keeps; the empty one on other pages.
    question: StoredValue<BoardQuery>,
    /// The groups that are shown.
    pub groups: RwSignal<Vec<Group>>,
    /// The chosen option.
    pub at: RwSignal<usize>,
    /// Whether the reader has moved in the list since typing: then the chosen entry stays chosen in a new list.
    has_moved: StoredValue<bool>,
    /// Counts the searches: a response to an older one is not shown.
    search: StoredValue<u32>,
    pub said: RwSignal<String>,
    pub list: NodeRef<html::Div>,
}

impl Palette {
    pub(super) fn new(context: Context) -> Self {
        let board = context.board.filters();
        let path = use_location().pathname.get_untracked();
        let known = groups(&path, board, context.zone.get_untracked(), &SavedView::all().unwrap_or_default());
        Self {
            known: StoredValue::new(known),
            question: StoredValue::new(board.map(|board| board.query.get_untracked()).unwrap_or_default()),
            groups: RwSignal::new(Vec::new()),
            at: RwSignal::new(0),
            has_moved: StoredValue::new(false),
            search: StoredValue::new(0),
            said: RwSignal::new(String::new()),
            list: NodeRef::new(),
        }
    }

    pub(super) fn count(self) -> usize {
        self.groups.with_untracked(|groups| groups.iter().map(|group| group.entries.len()).sum())
    }

    pub(super) fn entry(self, at: usize) -> Option<Entry> {
        self.groups.with_untracked(|groups| groups.iter().flat_map(|group| &group.entries).nth(at).cloned())
    }

    pub(super) fn point(self, at: usize) {
        self.has_moved.set_value(true);
        self.at.set(at);
    }

    /// Shows the entries for what was typed: those of the page at once, those of the server after a delay.
    pub(super) fn search(self, typed: &str) {
        self.search.update_value(|search| *search += 1);
        self.has_moved.set_value(false);
        let words = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        let folded = fold(&words);
        if folded.is_empty() {
            let listed =
                self.known.with_value(|known| known.iter().filter(|group| !group.is_sought).cloned().collect());
            self.show(listed);
            self.later(move || self.tell());
            return;
        }
        let fitting = self.known.with_value(|known| matching(known, &folded));
        let searching = self.question.with_value(|question| searches(&words, question, None));
        self.show(fitting.iter().cloned().chain([searching]).collect());
        self.later(move || self.ask(words, folded, fitting));
    }

    /// Runs `act` after a delay, unless something else is typed or the palette is closed before.
    fn later(self, act: impl FnOnce() + 'static) {
        let search = self.search.get_value();
        set_timeout(
            move || {
                if self.is_current(search) {
                    act();
                }
            },
            QUIET,
        );
    }

    fn is_current(self, search: u32) -> bool {
        self.search.try_get_value() == Some(search)
    }

    #[cfg(feature = "hydrate")]
    fn ask(self, words: String, folded: String, mut fitting: Vec<Group>) {
        let search = self.search.get_value();
        let as_of = self.question.with_value(|question| question.as_of);
        leptos::task::spawn_local(async move {
            let found = super::browser::find(&words, as_of).await;
            if !self.is_current(search) {
                return;
            }
            // Without a network the entries that the page knows remain.
            if let Some(found) = found {
                if let Some(last) = fitting.last_mut() {
                    let mut profiles = found.profiles(&folded);
                    profiles.retain(|profile| last.entries.iter().all(|entry| entry.address() != profile.address()));
                    last.entries.extend(profiles);
                }
                fitting.push(Group::new("Launches", found.launches()));
                fitting.push(self.question.with_value(|question| searches(&words, question, Some(found.count))));
                self.show(fitting);
            }
            self.tell();
        });
    }

    #[cfg(not(feature = "hydrate"))]
    fn ask(self, _: String, _: String, _: Vec<Group>) {}

    fn show(self, groups: Vec<Group>) {
        let chosen = self.has_moved.get_value().then(|| self.entry(self.at.get_untracked())).flatten();
        let place = |chosen: Entry| {
            groups.iter().flat_map(|group| &group.entries).position(|entry| entry.label == chosen.label)
        };
        let at = chosen.and_then(place);
        self.groups.set(groups);
        self.at.set(at.unwrap_or(0));
        if let (None, Some(list)) = (at, self.list.get_untracked()) {
            list.set_scroll_top(0);
        }
    }

    fn tell(self) {
        self.said.set(match self.count() {
            1 => "1 command".to_owned(),
            count => format!("{count} commands"),
        });
    }

    pub(super) fn scroll_to_chosen(self) {
        self.groups.track();
        let at = self.at.get();
        // The list may be rendered again first.
        request_animation_frame(move || {
            #[cfg(feature = "hydrate")]
            super::browser::scroll_to(&option_id(at));
            #[cfg(not(feature = "hydrate"))]
            let _ = at;
        });
    }
}

/// Returns the id of the element of an option.
pub(super) fn option_id(at: usize) -> String {
    format!("palette-{at}")
}
