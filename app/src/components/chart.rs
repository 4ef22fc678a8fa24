//! The frame of a chart: its finding, the drawn area, the table it draws.

use chrono::{DateTime, Utc};
use domain::BoardQuery;
use leptos::prelude::*;

use super::{StatusGlyph, status_class};
use crate::charts::{Figure, Key, Remainder, Select, Table};
use crate::erase::Erase as _;

/// What a chart asks of its page: the question in force, how to ask another, and where that lives.
#[derive(Clone, Copy)]
pub struct Questions {
    pub query: Memo<BoardQuery>,
    pub ask: Callback<BoardQuery>,
    pub href: fn(&BoardQuery) -> String,
}

/// A chart with its title, unit, labels and table.
///
/// The server draws all but the canvas: words, table and filters work before any script, and without one. The canvas is
/// drawn when it comes near the viewport, so that neither ECharts nor its drawing delays the first view.
#[component]
pub fn ChartFigure(
    /// Unique on the page.
    id: &'static str,
    figure: Memo<Figure>,
    questions: Questions,
    #[prop(into)] as_of: Signal<Option<DateTime<Utc>>>,
) -> impl IntoView {
    let area = NodeRef::<leptos::html::Div>::new();
    let failed = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    canvas::draw(area, figure, questions, failed);
    let keys = Memo::new(move |_| figure.with(|figure| figure.keys.clone()));
    let remainder = Memo::new(move |_| figure.with(|figure| figure.remainder.clone()));
    let table = Memo::new(move |_| figure.with(|figure| figure.table.clone()));
    view! {
        <figure class="panel fig chart" aria-labelledby=id>
            <h3 id=id>{move || figure.with(|figure| figure.finding.clone())}</h3>
            <p class="unit">{move || figure.with(|figure| figure.unit.clone())}</p>
            {move || keys.with(|keys| (!keys.is_empty()).then(|| key_line(keys, questions)))}
            <div
                class="chart-area"
                node_ref=area
                role="img"
                aria-label=move || figure.with(|figure| figure.sentence.clone())
                hidden=move || failed.get()
            ></div>
            <p class="chart-failed" hidden=move || !failed.get()>
                "This chart could not be drawn. The table is not affected."
            </p>
            {move || remainder.get().map(|remainder| remainder_bar(&remainder))}
            <details class="chart-twin">
                <summary>
                    <span>{move || as_of.get().map(|as_of| as_of.format("as of %-d %b, %H:%M UTC").to_string())}</span>
                    <span class="chart-twin-word">"Table"</span>
                </summary>
                {move || table.with(|table| twin(table, questions))}
            </details>
        </figure>
    }
}

fn key_line(keys: &[Key], questions: Questions) -> impl IntoView + use<> {
    let keys = keys.iter().map(|Key { status, label, count, select }| {
        let text = view! {
            <StatusGlyph kind=*status/>
            {label.clone()}
            <span class="f">{count.to_string()}</span>
        };
        view! { <li class=format!("st {}", status_class(*status))>{link(text.erase(), select.clone(), questions)}</li> }
    });
    view! { <ul class="chart-keys">{keys.collect_view()}</ul> }
}

/// Two parts of one bar: what the axis could place, and, hatched, what it could not.
fn remainder_bar(remainder: &Remainder) -> impl IntoView + use<> {
    let Remainder { placed, left, placed_label, left_label } = remainder.clone();
    // Counts of launches are small: nothing is lost on the way to a percentage.
    #[expect(clippy::cast_precision_loss, reason = "far fewer launches than 2^52")]
    let share = placed as f64 * 100.0 / (placed + left).max(1) as f64;
    view! {
        <div class="chart-remainder">
            <svg width="100%" height="8" aria-hidden="true">
                <rect width=format!("{share:.2}%") height="8" class="remainder-placed"></rect>
                <g mask="url(#texture-quarter)">
                    <rect
                        x=format!("{share:.2}%")
                        width=format!("{:.2}%", 100.0 - share)
                        height="8"
                        class="remainder-left"
                    ></rect>
                </g>
            </svg>
            <p>
                <span>{placed_label}</span>
                <span>{left_label}</span>
            </p>
        </div>
    }
}

fn twin(table: &Table, questions: Questions) -> impl IntoView + use<> {
    let head = table.head.iter().enumerate().map(|(at, name)| {
        view! { <th scope="col" class:n=move || at != 0>{name.clone()}</th> }
    });
    let rows = table.rows.iter().map(|row| {
        let name = match row.select.clone() {
            Some(select) => link(row.label.clone().erase(), select, questions).erase(),
            None => row.label.clone().erase(),
        };
        let counts = row.counts.iter().map(|count| view! { <td class="n">{count.to_string()}</td> });
        view! { <tr><th scope="row">{name}</th>{counts.collect_view()}</tr> }
    });
    view! {
        <div class="chart-table" tabindex="0" role="region" aria-label="Table of this chart">
            <table class="tbl">
                <thead><tr>{head.collect_view()}</tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

/// The mark's filter as a link: what a click on its bar does, for keys, screen readers and pages without script.
fn link(content: AnyView, select: Select, questions: Questions) -> impl IntoView {
    let Questions { query, href, .. } = questions;
    let toggled = {
        let select = select.clone();
        move || query.with(|query| href(&select.toggled(query)))
    };
    let selected = move || query.with(|query| select.is_selected(query));
    view! { <a href=toggled aria-current=move || selected().then_some("true") data-noscroll="">{content}</a> }
}

/// The canvas, in the browser only.
#[cfg(feature = "hydrate")]
mod canvas {
    use js_sys::{Array, Function, Reflect};
    use leptos::{html::Div, prelude::*};
    use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
    use web_sys::{Element, HtmlElement, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

    use super::Questions;
    use crate::charts::Figure;

    /// Where `charts.js` leaves its functions.
    const BRIDGE: &str = "mooncoonCharts";
    /// The script element that brings it.
    const BUNDLE: &str = "charts-bundle";

    /// What must live as long as the chart does, and go with it.
    struct Canvas {
        element: Element,
        _select: Closure<dyn FnMut(JsValue)>,
    }

    pub(super) fn draw(area: NodeRef<Div>, figure: Memo<Figure>, questions: Questions, failed: RwSignal<bool>) {
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
                load_bundle(ready, failed);
            }
        });
        Effect::new(move || {
            let (true, Some(element)) = (ready.get(), area.get()) else { return };
            let option = JsValue::from_str(&figure.with(|figure| figure.option.clone()));
            if canvas.with_value(Option::is_some) {
                call("update", &[element.into(), option]);
            } else {
                let select = on_select(figure, questions);
                call("mount", &[element.clone().into(), option, select.as_ref().clone()]);
                canvas.set_value(Some(Canvas { element: element.into(), _select: select }));
            }
        });
        on_cleanup(move || {
            // Disposed of with the page: a forgotten instance would keep its canvas and observers for ever.
            let gone = canvas.try_update_value(Option::take).flatten();
            if let Some(canvas) = gone {
                call("dispose", &[canvas.element.into()]);
            }
        });
    }

    /// Sets the signal once the element comes within a screen's fringe of the viewport.
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
        // The observer outlives this call, and holds the only way back to the closure.
        seen.forget();
    }

    /// Fetches the bridge, once for all charts of all pages.
    fn load_bundle(ready: RwSignal<bool>, failed: RwSignal<bool>) {
        if bridge().is_some() {
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
            failed.set(true);
            return;
        };
        let loaded = Closure::once_into_js(move || {
            ready.try_set(true);
        });
        let broken = Closure::once_into_js(move || {
            failed.try_set(true);
        });
        // Adding a listener to a live element cannot fail.
        let _ = script.add_event_listener_with_callback("load", loaded.unchecked_ref());
        let _ = script.add_event_listener_with_callback("error", broken.unchecked_ref());
    }

    /// A click on a bar asks the question behind it.
    fn on_select(figure: Memo<Figure>, questions: Questions) -> Closure<dyn FnMut(JsValue)> {
        Closure::new(move |place: JsValue| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the index of a bar")]
            let Some(place) = place.as_f64().map(|place| place as usize) else { return };
            let select = figure.with_untracked(|figure| figure.marks.get(place).cloned().flatten());
            if let Some(select) = select {
                let asked = questions.query.with_untracked(|query| select.toggled(query));
                questions.ask.run(asked);
            }
        })
    }

    fn bridge() -> Option<JsValue> {
        Reflect::get(&window(), &BRIDGE.into()).ok().filter(JsValue::is_object)
    }

    fn call(function: &str, arguments: &[JsValue]) {
        let called = bridge()
            .ok_or(JsValue::UNDEFINED)
            .and_then(|bridge| Reflect::get(&bridge, &function.into()))
            .and_then(JsValue::dyn_into::<Function>)
            .and_then(|function| function.apply(&JsValue::UNDEFINED, &arguments.iter().collect::<Array>()));
        if let Err(error) = called {
            leptos::logging::error!("charts.{function}: {error:?}");
        }
    }
}
