//! What is specific to API 2.3.0: countries, images and families as objects, and payloads; `normal` mode omits whole
//! groups of keys.

use serde::Deserialize;

use super::{
    agency::Mention,
    lenient::{Description, Integer, Link, List, Named, Number, Object, Text},
    part::{Country, Family, Image, country_codes, image_url, nearest_family},
    version::Version,
};
use crate::record::{self, Absent};

pub(super) struct V230;

impl Version for V230 {
    const NEVER_OF_LAUNCH: &[&str] = &[];
    const NEVER_OF_LOCATION: &[&str] = &[];
    const NEVER_OF_ORBIT: &[&str] = &[];

    fn either<'v, T>(_: &'v T, of_230: &'v T) -> &'v T {
        of_230
    }

    fn only_230<T>(value: &T) -> Option<&T> {
        Some(value)
    }

    fn country_codes(
        absent: &mut Absent,
        _: &Option<Text<'_>>,
        countries: &Option<List<Country<'_>>>,
    ) -> Option<String> {
        absent.note("country_code", countries).and_then(country_codes)
    }

    fn country_code<'v>(
        absent: &mut Absent,
        _: &'v Option<Text<'_>>,
        country: &'v Option<Object<'_, Country<'_>>>,
    ) -> Option<&'v str> {
        absent.note("country_code", country).and_then(Object::get).and_then(Country::code)
    }

    fn image<'v>(
        absent: &mut Absent,
        column: &'static str,
        _: &'v Option<Link<'_>>,
        image: &'v Option<Image<'_>>,
    ) -> Option<&'v str> {
        absent.note(column, image).and_then(image_url)
    }

    fn family<'v>(
        absent: &mut Absent,
        _: &'v Option<Text<'_>>,
        families: &'v Option<List<Family<'_>>>,
    ) -> Option<&'v str> {
        absent.note("family", families).and_then(nearest_family)
    }
}

/// A flight of a payload; its attributes are one level below. Without an id two of them could not be distinguished.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(super) struct PayloadFlight<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    destination: Text<'a>,
    #[serde(default)]
    amount: Integer,
    #[serde(default)]
    payload: Object<'a, Payload<'a>>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct Payload<'a> {
    #[serde(default)]
    name: Text<'a>,
    #[serde(rename = "type", default)]
    kind: Named<'a>,
    #[serde(default)]
    manufacturer: Mention<'a>,
    #[serde(default)]
    operator: Mention<'a>,
    #[serde(default)]
    mass: Number,
    #[serde(default)]
    description: Description<'a>,
    #[serde(default)]
    info_link: Link<'a>,
    #[serde(default)]
    wiki_link: Link<'a>,
}

impl PayloadFlight<'_> {
    pub(super) fn record(&self) -> Option<record::Payload<'_>> {
        let payload = self.payload.get()?;
        Some(record::Payload {
            flight_id: self.id.0?,
            name: payload.name.as_deref().unwrap_or("Unnamed payload"),
            kind: payload.kind.as_deref(),
            manufacturer_name: payload.manufacturer.name(),
            manufacturer: payload.manufacturer.agency::<V230>(),
            operator_name: payload.operator.name(),
            operator: payload.operator.agency::<V230>(),
            destination: self.destination.as_deref(),
            // Zero and negative values stand for an empty field.
            amount: self.amount.small().filter(|amount| *amount > 0),
            mass_kg: payload.mass.0.filter(|mass| *mass > 0.0),
            description: payload.description.as_deref(),
            info_url: payload.info_link.as_deref(),
            wiki_url: payload.wiki_link.as_deref(),
        })
    }
}
