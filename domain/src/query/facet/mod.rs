//! Filters with a set of choices. [`declared`] holds one entry for each; nothing else knows them by name.

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

/// How the page offers a facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// All choices side by side, always in view.
    Chips,
    /// One chip for "yes", always in view, with this label; all choices under "More".
    Switch(&'static str),
    /// A menu of its own.
    Menu,
    /// Under "More".
    More,
}

impl Facet {
    /// The key of what the source does not give.
    pub const MISSING: &str = "none";

    /// The key of the query string.
    pub const fn key(self) -> &'static str {
        self.declaration().key
    }

    /// The facet of a key of the query string.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|facet| facet.key() == key)
    }

    pub const fn label(self) -> &'static str {
        self.declaration().label
    }

    /// How the page offers it.
    pub const fn control(self) -> Control {
        self.declaration().control
    }

    /// The facets that the page offers in such a way, in their order.
    pub fn offered(by: fn(Control) -> bool) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |facet| by(facet.control()))
    }

    /// The launch's values under this facet: key for the query string and label for people.
    pub fn values(self, launch: &Launch) -> Vec<(String, String)> {
        let mut values = Vec::new();
        self.each(launch, |found| values.push((self.key_of(&found.value), self.label_of(&found))));
        values
    }

    /// A key as it stands in a list of keys: a comma of its own is not the one between two keys.
    pub fn spelled(key: &str) -> String {
        key.replace('\\', "\\\\").replace(',', "\\,")
    }

    /// The selected keys.
    pub fn selected(self, query: &BoardQuery) -> Vec<String> {
        query.facets.of(self).iter().map(|value| self.key_of(value)).collect()
    }

    /// How many choices are selected.
    pub fn selected_count(self, query: &BoardQuery) -> usize {
        query.facets.of(self).len()
    }

    /// Removes every choice of this facet.
    pub fn clear(self, query: &mut BoardQuery) {
        query.facets.of_mut(self).clear();
        query.offset = 0;
    }

    /// Hands over what the launch has under this facet: at least one value.
    pub(super) fn each<'launch>(self, launch: &'launch Launch, mut take: impl FnMut(Found<'launch>)) {
        (self.declaration().each)(launch, &mut take);
    }

    /// The value of a key, as somebody typed it; else what is wrong with it.
    pub(super) fn read(self, key: &str) -> Result<Value<'static>, String> {
        self.declaration().kind.read(key)
    }

    /// A value as the query string writes it.
    pub(super) fn key_of(self, value: &Value<'_>) -> String {
        self.declaration().kind.write(value)
    }

    /// What people call a value that the launch has.
    pub(super) fn label_of(self, found: &Found<'_>) -> String {
        self.declaration().kind.label(found)
    }

    /// Whether the launch has one of the selected values; without any selected, every launch does.
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
        // A page of the old result means nothing in the new one.
        query.offset = 0;
    }

    const fn declaration(self) -> &'static Declaration {
        &DECLARED[self as usize]
    }
}

impl StatusKind {
    /// From the word of the query string.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::KNOWN.into_iter().find(|kind| kind.slug() == Some(slug))
    }
}
