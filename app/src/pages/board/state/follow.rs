//! Keeps the page at the requested time: the past time in the URL, if any, else the newest published data.

use std::{collections::HashSet, sync::Arc};

use domain::{Board, Freshness};
use leptos::{prelude::*, task::spawn_local};
use uuid::Uuid;

use super::{BoardRequest, Filters, RowKey, past};
use crate::{
    board_cache,
    news::{self, Place},
};

/// The selector of the rows.
const ROWS: &str = ".results";
/// The selector of the choice, which is above the rows.
const CHOICE: &str = ".choice";

/// Why another board is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    /// The reader requests another time, or past launches too.
    Question,
    /// A run has published.
    News,
}

#[derive(Clone, Copy)]
struct Follower {
    filters: Filters,
    newer: RwSignal<Option<Freshness>>,
    failed: RwSignal<bool>,
    news: RwSignal<String>,
    /// Counts the requests: the response to an older one is dropped.
    question: StoredValue<u32>,
    /// The newest request, so that a failed one is not retried automatically.
    asked: StoredValue<Option<BoardRequest>>,
}

pub(in crate::pages::board) fn follow(
    filters: Filters,
    newer: RwSignal<Option<Freshness>>,
    failed: RwSignal<bool>,
    news: RwSignal<String>,
) {
    board_cache::keep_boards(move || filters.board.with_value(Arc::clone));
    let follower =
        Follower { filters, newer, failed, news, question: StoredValue::new(0), asked: StoredValue::new(None) };
    Effect::new(move || {
        let wanted = filters.query.with(BoardRequest::of);
        // "Try again" resets it to `Away`.
        let is_away = filters.past.get() == past::State::Away;
        if filters.error.get().is_some() || wanted.is_served_by(&filters.board.untracked()) {
            follower.asked.set_value(None);
        } else if follower.asked.get_value() != Some(wanted) || (wanted.past && is_away) {
            follower.read(wanted, Cause::Question);
        }
    });

    let wanted = move || filters.query.with_untracked(BoardRequest::of);
    let is_known = move |freshness: &Freshness| {
        let board = filters.board.untracked();
        // The badge shows the present even on a past board.
        board.freshness.run_id == freshness.run_id || board.past_state.is_some() || wanted().as_of.is_some()
    };
    news::follow(newer, Box::new(is_known), Box::new(move || follower.read(wanted(), Cause::News)));
}

impl Follower {
    /// Loads the requested board into the page.
    fn read(self, wanted: BoardRequest, cause: Cause) {
        self.question.update_value(|question| *question += 1);
        self.asked.set_value(Some(wanted));
        let question = self.question.get_value();
        if wanted.past && cause == Cause::Question {
            self.filters.past.set(past::State::Coming);
        }
        spawn_local(async move {
            let answer = wanted.read().await;
            // `None` if the reader has left the page in the meantime.
            if self.question.try_get_value() != Some(question) {
                return;
            }
            // If news cannot be read, the next news triggers another read.
            self.failed.set(answer.is_err() && wanted.as_of.is_some());
            match answer {
                Ok(board) => self.show(board, cause),
                Err(error) if wanted.past && cause == Cause::Question => {
                    self.filters.past.set(past::State::Failed(error))
                }
                Err(_) => {}
            }
        });
    }

    fn show(self, board: Arc<Board>, cause: Cause) {
        let before = self.filters.board.untracked();
        let changed = if cause == Cause::News { changed(&before, &board) } else { Vec::new() };
        let place = Place::of(ROWS);
        let choice = news::describe(CHOICE);
        if cause == Cause::News {
            self.news.set(news::in_words(before.upcoming(), board.upcoming(), |_| true, changed.len()));
        }
        self.newer.set(Some(board.freshness.clone()));
        self.filters.replace(board);
        // After the rows have been rendered.
        request_animation_frame(move || {
            news::mark_rows(ROWS, &changed);
            if cause == Cause::News {
                news::mark_if_other(CHOICE, choice);
            }
            place.restore();
        });
    }
}

/// Returns the launches of the new board that are new or changed.
fn changed(before: &Board, after: &Board) -> Vec<Uuid> {
    let known: HashSet<RowKey> = before.upcoming().iter().map(RowKey::of).collect();
    after.upcoming().iter().filter(|launch| !known.contains(&RowKey::of(launch))).map(|launch| launch.id).collect()
}
