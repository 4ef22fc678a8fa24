use domain::FlightRecord;
use leptos::prelude::*;

use super::{
    Detail, fact,
    fact::{fact, grouped, measure, outward},
};

/// The rocket and how it has flown.
#[component]
pub(super) fn Rocket(detail: Detail) -> impl IntoView {
    detail.with_value(|detail| {
        let rocket = &detail.rocket;
        let reusable = rocket.is_reusable.map(|is| if is { "yes" } else { "no" }.to_owned());
        view! {
            <section class="panel pad c4" aria-labelledby="rocket">
                <h2 id="rocket">{format!("Rocket: {}", rocket.name)}</h2>
                <p class="unit">{headline(&rocket.record)}</p>
                {flights(&rocket.record)}
                <dl class="kv">
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

/// Who flies it, and how they have done.
#[component]
pub(super) fn Provider(detail: Detail) -> impl IntoView {
    detail.with_value(|detail| {
        let provider = &detail.provider;
        view! {
            <section class="panel pad c4" aria-labelledby="provider">
                <h2 id="provider">{format!("Provider: {}", provider.name)}</h2>
                <p class="unit">{headline(&provider.record)}</p>
                {flights(&provider.record)}
                <dl class="kv">
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

/// "541 of 544 flew well, the last 70 in a row".
fn headline(record: &FlightRecord) -> String {
    match (record.successful, record.total, record.consecutive_successful) {
        (_, Some(0), _) => "Has not flown yet".to_owned(),
        (Some(good), Some(total), Some(row)) if row > 1 && row < good => {
            format!(
                "{} of {} flew well, the last {row} in a row",
                grouped(&good.to_string()),
                grouped(&total.to_string())
            )
        }
        (Some(good), Some(total), _) => {
            format!("{} of {} flew well", grouped(&good.to_string()), grouped(&total.to_string()))
        }
        _ => "LL2 gives no record of flights".to_owned(),
    }
}

/// Flights that went well and those that did not, as parts of one bar: a record is a count, not a chance.
fn flights(record: &FlightRecord) -> Option<impl IntoView + use<>> {
    let (good, total) = (record.successful?, record.total?);
    if total <= 0 || !(0..=total).contains(&good) {
        return None;
    }
    let share = f64::from(good) * 100.0 / f64::from(total);
    let failed = record.failed.unwrap_or(total - good);
    Some(view! {
        <svg class="flights" width="100%" height="10" role="img" aria-label=format!("{good} successes, {failed} failures")>
            <rect class="good" width=format!("{share:.2}%") height="10" rx="2"></rect>
            <rect class="bad" x=format!("{share:.2}%") width=format!("{:.2}%", 100.0 - share) height="10" rx="2" mask="url(#texture-month)"></rect>
        </svg>
    })
}

fn description(text: Option<String>) -> Option<impl IntoView> {
    text.map(
        |text| view! { <details class="lp-about"><summary>"About"</summary><p class="lp-text">{text}</p></details> },
    )
}

fn links(info: Option<String>, wiki: Option<String>) -> Option<impl IntoView> {
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
        assert_eq!(headline(&record), "541 of 544 flew well, the last 70 in a row");
        assert_eq!(headline(&FlightRecord { total: Some(0), ..FlightRecord::default() }), "Has not flown yet");
        assert_eq!(headline(&FlightRecord::default()), "LL2 gives no record of flights");
    }
}
