//! Keeps the page at the newest published data, as the board does.

use domain::Freshness;
use leptos::{prelude::*, task::spawn_local};
use uuid::Uuid;

use super::{api, question::Question};
use crate::news::{self, Place};

const RIDES: &str = ".choose";
const ANSWER: &str = ".ch-head h1";

pub(super) fn follow(question: Question, newer: RwSignal<Option<Freshness>>, news: RwSignal<String>) {
    let is_known =
        move |freshness: &Freshness| question.board.with_untracked(|board| board.freshness.run_id) == freshness.run_id;
    let read = move || {
        spawn_local(async move {
            // If news cannot be read, the next news triggers another read.
            let Ok(board) = api::rides().await else { return };
            // `None` if the reader has left the page in the meantime; newer than the response if a later request was answered sooner.
            let Some(before) = question.board.try_get_untracked() else { return };
            if board.freshness.run_id < before.freshness.run_id {
                return;
            }
            let is_as_before = |id: Uuid| {
                let find = |launch: &&domain::Launch| launch.id == id;
                before.upcoming().iter().find(find) == board.upcoming().iter().find(find)
            };
            let changed: Vec<Uuid> =
                board.upcoming().iter().map(|launch| launch.id).filter(|id| !is_as_before(*id)).collect();
            let (place, answer) = (Place::of(RIDES), news::describe(ANSWER));
            news.set(news::in_words(before.upcoming(), board.upcoming(), api::is_weighed, changed.len()));
            newer.set(Some(board.freshness.clone()));
            question.board.set(board);
            // After the rides have been rendered.
            request_animation_frame(move || {
                news::mark_rows(RIDES, &changed);
                news::mark_if_other(ANSWER, answer);
                place.restore();
            });
        });
    };
    news::follow(newer, Box::new(is_known), Box::new(read));
}
