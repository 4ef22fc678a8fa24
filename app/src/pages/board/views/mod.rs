//! The views of the list: cards, table, timeline, map, calendar, agenda.

mod agenda;
mod calendar;
mod cards;
mod key;
mod list;
mod map;
mod marked;
mod printed;
mod relax_filter;
mod table;
mod timeline;

use domain::View;
use leptos::prelude::*;

use self::{
    agenda::Agenda,
    calendar::Calendar,
    cards::Cards,
    map::WorldMap,
    table::LaunchTable,
    timeline::{Brush, Timeline},
};
use crate::{
    chunks::LazyChunk,
    components::lazy,
    erase::Erase as _,
    pages::board::state::{Filters, Rows},
};

pub(super) use key::Key;

/// The list, in the view that the URL selects.
#[component]
pub(super) fn Results() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let view = Memo::new(move |_| filters.query.with(|query| query.view));
    let is_empty = Memo::new(move |_| filters.rows.with(Rows::count) == 0);
    view! {
        <section class="results" aria-labelledby="launches">
            <h2 id="launches" class="sr">"Launches"</h2>
            {move || match (is_empty.get(), view.get()) {
                (true, _) => view! { <NoMatch/> }.erase(),
                (false, View::Cards) => view! { <Cards/> }.erase(),
                (false, view) => lazy(LazyChunk::View(view)),
            }}
        </section>
    }
    .erase()
}

/// Draws a view. Called through [`LazyChunk`] only, so that its code is loaded on demand.
pub(crate) fn draw(view: View) -> AnyView {
    match view {
        View::Cards => view! { <Cards/> }.erase(),
        View::Table => view! { <LaunchTable/> }.erase(),
        View::Timeline => {
            let rows = expect_context::<Filters>().rows;
            view! { <Brush/> <Timeline rows/> }.erase()
        }
        View::Map => view! { <WorldMap/> }.erase(),
        View::Calendar => view! { <Calendar/> }.erase(),
        View::Agenda => view! { <Agenda/> }.erase(),
    }
}

/// Shown if no launch matches. It names the filter whose removal helps most: an empty page should not be a dead end.
#[component]
fn NoMatch() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let relax_filter = move || filters.query.with(|query| filters.rows.with(|rows| relax_filter::best(rows, query)));
    view! {
        <div class="panel pad state">
            <svg class="mask" viewBox="0 0 26 20" aria-hidden="true"><use href="#mask"></use></svg>
            <h3>"No launch matches these filters"</h3>
            {move || relax_filter().map(|relax_filter| view! {
                <p class="m">{relax_filter.text.clone()}</p>
                <p class="row">
                    <a class="btn pri" href=relax_filter.query.address() data-noscroll="">{relax_filter.action}</a>
                    <a class="btn" href=filters.query.get().cleared().address() data-noscroll="">"Clear all"</a>
                </p>
            })}
        </div>
    }
    .erase()
}
