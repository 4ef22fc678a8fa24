use domain::{Booster, SpacecraftFlight};
use leptos::prelude::*;

use super::{detail::Detail, press::none};

/// The spacecraft and its crew.
#[component]
pub(super) fn Crew(detail: Detail) -> impl IntoView {
    detail.with_value(|detail| {
        let crew = detail.crew.iter().map(|member| {
            let tail: Vec<_> = [Some(member.role.clone()), member.agency.clone(), member.nationality.clone()].into_iter().flatten().collect();
            view! { <li><span>{member.name.clone()}</span><span class="f">{tail.join(" · ")}</span></li> }
        });
        let spacecraft = detail.spacecraft.iter().map(|flight| {
            view! { <li><span>{spacecraft_name(flight)}</span><span class="f">{spacecraft_text(flight)}</span></li> }
        });
        let crew_title = match (detail.crew.len(), detail.launch.crewed) {
            (0, Some(true)) => "Crewed, no names given".to_owned(),
            (0, _) => "Crew".to_owned(),
            (1, _) => "Crew of one".to_owned(),
            (count, _) => format!("Crew of {count}"),
        };
        let title = match (detail.spacecraft.is_empty(), detail.crew.is_empty()) {
            (true, _) => crew_title,
            (false, true) => "Spacecraft".to_owned(),
            (false, false) => format!("Spacecraft, {}", crew_title.to_lowercase()),
        };
        view! {
            <section class="panel pad span-4" aria-labelledby="crew">
                <h2 id="crew">{title}</h2>
                {(!detail.spacecraft.is_empty()).then(|| view! { <ul class="lp-list tall" aria-label="Spacecraft">{spacecraft.collect_view()}</ul> })}
                {detail.crew.is_empty().then(|| view! { <p class="lp-text f">{none(detail.has_detail, match detail.launch.crewed {
                    Some(true) => "LL2 gives no names.",
                    Some(false) => "No crew.",
                    None => "LL2 does not say whether there is a crew.",
                })}</p> })}
                <ul class="lp-list crew" aria-label="Crew">{crew.collect_view()}</ul>
            </section>
        }
    })
}

/// The boosters, and where they are to land.
#[component]
pub(super) fn Boosters(detail: Detail) -> impl IntoView {
    detail.with_value(|detail| {
        let boosters = detail.boosters.iter().map(|booster| {
            view! { <li><span>{name(booster)}</span><span class="f">{booster_landing_text(booster)}</span></li> }
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

fn spacecraft_name(flight: &SpacecraftFlight) -> String {
    let name = flight.name.clone().or_else(|| flight.serial_number.clone()).filter(|_| !flight.is_placeholder);
    match (name, &flight.model) {
        (Some(name), _) => name,
        (None, Some(model)) => format!("{model}: not assigned"),
        (None, None) => "Not assigned".to_owned(),
    }
}

fn spacecraft_text(flight: &SpacecraftFlight) -> String {
    // The name often contains the model.
    let model = flight.model.clone().filter(|model| !spacecraft_name(flight).contains(model.as_str()));
    let destination = flight.destination.as_ref().map(|destination| format!("to {destination}"));
    let landing = landing_text(
        (flight.landing_attempt, flight.landing_success),
        [&flight.landing_type, &flight.landing_location],
    );
    [model, destination, Some(landing)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn booster_landing_text(booster: &Booster) -> String {
    landing_text((booster.landing_attempt, booster.landing_success), [&booster.landing_type, &booster.landing_location])
}

/// `landing`: whether one is attempted, and whether it succeeded. `place`: how and where.
fn landing_text(landing: (Option<bool>, Option<bool>), place: [&Option<String>; 2]) -> String {
    let place = place.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ");
    let place = if place.is_empty() { String::new() } else { format!(": {place}") };
    match landing {
        (_, Some(true)) => format!("landed{place}"),
        (_, Some(false)) => format!("lost at landing{place}"),
        (Some(true), None) => format!("landing planned{place}"),
        (Some(false), None) => "no landing planned".to_owned(),
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
        assert_eq!(booster_landing_text(&dummy), "landing planned: ASDS");
    }

    #[test]
    fn a_spacecraft_is_named_with_its_model_and_destination() {
        let cargo = SpacecraftFlight {
            flight_id: 879,
            id: Some(474),
            name: Some("Cargo Dragon C209".to_owned()),
            serial_number: Some("C209".to_owned()),
            model: Some("Cargo Dragon 2".to_owned()),
            is_placeholder: false,
            destination: Some("ISS".to_owned()),
            mission_end: None,
            landing_attempt: Some(true),
            landing_success: None,
            landing_type: Some("Parachute Landing".to_owned()),
            landing_location: Some("Pacific Ocean".to_owned()),
        };
        assert_eq!(spacecraft_name(&cargo), "Cargo Dragon C209");
        let text = "Cargo Dragon 2 · to ISS · landing planned: Parachute Landing, Pacific Ocean";
        assert_eq!(spacecraft_text(&cargo), text);
        let unknown = SpacecraftFlight { is_placeholder: true, ..cargo };
        assert_eq!(spacecraft_name(&unknown), "Cargo Dragon 2: not assigned");
        assert!(spacecraft_text(&unknown).starts_with("to ISS · "));
    }
}
