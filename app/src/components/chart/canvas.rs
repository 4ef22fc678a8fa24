//! The canvas, in the browser only.

use js_sys::Array;
use leptos::{html::Div, prelude::*};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{Element, HtmlElement, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

use super::{bridge, cursor::Cursor, drawing::Drawing};
use crate::charts::Figure;

/// What must live exactly as long as the chart.
struct Canvas {
    element: Element,
    _select: Closure<dyn FnMut(JsValue)>,
}

pub(super) fn draw(area: NodeRef<Div>, figure: Memo<Figure>, cursor: Cursor, drawing: RwSignal<Drawing>) {
    let near = RwSignal::new(false);
    let ready = RwSignal::new(false);
    let canvas = StoredValue::<Option<Canvas>, LocalStorage>::new_local(None);

    Effect::new(move || {
        if let Some(element) = area.get() {
            watch(&element, near);
        }
    });
    Effect::new(move || {
        if near.get() {
            bridge::load(ready, drawing);
        }
    });
    Effect::new(move || {
        let (true, Some(element)) = (ready.get(), area.get()) else { return };
        let (option, words) = figure.with(|figure| (JsValue::from_str(&figure.option), describe(figure)));
        if canvas.with_value(Option::is_some) {
            bridge::call("update", &[element.into(), option, words]);
        } else {
            let select = on_select(cursor);
            let mounted = bridge::call("mount", &[element.clone().into(), option, words, select.as_ref().clone()]);
            if mounted {
                canvas.set_value(Some(Canvas { element: element.into(), _select: select }));
            }
            drawing.set(if mounted { Drawing::Done } else { Drawing::Failed });
        }
    });
    Effect::new(move || {
        let at = cursor.at();
        if let Some(element) = canvas.with_value(|canvas| canvas.as_ref().map(|canvas| canvas.element.clone())) {
            #[expect(clippy::cast_precision_loss, reason = "the index of a mark")]
            let at = at.map_or(JsValue::NULL, |at| JsValue::from_f64(at as f64));
            bridge::call("point", &[element.into(), at]);
        }
    });
    on_cleanup(move || {
        // Disposed of with the page: a leaked instance would keep its canvas and observers forever.
        let gone = canvas.try_update_value(Option::take).flatten();
        if let Some(canvas) = gone {
            bridge::call("dispose", &[canvas.element.into()]);
        }
    });
}

/// Joins the words of all marks into one string: hundreds of small strings would each be copied to JavaScript separately.
fn describe(figure: &Figure) -> JsValue {
    // A name from LL2 may contain any character.
    let words: Vec<_> = figure.marks.iter().map(|mark| mark.words.replace('\u{1f}', " ")).collect();
    JsValue::from_str(&words.join("\u{1f}"))
}

/// Sets the signal once the element comes within 200 px of the viewport.
fn watch(element: &HtmlElement, near: RwSignal<bool>) {
    let seen = Closure::<dyn FnMut(Array, IntersectionObserver)>::new(
        move |entries: Array, observer: IntersectionObserver| {
            let visible =
                entries.iter().any(|entry| entry.unchecked_into::<IntersectionObserverEntry>().is_intersecting());
            if visible {
                observer.disconnect();
                near.try_set(true);
            }
        },
    );
    let options = IntersectionObserverInit::new();
    options.set_root_margin("200px");
    match IntersectionObserver::new_with_options(seen.as_ref().unchecked_ref(), &options) {
        Ok(observer) => observer.observe(element),
        Err(_) => near.set(true),
    }
    // The observer outlives this call and needs the closure.
    seen.forget();
}

/// Makes a click on a mark do what Enter does on it.
fn on_select(cursor: Cursor) -> Closure<dyn FnMut(JsValue)> {
    Closure::new(move |place: JsValue| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the index of a mark")]
        if let Some(place) = place.as_f64() {
            cursor.select(place as usize);
        }
    })
}
