use std::sync::Arc;

use domain::Board;
use leptos::prelude::*;

/// The board as last read in this tab, so that going back from a launch needs no request.
#[derive(Clone, Copy)]
struct BoardCache(RwSignal<Option<Arc<Board>>>);

/// Provides the cache that keeps the board between pages.
pub fn provide_board_cache() {
    provide_context(BoardCache(RwSignal::new(None)));
}

/// Returns the cached board, if there is one. The server caches none: its app lives for one request.
pub(crate) fn kept_board() -> Option<Arc<Board>> {
    let BoardCache(cache) = expect_context();
    cache.get_untracked()
}

/// Caches every board of the present that the page shows, each for two minutes.
#[cfg(feature = "hydrate")]
pub(crate) fn keep_boards(current: impl Fn() -> Arc<Board> + 'static) {
    let BoardCache(cache) = expect_context();
    Effect::new(move || {
        let board = current();
        let is_kept = cache.with_untracked(|kept| kept.as_ref().is_some_and(|kept| Arc::ptr_eq(kept, &board)));
        if board.past_state.is_some() || is_kept {
            return;
        }
        cache.set(Some(Arc::clone(&board)));
        set_timeout(
            move || {
                if cache.with_untracked(|kept| kept.as_ref().is_some_and(|kept| Arc::ptr_eq(kept, &board))) {
                    cache.set(None);
                }
            },
            std::time::Duration::from_secs(120),
        );
    });
}
