use domain::{Compared, DeltaV, Launch, StatusKind, Subject};
use leptos::prelude::*;

use crate::{
    components::{fact::measure, record::headline, tally_words},
    erase::Erase as _,
    time::{net_time, time_left, use_minute, window_text},
};

/// An attribute in which launches are compared.
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) cells: Vec<AnyView>,
    /// Whether the columns differ.
    pub(super) differs: bool,
}

/// Returns everything that the board knows of the launches, in the order of a decision: when, how near, how certain, what, where.
pub(super) fn rows(launches: &[Compared]) -> Vec<Row> {
    let text = |name, value: fn(&Compared) -> Option<String>| {
        let values: Vec<_> = launches.iter().map(value).collect();
        let differs = differ(&values);
        Row { name, differs, cells: values.into_iter().map(or_not_given).collect() }
    };
    // The compared value is plain; the displayed one may be a link, or depend on the clock and the time zone.
    let drawn = |name, value: fn(&Compared) -> String, draw: fn(&Launch) -> AnyView| Row {
        name,
        differs: differ(&launches.iter().map(value).collect::<Vec<_>>()),
        cells: launches.iter().map(|one| draw(&one.launch)).collect(),
    };
    vec![
        drawn("Listed for", |one| one.launch.span().label_utc(), |launch| net_time(launch).erase()),
        drawn("Time left", |one| one.launch.net.to_string(), left),
        text("Date known", |one| Some(one.launch.granularity().describe().to_owned())),
        drawn("Window", |one| format!("{:?} {}", one.launch.window(), one.launch.granularity().ticks()), window),
        text("Slips seen", |one| Some(one.launch.slip_count.to_string())),
        text("Status", |one| {
            let kind = StatusKind::of(one.launch.status.id);
            Some(kind.meaning().map_or_else(|| one.launch.status.name.clone(), ToOwned::to_owned))
        }),
        text("Where the mission ends", |one| Some(one.launch.moon.tier.label().to_owned())),
        text("Remaining to the surface", |one| one.launch.moon.delta_v_left_km_s.map(distance)),
        text("Orbit", |one| one.launch.orbit.as_ref().map(|orbit| orbit.name.clone())),
        text("Mission", |one| one.launch.mission.as_ref().and_then(|mission| mission.kind.clone())),
        text("People aboard", |one| one.launch.crewed.map(|is| if is { "yes" } else { "no" }.to_owned())),
        text("Programs", |one| {
            let names: Vec<_> = one.launch.programs.iter().map(|program| program.name.as_str()).collect();
            Some(if names.is_empty() { "none".to_owned() } else { names.join(", ") })
        }),
        text("Weather go", |one| one.launch.probability.map(|probability| format!("{probability}%"))),
        text("Weather concern", |one| one.launch.weather_concerns.clone()),
        drawn(
            "Rocket",
            |one| one.launch.rocket.id.to_string(),
            |launch| link(Subject::Rocket, launch.rocket.id, &launch.rocket.name),
        ),
        text("Rocket's record", |one| Some(tally_words(&one.rocket_held))),
        text("Rocket, by LL2", |one| Some(headline(&one.rocket))),
        text("Rocket's length", |one| one.launch.rocket.length_m.map(|length| measure(length, "m"))),
        drawn(
            "Provider",
            |one| one.launch.provider.id.to_string(),
            |launch| link(Subject::Provider, launch.provider.id, &launch.provider.name),
        ),
        text("Provider's record", |one| Some(tally_words(&one.provider_held))),
        text("Provider, by LL2", |one| Some(headline(&one.provider))),
        drawn("Pad", |one| one.launch.pad.id.to_string(), |launch| link(Subject::Pad, launch.pad.id, &launch.pad.name)),
        text("Location", |one| Some(one.launch.location.name.clone())),
        text("Country", |one| one.launch.location.country_code.clone()),
        text("Webcast is live", |one| Some(if one.launch.webcast_live { "yes" } else { "no" }.to_owned())),
    ]
}

/// Returns whether the values are not all the same. A missing value differs from a given one: unknown does not mean equal.
fn differ<T: PartialEq>(values: &[T]) -> bool {
    values.windows(2).any(|pair| pair[0] != pair[1])
}

fn or_not_given(text: Option<String>) -> AnyView {
    match text {
        Some(text) => text.erase(),
        None => view! { <span class="f">"not given"</span> }.erase(),
    }
}

fn link(subject: Subject, id: i32, name: &str) -> AnyView {
    view! { <a href=subject.address(id)>{name.to_owned()}</a> }.erase()
}

fn window(launch: &Launch) -> AnyView {
    match window_text(launch) {
        Some(window) => window.erase(),
        None if launch.granularity().ticks() => "instantaneous, or not given".erase(),
        None => view! { <span class="f">"none while the date is vague"</span> }.erase(),
    }
}

/// The time left, never finer than the precision of the date.
fn left(launch: &Launch) -> AnyView {
    let minute = use_minute();
    let launch = launch.clone();
    let text =
        move || time_left(&launch, Some(minute.get())).unwrap_or_else(|| "no countdown: the date is vague".to_owned());
    text.erase()
}

/// "2.9 km/s", "3.0 to 3.6 km/s".
fn distance(left: DeltaV) -> String {
    if (left.high - left.low).abs() < 0.05 {
        format!("{:.1} km/s", left.low)
    } else {
        format!("{:.1} to {:.1} km/s", left.low, left.high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_values_do_not_count_as_equal() {
        assert!(!differ(&[Some("LEO"), Some("LEO"), Some("LEO")]));
        assert!(differ(&[Some("LEO"), Some("LEO"), None]));
        assert!(differ(&[Some("LEO"), Some("GTO"), Some("LEO")]));
        assert!(!differ::<Option<&str>>(&[None, None]));
    }
}
