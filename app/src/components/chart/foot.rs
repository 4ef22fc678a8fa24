use chrono::{DateTime, Utc};
use domain::Source;
use leptos::{html::Div, prelude::*};

use super::drawing::Drawing;
use crate::{charts::Figure, erase::Erase as _};

/// The source of a chart's numbers and the time of the data.
#[derive(Clone, Copy)]
pub struct Origin {
    pub source: Source,
    pub as_of: Signal<Option<DateTime<Utc>>>,
}

/// Source and age of the numbers, and the actions for the chart.
#[component]
pub(super) fn Foot(
    id: &'static str,
    figure: Memo<Figure>,
    area: NodeRef<Div>,
    drawing: RwSignal<Drawing>,
    origin: Origin,
) -> impl IntoView {
    let stamp = move || stamp(origin);
    let is_drawn = move || drawing.get() == Drawing::Done;
    view! {
        <p class="chart-stamp">{stamp}</p>
        <div class="chart-tools scripted">
            <button
                class="chart-tool"
                type="button"
                aria-describedby=id
                on:click=move |_| save_table(id, figure)
            >
                "CSV"
            </button>
            <button
                class="chart-tool"
                type="button"
                hidden=move || !is_drawn()
                aria-describedby=id
                on:click=move |_| save_picture(id, figure, area, &stamp())
            >
                "PNG"
            </button>
            <button
                class="chart-tool"
                type="button"
                aria-pressed="false"
                hidden=move || !is_drawn()
                aria-describedby=id
                on:click=move |event| fill_screen(&event)
            >
                "Full screen"
            </button>
        </div>
    }
    .erase()
}

/// "Launch Library 2, as of 23 Mar 2026, 08:46 UTC".
fn stamp(origin: Origin) -> String {
    let source = match origin.source {
        Source::Live => "Launch Library 2",
        Source::Simulated => "Simulated data",
    };
    match origin.as_of.get() {
        Some(as_of) => format!("{source}, as of {}", as_of.format("%-d %b %Y, %H:%M UTC")),
        None => format!("{source}, no data yet"),
    }
}

/// Saves the current table. The address is built on demand, because every filter would change it.
fn save_table(id: &'static str, figure: Memo<Figure>) {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast as _;
        let text = figure.with_untracked(|figure| figure.table.to_csv());
        let address = format!("data:text/csv;charset=utf-8,{}", String::from(js_sys::encode_uri_component(&text)));
        let link = document().create_element("a").ok().and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok());
        let Some(link) = link else { return };
        let file = format!("mooncoon-{id}.csv");
        if link.set_attribute("href", &address).is_ok() && link.set_attribute("download", &file).is_ok() {
            link.click();
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (id, figure);
}

/// Saves the chart with its title and stamp: the canvas alone shows neither its subject nor its date.
fn save_picture(id: &'static str, figure: Memo<Figure>, area: NodeRef<Div>, stamp: &str) {
    #[cfg(feature = "hydrate")]
    if let Some(area) = area.get_untracked() {
        let (finding, unit) = figure.with_untracked(|figure| (figure.finding.clone(), figure.unit.clone()));
        let file = format!("mooncoon-{id}.png");
        super::bridge::call("save", &[area.into(), file.into(), finding.into(), unit.into(), stamp.into()]);
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (id, figure, area, stamp);
}

fn fill_screen(event: &leptos::ev::MouseEvent) {
    #[cfg(feature = "hydrate")]
    if let Some(button) = event.current_target() {
        super::bridge::call("fill", &[button.into()]);
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = event;
}
