//! WebAssembly entry: takes over the page that the server drew, and nothing else.

mod chunks;

use app::chunks::{ChunkLoader as _, Chunks, LazyChunk};
use leptos::{
    mount::{hydrate_from, mount_to},
    prelude::{AnyView, IntoAny as _, document, provide_context},
};
use wasm_bindgen::{JsCast as _, JsValue, prelude::wasm_bindgen};
use web_sys::HtmlElement;

/// The element that holds the application and nothing else: what extensions put into the body does not get in its way.
const CONTAINER: &str = "app";

/// Called by `public/boot.js` once the module is loaded. Whether everything is here that the page at this address is made of: markup whose
/// code is not here would be drawn a second time beside what stands.
#[wasm_bindgen]
pub async fn prepare(path: String, query: String) -> bool {
    console_error_panic_hook::set_once();
    app::forget_tracking();
    match LazyChunk::at(&path, &query) {
        Some(chunk) => chunks::Files.load(chunk).await,
        None => true,
    }
}

/// Takes over the markup in the container, which must be as the server sent it: where it is not, this panics, and the module must not be
/// used any more. Not asynchronous, so that the script hears of that.
///
/// # Errors
/// Without a container.
#[wasm_bindgen]
pub fn hydrate() -> Result<(), JsValue> {
    hydrate_from(container()?, app).forget();
    Ok(())
}

/// Draws the page anew, in the place of what the container holds.
///
/// # Errors
/// Without a container.
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
