//! Opens the dialogs.

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::HtmlDialogElement;

use super::{Panel, say::say};
use crate::{
    chunks::Chunks,
    version::{self, Missing},
};

/// The event that requests a dialog; its detail is "commands" or "keys". Its sender sees in `defaultPrevented` whether it was handled.
const OPEN: &str = "mooncoon-open";

/// Opens the dialog that an event requests, for as long as the calling component is in the page.
pub(super) fn listen(open: RwSignal<Option<Panel>>) {
    let chunks = expect_context::<Chunks>();
    let asked = window_event_listener_untyped(OPEN, move |event| {
        event.prevent_default();
        let detail = js_sys::Reflect::get(&event, &JsValue::from_str("detail")).ok();
        let is_keys = detail.and_then(|detail| detail.as_string()).as_deref() == Some("keys");
        let panel = if is_keys { Panel::Keys } else { Panel::Commands };
        spawn_local(async move {
            if chunks.load_panels().await {
                show(open, panel);
            } else if let Some(missing) = version::missing().await {
                let why = match missing {
                    Missing::Unreachable => "Check the connection.",
                    Missing::Unusable => "The server responds: reload the page.",
                };
                say(&format!("The commands could not be loaded. {why}"));
            }
        });
    });
    on_cleanup(move || asked.remove());
}

fn show(open: RwSignal<Option<Panel>>, panel: Panel) {
    if open.get_untracked() == Some(panel) {
        return;
    }
    // The other dialog restores the focus before it is removed, so that this one later returns it to the same element.
    let other = document().query_selector("dialog.palette[open]").ok().flatten();
    if let Some(other) = other.and_then(|other| other.dyn_into::<HtmlDialogElement>().ok()) {
        other.close();
    }
    open.set(Some(panel));
}
