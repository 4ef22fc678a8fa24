//! Code that the browser loads only when it is needed.
//!
//! The program that everybody downloads holds the board with its cards. The other pages, and the other views of the board, are parts of
//! their own: `frontend` says where the program is cut, `xtask` cuts it. The server has everything and draws at once, and a page that it
//! drew is taken over only when its part is there, so that both halves draw the same.
//!
//! This module names the chunks and knows nothing of what is in them: pages name chunks that are drawn by [`crate::draw`], which knows
//! the pages.

use std::pin::Pin;

use domain::{
    View,
    route::{Page, page_at},
};
use leptos::prelude::AnyView;

/// Something that is not in the program itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LazyChunk {
    /// A page other than the board.
    Page(Page),
    /// Of the board; the cards are in the program itself.
    View(View),
}

impl LazyChunk {
    /// What the page at an address is made of, besides the program itself.
    ///
    /// An address that we do not know has nothing there either, and is told so by the program.
    pub fn at(path: &str, query: &str) -> Option<Self> {
        match page_at(path)?.page {
            Page::Board => {
                // A query that the board refuses is answered by the program.
                let view = domain::BoardQuery::parse(query).ok()?.view;
                (view != View::Cards).then_some(Self::View(view))
            }
            page => Some(Self::Page(page)),
        }
    }
}

/// A dialog over whatever page is open, drawn by [`crate::palette`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// The command palette.
    Commands,
    /// The list of keys.
    Keys,
}

/// Where the code of chunks comes from: the server has all of it, `frontend` loads it.
pub trait ChunkLoader: Sync {
    /// The chunk, drawn, unless its code is not here.
    fn draw(&self, chunk: LazyChunk) -> Option<AnyView>;
    /// Fetches the code of this chunk; whether it is here now. What failed is tried again by the next call.
    fn load(&self, chunk: LazyChunk) -> Pin<Box<dyn Future<Output = bool>>>;
    /// A dialog over the page, drawn, unless its code is not here.
    #[cfg(feature = "hydrate")]
    fn draw_panel(&self, panel: Panel) -> Option<AnyView>;
    /// Fetches the code of the dialogs, as [`ChunkLoader::load`] does.
    #[cfg(feature = "hydrate")]
    fn load_panels(&self) -> Pin<Box<dyn Future<Output = bool>>>;
}

/// Context of the whole app.
pub type Chunks = &'static dyn ChunkLoader;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_its_chunk() {
        assert_eq!(LazyChunk::at("/", ""), None);
        assert_eq!(LazyChunk::at("/", "?status=go"), None);
        assert_eq!(LazyChunk::at("/", "?view=map&status=go"), Some(LazyChunk::View(View::Map)));
        assert_eq!(LazyChunk::at("/", "?view=nothing"), None);
        assert_eq!(LazyChunk::at("/launches/1f4b", ""), Some(LazyChunk::Page(Page::Launch)));
        assert_eq!(LazyChunk::at("/choose", "?by=2026-04-01"), Some(LazyChunk::Page(Page::Choose)));
        assert_eq!(LazyChunk::at("/no/such/place", ""), None);
    }
}
