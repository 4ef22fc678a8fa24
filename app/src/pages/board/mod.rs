//! The board: every upcoming launch, filtered by the URL.

mod charts;
mod filters;
mod overview;
mod state;
mod views;

use std::sync::Arc;

use domain::{Board, BoardQuery, View};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

use self::{
    charts::BoardCharts,
    filters::FilterBar,
    overview::{MoonBound, NextLaunch, NotObservedYet, PastBanner, SinceVisit, TimeTravel, choice},
    state::BoardRequest,
    views::{Key, Results},
};
use crate::{
    AppError,
    board_cache::kept_board,
    components::{ErrorPanel, Frame, Skeleton},
    erase::Erase as _,
};

pub(crate) use filters::{filter_choices, filters_in_force};
pub(crate) use state::{Change, Filters, OpenBoard, provide_open_board};
pub(crate) use views::draw;

/// The board at `/`.
#[component]
pub fn BoardPage() -> impl IntoView {
    // Uses the initial URL only: later changes are loaded into the existing page, which keeps its scroll position and focus.
    let wanted = BoardRequest::of(&BoardQuery::parse(&use_location().search.get_untracked()).unwrap_or_default());
    let kept = kept_board().filter(|kept| wanted.is_served_by(kept));
    let board = Resource::new_blocking(
        || (),
        move |()| {
            let kept = kept.clone();
            async move {
                match kept {
                    Some(board) => Ok(board),
                    None => wanted.read().await,
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

/// The board after it has been loaded.
#[component]
fn WholeBoard(board: Arc<Board>) -> impl IntoView {
    let known = Some((board.freshness.clone(), board.now));
    let filters = Filters::provide(board);
    let newer = RwSignal::new(None);
    // Another time was requested and could not be read.
    let failed = RwSignal::new(false);
    // The latest automatic update in words, for screen readers.
    let news = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    state::follow(filters, newer, failed, news);
    let past = Signal::derive(move || filters.then().map(|past| past.as_of));
    let is_empty =
        Memo::new(move |_| filters.board.with_value(|board| board.launches.is_empty() && board.past_state.is_none()));
    view! {
        <Frame known newer past=past>
            <p class="sr" role="status">{news}</p>
            {move || match filters.error.get() {
                Some(error) => view! { <ErrorPanel error=AppError::BadRequest(error)/> }.erase(),
                None if is_empty.get() => view! { <NoDataYet/> }.erase(),
                None => view! { <Launches failed/> }.erase(),
            }}
        </Frame>
    }
    .erase()
}

/// The answer, the changes, the filters, the charts, the list. A chosen view comes before the charts. The visual order and the reading
/// order are the same.
#[component]
fn Launches(failed: RwSignal<bool>) -> impl IntoView {
    let filters = expect_context::<Filters>();
    let is_unknown = Memo::new(move |_| filters.then().is_some_and(|past| past.observed_at.is_none()));
    // With a filter or a view in the URL, the first screen shows the list, below a short form of the answer. The initial URL decides this:
    // the page must not jump while the reader filters.
    // A chosen view comes before the charts; cards, the default view, come after them.
    let is_chosen = Memo::new(move |_| filters.query.with(|query| query.view != View::default()));
    let is_brief = filters.query.with_untracked(|query| query.is_filtered() || query.view != View::default());
    view! {
        <div class="wrap board">
            <PastBanner/>
            {move || if is_unknown.get() {
                view! { <NotObservedYet/> }.erase()
            } else {
                // A past board has no forecasts, and so no choice.
                let is_past = filters.then().is_some();
                view! {
                    <div class="head" class:past=is_past class:brief=is_brief && !is_past>
                        {(!is_past).then(|| choice(filters))}
                        <NextLaunch/>
                        <MoonBound/>
                    </div>
                }
                .erase()
            }}
            <div class="tools">
                <TimeTravel failed/>
                <SinceVisit/>
            </div>
            {move || (!is_unknown.get()).then(|| view! {
                <FilterBar/>
                {move || (!is_chosen.get()).then(|| view! { <BoardCharts/> })}
                <Results/>
                <Key/>
                {move || is_chosen.get().then(|| view! { <BoardCharts/> })}
            })}
        </div>
    }
    .erase()
}

/// The state before the first successful run.
#[component]
fn NoDataYet() -> impl IntoView {
    let running = use_context::<Filters>()
        .is_some_and(|filters| filters.board.with_value(|board| board.freshness.running_since.is_some()));
    view! {
        <div class="wrap">
            <section class="panel pad state" aria-labelledby="state-title">
                <svg class="mask" viewBox="0 0 26 20" aria-hidden="true"><use href="#mask"></use></svg>
                <h1 id="state-title">"No data yet"</h1>
                <p class="m">
                    {if running {
                        "The first run is in progress. It loads every upcoming launch; reload the page in a minute."
                    } else {
                        "The first run has not started. It starts automatically with the server."
                    }}
                </p>
                <p><a class="btn" href="/" rel="external">"Reload"</a></p>
            </section>
        </div>
    }
    .erase()
}
