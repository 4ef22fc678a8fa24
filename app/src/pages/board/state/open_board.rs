use leptos::prelude::*;

use super::Filters;

/// The board's filters while it is open: context of the whole app, for components outside the pages.
#[derive(Clone, Copy)]
pub(crate) struct OpenBoard(RwSignal<Option<Filters>>);

impl OpenBoard {
    /// Returns the filters, if the open page has any.
    pub(crate) fn filters(self) -> Option<Filters> {
        self.0.get_untracked()
    }

    /// Registers the filters for as long as the calling component is in the page.
    #[cfg(feature = "hydrate")]
    pub(in crate::pages::board) fn hold(filters: Filters) {
        let Self(open) = expect_context();
        open.set(Some(filters));
        on_cleanup(move || {
            // Another board may have registered its filters by now.
            if open.get_untracked().is_some_and(|held| held.catalog == filters.catalog) {
                open.set(None);
            }
        });
    }
}

/// Provides the context. Called once, above all pages.
pub(crate) fn provide_open_board() {
    provide_context(OpenBoard(RwSignal::new(None)));
}
