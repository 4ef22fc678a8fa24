use chrono::Datelike as _;
use domain::{Facet, StatusKind, text::isolated};
use leptos::prelude::*;

use super::{
    cluster::Cluster,
    label::{Spot, spots},
    shared::Map,
    site::Sites,
};
use crate::{
    components::{
        pan_zoom::PanZoom,
        status_class,
        world::{night, world_address},
    },
    erase::Erase as _,
    pages::board::state::Filters,
    time::{short_date, use_minute, use_zone},
};

/// Below this width of the drawing in pixels there is no room for labels next to the pins.
const WORDY_PX: f64 = 600.0;

/// Globe, land, night and pins. Hidden from assistive technology: the table has the same data.
#[component]
pub(super) fn Drawing(map: Map, pan_zoom: PanZoom) -> impl IntoView {
    let minute = use_minute();
    let world = world_address();
    let part = move |id: &str| format!("{world}#{id}");
    let (globe, lines, land) = (part("globe"), part("lines"), part("land"));
    let rim = globe.clone();
    view! {
        <svg viewBox=move || map.window.get().view_box() width="100%" height="100%" aria-hidden="true">
            <use href=globe class="map-sea"></use>
            <use href=lines class="map-lines"></use>
            <use href=land class="map-land"></use>
            <path class="map-night" d=move || night(minute.get())></path>
            <use href=rim class="map-rim"></use>
            <g>{move || pins(map, pan_zoom)}</g>
        </svg>
    }
    .erase()
}

/// The pins, the largest at the bottom, so that none hides another.
fn pins(map: Map, pan_zoom: PanZoom) -> Vec<AnyView> {
    // In another board, the same positions hold other launches.
    map.filters.catalog.track();
    let zone = use_zone().get();
    let this_year = use_minute().get_untracked().year();
    let unit = map.unit.get();
    let described = map.described();
    map.sites.with(|sites| {
        map.clusters.with(|clusters| {
            let mut clusters = clusters.clone();
            domain::sort::sort_by_key(&mut clusters, |cluster| std::cmp::Reverse(cluster.launches));
            let words: Vec<_> = clusters
                .iter()
                .map(|cluster| {
                    let next = next_of(map.filters, sites, cluster);
                    map.filters.board.with_value(|board| {
                        board.launches.get(next).map_or_else(Default::default, |launch| {
                            let title: String = launch.title().chars().take(22).collect();
                            (
                                short_place(&launch.location.name),
                                format!("{}, {}", isolated(&title), short_date(launch, zone, this_year)),
                            )
                        })
                    })
                })
                .collect();
            let letters: Vec<_> =
                words.iter().map(|(place, next)| place.chars().count().max(next.chars().count())).collect();
            let view = map.window.get();
            let wordy = view.width / unit >= WORDY_PX;
            let spots = if wordy { spots(&clusters, &letters, unit, &view) } else { vec![None; clusters.len()] };
            clusters
                .into_iter()
                .zip(words)
                .zip(spots)
                .map(|((cluster, (place, next)), spot)| {
                    let is_described = described.as_ref() == Some(&cluster);
                    let label = spot.map(|spot| label(spot, place, next));
                    pin(map, pan_zoom, sites, &cluster, unit, is_described, label)
                })
                .collect()
        })
    })
}

fn pin(
    map: Map,
    pan_zoom: PanZoom,
    sites: &Sites,
    cluster: &Cluster,
    unit: f64,
    is_described: bool,
    label: Option<AnyView>,
) -> AnyView {
    let pads: Vec<i32> = cluster.sites.iter().filter_map(|at| sites.placed.get(*at)).map(|site| site.pad).collect();
    let chosen = pads.first().copied();
    // Without JavaScript, a pin links to the launches of its pads.
    let href = map.filters.href_with(|query| query.choose(Facet::Pad, pads.iter().map(ToString::to_string)));
    let choose = move |event: leptos::ev::MouseEvent| {
        if !pan_zoom.ends_drag(&event) {
            event.prevent_default();
            map.chosen.set(chosen);
        }
    };
    let next = next_of(map.filters, sites, cluster);
    let status = map.filters.board.with_value(|board| {
        board.launches.get(next).map_or(StatusKind::Other(-1), |launch| StatusKind::of(launch.status.id))
    });
    let radius = cluster.radius();
    // Next to the count, not over it.
    let corner = radius * std::f64::consts::FRAC_1_SQRT_2 + 4.0;
    view! {
        <g transform=format!("translate({:.2} {:.2}) scale({unit:.4})", cluster.x, cluster.y)>
            <a class="pin" class:chosen=is_described href=href tabindex="-1" draggable="false" on:click=choose>
                <circle class="pin-hit" r=format!("{:.1}", radius.max(14.0))></circle>
                <circle class="pin-disc" r=format!("{radius:.1}")></circle>
                <text class="pin-count" y="4" text-anchor="middle">{cluster.launches.to_string()}</text>
                <g class=format!("status {}", status_class(status)) transform=format!("translate({corner:.1} {:.1})", -corner)>
                    <circle class="pin-halo" r="8"></circle>
                    <use href=format!("#{}", crate::components::status_symbol(status)) x="-6.5" y="-6.5" width="13" height="13"></use>
                </g>
                {label}
            </a>
        </g>
    }
    .erase()
}

fn label(spot: Spot, place: String, next: String) -> AnyView {
    let Spot { x, y, anchor } = spot;
    view! {
        <g class="pin-label" text-anchor=anchor transform=format!("translate({x:.1} {y:.1})")>
            <text class="pin-place" y="12">{place}</text>
            <text y="25">{next}</text>
        </g>
    }
    .erase()
}

/// Returns the soonest of the next launches of a pin's pads, else the latest of their past launches.
pub(super) fn next_of(filters: Filters, sites: &Sites, cluster: &Cluster) -> usize {
    filters.board.with_value(|board| {
        let sites = cluster.sites.iter().filter_map(|at| sites.placed.get(*at));
        sites.min_by_key(|site| site.distance(&board.launches)).map(|site| site.next).unwrap_or_default()
    })
}

/// "Cape Canaveral SFS" of "Cape Canaveral SFS, FL, USA".
fn short_place(name: &str) -> String {
    isolated(name.split(',').next().unwrap_or(name).trim()).into_owned()
}
