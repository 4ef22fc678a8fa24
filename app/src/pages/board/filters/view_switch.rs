use domain::View;
use leptos::prelude::*;

use crate::{components::Icon, erase::Erase as _, pages::board::state::Filters};

/// Selects the view of the list. On small screens only the active view shows its name; the others keep theirs for screen readers.
#[component]
pub(super) fn Views() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let links = View::ALL.map(|one| {
        view! {
            <a
                href=move || filters.href_with(|query| query.view = one)
                aria-current=move || filters.query.with(|query| query.view == one).then_some("page")
                title=one.label()
                data-noscroll=""
            >
                <Icon name=symbol(one)/>
                <span>{one.label()}</span>
            </a>
        }
    });
    view! { <nav class="seg views" aria-label="View">{links}</nav> }.erase()
}

fn symbol(view: View) -> &'static str {
    match view {
        View::Cards => "i-cards",
        View::Table => "i-table",
        View::Timeline => "i-timeline",
        View::Map => "i-map",
        View::Calendar => "i-calendar",
        View::Agenda => "i-agenda",
    }
}
