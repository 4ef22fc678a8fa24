use std::sync::Arc;

use domain::Board;
use leptos::prelude::*;

/// The board as last read in this tab, so that the way back from a launch costs no trip.
#[derive(Clone, Copy)]
struct BoardCache(RwSignal<Option<Arc<Board>>>);

/// Remembers the board between pages.
pub fn provide_board_cache() {
    provide_context(BoardCache(RwSignal::new(None)));
}

/// The board of a moment ago, if there was one. The server keeps none: its app lives for one request.
pub(super) fn kept_board() -> Option<Arc<Board>> {
    let BoardCache(cache) = expect_context();
    cache.get_untracked()
}

/// Keeps a board that has just arrived, for two minutes.
pub(super) fn keep_board(board: &Arc<Board>) {
    let BoardCache(cache) = expect_context();
    if cache.with_untracked(|kept| kept.as_ref().is_some_and(|kept| Arc::ptr_eq(kept, board))) {
        return;
    }
    let board = Arc::clone(board);
    Effect::new(move || keep(cache, Arc::clone(&board)));
}

/// Where boards are kept, for those who wait for one: after the wait there is no context to find it in.
#[derive(Clone, Copy)]
pub(super) struct Kept(RwSignal<Option<Arc<Board>>>);

impl Kept {
    pub(super) fn here() -> Self {
        let BoardCache(cache) = expect_context();
        Self(cache)
    }

    /// Keeps a board, for two minutes. Only in the browser.
    pub(super) fn put(self, board: &Arc<Board>) {
        keep(self.0, Arc::clone(board));
    }
}

fn keep(cache: RwSignal<Option<Arc<Board>>>, board: Arc<Board>) {
    cache.set(Some(Arc::clone(&board)));
    set_timeout(
        move || {
            if cache.with_untracked(|kept| kept.as_ref().is_some_and(|kept| Arc::ptr_eq(kept, &board))) {
                cache.set(None);
            }
        },
        std::time::Duration::from_secs(120),
    );
}
