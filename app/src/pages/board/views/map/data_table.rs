use domain::{Facet, Sun};
use leptos::prelude::*;

use super::{shared::Map, site::Site};
use crate::{
    components::{StatusStamp, world::daylight_word},
    erase::Erase as _,
    pages::board::views::marked::marked,
    time::{net_time, use_minute},
};

/// Everything that the map shows, as a table.
#[component]
pub(super) fn SiteTable(map: Map) -> impl IntoView {
    view! {
        <div class="panel table-scroll" role="region" aria-label="The map as a table" tabindex="0">
            <table class="tbl map-table">
                <caption class="sr">"Pads by their number of launches"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Pad"</th>
                        <th scope="col">"Site"</th>
                        <th scope="col" class="num">"Launches"</th>
                        <th scope="col">"Next"</th>
                        <th scope="col">"Listed date"</th>
                        <th scope="col">"Status"</th>
                        <th scope="col">"Sky"</th>
                    </tr>
                </thead>
                <tbody>
                    {move || map.sites.with(|sites| sites.placed.iter().map(|site| row(map, site)).collect_view())}
                </tbody>
            </table>
        </div>
    }
    .erase()
}

fn row(map: Map, site: &Site) -> AnyView {
    let filters = map.filters;
    let (pad, latitude, longitude) = (site.pad, site.latitude, site.longitude);
    let minute = use_minute();
    let sky = move || daylight_word(Sun::over(minute.get()).daylight(latitude, longitude));
    let selected = move || filters.query.with(|query| query.selects(Facet::Pad, &pad.to_string())).then_some("true");
    // In another board, the same position holds another launch.
    filters.catalog.track();
    let last = (!site.is_ahead).then(|| view! { <span class="f">"last: "</span> });
    filters.board.with_value(|board| {
        let Some(launch) = board.launches.get(site.next) else { return ().erase() };
        view! {
            <tr>
                <th scope="row">
                    <a
                        href=move || filters.href_toggled(Facet::Pad, &pad.to_string())
                        aria-current=selected
                        title="Only this pad"
                        data-noscroll=""
                    >{marked(site.name.clone())}</a>
                </th>
                <td>{marked(site.location_name.clone())}</td>
                <td class="num">{site.positions.len()}</td>
                <td>{last}<a href=format!("/launches/{}", launch.id)>{marked(launch.title().to_owned())}</a></td>
                <td class="nw">{net_time(launch)}</td>
                <td><StatusStamp status=launch.status.clone()/></td>
                <td>{sky}</td>
            </tr>
        }
        .erase()
    })
}
