use domain::View;
use leptos::prelude::*;

use super::{
    Filters, Rows,
    agenda::Agenda,
    calendar::Calendar,
    cards::Cards,
    map::WorldMap,
    table::LaunchTable,
    timeline::{Brush, Timeline},
};

use crate::erase::Erase as _;

/// The list, in the view that the address asks for.
#[component]
pub(super) fn Results() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let view = Memo::new(move |_| filters.query.with(|query| query.view));
    let is_empty = Memo::new(move |_| filters.rows.with(Rows::count) == 0);
    view! {
        <section class="results" aria-labelledby="launches">
            <h2 id="launches" class="sr">"Launches"</h2>
            {move || match (is_empty.get(), view.get()) {
                (true, _) => view! { <NothingFits/> }.erase(),
                (false, View::Cards) => view! { <Cards/> }.erase(),
                (false, View::Table) => view! { <LaunchTable/> }.erase(),
                (false, View::Timeline) => view! { <Brush/> <Timeline rows=filters.rows/> }.erase(),
                (false, View::Map) => view! { <WorldMap/> }.erase(),
                (false, View::Calendar) => view! { <Calendar/> }.erase(),
                (false, View::Agenda) => view! { <Agenda/> }.erase(),
            }}
        </section>
    }
    .erase()
}

/// No launch passes. It names the filter whose removal helps most: an empty page should not be a dead end.
#[component]
fn NothingFits() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let way_out = move || filters.query.with(|query| filters.rows.with(|rows| super::way_out::best(rows, query)));
    view! {
        <div class="panel pad state">
            <svg class="mask" viewBox="0 0 26 20" aria-hidden="true"><use href="#mask"></use></svg>
            <h3>"Nothing leaves under these filters"</h3>
            {move || way_out().map(|way_out| view! {
                <p class="m">{way_out.text.clone()}</p>
                <p class="row">
                    <a class="btn pri" href=Filters::href(&way_out.query) data-noscroll="">{way_out.action}</a>
                    <a class="btn" href=Filters::href(&filters.query.get().cleared()) data-noscroll="">"Clear all"</a>
                </p>
            })}
        </div>
    }
    .erase()
}
