//! Pads, locations, countries and celestial bodies.

use serde::Serialize;
use serde_json::Number;

use crate::{
    ApiVersion,
    invented::{
        facts::{self, Facts},
        shape::{IdName, number, url},
        totals::Totals,
    },
};

#[derive(Serialize)]
pub(super) struct Country<'a> {
    id: i64,
    name: &'a str,
    alpha_2_code: &'a str,
    alpha_3_code: &'a str,
    nationality_name: &'a str,
    nationality_name_composed: &'a str,
}

#[derive(Serialize)]
pub(super) struct Pad<'a> {
    id: i64,
    url: String,
    active: bool,
    agencies: [(); 0],
    name: &'a str,
    image: Option<&'static str>,
    description: Option<&'static str>,
    info_url: Option<&'static str>,
    wiki_url: &'static str,
    map_url: Option<String>,
    latitude: Option<Number>,
    longitude: Option<Number>,
    country: Option<Country<'a>>,
    map_image: Option<&'static str>,
    total_launch_count: u32,
    orbital_launch_attempt_count: u32,
    fastest_turnaround: Option<&'static str>,
    location: Option<Location<'a>>,
}

#[derive(Serialize)]
struct Location<'a> {
    response_mode: &'static str,
    id: i64,
    url: String,
    name: &'a str,
    celestial_body: CelestialBody<'a>,
    active: bool,
    country: Option<Country<'a>>,
    description: &'static str,
    image: Option<&'static str>,
    map_image: Option<&'static str>,
    longitude: Option<Number>,
    latitude: Option<Number>,
    timezone_name: &'a str,
    total_launch_count: u32,
    total_landing_count: u32,
}

#[derive(Serialize)]
struct CelestialBody<'a> {
    response_mode: &'static str,
    id: i64,
    name: &'a str,
    r#type: IdName<'static>,
    diameter: u32,
    mass: f64,
    gravity: f64,
    /// In LL2's own format, which is not ISO 8601.
    length_of_day: &'static str,
    atmosphere: bool,
    image: Option<&'static str>,
    description: &'static str,
    wiki_url: &'static str,
    total_attempted_launches: u32,
    successful_launches: u32,
    failed_launches: u32,
    total_attempted_landings: u32,
    successful_landings: u32,
    failed_landings: u32,
}

/// Returns a country by its three-letter code.
pub(super) fn country(alpha_3: &str) -> Option<Country<'static>> {
    let country = Facts::get().countries.get(alpha_3)?;
    Some(Country {
        id: country.id,
        name: &country.name,
        alpha_2_code: &country.alpha_2,
        alpha_3_code: &country.alpha_3,
        nationality_name: &country.nationality,
        nationality_name_composed: &country.nationality,
    })
}

/// Returns a pad with its location.
pub(super) fn pad(id: i64, totals: &Totals) -> Pad<'static> {
    let pad = Facts::get().pad(id);
    let flights = totals.pad(id);
    let position = pad.and_then(|pad| Some((pad.latitude?, pad.longitude?)));
    Pad {
        id,
        url: url(ApiVersion::V230, "pads", id),
        active: true,
        agencies: [],
        name: pad.map_or("", |pad| &pad.name),
        image: None,
        description: None,
        info_url: None,
        wiki_url: "",
        map_url: position.map(|(lat, lon)| format!("https://www.openstreetmap.org/?mlat={lat}&mlon={lon}")),
        latitude: number(position.map(|(latitude, _)| latitude)),
        longitude: number(position.map(|(_, longitude)| longitude)),
        country: pad.and_then(|pad| country(&pad.country)),
        map_image: None,
        total_launch_count: flights.total(),
        orbital_launch_attempt_count: flights.orbital,
        fastest_turnaround: None,
        location: pad.and_then(|pad| Facts::get().locations.get(&pad.location)).map(|place| location(place, totals)),
    }
}

fn location<'a>(place: &'a facts::Location, totals: &Totals) -> Location<'a> {
    Location {
        response_mode: "normal",
        id: place.id,
        url: url(ApiVersion::V230, "locations", place.id),
        name: &place.name,
        celestial_body: earth(&place.body, totals),
        active: true,
        country: country(&place.country),
        description: "",
        image: None,
        map_image: None,
        longitude: number(place.longitude),
        latitude: number(place.latitude),
        timezone_name: &place.time_zone,
        total_launch_count: totals.location(place.id).total(),
        total_landing_count: 0,
    }
}

/// Returns the celestial body of a location. All launches of the invented world are from the Earth.
fn earth<'a>(name: &'a str, totals: &Totals) -> CelestialBody<'a> {
    CelestialBody {
        response_mode: "normal",
        id: 1,
        name,
        r#type: IdName { id: 1, name: "Planet" },
        diameter: 12_742_000,
        mass: 5.972_168e24,
        gravity: 9.806_55,
        length_of_day: "1 00:00:00",
        atmosphere: true,
        image: None,
        description: "",
        wiki_url: "https://en.wikipedia.org/wiki/Earth",
        total_attempted_launches: totals.world.total(),
        successful_launches: totals.world.succeeded,
        failed_launches: totals.world.failed,
        total_attempted_landings: 0,
        successful_landings: 0,
        failed_landings: 0,
    }
}
