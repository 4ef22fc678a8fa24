//! The people aboard.

use std::borrow::Cow;

use serde::Deserialize;

use super::{
    agency::Mention,
    lenient::{Day, Integer, Link, Named, Object, Text, TextOrList, given},
    part::{Country, Image, joined},
    version::Version,
};
use crate::record::{self, Absent};

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(super) struct CrewMember<'a> {
    #[serde(default)]
    role: Object<'a, Role<'a>>,
    #[serde(default)]
    astronaut: Object<'a, Astronaut<'a>>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct Role<'a> {
    #[serde(default)]
    role: Text<'a>,
}

/// A person; `profile_image` is sent by 2.2.0, `image` by 2.3.0.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct Astronaut<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    name: Text<'a>,
    #[serde(default, deserialize_with = "given")]
    agency: Option<Mention<'a>>,
    #[serde(default, deserialize_with = "given")]
    nationality: Option<Nationality<'a>>,
    #[serde(rename = "type", default, deserialize_with = "given")]
    kind: Option<Named<'a>>,
    #[serde(default, deserialize_with = "given")]
    status: Option<Named<'a>>,
    #[serde(default, deserialize_with = "given")]
    date_of_birth: Option<Day>,
    #[serde(default, deserialize_with = "given")]
    date_of_death: Option<Day>,
    #[serde(default, deserialize_with = "given")]
    wiki: Option<Link<'a>>,
    #[serde(default, deserialize_with = "given")]
    profile_image: Option<Link<'a>>,
    #[serde(default, deserialize_with = "given")]
    image: Option<Image<'a>>,
}

/// `"American"` in 2.2.0, a list of countries in 2.3.0.
#[derive(Default)]
struct Nationality<'a> {
    adjective: Option<Cow<'a, str>>,
    /// None in 2.2.0.
    country_code: Option<String>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Nationality<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let either: TextOrList<'a, Country<'a>> = TextOrList::deserialize(deserializer)?;
        Ok(match either {
            TextOrList::Text(text) => Self { adjective: text.into_inner(), country_code: None },
            TextOrList::List(countries) => Self {
                adjective: joined(countries.iter().filter_map(Country::nationality)).map(Cow::Owned),
                country_code: joined(countries.iter().filter_map(Country::code)),
            },
        })
    }
}

/// Cuts a role to 255 bytes. It is part of a key, and no index takes 2,704 bytes: one overlong role would fail the
/// publication of all launches.
fn within_an_index(role: &str) -> &str {
    &role[..role.floor_char_boundary(255)]
}

impl CrewMember<'_> {
    /// Returns none without the id or the name of the person.
    pub(super) fn record<V: Version>(&self) -> Option<record::CrewMember<'_>> {
        Some(record::CrewMember {
            role: self.role.get().and_then(|role| role.role.as_deref()).map_or("Unknown", within_an_index),
            astronaut: self.astronaut.get()?.record::<V>()?,
        })
    }
}

impl Astronaut<'_> {
    fn record<V: Version>(&self) -> Option<record::Astronaut<'_>> {
        let mut absent = Absent::default();
        let nationality = absent.note("nationality", &self.nationality);
        let country_code = nationality.and_then(|nationality| V::only_230(&nationality.country_code));
        if country_code.is_none() {
            absent.0.push("country_code");
        }
        Some(record::Astronaut {
            id: self.id.0?,
            name: self.name.as_deref()?,
            nationality: nationality.and_then(|nationality| nationality.adjective.as_deref()).map(str::to_owned),
            country_code: country_code.cloned().flatten(),
            agency_name: absent.note("agency_name", &self.agency).and_then(Mention::name),
            agency: absent.note("agency_id", &self.agency).and_then(Mention::agency::<V>),
            kind: absent.note("type", &self.kind).and_then(Named::as_deref),
            status: absent.note("status", &self.status).and_then(Named::as_deref),
            birth_date: absent.note("birth_date", &self.date_of_birth).and_then(|day| day.0),
            death_date: absent.note("death_date", &self.date_of_death).and_then(|day| day.0),
            wiki_url: absent.note("wiki_url", &self.wiki).and_then(Link::as_deref),
            image_url: V::image(&mut absent, "image_url", &self.profile_image, &self.image),
            absent,
        })
    }
}
