//! The spark: takes over the page that the server drew, and nothing else.

mod parts;

use app::parts::{Loads as _, Parts, Piece};
use leptos::prelude::provide_context;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by `public/boot.js` once the module is loaded. Whether the page was taken over: not when the part that draws it does not come.
#[wasm_bindgen]
pub async fn hydrate(path: String, query: String) -> bool {
    console_error_panic_hook::set_once();
    app::forget_tracking();
    // Taken over in one go: markup whose code is not here would be drawn a second time beside what stands.
    if let Some(piece) = Piece::at(&path, &query)
        && !parts::Files.load(piece).await
    {
        return false;
    }
    leptos::mount::hydrate_body(|| {
        provide_context::<Parts>(&parts::Files);
        app::App()
    });
    true
}
