//! Keeps the page up with the job: asks every two seconds while a run is at work, every fifteen otherwise, and not at all while
//! nobody looks.

use std::{cell::RefCell, rc::Rc, time::Duration};

use domain::Freshness;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

use super::{api, panel_id};
use crate::drawn::Drawn;

const TICK: Duration = Duration::from_secs(2);
/// Ticks from question to question while no run is at work.
const CALM: u32 = 8;

struct Known {
    stamps: String,
    is_running: bool,
    ticks: u32,
    is_asking: bool,
}

pub(super) fn keep_up(drawn: &Drawn, run: Option<String>, newer: RwSignal<Option<Freshness>>) {
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
            // A question that fails is asked again; the page keeps what it has.
            let Ok(drawn) = answer else { return };
            known.stamps = drawn.stamps();
            known.is_running = drawn.is_running;
            for (number, panel) in drawn.panels.into_iter().enumerate() {
                if let (Some(html), Some(element)) = (panel.html, document().get_element_by_id(&panel_id(number))) {
                    replace(&element, &html);
                }
            }
            // Gone when the reader has left the page meanwhile.
            let _ = newer.try_set(Some(drawn.freshness));
        });
    };
    Effect::new(move || {
        if let Ok(handle) = set_interval_with_handle(tick.clone(), TICK) {
            on_cleanup(move || handle.clear());
        }
    });
}

/// Puts newer markup in place, and what the reader had opened, scrolled and focused stays so.
fn replace(element: &Element, html: &str) {
    let open = matching(element, "details[open]");
    let scrolled: Vec<(i32, i32)> =
        elements(element, ".scrolls").iter().map(|part| (part.scroll_left(), part.scroll_top())).collect();
    let focused = document().active_element().filter(|focused| element.contains(Some(focused))).map(|focused| focused.id());
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
