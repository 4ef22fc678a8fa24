//! The queries that the reader has saved in this browser.

/// The id of the field for the name of a new view.
pub(crate) const NAME_FIELD: &str = "saved-view-name";

/// A query with a name given by the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SavedView {
    pub name: String,
    /// The canonical query string.
    pub query: String,
}

impl SavedView {
    /// Returns the URL of the board with this query.
    pub(crate) fn address(&self) -> String {
        if self.query.is_empty() { "/".to_owned() } else { format!("/?{}", self.query) }
    }

    /// Returns all views stored in this browser; `None` if it refuses to store anything.
    pub(crate) fn all() -> Option<Vec<Self>> {
        store::read().map(|text| parse(&text))
    }

    /// Stores these views in place of all others; returns whether the browser accepts that.
    pub(crate) fn keep(views: &[Self]) -> bool {
        store::write(&write(views))
    }
}

/// Writes one view per line: the name, a tab, the query. Neither contains a line break or a tab.
fn write(views: &[SavedView]) -> String {
    views.iter().map(|SavedView { name, query }| format!("{name}\t{query}\n")).collect()
}

fn parse(text: &str) -> Vec<SavedView> {
    text.lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, query)| SavedView { name: name.to_owned(), query: query.to_owned() })
        .collect()
}

#[cfg(feature = "hydrate")]
mod store {
    /// The key in the browser's local storage.
    const KEY: &str = "mooncoon.views";

    /// Returns the stored text; `None` if the browser refuses to store anything.
    pub(super) fn read() -> Option<String> {
        let storage = storage()?;
        storage.get_item(KEY).ok().map(Option::unwrap_or_default)
    }

    pub(super) fn write(text: &str) -> bool {
        storage().is_some_and(|storage| storage.set_item(KEY, text).is_ok())
    }

    fn storage() -> Option<web_sys::Storage> {
        leptos::prelude::window().local_storage().ok().flatten()
    }
}

#[cfg(not(feature = "hydrate"))]
mod store {
    pub(super) fn read() -> Option<String> {
        None
    }

    pub(super) fn write(_: &str) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saved_views_round_trip_and_invalid_lines_are_skipped() {
        let view = |name: &str, query: &str| SavedView { name: name.to_owned(), query: query.to_owned() };
        let views = [view("To the Moon", "moon=surface,lunar_orbit"), view("All = everything", "")];
        assert_eq!(parse(&write(&views)), views);
        assert_eq!(parse("no tab here\nname\tq=x\n\n"), [view("name", "q=x")]);
    }
}
