//! The command palette and the list of keys: dialogs over the open page.
//!
//! The main program contains only [`PanelHost`]. The dialogs are in a separate chunk, which is loaded when one of them is first
//! opened (`frontend/src/chunks.rs`).

#[cfg(feature = "hydrate")]
mod browser;
mod commands;
mod dialog;
mod entries;
mod entry;
#[cfg(any(feature = "hydrate", test))]
mod found;
mod keys;
mod rank;
mod state;

use leptos::prelude::*;

use self::{commands::Commands, keys::Keys};
pub use crate::chunks::Panel;
use crate::erase::Erase as _;

/// The open dialog: the context of both dialogs.
#[derive(Clone, Copy)]
struct OpenPanel(RwSignal<Option<Panel>>);

/// Draws the dialog. In the browser only the chunk that holds the dialogs may call this: every caller links their code.
pub fn draw(panel: Panel) -> AnyView {
    match panel {
        Panel::Commands => view! { <Commands/> }.erase(),
        Panel::Keys => view! { <Keys/> }.erase(),
    }
}

/// The place of the dialogs. `public/companion.js` handles the keys and the button that open them, and sends an event.
#[component]
pub fn PanelHost() -> impl IntoView {
    let open = RwSignal::new(None);
    provide_context(OpenPanel(open));
    #[cfg(feature = "hydrate")]
    host::listen(open);
    // One place per dialog: in a shared place the element of the closing dialog would be reused by the opening one and get its close event.
    let place = |panel| move || (open.get() == Some(panel)).then(|| host::draw(panel)).flatten();
    (place(Panel::Commands), place(Panel::Keys))
}

#[cfg(not(feature = "hydrate"))]
mod host {
    use leptos::prelude::AnyView;

    use super::Panel;

    /// No dialog is open before hydration.
    pub(super) fn draw(_: Panel) -> Option<AnyView> {
        None
    }
}

#[cfg(feature = "hydrate")]
mod host {
    use leptos::{prelude::*, task::spawn_local};
    use wasm_bindgen::{JsCast as _, JsValue};
    use web_sys::{CustomEvent, CustomEventInit, HtmlDialogElement};

    use super::Panel;
    use crate::{
        chunks::Chunks,
        version::{self, Missing},
    };

    /// The event that requests a dialog; its detail is "commands" or "keys". Its sender sees in `defaultPrevented` whether it was handled.
    const OPEN: &str = "mooncoon-open";
    /// The event that makes `public/companion.js` show a text for a moment and announce it.
    const SAY: &str = "mooncoon-say";

    pub(super) fn draw(panel: Panel) -> Option<AnyView> {
        expect_context::<Chunks>().draw_panel(panel)
    }

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
                        Missing::Unreachable => "Is there a connection?",
                        Missing::Unusable => "The server answers: load the page again.",
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

    /// Shows a text for a moment and announces it to screen readers.
    pub(super) fn say(text: &str) {
        let init = CustomEventInit::new();
        init.set_detail(&JsValue::from_str(text));
        // Fails only for an invalid event name.
        if let Ok(event) = CustomEvent::new_with_event_init_dict(SAY, &init) {
            let _ = window().dispatch_event(&event);
        }
    }
}
