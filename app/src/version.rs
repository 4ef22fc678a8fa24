//! What becomes of the page when a part of the program does not come, or an answer is not understood: `public/version.js` knows whether the
//! server has another version by now, and loads the page whole then.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Event;

/// Tells that something hints at another version, for what nobody waits for.
pub(crate) fn doubt() {
    // Only fails for a name that is not one.
    if let Ok(event) = Event::new("mooncoon-doubt") {
        let _ = window().dispatch_event(&event);
    }
}

/// Why something could not be loaded.
pub(crate) enum Missing {
    /// Nobody answers.
    Unreachable,
    /// There was an answer that this program cannot use.
    Unusable,
}

/// Asks why something could not be loaded. None: the page is being loaded whole, and there is nothing to say any more.
pub(crate) async fn missing() -> Option<Missing> {
    match ask().await.and_then(|found| found.as_string()).as_deref() {
        Some("loading") => None,
        Some("unreachable") => Some(Missing::Unreachable),
        _ => Some(Missing::Unusable),
    }
}

async fn ask() -> Option<JsValue> {
    let ask: Function = Reflect::get(&window(), &"mooncoonMissing".into()).ok()?.dyn_into().ok()?;
    let asked: Promise = ask.call0(&JsValue::UNDEFINED).ok()?.dyn_into().ok()?;
    JsFuture::from(asked).await.ok()
}
