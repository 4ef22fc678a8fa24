//! Handles a part of the program that does not load, or a response that cannot be decoded: `public/version.js` detects whether the
//! server has another version by now, and reloads the page then.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Event;

/// Reports a hint that the server has another version, where no caller waits for the result.
pub(crate) fn doubt() {
    // Fails only for an invalid event name.
    if let Ok(event) = Event::new("mooncoon-doubt") {
        let _ = window().dispatch_event(&event);
    }
}

/// Why something could not be loaded.
pub(crate) enum Missing {
    /// There was no response.
    Unreachable,
    /// There was a response that this program cannot use.
    Unusable,
}

/// Returns why something could not be loaded. None: the page is being reloaded, and no message is needed.
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
