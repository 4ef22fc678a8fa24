use domain::BoardQuery;
use leptos::prelude::*;

use crate::charts::Select;

/// What a chart needs of its page: the current query, and how to set another.
#[derive(Clone, Copy)]
pub struct Questions {
    pub query: Memo<BoardQuery>,
    pub ask: Callback<BoardQuery>,
    /// Whether the filtered launches are on another page: then this page does not change.
    pub is_elsewhere: bool,
}

/// The mark's filter as a link. It does what a click on the bar does, for keyboards, screen readers and pages without scripts.
pub(super) fn link(content: AnyView, select: Select, questions: Questions) -> impl IntoView {
    let query = questions.query;
    let toggled = {
        let select = select.clone();
        move || query.with(|query| select.toggled(query).address())
    };
    let selected = move || query.with(|query| select.is_selected(query));
    view! { <a href=toggled aria-current=move || selected().then_some("true") data-noscroll="">{content}</a> }
}
