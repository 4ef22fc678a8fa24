use crate::{pages::board::Change, time::Zone};

use super::fold::fold;

/// One command of the palette.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub label: String,
    /// State or kind, at the end of the line; may be empty.
    pub hint: String,
    pub action: Action,
    /// The label in the form that is searched.
    pub folded: String,
    /// The label and additional search words; empty if there are none.
    pub folded_with_words: String,
}

impl Entry {
    pub(super) fn new(label: impl Into<String>, hint: impl Into<String>, action: Action) -> Self {
        let label = label.into();
        Self { folded: fold(&label), label, hint: hint.into(), action, folded_with_words: String::new() }
    }

    /// Adds search words that are not in the label.
    pub(super) fn with_words(mut self, words: &str) -> Self {
        self.folded_with_words = format!("{} {}", self.folded, fold(words));
        self
    }

    /// The address of the entry, if following it is all it does.
    #[cfg(any(feature = "hydrate", test))]
    pub(super) fn address(&self) -> Option<&str> {
        match &self.action {
            Action::Go { address, .. } => Some(address),
            _ => None,
        }
    }
}

/// What an entry does.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Action {
    /// Follows a link of this site.
    Go {
        address: String,
        /// Whether to keep the scroll position.
        keeps_place: bool,
    },
    /// Opens an address that is not a page.
    Export {
        address: String,
        /// Whether the response is saved instead of shown.
        is_file: bool,
    },
    /// Changes one filter of the board.
    Filter(Change),
    ShowTimesIn(Zone),
    SwitchTheme,
    CopyLink,
    /// Opens the menu of saved views at its name field.
    SaveView,
    Print,
    ShowKeys,
}

impl Action {
    pub(super) fn go(address: impl Into<String>) -> Self {
        Self::Go { address: address.into(), keeps_place: false }
    }

    pub(super) fn go_in_place(address: impl Into<String>) -> Self {
        Self::Go { address: address.into(), keeps_place: true }
    }
}

/// Entries under a heading.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Group {
    pub name: &'static str,
    pub entries: Vec<Entry>,
    /// Whether there are too many entries to list: only matches of the typed text are shown.
    pub is_sought: bool,
}

impl Group {
    pub(super) fn new(name: &'static str, entries: Vec<Entry>) -> Self {
        Self { name, entries, is_sought: false }
    }

    pub(super) fn sought(name: &'static str, entries: Vec<Entry>) -> Self {
        Self { name, entries, is_sought: true }
    }
}
