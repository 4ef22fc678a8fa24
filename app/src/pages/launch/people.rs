use domain::Booster;
use leptos::prelude::*;

use super::{detail::Detail, press::none};

/// The crew.
#[component]
pub(super) fn Crew(detail: Detail) -> impl IntoView {
    detail.with_value(|detail| {
        let crew = detail.crew.iter().map(|member| {
            let tail: Vec<_> = [Some(member.role.clone()), member.agency.clone(), member.nationality.clone()].into_iter().flatten().collect();
            view! { <li><span>{member.name.clone()}</span><span class="f">{tail.join(" · ")}</span></li> }
        });
        let title = match (detail.crew.len(), detail.launch.crewed) {
            (0, Some(true)) => "Crewed, no names given".to_owned(),
            (0, _) => "Crew".to_owned(),
            (1, _) => "Crew of one".to_owned(),
            (count, _) => format!("Crew of {count}"),
        };
        view! {
            <section class="panel pad span-4" aria-labelledby="crew">
                <h2 id="crew">{title}</h2>
                {detail.crew.is_empty().then(|| view! { <p class="lp-text f">{none(detail.has_detail, match detail.launch.crewed {
                    Some(true) => "LL2 gives no names.",
                    Some(false) => "No crew.",
                    None => "LL2 does not say whether there is a crew.",
                })}</p> })}
                <ul class="lp-list crew">{crew.collect_view()}</ul>
            </section>
        }
    })
}

/// The boosters, and where they are to land.
#[component]
pub(super) fn Boosters(detail: Detail) -> impl IntoView {
    detail.with_value(|detail| {
        let boosters = detail.boosters.iter().map(|booster| {
            view! { <li><span>{name(booster)}</span><span class="f">{landing_text(booster)}</span></li> }
        });
        view! {
            <section class="panel pad span-4" aria-labelledby="boosters">
                <h2 id="boosters">{match detail.boosters.len() {
                    0 => "Boosters".to_owned(),
                    1 => "1 booster".to_owned(),
                    count => format!("{count} boosters"),
                }}</h2>
                {detail.boosters.is_empty().then(|| view! { <p class="lp-text f">{none(detail.has_detail, "None is listed.")}</p> })}
                <ul class="lp-list tall">{boosters.collect_view()}</ul>
            </section>
        }
    })
}

fn name(booster: &Booster) -> String {
    let stage = booster.stage_type.clone().unwrap_or_else(|| "Booster".to_owned());
    let serial = match &booster.serial_number {
        Some(serial) if !booster.is_placeholder => serial.clone(),
        _ => "not assigned".to_owned(),
    };
    let flight = booster.flight_number.map(|flight| format!(", flight {flight}")).unwrap_or_default();
    let reused = match booster.is_reused {
        Some(true) => ", reused",
        Some(false) => ", new",
        None => "",
    };
    format!("{stage}: {serial}{flight}{reused}")
}

fn landing_text(booster: &Booster) -> String {
    let place = [booster.landing_type.clone(), booster.landing_location.clone()];
    let place = place.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let place = if place.is_empty() { String::new() } else { format!(": {place}") };
    match (booster.landing_attempt, booster.landing_success) {
        (_, Some(true)) => format!("landed{place}"),
        (_, Some(false)) => format!("lost at landing{place}"),
        (Some(true), None) => format!("will try to land{place}"),
        (Some(false), None) => "will not land".to_owned(),
        (None, None) => "landing not given".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_serial_is_not_a_booster() {
        let dummy = Booster {
            stage_type: Some("Core".to_owned()),
            serial_number: Some("Unknown F9".to_owned()),
            is_placeholder: true,
            is_reused: None,
            flight_number: None,
            landing_attempt: Some(true),
            landing_success: None,
            landing_type: Some("ASDS".to_owned()),
            landing_location: None,
        };
        assert_eq!(name(&dummy), "Core: not assigned");
        assert_eq!(landing_text(&dummy), "will try to land: ASDS");
    }
}
