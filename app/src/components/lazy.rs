use leptos::prelude::*;

use super::{ErrorPanel, Frame, Skeleton};
use crate::{
    AppError,
    chunks::{Chunks, LazyChunk},
    erase::Erase as _,
};

/// Renders a chunk: at once if its code is loaded, otherwise when it has been loaded.
pub(crate) fn lazy(chunk: LazyChunk) -> AnyView {
    let chunks = expect_context::<Chunks>();
    chunks.draw(chunk).unwrap_or_else(|| when_loaded(chunk, chunks))
}

fn when_loaded(chunk: LazyChunk, chunks: Chunks) -> AnyView {
    let loaded = RwSignal::new(None);
    leptos::task::spawn_local(async move {
        let outcome = if chunks.load(chunk).await {
            Ok(())
        } else {
            match reason().await {
                Some(error) => Err(error),
                // If the page is being reloaded, the skeleton stays until then.
                None => return,
            }
        };
        // The signal is disposed of if the visitor has left the page.
        loaded.try_set(Some(outcome));
    });
    let failed = |error| view! { <ErrorPanel error/> }.erase();
    (move || {
        let instead = match loaded.get() {
            Some(Ok(())) => match chunks.draw(chunk) {
                Some(view) => return view,
                None => failed(AppError::Misread),
            },
            Some(Err(error)) => failed(error),
            None => view! { <Skeleton/> }.erase(),
        };
        match chunk {
            LazyChunk::Page(_) => view! { <Frame known=None>{instead}</Frame> }.erase(),
            LazyChunk::View(_) => instead,
        }
    })
    .erase()
}

/// Returns why code could not be loaded; none if the page is being reloaded.
#[cfg(feature = "hydrate")]
async fn reason() -> Option<AppError> {
    crate::version::missing().await.map(AppError::from)
}

/// The server has all code and loads nothing.
#[cfg(not(feature = "hydrate"))]
fn reason() -> std::future::Ready<Option<AppError>> {
    std::future::ready(Some(AppError::Internal))
}
