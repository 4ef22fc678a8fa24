//! Child records of a launch, which belong to that launch only.

use serde::Deserialize;

use super::super::{
    agency::Mention,
    lenient::{Comment, Description, Flag, Integer, Link, Named, Object, Text, Time},
    version::Version,
};
use crate::record;

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(in crate::ll2) struct Update<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    comment: Comment<'a>,
    #[serde(default)]
    info_url: Link<'a>,
    #[serde(default)]
    created_by: Text<'a>,
    #[serde(default)]
    created_on: Time,
}

impl Update<'_> {
    pub(in crate::ll2) fn record(&self) -> Option<record::Update<'_>> {
        Some(record::Update {
            id: self.id.0?,
            comment: self.comment.as_deref().unwrap_or(""),
            info_url: self.info_url.as_deref(),
            created_by: self.created_by.as_deref(),
            created_at: self.created_on.0,
        })
    }
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct Language<'a> {
    #[serde(default)]
    code: Text<'a>,
}

/// A video; dropped without a usable address, because there is nothing to open.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(in crate::ll2) struct Video<'a> {
    #[serde(default)]
    url: Link<'a>,
    #[serde(default)]
    priority: Integer,
    #[serde(default)]
    title: Text<'a>,
    #[serde(default)]
    publisher: Text<'a>,
    #[serde(default)]
    source: Text<'a>,
    #[serde(default)]
    description: Description<'a>,
    #[serde(rename = "type", default)]
    kind: Named<'a>,
    #[serde(default)]
    language: Object<'a, Language<'a>>,
    #[serde(default)]
    start_time: Time,
    #[serde(default)]
    end_time: Time,
    #[serde(default)]
    live: Flag,
}

impl Video<'_> {
    pub(in crate::ll2) fn record(&self) -> Option<record::Video<'_>> {
        Some(record::Video {
            url: self.url.as_deref()?,
            priority: self.priority.small(),
            title: self.title.as_deref(),
            publisher: self.publisher.as_deref(),
            source: self.source.as_deref(),
            description: self.description.as_deref(),
            kind: self.kind.as_deref(),
            language_code: self.language.get().and_then(|language| language.code.as_deref()),
            start_at: self.start_time.0,
            end_at: self.end_time.0,
            is_live: self.live.0,
        })
    }
}

/// A mission patch; without an id two of them could not be distinguished.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(in crate::ll2) struct Patch<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    name: Text<'a>,
    #[serde(default)]
    priority: Integer,
    #[serde(default)]
    image_url: Link<'a>,
    #[serde(default)]
    agency: Mention<'a>,
}

impl Patch<'_> {
    pub(in crate::ll2) fn record<V: Version>(&self) -> Option<record::Patch<'_>> {
        Some(record::Patch {
            id: self.id.0?,
            name: self.name.as_deref().unwrap_or("Mission patch"),
            priority: self.priority.small(),
            image_url: self.image_url.as_deref(),
            agency_name: self.agency.name(),
            agency: self.agency.agency::<V>(),
        })
    }
}

/// A page about the launch; dropped without a usable address, like a video.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(in crate::ll2) struct InfoLink<'a> {
    #[serde(default)]
    url: Link<'a>,
    #[serde(default)]
    priority: Integer,
    #[serde(default)]
    title: Text<'a>,
    #[serde(default)]
    source: Text<'a>,
    #[serde(default)]
    description: Description<'a>,
    #[serde(rename = "type", default)]
    kind: Named<'a>,
}

impl InfoLink<'_> {
    pub(in crate::ll2) fn record(&self) -> Option<record::InfoLink<'_>> {
        Some(record::InfoLink {
            url: self.url.as_deref()?,
            priority: self.priority.small(),
            title: self.title.as_deref(),
            source: self.source.as_deref(),
            description: self.description.as_deref(),
            kind: self.kind.as_deref(),
        })
    }
}
