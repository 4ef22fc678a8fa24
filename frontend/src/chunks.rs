//! Where the program is cut: what stands in a function below, and what only that needs, is not in the module that everybody loads.
//!
//! Two parts, not one per page: what pages share with each other would otherwise be files of its own, and a request each.

use std::pin::Pin;

use app::chunks::{ChunkLoader, LazyChunk, Page, draw_view};
use domain::View;
use futures::FutureExt as _;
use leptos::prelude::AnyView;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

#[wasm_split(pages, preload(load_pages), fallible)]
fn page(page: Page) -> Result<AnyView, SplitLoaderError> {
    Ok(page.draw())
}

#[wasm_split(views, preload(load_views), fallible)]
fn view(view: View) -> Result<AnyView, SplitLoaderError> {
    Ok(draw_view(view))
}

/// The files beside the program.
pub(crate) struct Files;

impl ChunkLoader for Files {
    fn draw(&self, chunk: LazyChunk) -> Option<AnyView> {
        // A part that is here answers at once. For one that is not, this begins to load it.
        match chunk {
            LazyChunk::Page(asked) => page(asked).now_or_never(),
            LazyChunk::View(asked) => view(asked).now_or_never(),
        }?
        .ok()
    }

    fn load(&self, chunk: LazyChunk) -> Pin<Box<dyn Future<Output = bool>>> {
        Box::pin(async move {
            match chunk {
                LazyChunk::Page(_) => load_pages().await,
                LazyChunk::View(_) => load_views().await,
            }
            .is_ok()
        })
    }
}
