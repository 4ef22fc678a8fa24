use leptos::prelude::window;
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit};

/// The event that makes `public/companion.js` show a text for a moment and announce it.
const SAY: &str = "mooncoon-say";

/// Shows a text for a moment and announces it to screen readers.
pub(super) fn say(text: &str) {
    let init = CustomEventInit::new();
    init.set_detail(&JsValue::from_str(text));
    // Fails only for an invalid event name.
    if let Ok(event) = CustomEvent::new_with_event_init_dict(SAY, &init) {
        let _ = window().dispatch_event(&event);
    }
}
