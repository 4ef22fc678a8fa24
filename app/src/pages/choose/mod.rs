//! The decision: which rocket to board, how certain that is, and until when the choice can wait. The URL holds the query;
//! `domain::Decision` computes the ranking, on the server for the first view and in the browser from then on.

mod answer;
mod api;
mod aside;
mod chart;
mod controls;
mod definitions;
#[cfg(feature = "hydrate")]
mod follow;
mod grounds;
mod question;
mod ranking;

use std::sync::Arc;

use domain::Board;
use leptos::prelude::*;
use leptos_meta::Title;

pub(in crate::pages) use self::aside::Deadline;
use self::question::Question;
use crate::{
    AppError,
    board_cache::kept_board,
    components::{ErrorPanel, Frame, Skeleton},
    erase::Erase as _,
};

/// The page at `/choose`.
#[component]
pub fn ChoosePage() -> impl IntoView {
    // If the reader comes from the board, that board has all the data; a past board has no forecasts.
    let kept = kept_board().filter(|kept| kept.past_state.is_none());
    let board = Resource::new_blocking(
        || (),
        move |()| {
            let kept = kept.clone();
            async move {
                match kept {
                    Some(board) => Ok(board),
                    None => api::rides().await,
                }
            }
        },
    );
    view! {
        <Title text="Choose"/>
        <Suspense fallback=|| view! { <Frame known=None><Skeleton/></Frame> }>
            {move || Suspend::new(async move {
                match board.await {
                    Ok(board) => whole(board),
                    Err(error) => view! { <Frame known=None><ErrorPanel error/></Frame> }.erase(),
                }
            })}
        </Suspense>
    }
}

fn whole(board: Arc<Board>) -> AnyView {
    let known = Some((board.freshness.clone(), board.now));
    let question = Question::provide(board);
    let newer = RwSignal::new(None);
    // The latest automatic update in words, for screen readers.
    let news = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    follow::follow(question, newer, news);
    view! {
        <Frame known newer>
            <p class="sr" role="status">{news}</p>
            {move || match question.error.get() {
                Some(error) => view! { <ErrorPanel error=AppError::BadRequest(error)/> }.erase(),
                None => everything(question),
            }}
        </Frame>
    }
    .erase()
}

fn everything(question: Question) -> AnyView {
    view! {
        <div class="wrap launch-page choose">
            {answer::answer(question)}
            <div class="ch-grid">
                <div class="ch-main">
                    {ranking::ranking(question)}
                    {ranking::excluded(question)}
                    {definitions::definitions(question)}
                </div>
                <aside class="ch-side" aria-label="Parameters, and what would change the recommendation">
                    {controls::controls(question)}
                    {aside::decide_by(question)}
                    {aside::sensitivity(question)}
                </aside>
            </div>
        </div>
    }
    .erase()
}
