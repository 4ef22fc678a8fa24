use domain::BoardQuery;
use leptos::prelude::*;

use crate::{
    erase::Erase as _,
    pages::board::state::{Change, Filters, PastLaunches},
};

/// The label of the switch.
pub(in crate::pages::board::filters) const INCLUDE_PAST: &str = "Include past launches";

/// The switch, a link like all chips. [`PastNote`] shows the loading state.
#[component]
pub(in crate::pages::board::filters) fn PastChip() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let on = Memo::new(move |_| filters.query.with(|query| query.past));
    let toggled = |query: &mut BoardQuery| Change::Past.apply(query);
    view! {
        <a
            class="chip"
            href=move || filters.href_with(toggled)
            aria-current=move || on.get().then_some("true")
            data-noscroll=""
        >
            {INCLUDE_PAST}
        </a>
    }
    .erase()
}

/// The loading state of the past launches, if they are requested and not loaded yet.
#[component]
pub(in crate::pages::board::filters) fn PastNote() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let text = move || match (filters.query.with(|query| query.past), filters.past.get()) {
        (false, _) | (true, PastLaunches::Here) => None,
        (true, PastLaunches::Away | PastLaunches::Coming) => Some(view! { "Loading past launches\u{2026}" }.erase()),
        (true, PastLaunches::Failed(error)) => {
            let why = error.to_string();
            Some(
                view! {
                    {format!("Past launches could not be read: {why}. ")}
                    <button class="btn" type="button" on:click=move |_| filters.past.set(PastLaunches::Away)>"Try again"</button>
                }
                .erase(),
            )
        }
    };
    view! { <p class="past-note s13" role="status">{text}</p> }.erase()
}
