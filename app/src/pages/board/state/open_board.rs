use leptos::prelude::*;

use super::Filters;

/// The board's filters while it shows them: context of the whole app, for what stands beside the pages.
#[derive(Clone, Copy)]
pub(crate) struct OpenBoard(RwSignal<Option<Filters>>);

impl OpenBoard {
    /// The filters, where the open page has any.
    pub(crate) fn filters(self) -> Option<Filters> {
        self.0.get_untracked()
    }

    /// Makes the filters known for as long as the calling component is in the page.
    #[cfg(feature = "hydrate")]
    pub(in crate::pages::board) fn hold(filters: Filters) {
        let Self(open) = expect_context();
        open.set(Some(filters));
        on_cleanup(move || {
            // Those of another board may be there by now.
            if open.get_untracked().is_some_and(|held| held.catalog == filters.catalog) {
                open.set(None);
            }
        });
    }
}

/// Called once, above all pages.
pub(crate) fn provide_open_board() {
    provide_context(OpenBoard(RwSignal::new(None)));
}
