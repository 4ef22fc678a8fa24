//! Filters with a set of options. [`declared`] has one entry for each; no other code refers to them by name.

mod declared;
mod kind;
mod selection;
mod value;

use crate::{BoardQuery, Launch, StatusKind};

pub use self::{declared::Facet, selection::Selection};
use self::{
    declared::{DECLARED, Declaration},
    kind::Kind,
};
pub(super) use self::{
    kind::flag,
    value::{Found, Value},
};

/// How the page shows a facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// All options side by side, always visible.
    Chips,
    /// One chip for "yes", always visible, with this label; all options under "More".
    Switch(&'static str),
    /// A separate menu.
    Menu,
    /// Under "More".
    More,
}

impl Facet {
    /// The key of a value that the source does not give.
    pub const MISSING: &str = "none";

    /// Returns the key of the query string.
    pub const fn key(self) -> &'static str {
        self.declaration().key
    }

    /// Returns the facet of a key of the query string.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|facet| facet.key() == key)
    }

    pub const fn label(self) -> &'static str {
        self.declaration().label
    }

    /// Returns how the page shows it.
    pub const fn control(self) -> Control {
        self.declaration().control
    }

    /// Returns the facets whose control matches, in their order.
    pub fn offered(by: fn(Control) -> bool) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |facet| by(facet.control()))
    }

    /// Returns the launch's values under this facet: key for the query string, and label.
    pub fn values(self, launch: &Launch) -> Vec<(String, String)> {
        let mut values = Vec::new();
        self.each(launch, |found| values.push((self.key_of(&found.value), self.label_of(&found))));
        values
    }

    /// Escapes a key for a list of keys: a comma in the key is distinguished from the separator.
    pub fn spelled(key: &str) -> String {
        key.replace('\\', "\\\\").replace(',', "\\,")
    }

    /// Returns the selected keys.
    pub fn selected(self, query: &BoardQuery) -> Vec<String> {
        query.facets.of(self).iter().map(|value| self.key_of(value)).collect()
    }

    /// Returns how many options are selected.
    pub fn selected_count(self, query: &BoardQuery) -> usize {
        query.facets.of(self).len()
    }

    /// Removes every selected option of this facet.
    pub fn clear(self, query: &mut BoardQuery) {
        query.facets.of_mut(self).clear();
        query.offset = 0;
    }

    /// Calls `take` with every value of the launch under this facet: at least one.
    pub(super) fn each<'launch>(self, launch: &'launch Launch, mut take: impl FnMut(Found<'launch>)) {
        (self.declaration().each)(launch, &mut take);
    }

    /// Parses a key as a user typed it. Returns the reason if it is invalid.
    pub(super) fn read(self, key: &str) -> Result<Value<'static>, String> {
        self.declaration().kind.read(key)
    }

    /// Returns a value as the query string writes it.
    pub(super) fn key_of(self, value: &Value<'_>) -> String {
        self.declaration().kind.write(value)
    }

    /// Returns the label of a value that the launch has.
    pub(super) fn label_of(self, found: &Found<'_>) -> String {
        self.declaration().kind.label(found)
    }

    /// Returns whether the launch has one of the selected values. If none is selected, every launch matches.
    pub(super) fn accepts(self, query: &BoardQuery, launch: &Launch) -> bool {
        let selected: &[Value<'_>] = query.facets.of(self);
        let mut accepted = selected.is_empty();
        self.each(launch, |found| accepted = accepted || selected.contains(&found.value));
        accepted
    }

    pub(super) fn toggle(self, query: &mut BoardQuery, key: &str) {
        if let Some(value) = self.declaration().kind.read_known(key) {
            query.facets.flip(self, value);
        }
        // The page offset of the old result is meaningless in the new one.
        query.offset = 0;
    }

    const fn declaration(self) -> &'static Declaration {
        &DECLARED[self as usize]
    }
}

impl StatusKind {
    /// Parses the word of the query string.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::KNOWN.into_iter().find(|kind| kind.slug() == Some(slug))
    }
}
