use leptos::prelude::*;

use super::{
    Detail,
    fact::{fact, outward},
};

/// Where it leaves from.
#[component]
pub(super) fn Place(detail: Detail) -> impl IntoView {
    detail.with_value(|detail| {
        let (pad, location, record) = (&detail.launch.pad, &detail.launch.location, &detail.pad);
        let coordinates = pad.latitude.zip(pad.longitude);
        let title = match record.total_launch_count {
            Some(0) => format!("Pad: {}, not used yet", pad.name),
            Some(1) => format!("Pad: {}, 1 launch so far", pad.name),
            Some(count) => format!("Pad: {}, {count} launches so far", pad.name),
            None => format!("Pad: {}", pad.name),
        };
        view! {
            <section class="panel pad c4" aria-labelledby="pad">
                <h2 id="pad">{title}</h2>
                <p class="unit">{coordinates.map_or_else(|| "Coordinates not given".to_owned(), |(latitude, longitude)| degrees(latitude, longitude))}</p>
                {coordinates.map(|(latitude, longitude)| graticule(latitude, longitude))}
                <dl class="kv">
                    {fact("Location", Some(location.name.clone()))}
                    {fact("Country", location.country_code.clone())}
                    {fact("Time zone", location.timezone.clone())}
                </dl>
                {record.description.clone().map(|text| view! { <details class="lp-about"><summary>"About"</summary><p class="lp-text">{text}</p></details> })}
                {coordinates.map(|(latitude, longitude)| view! {
                    <p class="lp-more">{outward(map_link(latitude, longitude), "Map".to_owned())}</p>
                })}
                {record.map_url.clone().map(|url| view! { <p class="lp-more">{outward(url, "LL2's map".to_owned())}</p> })}
                {record.wiki_url.clone().map(|url| view! { <p class="lp-more">{outward(url, "Wikipedia".to_owned())}</p> })}
                <p class="lp-more"><a href=format!("/?pad={}", pad.id)>"Launches from this pad"</a></p>
            </section>
        }
    })
}

/// "28.63° N, 80.62° W".
fn degrees(latitude: f64, longitude: f64) -> String {
    let north = if latitude < 0.0 { 'S' } else { 'N' };
    let east = if longitude < 0.0 { 'W' } else { 'E' };
    format!("{:.2}° {north}, {:.2}° {east}", latitude.abs(), longitude.abs())
}

/// A map opened by the reader, on a site that asks no key and no script of us.
fn map_link(latitude: f64, longitude: f64) -> String {
    format!("https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=13/{latitude}/{longitude}")
}

/// Where on the globe, on bare lines of latitude and longitude: equirectangular, so that a share of the width is a
/// longitude and nothing need be computed. Land is left to the map.
fn graticule(latitude: f64, longitude: f64) -> impl IntoView {
    let x = |longitude: f64| format!("{:.2}%", (longitude + 180.0) / 3.6);
    let y = |latitude: f64| format!("{:.2}%", (90.0 - latitude) / 1.8);
    let meridians: Vec<_> = (-5..=5)
        .map(|at| f64::from(at) * 30.0)
        .map(|at| view! { <line class:main=at == 0.0 x1=x(at) x2=x(at) y1="0" y2="100%"></line> })
        .collect();
    let parallels: Vec<_> = (-2..=2)
        .map(|at| f64::from(at) * 30.0)
        .map(|at| view! { <line class:main=at == 0.0 x1="0" x2="100%" y1=y(at) y2=y(at)></line> })
        .collect();
    view! {
        <svg class="graticule" width="100%" height="150" role="img" aria-label=format!("On the globe: {}", degrees(latitude, longitude))>
            {meridians}
            {parallels}
            <text x="4" y="50%" dy="-4">"equator"</text>
            <circle class="halo" cx=x(longitude) cy=y(latitude) r="9"></circle>
            <circle class="pad-dot" cx=x(longitude) cy=y(latitude) r="3.5"></circle>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_south_and_the_west_are_named() {
        assert_eq!(degrees(28.627_222, -80.620_833), "28.63° N, 80.62° W");
        assert_eq!(degrees(-39.26, 177.86), "39.26° S, 177.86° E");
    }
}
