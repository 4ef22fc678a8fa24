//! Code that the browser loads only when it is needed.
//!
//! The program that every visitor downloads contains the board with its cards. The other pages, and the other views of the board, are
//! separate parts: `frontend` defines the split points, `xtask` splits there. The server has all parts and renders at once. A page
//! that it rendered is hydrated only after its part is loaded, so that both halves render the same.
//!
//! This module names the chunks and does not depend on their content: pages name chunks that are drawn by [`crate::draw`], which
//! knows the pages.

use std::pin::Pin;

use domain::{
    View,
    route::{Page, page_at},
};
use leptos::prelude::AnyView;

/// Code that is not in the main program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LazyChunk {
    /// A page other than the board.
    Page(Page),
    /// A view of the board other than the cards, which are in the main program.
    View(View),
}

impl LazyChunk {
    /// Returns the chunk that the page at an address needs besides the main program.
    ///
    /// An unknown address needs none: the main program shows the error.
    pub fn at(path: &str, query: &str) -> Option<Self> {
        match page_at(path)?.page {
            Page::Board => {
                // The main program handles a query that the board rejects.
                let view = domain::BoardQuery::parse(query).ok()?.view;
                (view != View::Cards).then_some(Self::View(view))
            }
            page => Some(Self::Page(page)),
        }
    }
}

/// A dialog over the open page, drawn by [`crate::palette`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// The command palette.
    Commands,
    /// The list of keys.
    Keys,
}

/// The source of the code of chunks: the server has all of it, `frontend` loads it.
pub trait ChunkLoader: Sync {
    /// Draws the chunk, or returns none if its code is not loaded.
    fn draw(&self, chunk: LazyChunk) -> Option<AnyView>;
    /// Loads the code of this chunk; returns whether it is loaded now. After a failure the next call tries again.
    fn load(&self, chunk: LazyChunk) -> Pin<Box<dyn Future<Output = bool>>>;
    /// Draws a dialog over the page, or returns none if its code is not loaded.
    #[cfg(feature = "hydrate")]
    fn draw_panel(&self, panel: Panel) -> Option<AnyView>;
    /// Loads the code of the dialogs, as [`ChunkLoader::load`] does.
    #[cfg(feature = "hydrate")]
    fn load_panels(&self) -> Pin<Box<dyn Future<Output = bool>>>;
}

/// The context type of the whole app.
pub type Chunks = &'static dyn ChunkLoader;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_needs_its_chunk() {
        assert_eq!(LazyChunk::at("/", ""), None);
        assert_eq!(LazyChunk::at("/", "?status=go"), None);
        assert_eq!(LazyChunk::at("/", "?view=map&status=go"), Some(LazyChunk::View(View::Map)));
        assert_eq!(LazyChunk::at("/", "?view=nothing"), None);
        assert_eq!(LazyChunk::at("/launches/1f4b", ""), Some(LazyChunk::Page(Page::Launch)));
        assert_eq!(LazyChunk::at("/choose", "?by=2026-04-01"), Some(LazyChunk::Page(Page::Choose)));
        assert_eq!(LazyChunk::at("/no/such/place", ""), None);
    }
}
