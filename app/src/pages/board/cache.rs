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
    Effect::new(move || {
        cache.set(Some(Arc::clone(&board)));
        let forget = Arc::clone(&board);
        set_timeout(
            move || {
                if cache.with_untracked(|kept| kept.as_ref().is_some_and(|kept| Arc::ptr_eq(kept, &forget))) {
                    cache.set(None);
                }
            },
            std::time::Duration::from_secs(120),
        );
    });
}
