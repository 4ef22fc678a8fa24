//! Calls into `charts.js`.

use js_sys::{Array, Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};

use super::drawing::Drawing;

/// The global object that holds the functions of `charts.js`.
const BRIDGE: &str = "mooncoonCharts";
/// The script element that loads it.
const BUNDLE: &str = "charts-bundle";

/// Loads the bridge, once for all charts of all pages.
pub(super) fn load(ready: RwSignal<bool>, drawing: RwSignal<Drawing>) {
    if find().is_some() {
        ready.set(true);
        return;
    }
    let document = document();
    let script = document.get_element_by_id(BUNDLE).or_else(|| {
        let address = document.get_element_by_id("boot")?.get_attribute("data-charts")?;
        let script = document.create_element("script").ok()?;
        script.set_id(BUNDLE);
        script.set_attribute("type", "module").ok()?;
        script.set_attribute("src", &address).ok()?;
        document.body()?.append_child(&script).ok()?;
        Some(script)
    });
    let Some(script) = script else {
        drawing.set(Drawing::Failed);
        return;
    };
    let loaded = Closure::once_into_js(move || {
        ready.try_set(true);
    });
    let failed = script.clone();
    let broken = Closure::once_into_js(move || {
        // The element fires `error` only once: a later chart that found the element would wait forever.
        failed.remove();
        leptos::task::spawn_local(async move {
            // If the server has another version by now, the page is reloaded, and the chart is drawn then.
            if crate::version::missing().await.is_some() {
                drawing.try_set(Drawing::Failed);
            }
        });
    });
    // Adding a listener to a live element cannot fail.
    let _ = script.add_event_listener_with_callback("load", loaded.unchecked_ref());
    let _ = script.add_event_listener_with_callback("error", broken.unchecked_ref());
}

/// Calls a function of the bridge and returns whether it succeeded.
pub(super) fn call(function: &str, arguments: &[JsValue]) -> bool {
    let called = find()
        .ok_or(JsValue::UNDEFINED)
        .and_then(|bridge| Reflect::get(&bridge, &function.into()))
        .and_then(JsValue::dyn_into::<Function>)
        .and_then(|function| function.apply(&JsValue::UNDEFINED, &arguments.iter().collect::<Array>()));
    if let Err(error) = &called {
        leptos::logging::error!("charts.{function}: {error:?}");
    }
    called.is_ok()
}

fn find() -> Option<JsValue> {
    Reflect::get(&window(), &BRIDGE.into()).ok().filter(JsValue::is_object)
}
