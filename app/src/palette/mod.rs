//! The command palette and the list of keys: dialogs over whatever page is open.
//!
//! The program that everybody loads has [`PanelHost`] alone. The dialogs are in a chunk of their own, which is fetched when one of them is
//! first opened (`frontend/src/chunks.rs`).

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

/// The dialog that is open: context of both.
#[derive(Clone, Copy)]
struct OpenPanel(RwSignal<Option<Panel>>);

/// The dialog, drawn. In the browser only the chunk that holds the dialogs may call this: the caller has their code.
pub fn draw(panel: Panel) -> AnyView {
    match panel {
        Panel::Commands => view! { <Commands/> }.erase(),
        Panel::Keys => view! { <Keys/> }.erase(),
    }
}

/// The place of the dialogs. `public/companion.js` hears the keys and the button that open them, and says so with an event.
#[component]
pub fn PanelHost() -> impl IntoView {
    let open = RwSignal::new(None);
    provide_context(OpenPanel(open));
    #[cfg(feature = "hydrate")]
    host::listen(open);
    // A place for each: in one place the element of the dialog that closes would become that of the one that opens, and hear of its closing.
    let place = |panel| move || (open.get() == Some(panel)).then(|| host::draw(panel)).flatten();
    (place(Panel::Commands), place(Panel::Keys))
}

#[cfg(not(feature = "hydrate"))]
mod host {
    use leptos::prelude::AnyView;

    use super::Panel;

    /// No dialog is open before the browser has taken the page over.
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

    /// Asks for a dialog; its detail is "commands" or "keys". Whoever sends it learns from `defaultPrevented` whether it was heard.
    const OPEN: &str = "mooncoon-open";
    /// Has a text shown for a moment and read aloud, by `public/companion.js`.
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
        // The other dialog gives the focus back before it leaves the page, so that it returns there from this one too.
        let other = document().query_selector("dialog.palette[open]").ok().flatten();
        if let Some(other) = other.and_then(|other| other.dyn_into::<HtmlDialogElement>().ok()) {
            other.close();
        }
        open.set(Some(panel));
    }

    /// Shows a text for a moment, for the eye and for the ear.
    pub(super) fn say(text: &str) {
        let init = CustomEventInit::new();
        init.set_detail(&JsValue::from_str(text));
        // Only fails for a name that is not one.
        if let Ok(event) = CustomEvent::new_with_event_init_dict(SAY, &init) {
            let _ = window().dispatch_event(&event);
        }
    }
}
