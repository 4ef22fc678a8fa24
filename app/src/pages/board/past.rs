//! Launches that are no longer upcoming. They are thousands, and few ask for them: they join the list when the question first
//! names them, and the switch says where they are meanwhile.

use std::sync::Arc;

use domain::{Board, BoardQuery};
use leptos::{prelude::*, task::spawn_local};

use super::{Filters, api, cache::Kept};
use crate::{AppError, erase::Erase as _};

/// How the past launches stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody has asked for them.
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

/// Fetches the past launches once the question asks for them.
pub(super) fn follow(filters: Filters, kept: Kept) {
    let wanted = Memo::new(move |_| filters.query.with(|query| query.past));
    Effect::new(move || {
        if wanted.get() && filters.past.get() == State::Away {
            fetch(filters, kept);
        }
    });
}

fn fetch(filters: Filters, kept: Kept) {
    filters.past.set(State::Coming);
    spawn_local(async move {
        let answer = api::board(true).await;
        // The page may have been left meanwhile.
        if filters.past.is_disposed() {
            return;
        }
        match answer {
            Ok(board) => {
                kept.put(&board);
                filters.replace(board);
            }
            Err(error) => filters.past.set(State::Failed(error)),
        }
    });
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
    let kept = Kept::here();
    let text = move || match (filters.query.with(|query| query.past), filters.past.get()) {
        (false, _) | (true, State::Here) => None,
        (true, State::Away | State::Coming) => Some(view! { "Reading past launches\u{2026}" }.erase()),
        (true, State::Failed(error)) => {
            let why = error.to_string();
            Some(
                view! {
                    {format!("Past launches could not be read: {why}. ")}
                    <button class="btn" type="button" on:click=move |_| fetch(filters, kept)>"Try again"</button>
                }
                .erase(),
            )
        }
    };
    view! { <p class="past-note s13" role="status">{text}</p> }.erase()
}

/// Whether the address asks for past launches, for whoever reads the board.
pub(super) fn asked_for(search: &str) -> bool {
    BoardQuery::parse(search).is_ok_and(|query| query.past)
}

/// A board kept from before serves only if it holds what is asked for.
pub(super) fn serves(board: &Arc<Board>, past: bool) -> bool {
    !past || board.past_from.is_some()
}
