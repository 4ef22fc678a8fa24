//! Launches that are no longer upcoming. They are thousands, and few ask for them: they join the list when the question first
//! names them, and the switch says where they are meanwhile.

use domain::{Board, BoardQuery};
use leptos::prelude::*;

use super::Filters;
use crate::{AppError, erase::Erase as _};

/// How the past launches stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody has asked for them, or somebody asks again.
    Away,
    Coming,
    Here,
    Failed(AppError),
}

impl State {
    pub(super) fn of(board: &Board) -> Self {
        if board.past_from.is_some() { Self::Here } else { Self::Away }
    }
}

/// The switch, a link like all chips, and what there is to say while the launches are on their way.
#[component]
pub(super) fn PastChip() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let on = Memo::new(move |_| filters.query.with(|query| query.past));
    let toggled = |query: &mut BoardQuery| {
        query.past = !query.past;
        query.offset = 0;
    };
    view! {
        <a
            class="chip"
            href=move || filters.href_with(toggled)
            aria-current=move || on.get().then_some("true")
            data-noscroll=""
        >
            "Include past launches"
        </a>
    }
    .erase()
}

/// Where the past launches are, when they are asked for and not here.
#[component]
pub(super) fn PastNote() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let text = move || match (filters.query.with(|query| query.past), filters.past.get()) {
        (false, _) | (true, State::Here) => None,
        (true, State::Away | State::Coming) => Some(view! { "Reading past launches\u{2026}" }.erase()),
        (true, State::Failed(error)) => {
            let why = error.to_string();
            Some(
                view! {
                    {format!("Past launches could not be read: {why}. ")}
                    <button class="btn" type="button" on:click=move |_| filters.past.set(State::Away)>"Try again"</button>
                }
                .erase(),
            )
        }
    };
    view! { <p class="past-note s13" role="status">{text}</p> }.erase()
}
