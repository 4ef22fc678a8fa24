//! The split points of the program: the functions below, and the code that only they need, are not in the module that every visitor
//! loads.
//!
//! One part for all pages, not one per page: otherwise code shared between pages would be in separate files, with one request each. The
//! dialogs are a part because they open on every page.

use std::pin::Pin;

use app::{
    chunks::{ChunkLoader, LazyChunk, Panel},
    draw_page, draw_view, palette,
};
use domain::{View, route::Page};
use futures::FutureExt as _;
use leptos::prelude::AnyView;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

#[wasm_split(pages, preload(load_pages), fallible)]
fn page(page: Page) -> Result<AnyView, SplitLoaderError> {
    Ok(draw_page(page))
}

#[wasm_split(views, preload(load_views), fallible)]
fn view(view: View) -> Result<AnyView, SplitLoaderError> {
    Ok(draw_view(view))
}

#[wasm_split(palette, preload(load_palette), fallible)]
fn panel(panel: Panel) -> Result<AnyView, SplitLoaderError> {
    Ok(palette::draw(panel))
}

/// Loads the files of the parts.
pub(crate) struct Files;

impl ChunkLoader for Files {
    fn draw(&self, chunk: LazyChunk) -> Option<AnyView> {
        // A part that is loaded returns at once. For one that is not, this starts to load it.
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

    fn draw_panel(&self, asked: Panel) -> Option<AnyView> {
        panel(asked).now_or_never()?.ok()
    }

    fn load_panels(&self) -> Pin<Box<dyn Future<Output = bool>>> {
        Box::pin(async { load_palette().await.is_ok() })
    }
}
