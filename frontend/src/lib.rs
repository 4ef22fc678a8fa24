//! WebAssembly entry: hydrates the page that the server rendered, and nothing else.

mod chunks;

use app::chunks::{ChunkLoader as _, Chunks, LazyChunk};
use leptos::{
    mount::{hydrate_from, mount_to},
    prelude::{AnyView, IntoAny as _, document, provide_context},
};
use wasm_bindgen::{JsCast as _, JsValue, prelude::wasm_bindgen};
use web_sys::HtmlElement;

/// The element that contains only the application: what extensions add to the body does not interfere.
const CONTAINER: &str = "app";

/// Called by `public/boot.js` once the module is loaded. Returns whether all code for the page at this address is loaded: markup whose
/// code is missing would be rendered a second time next to the existing markup.
#[wasm_bindgen]
pub async fn prepare(path: String, query: String) -> bool {
    console_error_panic_hook::set_once();
    app::forget_tracking();
    match LazyChunk::at(&path, &query) {
        Some(chunk) => chunks::Files.load(chunk).await,
        None => true,
    }
}

/// Hydrates the markup in the container, which must be as the server sent it. Otherwise this panics, and the module must not be used
/// any more. Not asynchronous, so that the script sees the error.
///
/// # Errors
/// If there is no container.
#[wasm_bindgen]
pub fn hydrate() -> Result<(), JsValue> {
    hydrate_from(container()?, app).forget();
    Ok(())
}

/// Renders the page again, replacing the content of the container.
///
/// # Errors
/// If there is no container.
#[wasm_bindgen]
pub fn draw() -> Result<(), JsValue> {
    let container = container()?;
    container.set_text_content(None);
    mount_to(container, app).forget();
    Ok(())
}

fn app() -> AnyView {
    provide_context::<Chunks>(&chunks::Files);
    app::App().into_any()
}

fn container() -> Result<HtmlElement, JsValue> {
    let found = document().get_element_by_id(CONTAINER).and_then(|found| found.dyn_into().ok());
    found.ok_or_else(|| JsValue::from_str("the page has no container for the application"))
}
