//! The panels as HTML. Compiled only for the server.

use domain::{About, Companion, Profile, Subject, media_path};
use leptos::prelude::*;

use crate::{
    components::{
        fact::{self, fact, grouped, measure, outward},
        record::{description, headline, links},
        tally_bar, tally_words,
        world::{map_link, on_earth},
    },
    drawn::{Panel, html},
};

/// Number of companions shown per kind; the rest is in a disclosure.
const FIRST_COMPANIONS: usize = 8;

/// Returns the panels in the order in which the page places them.
pub(super) fn panels(profile: &Profile) -> Vec<Panel> {
    [head(profile), record(profile), about(profile), companions(profile)].map(Panel::new).into()
}

fn head(profile: &Profile) -> String {
    let about = &profile.about;
    let parts: Vec<String> = match about {
        About::Provider(provider) => [
            provider.abbrev.clone().filter(|abbrev| *abbrev != provider.name),
            provider.kind.clone(),
            provider.country_code.clone(),
            provider.founding_year.map(|year| format!("founded {year}")),
        ]
        .into_iter()
        .flatten()
        .collect(),
        About::Rocket(rocket) => [
            rocket.family.clone().map(|family| format!("{family} family")),
            rocket.manufacturer.clone().map(|maker| format!("built by {maker}")),
            rocket.length_m.map(|length| measure(length, "m")),
        ]
        .into_iter()
        .flatten()
        .collect(),
        About::Pad { location, .. } => [
            Some(location.name.clone()),
            location.country_code.clone(),
            location.timezone.clone().map(|timezone| format!("zone {timezone}")),
        ]
        .into_iter()
        .flatten()
        .collect(),
    };
    let (subject, held) = (profile.subject, profile.held);
    let board = format!("/?{}={}", subject.facet().key(), profile.id);
    let count = |value: i64, words: &'static str| view! { <span><b>{grouped(&value.to_string())}</b>{words}</span> };
    html(view! {
        <div class="pr-words">
            <p class="cap">{subject.label()}</p>
            <h1>{about.name().to_owned()}</h1>
            <p class="lh-ride m">{parts.join(" · ")}</p>
            <div class="cdn">
                {count(held.ahead, "upcoming")}
                {count(held.past(), "past launches recorded")}
            </div>
            <p><a class="btn" href=board>"Its launches on the board"</a></p>
        </div>
        {profile.image.as_deref().map(|image| view! {
            <img class="pr-picture" src=media_path(image) alt="" width="320" height="180" loading="lazy"/>
        })}
    })
}

fn record(profile: &Profile) -> String {
    let held = profile.held;
    let ours = profile.about.record().unwrap_or_default();
    let number = |value: i64| grouped(&value.to_string());
    let theirs = |value: Option<i32>| value.map_or_else(|| "not given".to_owned(), |value| number(value.into()));
    let rows = [
        ("Successful", held.succeeded, theirs(ours.successful)),
        ("Partly failed", held.partly_failed, "not counted".to_owned()),
        ("Failed", held.failed, theirs(ours.failed)),
        ("Outcome unknown", held.unsettled, "not counted".to_owned()),
        ("All past launches", held.past(), theirs(ours.total)),
        ("Upcoming", held.ahead, theirs(ours.pending)),
    ]
    .map(|(name, held, counted)| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="num">{number(held)}</td>
                <td class="num m">{counted}</td>
            </tr>
        }
    });
    let unit = match &profile.about {
        About::Provider(provider) => headline(&provider.record),
        About::Rocket(rocket) => headline(&rocket.record),
        About::Pad { .. } => "LL2 counts the launches of a pad, but not their outcomes".to_owned(),
    };
    html(view! {
        <h2 id="record">{tally_words(&held)}</h2>
        <p class="unit">{unit}</p>
        {tally_bar(&held)}
        <table class="tbl pr-record">
            <thead>
                <tr>
                    <th scope="col">"Launches"</th>
                    <th scope="col" class="num">"Recorded"</th>
                    <th scope="col" class="num">"LL2 counts"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <p class="f sm">"The counts differ while history is still being loaded, and where LL2 counts launches that it does not list."</p>
    })
}

fn about(profile: &Profile) -> String {
    match &profile.about {
        About::Provider(provider) => html(view! {
            <h2 id="about">"Data from LL2"</h2>
            <dl class="pairs">
                {fact("Short name", provider.abbrev.clone())}
                {fact("Type", provider.kind.clone())}
                {fact("Country", provider.country_code.clone())}
                {fact("Founded", provider.founding_year.map(|year| year.to_string()))}
                {fact("Head", provider.administrator.clone())}
                {fact("Successes in a row", provider.record.consecutive_successful.map(|row| grouped(&row.to_string())))}
            </dl>
            {description(provider.description.clone())}
            {links(provider.info_url.clone(), provider.wiki_url.clone())}
        }),
        About::Rocket(rocket) => {
            let reusable = rocket.is_reusable.map(|is| if is { "yes" } else { "no" }.to_owned());
            html(view! {
                <h2 id="about">"Data from LL2"</h2>
                <dl class="pairs">
                    {fact("Family", rocket.family.clone())}
                    {fact("Variant", rocket.variant.clone())}
                    {fact("Manufacturer", rocket.manufacturer.clone())}
                    {fact("Maiden flight", rocket.maiden_flight.map(fact::date))}
                    {fact("Length", rocket.length_m.map(|value| measure(value, "m")))}
                    {fact("Diameter", rocket.diameter_m.map(|value| measure(value, "m")))}
                    {fact("Mass at lift-off", rocket.launch_mass_t.map(|value| measure(value, "t")))}
                    {fact("Thrust at lift-off", rocket.liftoff_thrust_kn.map(|value| measure(value, "kN")))}
                    {fact("To low Earth orbit", rocket.leo_capacity_kg.map(|value| measure(value, "kg")))}
                    {fact("To GTO", rocket.gto_capacity_kg.map(|value| measure(value, "kg")))}
                    {fact("Price of a launch", rocket.launch_cost_usd.map(|usd| format!("USD {}", grouped(&usd.to_string()))))}
                    {fact("Reusable", reusable)}
                    {fact("Successes in a row", rocket.record.consecutive_successful.map(|row| grouped(&row.to_string())))}
                </dl>
                {description(rocket.description.clone())}
                {links(rocket.info_url.clone(), rocket.wiki_url.clone())}
            })
        }
        About::Pad { pad, location, record } => {
            let place = on_earth(pad.latitude, pad.longitude);
            html(view! {
                <h2 id="about">"Data from LL2"</h2>
                <dl class="pairs">
                    {fact("Location", Some(location.name.clone()))}
                    {fact("Country", location.country_code.clone())}
                    {fact("Time zone", location.timezone.clone())}
                    {fact("Latitude", place.map(|(latitude, _)| format!("{latitude:.4}°")))}
                    {fact("Longitude", place.map(|(_, longitude)| format!("{longitude:.4}°")))}
                </dl>
                {description(record.description.clone())}
                {place.map(|(latitude, longitude)| view! {
                    <p class="lp-more">{outward(map_link(latitude, longitude), "Map".to_owned())}</p>
                })}
                {record.map_url.clone().map(|url| view! { <p class="lp-more">{outward(url, "LL2's map".to_owned())}</p> })}
                {record.wiki_url.clone().map(|url| view! { <p class="lp-more">{outward(url, "Wikipedia".to_owned())}</p> })}
                <p class="lp-more"><a href=format!("/?location={}", location.id)>"All launches from this site on the board"</a></p>
            })
        }
    }
}

fn companions(profile: &Profile) -> String {
    let kinds = Subject::ALL.into_iter().filter(|kind| *kind != profile.subject).map(|kind| {
        let of_kind: Vec<&Companion> =
            profile.companions.iter().filter(|companion| companion.subject == kind).collect();
        let (first, rest) = of_kind.split_at(of_kind.len().min(FIRST_COMPANIONS));
        let (first, rest_count) = (items(first), rest.len());
        let rest = items(rest);
        let title = match (kind, of_kind.len()) {
            (Subject::Provider, 1) => "1 provider".to_owned(),
            (Subject::Provider, count) => format!("{count} providers"),
            (Subject::Rocket, 1) => "1 rocket".to_owned(),
            (Subject::Rocket, count) => format!("{count} rockets"),
            (Subject::Pad, 1) => "1 pad".to_owned(),
            (Subject::Pad, count) => format!("{count} pads"),
        };
        view! {
            <h3 class="lp-sub">{title}</h3>
            <ul class="lp-list">{first}</ul>
            {(rest_count > 0).then(|| view! {
                <details class="lp-about"><summary>{format!("{rest_count} more")}</summary><ul class="lp-list">{rest}</ul></details>
            })}
        }
    });
    let title = match profile.subject {
        Subject::Provider => "Rockets and pads",
        Subject::Rocket => "Providers and pads",
        Subject::Pad => "Providers and rockets",
    };
    html(view! {
        <h2 id="companions">{title}</h2>
        <p class="unit">"Past launches recorded, and upcoming launches"</p>
        {kinds.collect_view()}
    })
}

fn items(companions: &[&Companion]) -> Vec<impl IntoView + use<>> {
    let item = |companion: &&Companion| {
        let counts = format!("{} flown, {} upcoming", companion.past, companion.ahead);
        view! {
            <li>
                <a href=companion.subject.address(companion.id)>{companion.name.clone()}</a>
                <span class="f nw">{counts}</span>
            </li>
        }
    };
    companions.iter().map(item).collect()
}
