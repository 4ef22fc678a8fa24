use domain::{Attempts, LaunchDetail, media_path};
use leptos::prelude::*;

use super::detail::Detail;
use crate::{components::fact::fact, erase::Erase as _};

/// The mission: what is launched, which agencies take part, and the number of this attempt.
#[component]
pub(super) fn Mission(detail: Detail) -> impl IntoView {
    detail.with_value(|detail| {
        let mission = detail.launch.mission.as_ref();
        let kind = mission.and_then(|mission| mission.kind.clone());
        let description = mission.and_then(|mission| mission.description.clone());
        view! {
            <section class="panel pad span-7" aria-labelledby="mission">
                <h2 id="mission">{match mission {
                    Some(mission) => format!("Mission: {}", mission.name),
                    None => "No mission named".to_owned(),
                }}</h2>
                {match description {
                    Some(description) => view! { <p class="lp-text">{description}</p> }.erase(),
                    None => view! { <p class="lp-text f">"LL2 gives no description."</p> }.erase(),
                }}
                {patches(detail)}
                <dl class="pairs">
                    {fact("Type", kind)}
                    {fact("Full name", Some(detail.launch.name.clone()))}
                    {fact("Designator", detail.designator.clone())}
                    {fact("Hashtag", detail.hashtag.clone())}
                    {attempts(&detail.attempts)}
                </dl>
                {agencies(detail)}
            </section>
        }
    })
}

fn patches(detail: &LaunchDetail) -> Option<impl IntoView + use<>> {
    let patches = detail.patches.iter().map(|patch| {
        let agency = patch.agency.clone().map(|agency| view! { <span class="f">{format!(" · {agency}")}</span> });
        view! {
            <li>
                {patch.image.as_deref().map(|image| view! {
                    <img src=media_path(image) alt="" width="64" height="64" loading="lazy" decoding="async"/>
                })}
                <span>{patch.name.clone()}{agency}</span>
            </li>
        }
    });
    let patches: Vec<_> = patches.collect();
    (!patches.is_empty()).then(|| view! { <ul class="patches" aria-label="Mission patches">{patches}</ul> })
}

fn attempts(attempts: &Attempts) -> impl IntoView + use<> {
    let Attempts { orbital, orbital_year, provider, provider_year, pad, pad_year } = *attempts;
    let count = |all: Option<i32>, year: Option<i32>| match (all, year) {
        (Some(all), Some(year)) => Some(format!("no. {all}, no. {year} this year")),
        (Some(all), None) => Some(format!("no. {all}")),
        (None, Some(year)) => Some(format!("no. {year} this year")),
        (None, None) => None,
    };
    view! {
        {fact("Orbital attempt", count(orbital, orbital_year))}
        {fact("Provider's attempt", count(provider, provider_year))}
        {fact("Pad's attempt", count(pad, pad_year))}
    }
}

fn agencies(detail: &LaunchDetail) -> Option<impl IntoView + use<>> {
    let agencies = detail.agencies.iter().map(|agency| {
        let tail: Vec<_> = [agency.kind.clone(), agency.country_code.clone()].into_iter().flatten().collect();
        view! {
            <li>
                <span>{agency.name.clone()}{agency.abbrev.clone().filter(|abbrev| *abbrev != agency.name).map(|abbrev| format!(" ({abbrev})"))}</span>
                <span class="f">{tail.join(", ")}</span>
            </li>
        }
    });
    (!detail.agencies.is_empty()).then(|| {
        view! {
            <h3 class="lp-sub">"Agencies"</h3>
            <ul class="lp-list">{agencies.collect_view()}</ul>
        }
    })
}
