//! Child records of a launch, which belong to that launch only.

use std::borrow::Cow;

use serde::Deserialize;

use super::{
    super::lenient::{Comment, Description, Flag, Integer, Link, List, Named, Object, Text, TextOrList, Time},
    Country, joined,
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

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct PatchAgency<'a> {
    #[serde(default)]
    name: Text<'a>,
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
    agency: Object<'a, PatchAgency<'a>>,
}

impl Patch<'_> {
    pub(in crate::ll2) fn record(&self) -> Option<record::Patch<'_>> {
        Some(record::Patch {
            id: self.id.0?,
            name: self.name.as_deref().unwrap_or("Mission patch"),
            priority: self.priority.small(),
            image_url: self.image_url.as_deref(),
            agency_name: self.agency.get().and_then(|agency| agency.name.as_deref()),
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

/// A spacecraft on the launch; only the crew is stored so far.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(in crate::ll2) struct SpacecraftStage<'a> {
    #[serde(default)]
    launch_crew: List<CrewMember<'a>>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct CrewMember<'a> {
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

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct Astronaut<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    name: Text<'a>,
    #[serde(default)]
    agency: Named<'a>,
    #[serde(default)]
    nationality: Nationality<'a>,
}

/// `"American"` in 2.2.0, a list of countries in 2.3.0.
#[derive(Default)]
struct Nationality<'a>(Option<Cow<'a, str>>);

impl<'de: 'a, 'a> Deserialize<'de> for Nationality<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let either: TextOrList<'a, Country<'a>> = TextOrList::deserialize(deserializer)?;
        Ok(Self(match either {
            TextOrList::Text(text) => text.into_inner(),
            TextOrList::List(countries) => {
                joined(countries.iter().filter_map(|country| country.nationality_name.as_deref())).map(Cow::Owned)
            }
        }))
    }
}

/// Cuts a role to 255 bytes. It is part of a key, and no index takes 2,704 bytes: one overlong role would fail the
/// publication of all launches.
fn within_an_index(role: &str) -> &str {
    &role[..role.floor_char_boundary(255)]
}

impl SpacecraftStage<'_> {
    pub(in crate::ll2) fn crew(&self) -> impl Iterator<Item = record::CrewMember<'_>> {
        self.launch_crew.0.iter().filter_map(|member| {
            let astronaut = member.astronaut.get()?;
            Some(record::CrewMember {
                astronaut_id: astronaut.id.0?,
                role: member.role.get().and_then(|role| role.role.as_deref()).map_or("Unknown", within_an_index),
                name: astronaut.name.as_deref()?,
                agency_name: astronaut.agency.as_deref(),
                nationality: astronaut.nationality.0.as_deref().map(str::to_owned),
            })
        })
    }
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(in crate::ll2) struct LauncherStage<'a> {
    #[serde(rename = "type", default)]
    kind: Named<'a>,
    #[serde(default)]
    reused: Flag,
    #[serde(default)]
    launcher_flight_number: Integer,
    #[serde(default)]
    launcher: Object<'a, Launcher<'a>>,
    #[serde(default)]
    landing: Object<'a, Landing<'a>>,
    #[serde(default)]
    previous_flight_date: Time,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct Launcher<'a> {
    #[serde(default)]
    serial_number: Text<'a>,
    #[serde(default)]
    is_placeholder: Flag,
}

/// A landing; the place is in `location` in 2.2.0, in `landing_location` in 2.3.0.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct Landing<'a> {
    #[serde(default)]
    attempt: Flag,
    #[serde(default)]
    success: Flag,
    #[serde(rename = "type", default)]
    kind: Named<'a>,
    #[serde(default)]
    landing_location: Named<'a>,
    #[serde(default)]
    location: Named<'a>,
}

impl LauncherStage<'_> {
    pub(in crate::ll2) fn record(&self) -> record::Booster<'_> {
        let launcher = self.launcher.get();
        let landing = self.landing.get();
        let serial_number = launcher.and_then(|launcher| launcher.serial_number.as_deref());
        record::Booster {
            stage_type: self.kind.as_deref(),
            serial_number,
            // Only 2.3.0 has this flag; the shared dummies of 2.2.0 are named "Unknown F9" and similar (rule 21).
            is_placeholder: launcher
                .and_then(|launcher| launcher.is_placeholder.0)
                .unwrap_or_else(|| serial_number.is_none_or(|serial| serial.starts_with("Unknown"))),
            is_reused: self.reused.0,
            flight_number: self.launcher_flight_number.small(),
            previous_flight_at: self.previous_flight_date.0,
            landing_attempt: landing.and_then(|landing| landing.attempt.0),
            landing_success: landing.and_then(|landing| landing.success.0),
            landing_type: landing.and_then(|landing| landing.kind.as_deref()),
            landing_location: landing
                .and_then(|landing| landing.landing_location.as_deref().or(landing.location.as_deref())),
        }
    }
}
