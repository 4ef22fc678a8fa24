use domain::Subject;
use leptos::prelude::*;

use super::detail::Detail;
use crate::components::{
    fact::{fact, outward},
    tally_words,
    world::{Look, locator, map_link, no_place, on_earth},
};

/// The pad of the launch.
#[component]
pub(super) fn Place(detail: Detail) -> impl IntoView {
    detail.with_value(|detail| {
        let (pad, location, record) = (&detail.launch.pad, &detail.launch.location, &detail.pad);
        let place = on_earth(pad.latitude, pad.longitude);
        let unit = match record.total_launch_count {
            Some(0) => "LL2 counts no launch from it yet".to_owned(),
            Some(1) => "LL2 counts 1 launch from it".to_owned(),
            Some(count) => format!("LL2 counts {count} launches from it"),
            None => "LL2 does not count its launches".to_owned(),
        };
        view! {
            <section class="panel pad span-4" aria-labelledby="pad">
                <h2 id="pad">"Pad: " <a href=Subject::Pad.address(pad.id)>{pad.name.clone()}</a></h2>
                <p class="unit">{unit}</p>
                {match place {
                    Some(place) => locator(place, pad.name.clone(), Look::World),
                    None => no_place(),
                }}
                <p class="lp-text">{tally_words(&record.held)}</p>
                <dl class="pairs">
                    {fact("Location", Some(location.name.clone()))}
                    {fact("Country", location.country_code.clone())}
                    {fact("Time zone", location.timezone.clone())}
                </dl>
                {record.description.clone().map(|text| view! { <details class="lp-about"><summary>"About"</summary><p class="lp-text">{text}</p></details> })}
                {place.map(|(latitude, longitude)| view! {
                    <p class="lp-more">{outward(map_link(latitude, longitude), "Map".to_owned())}</p>
                })}
                {record.map_url.clone().map(|url| view! { <p class="lp-more">{outward(url, "LL2's map".to_owned())}</p> })}
                {record.wiki_url.clone().map(|url| view! { <p class="lp-more">{outward(url, "Wikipedia".to_owned())}</p> })}
                <p class="lp-more"><a href=format!("/?pad={}", pad.id)>"Launches from this pad"</a></p>
            </section>
        }
    })
}
