//! Where the program is cut: what stands in a function below, and what only that needs, is not in the module that everybody loads.
//!
//! Two parts, not one per page: what pages share with each other would otherwise be files of its own, and a request each.

use std::pin::Pin;

use app::parts::{Loads, Page, Piece, draw_view};
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

impl Loads for Files {
    fn draw(&self, piece: Piece) -> Option<AnyView> {
        // A part that is here answers at once. For one that is not, this begins to load it.
        match piece {
            Piece::Page(asked) => page(asked).now_or_never(),
            Piece::View(asked) => view(asked).now_or_never(),
        }?
        .ok()
    }

    fn load(&self, piece: Piece) -> Pin<Box<dyn Future<Output = bool>>> {
        Box::pin(async move {
            match piece {
                Piece::Page(_) => load_pages().await,
                Piece::View(_) => load_views().await,
            }
            .is_ok()
        })
    }
}
