//! Launch sites and missions.

use serde::Deserialize;

use super::{
    agency::Agency,
    lenient::{Description, Integer, Link, List, Named, Number, Object, Text, given},
    part::{self, Country},
    version::Version,
};
use crate::record::{self, Absent};

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(super) struct Mission<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    name: Text<'a>,
    #[serde(rename = "type", default)]
    kind: Named<'a>,
    #[serde(default)]
    description: Description<'a>,
    #[serde(default)]
    pub(super) orbit: Object<'a, Orbit<'a>>,
    #[serde(default)]
    pub(super) agencies: List<Agency<'a>>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(super) struct Orbit<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    name: Text<'a>,
    #[serde(default)]
    abbrev: Text<'a>,
    #[serde(default, deserialize_with = "given")]
    celestial_body: Option<Named<'a>>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(super) struct Pad<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    name: Text<'a>,
    #[serde(default, deserialize_with = "given")]
    latitude: Option<Number>,
    #[serde(default, deserialize_with = "given")]
    longitude: Option<Number>,
    #[serde(default, deserialize_with = "given")]
    country_code: Option<Text<'a>>,
    #[serde(default, deserialize_with = "given")]
    country: Option<Object<'a, Country<'a>>>,
    #[serde(default, deserialize_with = "given")]
    description: Option<Description<'a>>,
    #[serde(default, deserialize_with = "given")]
    total_launch_count: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    orbital_launch_attempt_count: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    map_url: Option<Link<'a>>,
    #[serde(default, deserialize_with = "given")]
    wiki_url: Option<Link<'a>>,
    #[serde(default, deserialize_with = "given")]
    info_url: Option<Link<'a>>,
    #[serde(default)]
    pub(super) location: Object<'a, Location<'a>>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(super) struct Location<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    name: Text<'a>,
    #[serde(default, deserialize_with = "given")]
    country_code: Option<Text<'a>>,
    #[serde(default, deserialize_with = "given")]
    country: Option<Object<'a, Country<'a>>>,
    #[serde(default, deserialize_with = "given")]
    timezone_name: Option<Text<'a>>,
    #[serde(default, deserialize_with = "given")]
    latitude: Option<Number>,
    #[serde(default, deserialize_with = "given")]
    longitude: Option<Number>,
    #[serde(default, deserialize_with = "given")]
    celestial_body: Option<Named<'a>>,
    #[serde(default, deserialize_with = "given")]
    description: Option<Description<'a>>,
    #[serde(default, deserialize_with = "given")]
    total_launch_count: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    total_landing_count: Option<Integer>,
}

impl Mission<'_> {
    pub(super) fn record(&self) -> Option<record::Mission<'_>> {
        Some(record::Mission {
            id: self.id.member()?,
            name: self.name.as_deref(),
            mission_type: self.kind.as_deref(),
            description: self.description.as_deref(),
        })
    }
}

impl Orbit<'_> {
    pub(super) fn record<V: Version>(&self) -> Option<record::Orbit<'_>> {
        let mut absent = Absent::of(V::NEVER_OF_ORBIT);
        let name = self.name.as_deref().or(self.abbrev.as_deref());
        Some(record::Orbit {
            id: self.id.member()?,
            name,
            abbrev: self.abbrev.as_deref().or(name),
            celestial_body: V::only_230(&self.celestial_body)
                .and_then(|body| absent.note("celestial_body", body))
                .and_then(Named::as_deref),
            absent,
        })
    }
}

impl Pad<'_> {
    pub(super) fn record<V: Version>(&self) -> Option<record::Pad<'_>> {
        let mut absent = Absent::default();
        Some(record::Pad {
            id: self.id.member()?,
            name: self.name.as_deref(),
            latitude: absent.note("latitude", &self.latitude).and_then(|latitude| part::degrees(latitude, 90.0)),
            longitude: absent.note("longitude", &self.longitude).and_then(|longitude| part::degrees(longitude, 180.0)),
            country_code: V::country_code(&mut absent, &self.country_code, &self.country),
            description: absent.note("description", &self.description).and_then(Text::as_deref),
            total_launch_count: absent
                .note("total_launch_count", &self.total_launch_count)
                .and_then(|count| count.small()),
            orbital_launch_attempt_count: absent
                .note("orbital_launch_attempt_count", &self.orbital_launch_attempt_count)
                .and_then(|count| count.small()),
            map_url: absent.note("map_url", &self.map_url).and_then(Link::as_deref),
            wiki_url: absent.note("wiki_url", &self.wiki_url).and_then(Link::as_deref),
            info_url: absent.note("info_url", &self.info_url).and_then(Link::as_deref),
            absent,
        })
    }
}

impl Location<'_> {
    pub(super) fn record<V: Version>(&self) -> Option<record::Location<'_>> {
        let mut absent = Absent::of(V::NEVER_OF_LOCATION);
        Some(record::Location {
            id: self.id.member()?,
            name: self.name.as_deref(),
            country_code: V::country_code(&mut absent, &self.country_code, &self.country),
            timezone_name: absent.note("timezone_name", &self.timezone_name).and_then(Text::as_deref),
            latitude: V::only_230(&self.latitude)
                .and_then(|latitude| absent.note("latitude", latitude))
                .and_then(|latitude| part::degrees(latitude, 90.0)),
            longitude: V::only_230(&self.longitude)
                .and_then(|longitude| absent.note("longitude", longitude))
                .and_then(|longitude| part::degrees(longitude, 180.0)),
            celestial_body: V::only_230(&self.celestial_body)
                .and_then(|body| absent.note("celestial_body", body))
                .and_then(Named::as_deref),
            description: absent.note("description", &self.description).and_then(Text::as_deref),
            total_launch_count: absent
                .note("total_launch_count", &self.total_launch_count)
                .and_then(|count| count.small()),
            total_landing_count: absent
                .note("total_landing_count", &self.total_landing_count)
                .and_then(|count| count.small()),
            absent,
        })
    }
}
