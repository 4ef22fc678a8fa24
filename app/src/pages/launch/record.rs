use domain::Subject;
use leptos::prelude::*;

use super::detail::Detail;
use crate::components::{
    fact::{date, fact, grouped, measure},
    record::{description, headline, links},
    tally_bar, tally_words,
};

/// The rocket and its flight record.
#[component]
pub(super) fn Rocket(detail: Detail) -> impl IntoView {
    detail.with_value(|detail| {
        let rocket = &detail.rocket;
        let reusable = rocket.is_reusable.map(|is| if is { "yes" } else { "no" }.to_owned());
        view! {
            <section class="panel pad span-4" aria-labelledby="rocket">
                <h2 id="rocket">"Rocket: " <a href=Subject::Rocket.address(rocket.id)>{rocket.name.clone()}</a></h2>
                <p class="unit">{headline(&rocket.record)}</p>
                {tally_bar(&rocket.held)}
                <p class="lp-text">{tally_words(&rocket.held)}</p>
                <dl class="pairs">
                    {fact("Family", rocket.family.clone())}
                    {fact("Variant", rocket.variant.clone())}
                    {fact("Manufacturer", rocket.manufacturer.clone())}
                    {fact("Maiden flight", rocket.maiden_flight.map(date))}
                    {fact("Length", rocket.length_m.map(|value| measure(value, "m")))}
                    {fact("Diameter", rocket.diameter_m.map(|value| measure(value, "m")))}
                    {fact("Mass at lift-off", rocket.launch_mass_t.map(|value| measure(value, "t")))}
                    {fact("Thrust at lift-off", rocket.liftoff_thrust_kn.map(|value| measure(value, "kN")))}
                    {fact("To low Earth orbit", rocket.leo_capacity_kg.map(|value| measure(value, "kg")))}
                    {fact("To GTO", rocket.gto_capacity_kg.map(|value| measure(value, "kg")))}
                    {fact("Price of a launch", rocket.launch_cost_usd.map(|usd| format!("USD {}", grouped(&usd.to_string()))))}
                    {fact("Reusable", reusable)}
                </dl>
                {description(rocket.description.clone())}
                {links(rocket.info_url.clone(), rocket.wiki_url.clone())}
            </section>
        }
    })
}

/// The provider and its flight record.
#[component]
pub(super) fn Provider(detail: Detail) -> impl IntoView {
    detail.with_value(|detail| {
        let provider = &detail.provider;
        view! {
            <section class="panel pad span-4" aria-labelledby="provider">
                <h2 id="provider">"Provider: " <a href=Subject::Provider.address(provider.id)>{provider.name.clone()}</a></h2>
                <p class="unit">{headline(&provider.record)}</p>
                {tally_bar(&provider.held)}
                <p class="lp-text">{tally_words(&provider.held)}</p>
                <dl class="pairs">
                    {fact("Short name", provider.abbrev.clone())}
                    {fact("Type", provider.kind.clone())}
                    {fact("Country", provider.country_code.clone())}
                    {fact("Founded", provider.founding_year.map(|year| year.to_string()))}
                    {fact("Head", provider.administrator.clone())}
                    {fact("Launches listed", provider.record.pending.map(|count| count.to_string()))}
                </dl>
                {description(provider.description.clone())}
                <p class="lp-more"><a href=format!("/?provider={}", provider.id)>"Its launches on the board"</a></p>
                {links(provider.info_url.clone(), provider.wiki_url.clone())}
            </section>
        }
    })
}
