use domain::{Facet, Sun};
use leptos::prelude::*;

use super::{cluster::Cluster, shared::Map, site::Site};
use crate::{
    components::world::{Window, daylight_word},
    erase::Erase as _,
    pages::board::views::list::{When, launch_line},
    time::use_minute,
};

/// Share of the view's width that remains after "Zoom in".
const CLOSER: f64 = 0.3;

/// The pads of a pin, each with its next launch and a link to filter by it.
#[component]
pub(super) fn ChosenSite(map: Map) -> impl IntoView {
    let described = Memo::new(move |_| map.described());
    view! {
        <aside class="panel pad map-chosen" aria-label="Selected pin">
            {move || described.get().map(|cluster| described_pin(map, &cluster))}
        </aside>
    }
    .erase()
}

fn described_pin(map: Map, cluster: &Cluster) -> AnyView {
    let mut sites: Vec<Site> =
        map.sites.with(|sites| cluster.sites.iter().filter_map(|at| sites.placed.get(*at)).cloned().collect());
    // The pad in the title comes first.
    map.filters.board.with_value(|board| domain::sort::sort_by_key(&mut sites, |site| site.distance(&board.launches)));
    let Some(first) = sites.first().cloned() else { return ().erase() };
    let minute = use_minute();
    let (latitude, longitude) = (first.latitude, first.longitude);
    let sky = move || daylight_word(Sun::over(minute.get()).daylight(latitude, longitude));
    let mut others: Vec<_> =
        sites.iter().filter(|site| site.location != first.location).map(|site| site.location).collect();
    domain::sort::sort_by(&mut others, Ord::cmp);
    others.dedup();
    let cap = match map.chosen.get() {
        Some(_) => "Chosen",
        None if sites.iter().any(|site| site.is_ahead) => "The next launch is from",
        None => "The last launch was from",
    };
    let title = match others.len() {
        0 => first.location_name.clone(),
        1 => format!("{} and another site", first.location_name),
        count => format!("{} and {count} other sites", first.location_name),
    };
    let launches = if cluster.launches == 1 { "1 launch".to_owned() } else { format!("{} launches", cluster.launches) };
    let pads = if sites.len() == 1 { "1 pad".to_owned() } else { format!("{} pads", sites.len()) };
    let (x, y) = (cluster.x, cluster.y);
    let closer = (sites.len() > 1).then(|| {
        let go = move |_| map.window.update(|window| *window = Window::around(x, y, window.width * CLOSER));
        view! { <button class="btn" type="button" on:click=go>"Zoom in"</button> }
    });
    let location = first.location;
    let only = others.is_empty().then(|| toggle(map, Facet::Location, location, "Only this site", "All sites again"));
    view! {
        <p class="cap">{cap}</p>
        <h3 class="map-title">{title}</h3>
        <p class="s13 m">{format!("{launches} from {pads}. It is ")} {sky} " there."</p>
        <p class="row wrapf">{only} {closer}</p>
        <ul class="map-pads">{sites.into_iter().map(|site| pad(map, site)).collect_view()}</ul>
    }
    .erase()
}

fn pad(map: Map, site: Site) -> AnyView {
    let count = site.positions.len();
    view! {
        <li>
            <div class="row between">
                <h4>{site.name}</h4>
                <span class="s13 m nw">{if count == 1 { "1 launch".to_owned() } else { format!("{count} launches") }}</span>
            </div>
            <ul class="lines">{launch_line(map.filters, site.next, When::Date)}</ul>
            {toggle(map, Facet::Pad, site.pad, "Only this pad", "All pads again")}
        </li>
    }
    .erase()
}

/// A link that toggles the filter by one id.
fn toggle(map: Map, facet: Facet, id: i32, take: &'static str, give_back: &'static str) -> AnyView {
    let filters = map.filters;
    let selected = Memo::new(move |_| filters.query.with(|query| query.selects(facet, &id.to_string())));
    view! {
        <a
            class="chip"
            href=move || filters.href_toggled(facet, &id.to_string())
            aria-current=move || selected.get().then_some("true")
            data-noscroll=""
        >
            {move || if selected.get() { give_back } else { take }}
        </a>
    }
    .erase()
}
