//! The parts of the palette that only a browser can do.

use std::time::Duration;

use chrono::{DateTime, Utc};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, HtmlElement, Response, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::{
    Panel,
    context::Context,
    entry::Action,
    found::{Found, address},
    say::say,
};
use crate::saved_views::NAME_FIELD;

/// `public/companion.js` reads the same key.
const SINGLE_KEYS: &str = "mooncoon.keys";

pub(super) fn perform(action: Action, context: Context) {
    match action {
        Action::Go { address, keeps_place } => go(&address, keeps_place),
        Action::Export { address, is_file } => {
            follow(&address, if is_file { &[("rel", "external"), ("download", "")] } else { &[("rel", "external")] });
        }
        Action::Filter(change) => {
            // The current query: it may have changed since the palette was opened.
            let Some(filters) = context.board.filters() else { return };
            let mut query = filters.query.get_untracked();
            change.apply(&mut query);
            go(&query.address(), true);
        }
        Action::ShowTimesIn(zone) => context.zone.set(zone),
        Action::SwitchTheme => {
            if let Some(button) = find_element("[data-theme-switch]") {
                button.click();
            }
        }
        Action::CopyLink => spawn_local(copy_link()),
        Action::SaveView => save_view(),
        Action::Print => print(),
        Action::ShowKeys => context.open.set(Some(Panel::Keys)),
    }
}

/// Goes to an address like a link of the page: without a reload if the app knows the page.
fn go(address: &str, keeps_place: bool) {
    follow(address, if keeps_place { &[("data-noscroll", "")] } else { &[] });
}

/// Clicks a link. The router's own navigation is not used: `public/version.js` also handles links, and loads the whole page when the
/// server has another version of the program.
fn follow(address: &str, attributes: &[(&str, &str)]) {
    let document = document();
    let (Ok(link), Some(body)) = (document.create_element("a"), document.body()) else { return };
    for (name, value) in [("href", address), ("hidden", "")].iter().chain(attributes) {
        // Fails only for an invalid attribute name.
        let _ = link.set_attribute(name, value);
    }
    let link: HtmlElement = link.unchecked_into();
    if body.append_child(&link).is_ok() {
        link.click();
        link.remove();
    }
}

fn find_element(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}

async fn copy_link() {
    let address = window().location().href().unwrap_or_default();
    if copy(&address).await.is_some() {
        say("Link copied.");
    } else {
        say(&format!("The browser does not allow copying. The address: {address}"));
    }
}

/// Returns none if the browser refuses. Looked up by name: without HTTPS there is no clipboard, and the typed binding would throw.
async fn copy(text: &str) -> Option<()> {
    let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into()).ok()?;
    let write: js_sys::Function = js_sys::Reflect::get(&clipboard, &"writeText".into()).ok()?.dyn_into().ok()?;
    let written: js_sys::Promise = write.call1(&clipboard, &JsValue::from_str(text)).ok()?.dyn_into().ok()?;
    JsFuture::from(written).await.ok().map(|_| ())
}

fn save_view() {
    let Some(field) = find_element(&format!("#{NAME_FIELD}")) else { return };
    if let Some(menu) = field.closest("details").ok().flatten() {
        let _ = menu.set_attribute("open", "");
    }
    let _ = field.focus();
}

/// Announces printing first, and prints in a separate task: the page prepares for paper in between.
fn print() {
    if let Ok(event) = Event::new("beforeprint") {
        let _ = window().dispatch_event(&event);
    }
    set_timeout(
        || {
            let _ = window().print();
        },
        Duration::ZERO,
    );
}

/// Requests from the server the launches that match the words; none without a network.
pub(super) async fn find(words: &str, as_of: Option<DateTime<Utc>>) -> Option<Found> {
    let answer = JsFuture::from(window().fetch_with_str(&address(words, as_of))).await.ok()?;
    let answer: Response = answer.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    let text = JsFuture::from(answer.text().ok()?).await.ok()?.as_string()?;
    serde_json::from_str(&text).ok()
}

pub(super) fn scroll_to(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

pub(super) fn is_apple() -> bool {
    let platform = window().navigator().platform().unwrap_or_default();
    ["Mac", "iPhone", "iPad"].iter().any(|name| platform.contains(name))
}

pub(super) fn are_single_keys_on() -> bool {
    document().document_element().is_none_or(|root| root.get_attribute("data-keys").as_deref() != Some("off"))
}

pub(super) fn keep_single_keys(is_on: bool) {
    let word = if is_on { "on" } else { "off" };
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-keys", word);
    }
    // Without storage the setting is lost when the page is left.
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(SINGLE_KEYS, word);
    }
}
