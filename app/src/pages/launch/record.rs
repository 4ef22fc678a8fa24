use domain::{FlightRecord, Subject};
use leptos::prelude::*;

use super::{
    Detail, fact,
    fact::{fact, grouped, measure, outward},
};
use crate::components::{tally_bar, tally_words};

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
                    {fact("Maiden flight", rocket.maiden_flight.map(fact::date))}
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

/// Formats LL2's count in words: "LL2 counts 541 of 544 flown well, the last 70 in a row".
pub(crate) fn headline(record: &FlightRecord) -> String {
    match (record.successful, record.total, record.consecutive_successful) {
        (_, Some(0), _) => "By LL2's count it has not flown yet".to_owned(),
        (Some(good), Some(total), Some(row)) if row > 1 && row < good => {
            format!(
                "LL2 counts {} of {} flown well, the last {row} in a row",
                grouped(&good.to_string()),
                grouped(&total.to_string())
            )
        }
        (Some(good), Some(total), _) => {
            format!("LL2 counts {} of {} flown well", grouped(&good.to_string()), grouped(&total.to_string()))
        }
        _ => "LL2 gives no record of flights".to_owned(),
    }
}

pub(crate) fn description(text: Option<String>) -> Option<impl IntoView> {
    text.map(
        |text| view! { <details class="lp-about"><summary>"About"</summary><p class="lp-text">{text}</p></details> },
    )
}

pub(crate) fn links(info: Option<String>, wiki: Option<String>) -> Option<impl IntoView> {
    (info.is_some() || wiki.is_some()).then(|| {
        view! {
            <p class="lp-more">{info.map(|url| outward(url, "Its own page".to_owned()))}</p>
            <p class="lp-more">{wiki.map(|url| outward(url, "Wikipedia".to_owned()))}</p>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_said_as_far_as_it_is_known() {
        let record = FlightRecord {
            total: Some(544),
            successful: Some(541),
            consecutive_successful: Some(70),
            ..FlightRecord::default()
        };
        assert_eq!(headline(&record), "LL2 counts 541 of 544 flown well, the last 70 in a row");
        assert_eq!(
            headline(&FlightRecord { total: Some(0), ..FlightRecord::default() }),
            "By LL2's count it has not flown yet"
        );
        assert_eq!(headline(&FlightRecord::default()), "LL2 gives no record of flights");
    }
}
