//! Updates an open page when a run has published: it reads the news, marks what changed, and keeps the scroll position and the focus.

use std::{cell::Cell, collections::HashSet, rc::Rc, time::Duration};

use domain::{Freshness, Launch};
use leptos::prelude::*;
use uuid::Uuid;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, Event, FocusOptions, HtmlElement};

/// The event of `public/companion.js` when a run has ended. Its detail is the freshness as JSON.
const NEWS: &str = "mooncoon-news";
/// The event of the page that requests the latest news again.
const LISTENING: &str = "mooncoon-listening";
/// How long changes stay marked; the style sheet fades the mark within this time.
const MARKED: Duration = Duration::from_secs(6);

/// Reads again whenever an unknown state is published. Boxed closures instead of type parameters: two pages share this code.
pub(crate) fn follow(
    newer: RwSignal<Option<Freshness>>,
    is_known: Box<dyn Fn(&Freshness) -> bool>,
    read: Box<dyn Fn()>,
) {
    // A hidden page requests nothing; it catches up when it becomes visible.
    let missed = Rc::new(Cell::new(false));
    let read: Rc<dyn Fn()> = read.into();
    let seen = {
        let (missed, read) = (Rc::clone(&missed), Rc::clone(&read));
        window_event_listener_untyped("visibilitychange", move |_| {
            if !document().hidden() && missed.take() {
                read();
            }
        })
    };
    let told = window_event_listener_untyped(NEWS, move |event| {
        let detail = js_sys::Reflect::get(&event, &JsValue::from_str("detail")).ok().and_then(|text| text.as_string());
        let Some(freshness) = detail.and_then(|text| serde_json::from_str::<Freshness>(&text).ok()) else { return };
        if is_known(&freshness) {
            newer.set(Some(freshness));
        } else if document().hidden() {
            missed.set(true);
        } else {
            read();
        }
    });
    on_cleanup(move || {
        seen.remove();
        told.remove();
    });
    // The page may show data that was cached while another page was open.
    if let Ok(event) = Event::new(LISTENING) {
        let _ = window().dispatch_event(&event);
    }
}

/// "Newer data: 2 changed, 1 new." `changed` includes the new ones.
pub(crate) fn in_words(before: &[Launch], after: &[Launch], is_shown: fn(&Launch) -> bool, changed: usize) -> String {
    let ids = |launches: &[Launch]| -> HashSet<Uuid> {
        launches.iter().filter(|launch| is_shown(launch)).map(|launch| launch.id).collect()
    };
    let (before, after) = (ids(before), ids(after));
    let new = after.difference(&before).count();
    let left = before.difference(&after).count();
    let parts: Vec<_> = [(changed - new, "changed"), (new, "new"), (left, "no longer listed")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    if parts.is_empty() { String::new() } else { format!("Newer data: {}.", parts.join(", ")) }
}

/// Marks the rows of some launches for a moment, in any view that shows them.
pub(crate) fn mark_rows(scope: &str, changed: &[Uuid]) {
    for id in changed {
        if let Some(row) = link_of(scope, &format!("/launches/{id}")).and_then(|link| row_of(&link)) {
            mark(row);
        }
    }
}

/// Returns the text of a part of the page.
pub(crate) fn describe(selector: &str) -> Option<String> {
    first(&document().document_element()?, selector)?.text_content()
}

/// Marks a part of the page if its text has changed.
pub(crate) fn mark_if_other(selector: &str, before: Option<String>) {
    let part = document().document_element().and_then(|root| first(&root, selector));
    if let Some(part) = part.filter(|part| part.text_content() != before) {
        mark(part);
    }
}

fn mark(part: Element) {
    // Fails only for a class that contains a space.
    let _ = part.class_list().add_1("news");
    set_timeout(
        move || {
            let _ = part.class_list().remove_1("news");
        },
        MARKED,
    );
}

/// The reader's position in a list that is about to be rendered again: the focused element and the open rows.
pub(crate) struct Place {
    scope: &'static str,
    /// The address of a launch, and the tag name of the focused element there.
    focused: Option<(String, String)>,
    opened: Vec<String>,
}

impl Place {
    pub(crate) fn of(scope: &'static str) -> Self {
        let focused = document().active_element();
        let focused = focused.and_then(|focused| Some((address_at(&focused)?, focused.tag_name())));
        let opened = openable(scope).into_iter().filter(|details| details.has_attribute("open"));
        Self { scope, focused, opened: opened.filter_map(|details| address_at(&details)).collect() }
    }

    /// Restores the position: if the launch has moved in the list, its row is opened there and gets the focus.
    pub(crate) fn restore(self) {
        for details in openable(self.scope) {
            let is_open = address_at(&details).is_some_and(|address| self.opened.contains(&address));
            let _ = details.toggle_attribute_with_force("open", is_open);
        }
        let Some((address, kind)) = self.focused else { return };
        if document().active_element().and_then(|focused| address_at(&focused)).as_ref() == Some(&address) {
            return;
        }
        let Some(link) = link_of(self.scope, &address) else { return };
        let found = if kind == "A" { Some(link) } else { row_of(&link).and_then(|row| first(&row, &kind)) };
        if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            // The page must not scroll while the reader looks at it.
            let stay = FocusOptions::new();
            stay.set_prevent_scroll(true);
            let _ = found.focus_with_options(&stay);
        }
    }
}

/// Returns the elements that a reader may have opened within a row.
fn openable(scope: &str) -> Vec<Element> {
    let Ok(list) = document().query_selector_all(&format!("{scope} li details")) else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.item(at)?.dyn_into().ok()).collect()
}

/// Returns the address of a link, or of the link in the row of any other element.
fn address_at(part: &Element) -> Option<String> {
    part.get_attribute("href").or_else(|| first(&row_of(part)?, "a[href^='/launches/']")?.get_attribute("href"))
}

fn link_of(scope: &str, address: &str) -> Option<Element> {
    document().query_selector(&format!("{scope} a[href='{address}']")).ok().flatten()
}

fn row_of(part: &Element) -> Option<Element> {
    part.closest("li, tr").ok().flatten()
}

fn first(within: &Element, selector: &str) -> Option<Element> {
    within.query_selector(selector).ok().flatten()
}
