//! Keeps the page up to date with the job: polls every 2 seconds while a run is in progress, every 16 seconds otherwise, and not at all
//! while the page is hidden.

use std::{cell::RefCell, rc::Rc, time::Duration};

use domain::Freshness;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

use super::{api, place::panel_id};
use crate::drawn::Drawn;

const TICK: Duration = Duration::from_secs(2);
/// Ticks from one poll to the next while no run is in progress.
const CALM: u32 = 8;

struct Known {
    stamps: String,
    is_running: bool,
    ticks: u32,
    is_asking: bool,
}

pub(super) fn follow_updates(drawn: &Drawn, run: Option<String>, newer: RwSignal<Option<Freshness>>) {
    let known = Rc::new(RefCell::new(Known {
        stamps: drawn.stamps(),
        is_running: drawn.is_running,
        ticks: 0,
        is_asking: false,
    }));
    let tick = move || {
        let stamps = {
            let mut known = known.borrow_mut();
            known.ticks += 1;
            if known.is_asking || document().hidden() || (!known.is_running && known.ticks < CALM) {
                return;
            }
            known.is_asking = true;
            known.ticks = 0;
            known.stamps.clone()
        };
        let (known, run) = (Rc::clone(&known), run.clone());
        spawn_local(async move {
            let answer = api::pipeline(run, stamps).await;
            let mut known = known.borrow_mut();
            known.is_asking = false;
            // A failed poll is retried; the page keeps its content.
            let Ok(drawn) = answer else { return };
            known.stamps = drawn.stamps();
            known.is_running = drawn.is_running;
            for (number, panel) in drawn.panels.into_iter().enumerate() {
                if let (Some(html), Some(element)) = (panel.html, document().get_element_by_id(&panel_id(number))) {
                    replace(&element, &html);
                }
            }
            // Fails if the reader has left the page in the meantime.
            let _ = newer.try_set(Some(drawn.freshness));
        });
    };
    Effect::new(move || {
        if let Ok(handle) = set_interval_with_handle(tick.clone(), TICK) {
            on_cleanup(move || handle.clear());
        }
    });
}

/// Replaces the markup, and restores what the reader had opened, scrolled and focused.
fn replace(element: &Element, html: &str) {
    let open = matching(element, "details[open]");
    let scrolled: Vec<(i32, i32)> =
        elements(element, ".scrolls").iter().map(|part| (part.scroll_left(), part.scroll_top())).collect();
    let focused =
        document().active_element().filter(|focused| element.contains(Some(focused))).map(|focused| focused.id());
    element.set_inner_html(html);
    for id in open {
        if let Some(details) = document().get_element_by_id(&id) {
            let _ = details.set_attribute("open", "");
        }
    }
    for (part, (left, top)) in elements(element, ".scrolls").iter().zip(scrolled) {
        part.set_scroll_left(left);
        part.set_scroll_top(top);
    }
    let focused = focused.and_then(|id| document().get_element_by_id(&id));
    if let Some(focused) = focused.and_then(|focused| focused.dyn_into::<HtmlElement>().ok()) {
        let _ = focused.focus();
    }
}

fn matching(element: &Element, selector: &str) -> Vec<String> {
    elements(element, selector).iter().map(Element::id).filter(|id| !id.is_empty()).collect()
}

fn elements(element: &Element, selector: &str) -> Vec<Element> {
    let Ok(list) = element.query_selector_all(selector) else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.item(at)?.dyn_into().ok()).collect()
}
