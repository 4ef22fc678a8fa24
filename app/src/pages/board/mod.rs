//! The board: every upcoming launch, filtered by the address.

mod agenda;
mod api;
mod applied;
mod axis;
mod cache;
mod calendar;
mod cards;
mod charts;
mod columns;
mod dates;
mod days;
mod facet;
mod filter_bar;
mod filters;
mod flown_charts;
mod key;
mod line;
mod map;
mod marked;
mod menu;
mod moon_bound;
mod more_charts;
mod next_launch;
mod past;
mod results;
mod rows;
mod saved;
mod search;
mod sheet;
mod silhouette;
mod table;
pub mod timeline;
mod vague;
mod views;
mod way_out;

use std::sync::Arc;

use domain::Board;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

use self::{
    charts::BoardCharts, filter_bar::FilterBar, key::Key, moon_bound::MoonBound, next_launch::NextLaunch,
    results::Results,
};
use crate::{
    AppError,
    components::{ErrorPanel, Frame, Skeleton},
    erase::Erase as _,
};

pub use cache::provide_board_cache;
pub use filters::Filters;
pub use rows::Rows;

/// The board at `/`.
#[component]
pub fn BoardPage() -> impl IntoView {
    // Only the address that the page was opened with counts here: a later one is followed in place.
    let past = past::asked_for(&use_location().search.get_untracked());
    let kept = cache::kept_board().filter(|kept| past::serves(kept, past));
    let board = Resource::new_blocking(
        || (),
        move |()| {
            let kept = kept.clone();
            async move {
                match kept {
                    Some(board) => Ok(board),
                    None => api::board(past).await,
                }
            }
        },
    );
    view! {
        <Title text=""/>
        <Suspense fallback=|| view! { <Frame known=None><Skeleton/></Frame> }>
            {move || Suspend::new(async move {
                match board.await {
                    Ok(board) => view! { <WholeBoard board/> }.erase(),
                    Err(error) => view! { <Frame known=None><ErrorPanel error/></Frame> }.erase(),
                }
            })}
        </Suspense>
    }
}

/// The board once it is known.
#[component]
fn WholeBoard(board: Arc<Board>) -> impl IntoView {
    cache::keep_board(&board);
    let known = Some((board.freshness.clone(), board.now));
    let is_empty = board.launches.is_empty();
    let filters = Filters::provide(board);
    view! {
        <Frame known>
            {move || match filters.error.get() {
                Some(error) => view! { <ErrorPanel error=AppError::BadRequest(error)/> }.erase(),
                None if is_empty => view! { <NothingYet/> }.erase(),
                None => view! { <Launches/> }.erase(),
            }}
        </Frame>
    }
    .erase()
}

/// The answer, the filters, the charts, the list: in this order for the eye and for the ear.
#[component]
fn Launches() -> impl IntoView {
    view! {
        <div class="wrap board">
            <div class="head">
                <NextLaunch/>
                <MoonBound/>
            </div>
            <FilterBar/>
            <BoardCharts/>
            <Results/>
            <Key/>
        </div>
    }
    .erase()
}

/// The state before the first good run.
#[component]
fn NothingYet() -> impl IntoView {
    let running = use_context::<Filters>()
        .is_some_and(|filters| filters.board.with_value(|board| board.freshness.running_since.is_some()));
    view! {
        <div class="wrap">
            <section class="panel pad state" aria-labelledby="state-title">
                <svg class="mask" viewBox="0 0 26 20" aria-hidden="true"><use href="#mask"></use></svg>
                <h1 id="state-title">"No launch has been read yet"</h1>
                <p class="m">
                    {if running {
                        "The first run is at work. It reads every upcoming launch; reload the page in a minute."
                    } else {
                        "The first run has not begun. It starts with the server and needs no hand."
                    }}
                </p>
                <p><a class="btn" href="/" rel="external">"Look again"</a></p>
            </section>
        </div>
    }
    .erase()
}
