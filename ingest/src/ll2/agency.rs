//! Agencies, in every role: provider, manufacturer, operator, agency of a mission, agency of a person.

use serde::Deserialize;

use super::{
    lenient::{Description, Integer, Link, List, Named, OrName, Text, given},
    part::{self, Country, Image},
    version::Version,
};
use crate::record::{self, Absent};

/// An agency. Its record is long for a provider and a few names for most other roles; what it lacks stays as stored.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(super) struct Agency<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    name: Text<'a>,
    #[serde(default, deserialize_with = "given")]
    abbrev: Option<Text<'a>>,
    #[serde(rename = "type", default, deserialize_with = "given")]
    kind: Option<Named<'a>>,
    #[serde(default, deserialize_with = "given")]
    country_code: Option<Text<'a>>,
    #[serde(default, deserialize_with = "given")]
    country: Option<List<Country<'a>>>,
    #[serde(default, deserialize_with = "given")]
    description: Option<Description<'a>>,
    #[serde(default, deserialize_with = "given")]
    administrator: Option<Text<'a>>,
    #[serde(default, deserialize_with = "given")]
    founding_year: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    total_launch_count: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    successful_launches: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    failed_launches: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    pending_launches: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    consecutive_successful_launches: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    info_url: Option<Link<'a>>,
    #[serde(default, deserialize_with = "given")]
    wiki_url: Option<Link<'a>>,
    #[serde(default, deserialize_with = "given")]
    logo_url: Option<Link<'a>>,
    #[serde(default, deserialize_with = "given")]
    logo: Option<Image<'a>>,
    #[serde(default, deserialize_with = "given")]
    image_url: Option<Link<'a>>,
    #[serde(default, deserialize_with = "given")]
    image: Option<Image<'a>>,
}

impl Agency<'_> {
    pub(super) fn record<V: Version>(&self) -> Option<record::Agency<'_>> {
        let mut absent = Absent::default();
        Some(record::Agency {
            id: self.id.member()?,
            name: self.name.as_deref(),
            abbrev: absent.note("abbrev", &self.abbrev).and_then(Text::as_deref),
            kind: absent.note("type", &self.kind).and_then(Named::as_deref),
            country_code: V::country_codes(&mut absent, &self.country_code, &self.country),
            description: absent.note("description", &self.description).and_then(Text::as_deref),
            administrator: absent.note("administrator", &self.administrator).and_then(Text::as_deref),
            founding_year: absent.note("founding_year", &self.founding_year).and_then(|year| year.small()),
            counts: part::counts(
                [
                    &self.total_launch_count,
                    &self.successful_launches,
                    &self.failed_launches,
                    &self.pending_launches,
                    &self.consecutive_successful_launches,
                ],
                &mut absent,
            ),
            info_url: absent.note("info_url", &self.info_url).and_then(Link::as_deref),
            wiki_url: absent.note("wiki_url", &self.wiki_url).and_then(Link::as_deref),
            logo_url: V::image(&mut absent, "logo_url", &self.logo_url, &self.logo),
            image_url: V::image(&mut absent, "image_url", &self.image_url, &self.image),
            absent,
        })
    }
}

/// Where an agency is mentioned: the agency itself, or only its name.
pub(super) type Mention<'a> = OrName<'a, Agency<'a>>;

impl Mention<'_> {
    pub(super) fn name(&self) -> Option<&str> {
        self.name_or(|agency| agency.name.as_deref())
    }

    pub(super) fn agency<V: Version>(&self) -> Option<record::Agency<'_>> {
        self.get().and_then(Agency::record::<V>)
    }
}
