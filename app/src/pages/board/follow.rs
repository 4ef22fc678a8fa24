//! Keeps the page at the time it is asked for: the past while the address names one, else the newest that is published.

use std::{cell::RefCell, collections::HashSet, rc::Rc, sync::Arc, time::Duration};

use domain::{Board, Freshness};
use leptos::{prelude::*, task::spawn_local};
use uuid::Uuid;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, Event, FocusOptions, HtmlElement};

use super::{Filters, RowKey, cache, past, wanted::Wanted};

/// What `public/companion.js` tells the page when a run has ended: the freshness, as JSON.
const NEWS: &str = "mooncoon-news";
/// What the page tells it when it would like to hear the newest news again.
const LISTENING: &str = "mooncoon-listening";
/// How long a row that has changed stays marked; the style sheet lets the mark fade within it.
const MARKED: Duration = Duration::from_secs(6);

/// Why another board is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    /// The reader asks for another time, or for past launches too.
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
    /// Counts the questions: an answer to an older one is dropped.
    question: StoredValue<u32>,
    /// The newest one, so that one which failed is not asked again by itself.
    asked: StoredValue<Option<Wanted>>,
}

pub(super) fn follow(
    filters: Filters,
    newer: RwSignal<Option<Freshness>>,
    failed: RwSignal<bool>,
    news: RwSignal<String>,
) {
    cache::keep_boards(filters.board);
    let follower =
        Follower { filters, newer, failed, news, question: StoredValue::new(0), asked: StoredValue::new(None) };
    Effect::new(move || {
        let wanted = filters.query.with(Wanted::of);
        // Somebody who tries again sets it back.
        let is_away = filters.past.get() == past::State::Away;
        if filters.error.get().is_some() || wanted.is_served_by(&filters.board.untracked()) {
            follower.asked.set_value(None);
        } else if follower.asked.get_value() != Some(wanted) || (wanted.past && is_away) {
            follower.read(wanted, Cause::Question);
        }
    });

    // Hidden, a page asks for nothing; it catches up when somebody looks.
    let missed = Rc::new(RefCell::new(false));
    let seen = {
        let missed = Rc::clone(&missed);
        window_event_listener_untyped("visibilitychange", move |_| {
            if !document().hidden() && missed.take() {
                follower.read(filters.query.with_untracked(Wanted::of), Cause::News);
            }
        })
    };
    let told = window_event_listener_untyped(NEWS, move |event| {
        let detail = js_sys::Reflect::get(&event, &JsValue::from_str("detail")).ok().and_then(|text| text.as_string());
        let Some(freshness) = detail.and_then(|text| serde_json::from_str::<Freshness>(&text).ok()) else { return };
        let board = filters.board.untracked();
        let is_known = board.freshness.run_id == freshness.run_id;
        if is_known || board.then.is_some() || filters.query.with_untracked(|query| query.as_of.is_some()) {
            // The badge tells of the present also on a board of the past.
            newer.set(Some(freshness));
        } else if document().hidden() {
            missed.replace(true);
        } else {
            follower.read(filters.query.with_untracked(Wanted::of), Cause::News);
        }
    });
    on_cleanup(move || {
        seen.remove();
        told.remove();
    });
    // The board may be one that was kept while another page was open.
    if let Ok(event) = Event::new(LISTENING) {
        let _ = window().dispatch_event(&event);
    }
}

impl Follower {
    /// Reads the board that is asked for into the page.
    fn read(self, wanted: Wanted, cause: Cause) {
        self.question.update_value(|question| *question += 1);
        self.asked.set_value(Some(wanted));
        let question = self.question.get_value();
        if wanted.past && cause == Cause::Question {
            self.filters.past.set(past::State::Coming);
        }
        spawn_local(async move {
            let answer = wanted.read().await;
            // Gone when the reader has left the page meanwhile.
            if self.question.try_get_value() != Some(question) {
                return;
            }
            // News that could not be read come with the next ones.
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
        let focused = focused_link();
        if cause == Cause::News {
            self.news.set(in_words(&before, &board, changed.len()));
        }
        self.newer.set(Some(board.freshness.clone()));
        self.filters.replace(board);
        // When the rows are in place.
        request_animation_frame(move || {
            mark(&changed);
            focus_again(focused);
        });
    }
}

/// The launches of the new board that are not in the old one as they are.
fn changed(before: &Board, after: &Board) -> Vec<Uuid> {
    let known: HashSet<RowKey> = before.upcoming().iter().map(RowKey::of).collect();
    after.upcoming().iter().filter(|launch| !known.contains(&RowKey::of(launch))).map(|launch| launch.id).collect()
}

fn in_words(before: &Board, after: &Board, changed: usize) -> String {
    let ids = |board: &Board| -> HashSet<Uuid> { board.upcoming().iter().map(|launch| launch.id).collect() };
    let (ids_before, ids_after) = (ids(before), ids(after));
    let new = ids_after.difference(&ids_before).count();
    let left = ids_before.difference(&ids_after).count();
    let parts: Vec<_> = [(changed - new, "changed"), (new, "new"), (left, "no longer listed")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    if parts.is_empty() { String::new() } else { format!("Newer data: {}.", parts.join(", ")) }
}

/// Marks the rows of some launches for a moment, in whatever view they are shown.
fn mark(changed: &[Uuid]) {
    for id in changed {
        let selector = format!(".results a[href=\"/launches/{id}\"]");
        let Ok(Some(link)) = document().query_selector(&selector) else { continue };
        let Ok(Some(row)) = link.closest("li, tr") else { continue };
        // Only fails for a class with a space in it.
        let _ = row.class_list().add_1("news");
        set_timeout(
            move || {
                let _ = row.class_list().remove_1("news");
            },
            MARKED,
        );
    }
}

/// The address of the link that has the focus, which its row may take along when it is drawn anew.
fn focused_link() -> Option<String> {
    document().active_element()?.get_attribute("href")
}

fn focus_again(address: Option<String>) {
    let is_lost = document().active_element().is_none_or(|focused| focused.tag_name() == "BODY");
    let Some(address) = address.filter(|_| is_lost) else { return };
    let found = document().query_selector(&format!(".results a[href=\"{address}\"]")).ok().flatten();
    if let Some(link) = found.and_then(|link: Element| link.dyn_into::<HtmlElement>().ok()) {
        // Where the reader is looking, nothing moves.
        let stay = FocusOptions::new();
        stay.set_prevent_scroll(true);
        let _ = link.focus_with_options(&stay);
    }
}
