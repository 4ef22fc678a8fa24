//! Pads and locations.

use serde::Serialize;

use crate::{
    ApiVersion,
    invented::{
        facts::{self, Facts},
        shape::url,
        totals::Totals,
    },
};

#[derive(Serialize)]
pub(super) struct Pad<'a> {
    id: i64,
    url: String,
    agency_id: Option<i64>,
    name: &'a str,
    description: Option<&'static str>,
    info_url: Option<&'static str>,
    wiki_url: &'static str,
    map_url: String,
    latitude: String,
    longitude: String,
    location: Option<Location<'a>>,
    country_code: &'a str,
    map_image: Option<&'static str>,
    total_launch_count: u32,
    orbital_launch_attempt_count: u32,
}

#[derive(Serialize)]
struct Location<'a> {
    id: i64,
    url: String,
    name: &'a str,
    country_code: &'a str,
    description: &'static str,
    map_image: Option<&'static str>,
    timezone_name: &'a str,
    total_launch_count: u32,
    total_landing_count: u32,
}

pub(super) fn pad(id: i64, totals: &Totals) -> Pad<'static> {
    let pad = Facts::get().pad(id);
    let flights = totals.pad(id);
    // This field is never null in 2.2.0.
    let coordinate = |value: Option<f64>| value.unwrap_or(0.0).to_string();
    let latitude = coordinate(pad.and_then(|pad| pad.latitude));
    let longitude = coordinate(pad.and_then(|pad| pad.longitude));
    Pad {
        id,
        url: url(ApiVersion::V220, "pad", id),
        agency_id: None,
        name: pad.map_or("", |pad| &pad.name),
        description: None,
        info_url: None,
        wiki_url: "",
        map_url: format!("https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}"),
        latitude,
        longitude,
        location: pad.and_then(|pad| Facts::get().locations.get(&pad.location)).map(|place| location(place, totals)),
        country_code: pad.map_or("???", |pad| &pad.country),
        map_image: None,
        total_launch_count: flights.total(),
        orbital_launch_attempt_count: flights.orbital,
    }
}

fn location<'a>(place: &'a facts::Location, totals: &Totals) -> Location<'a> {
    Location {
        id: place.id,
        url: url(ApiVersion::V220, "location", place.id),
        name: &place.name,
        country_code: &place.country,
        description: "",
        map_image: None,
        timezone_name: &place.time_zone,
        total_launch_count: totals.location(place.id).total(),
        total_landing_count: 0,
    }
}
