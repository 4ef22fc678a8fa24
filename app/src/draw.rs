//! Draws chunks: the only module that knows every page and every view of the board.
//!
//! In the browser, only the part that holds them may call this: every caller links the code of all of them.

use domain::{View, route::Page};
use leptos::prelude::*;

use crate::{
    erase::Erase as _,
    pages::{
        AnalysisPage, BoardPage, ChoosePage, ComparePage, DictionaryPage, LaunchPage, PadPage, PipelinePage,
        ProviderPage, RocketPage, ScorecardPage, board,
    },
};

/// Draws a page. The board's code is in the main program.
pub fn draw_page(page: Page) -> AnyView {
    match page {
        Page::Board => view! { <BoardPage/> }.erase(),
        Page::Launch => view! { <LaunchPage/> }.erase(),
        Page::Provider => view! { <ProviderPage/> }.erase(),
        Page::Rocket => view! { <RocketPage/> }.erase(),
        Page::Pad => view! { <PadPage/> }.erase(),
        Page::Choose => view! { <ChoosePage/> }.erase(),
        Page::Compare => view! { <ComparePage/> }.erase(),
        Page::Analysis => view! { <AnalysisPage/> }.erase(),
        Page::Pipeline => view! { <PipelinePage/> }.erase(),
        Page::Scorecard => view! { <ScorecardPage/> }.erase(),
        Page::Dictionary => view! { <DictionaryPage/> }.erase(),
    }
}

/// Draws a view of the board. The code of the cards is in the main program.
pub fn draw_view(view: View) -> AnyView {
    board::draw(view)
}

/// The loader of a program that contains all code: the server's.
#[cfg(not(feature = "hydrate"))]
pub(crate) struct WholeProgram;

#[cfg(not(feature = "hydrate"))]
impl crate::chunks::ChunkLoader for WholeProgram {
    fn draw(&self, chunk: crate::chunks::LazyChunk) -> Option<AnyView> {
        use crate::chunks::LazyChunk;
        Some(match chunk {
            LazyChunk::Page(page) => draw_page(page),
            LazyChunk::View(view) => draw_view(view),
        })
    }

    fn load(&self, _: crate::chunks::LazyChunk) -> std::pin::Pin<Box<dyn Future<Output = bool>>> {
        Box::pin(std::future::ready(true))
    }
}
