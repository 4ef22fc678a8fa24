//! Printing of the board: the screen draws only the rows in view, paper needs them all.

use leptos::prelude::*;

use crate::pages::board::state::{Filters, Rows};

/// Maximum number of printed rows: about a hundred sheets of cards, and as many as a browser lays out without a pause.
pub(super) const MOST_PRINTED: usize = 1000;

/// Calls `change` when printing begins (`true`) and when it ends (`false`).
#[cfg(feature = "hydrate")]
pub(super) fn on_print(change: impl Fn(bool) + Copy + 'static) {
    for (name, begins) in [("beforeprint", true), ("afterprint", false)] {
        let listener = window_event_listener_untyped(name, move |_| change(begins));
        on_cleanup(move || listener.remove());
    }
}

/// A printed note if there are more rows than are printed; else nothing.
pub(super) fn printed_note() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let note = move || {
        let count = filters.rows.with(Rows::count);
        let text = format!(
            "Printed are the first {MOST_PRINTED} of {count} launches. The CSV export of this address has all of them."
        );
        (count > MOST_PRINTED).then_some(view! { <p class="print-only">{text}</p> })
    };
    view! { {note} }
}
