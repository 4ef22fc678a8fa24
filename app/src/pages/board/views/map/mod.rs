//! The pads of the launches on a world map, with day and night.

mod chosen;
mod cluster;
mod data_table;
mod drawing;
mod label;
mod shared;
mod site;
#[cfg(test)]
mod tests;

use leptos::{ev::KeyboardEvent, html::Div, prelude::*};

use self::{chosen::ChosenSite, cluster::clusters, data_table::SiteTable, drawing::Drawing, shared::Map, site::Sites};
use super::list::{When, launch_line};
use crate::{
    components::{
        pan_zoom::{Axes, Move, PanZoom},
        world::Window,
    },
    erase::Erase as _,
    pages::board::state::{Filters, Rows},
    time::use_minute,
};

/// Width in pixels that the server assumes; the browser measures it.
const ASSUMED_WIDTH: f64 = 900.0;
/// Pads nearer than this many pixels share a pin.
const APART_PX: f64 = 30.0;
/// How far one press of an arrow key moves the view, as a share of it.
const STEP: f64 = 0.15;
/// Factor by which one press of `+` or `-` scales the view.
const ZOOM_STEP: f64 = 1.6;

/// The selected launches by pad: a map, and the same data as a table.
#[component]
pub(super) fn WorldMap() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let minute = use_minute();
    let sites = Memo::new(move |_| {
        let now = minute.get();
        filters.rows.with(|rows| Sites::of(rows.all(), rows.positions(), now))
    });
    let window = RwSignal::new(Window::HOME);
    let pixels = RwSignal::new(ASSUMED_WIDTH);
    let unit = Memo::new(move |_| window.with(|window| window.width) / pixels.get());
    let clusters = Memo::new(move |_| sites.with(|sites| clusters(&sites.placed, APART_PX * unit.get())));
    let map = Map { filters, sites, clusters, window, unit, chosen: RwSignal::new(None) };

    let drawing = NodeRef::<Div>::new();
    let pan_zoom = PanZoom::on(drawing, Axes::Both);
    // Server and browser both render first with the assumed width; the real one is known after layout.
    pan_zoom.follow_width(pixels);

    let change = move |moved: Move| window.update(|window| *window = window.moved(moved));
    let closer = Move::Zoom(1.0 / ZOOM_STEP, (0.5, 0.5));
    let wider = Move::Zoom(ZOOM_STEP, (0.5, 0.5));
    let on_key = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        match event.key().as_str() {
            "ArrowLeft" => change(Move::Pan(-STEP, 0.0)),
            "ArrowRight" => change(Move::Pan(STEP, 0.0)),
            "ArrowUp" => change(Move::Pan(0.0, -STEP)),
            "ArrowDown" => change(Move::Pan(0.0, STEP)),
            "+" | "=" => change(closer),
            "-" => change(wider),
            "0" | "Home" => window.set(Window::HOME),
            _ => return,
        }
        event.prevent_default();
    };
    let follow = move |moved: Option<Move>| {
        if let Some(moved) = moved {
            change(moved);
        }
    };
    let zoomed = Memo::new(move |_| window.with(|window| *window != Window::HOME));
    view! {
        <section class="map" aria-labelledby="map">
            <header class="tl-head">
                <div>
                    <h2 id="map">"Launch sites"</h2>
                    <p class="m s13">{move || summary(&sites.get(), filters.rows.with(Rows::count))}</p>
                </div>
                <div class="seg" role="group" aria-label="Move the map">
                    <button type="button" aria-label="Closer" on:click=move |_| change(closer)>"+"</button>
                    <button type="button" aria-label="Wider" on:click=move |_| change(wider)>"−"</button>
                    <button type="button" aria-disabled=move || (!zoomed.get()).to_string() on:click=move |_| window.set(Window::HOME)>
                        "Whole world"
                    </button>
                </div>
            </header>
            <div class="map-body">
                <div class="panel map-panel">
                    <div
                        class="map-drawing"
                        class:zoomed=zoomed
                        role="region"
                        tabindex="0"
                        aria-label="Map of the pads. Arrow keys move it, plus and minus zoom, Home shows the world. The table below has the same data."
                        node_ref=drawing
                        on:keydown=on_key
                        on:wheel=move |event| follow(pan_zoom.wheel(&event))
                        on:pointerdown=move |event| pan_zoom.press(&event)
                        on:pointermove=move |event| follow(pan_zoom.travel(&event))
                        on:pointerup=move |event| pan_zoom.release(&event)
                        on:pointercancel=move |event| pan_zoom.release(&event)
                    >
                        <Drawing map pan_zoom/>
                    </div>
                    <Legend/>
                </div>
                <ChosenSite map/>
            </div>
            <SiteTable map/>
            {move || sites.with(|sites| unplaced(filters, &sites.unplaced))}
        </section>
    }
    .erase()
}

/// Returns for example "365 launches from 24 pads.", and how many more have no coordinates.
fn summary(sites: &Sites, count: usize) -> String {
    let unplaced = sites.unplaced.len();
    let noun =
        |count: usize, one: &str, many: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {many}") };
    let placed =
        format!("{} from {}.", noun(count - unplaced, "launch", "launches"), noun(sites.placed.len(), "pad", "pads"));
    match unplaced {
        0 => placed,
        unplaced => format!("{placed} {unplaced} more have no coordinates and are listed below the table."),
    }
}

/// The legend of the map.
#[component]
fn Legend() -> impl IntoView {
    let minute = use_minute();
    view! {
        <ul class="tl-key map-key" aria-label="Map legend">
            <li>
                <svg width="34" height="20" aria-hidden="true">
                    <circle class="pin-disc" cx="6" cy="12" r="5"></circle>
                    <circle class="pin-disc" cx="23" cy="10" r="9"></circle>
                </svg>
                "area: launches; mark: status of the next, else the last"
            </li>
            <li>
                <svg width="22" height="14" aria-hidden="true"><rect class="map-night-key" width="22" height="14" rx="2"></rect></svg>
                {move || minute.get().format("night at %H:%M UTC").to_string()}
            </li>
            <li class="f no-phone">"Ctrl and wheel zoom, dragging moves"</li>
            <li class="f only-phone">"Two fingers zoom"</li>
            <li class="f">"Coasts: Natural Earth"</li>
        </ul>
    }
    .erase()
}

/// Lists the launches whose pad has no coordinates; such a pad is never drawn at zero degrees.
fn unplaced(filters: Filters, positions: &[usize]) -> Option<AnyView> {
    if positions.is_empty() {
        return None;
    }
    let lines: Vec<_> = positions.iter().map(|position| launch_line(filters, *position, When::Date)).collect();
    Some(
        view! {
            <section class="panel pad" aria-labelledby="no-place">
                <h3 id="no-place">"No place given"</h3>
                <p class="s13 m">"The source gives no coordinates for these pads."</p>
                <ul class="lines">{lines}</ul>
            </section>
        }
        .erase(),
    )
}
