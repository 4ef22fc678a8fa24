//! Filters with a set of options. [`declared`] has one entry for each; no other code refers to them by name.

mod control;
mod declared;
mod kind;
mod selection;
mod value;

use crate::Launch;

pub(super) use self::value::{Found, Value};
pub use self::{control::Control, declared::Facet, selection::Selection};

use self::declared::{DECLARED, Declaration};

impl Facet {
    /// The key of a value that the source does not give.
    pub const MISSING: &str = value::MISSING;

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

    /// Parses a key of a value that a launch has. None if it is invalid.
    pub(super) fn read_known(self, key: &str) -> Option<Value<'static>> {
        self.declaration().kind.read_known(key)
    }

    const fn declaration(self) -> &'static Declaration {
        &DECLARED[self as usize]
    }
}
