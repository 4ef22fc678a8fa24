use crate::{BoardQuery, Launch, StatusKind};

use super::parse::{precision_key, precision_of, status_key, status_of};

/// A filter with a set of choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Facet {
    Status,
    Provider,
    Rocket,
    Location,
    Pad,
    Orbit,
    MissionType,
    Program,
    Country,
    Moon,
    Precision,
}

impl Facet {
    pub const ALL: [Self; 11] = [
        Self::Status,
        Self::Provider,
        Self::Rocket,
        Self::Location,
        Self::Pad,
        Self::Orbit,
        Self::MissionType,
        Self::Program,
        Self::Country,
        Self::Moon,
        Self::Precision,
    ];

    /// The key of the query string.
    pub fn key(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Provider => "provider",
            Self::Rocket => "rocket",
            Self::Location => "location",
            Self::Pad => "pad",
            Self::Orbit => "orbit",
            Self::MissionType => "mission_type",
            Self::Program => "program",
            Self::Country => "country",
            Self::Moon => "moon",
            Self::Precision => "precision",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Status => "Status",
            Self::Provider => "Provider",
            Self::Rocket => "Rocket",
            Self::Location => "Location",
            Self::Pad => "Pad",
            Self::Orbit => "Orbit",
            Self::MissionType => "Mission type",
            Self::Program => "Program",
            Self::Country => "Country",
            Self::Moon => "Moon",
            Self::Precision => "Precision",
        }
    }

    /// The launch's values under this facet: key for the query string and label for people.
    pub fn values(self, launch: &Launch) -> Vec<(String, String)> {
        let one = |key: String, label: &str| vec![(key, label.to_owned())];
        match self {
            Self::Status => {
                let status = &launch.status;
                one(status_key(status.id), &status.name)
            }
            Self::Provider => one(launch.provider.id.to_string(), &launch.provider.name),
            Self::Rocket => one(launch.rocket.id.to_string(), &launch.rocket.name),
            Self::Location => one(launch.location.id.to_string(), &launch.location.name),
            Self::Pad => one(launch.pad.id.to_string(), &format!("{}, {}", launch.pad.name, launch.location.name)),
            Self::Orbit => launch.orbit.iter().map(|orbit| (orbit.id.to_string(), orbit.name.clone())).collect(),
            Self::MissionType => launch
                .mission
                .iter()
                .filter_map(|mission| mission.kind.clone())
                .map(|kind| (kind.clone(), kind))
                .collect(),
            Self::Program => {
                launch.programs.iter().map(|program| (program.id.to_string(), program.name.clone())).collect()
            }
            Self::Country => launch.location.country_code.iter().map(|code| (code.clone(), code.clone())).collect(),
            Self::Moon => one(launch.moon.tier.slug().to_owned(), launch.moon.tier.label()),
            Self::Precision => {
                let precision = launch.net_precision.as_ref();
                one(
                    precision_key(precision.map(|precision| precision.id)),
                    precision.map_or("Not given", |precision| &precision.name),
                )
            }
        }
    }

    /// The selected keys.
    pub fn selected(self, query: &BoardQuery) -> Vec<String> {
        let numbers = |ids: &[i32]| ids.iter().map(ToString::to_string).collect();
        match self {
            Self::Status => query.status.iter().map(|id| status_key(*id)).collect(),
            Self::Provider => numbers(&query.provider),
            Self::Rocket => numbers(&query.rocket),
            Self::Location => numbers(&query.location),
            Self::Pad => numbers(&query.pad),
            Self::Orbit => numbers(&query.orbit),
            Self::MissionType => query.mission_type.clone(),
            Self::Program => numbers(&query.program),
            Self::Country => query.country.clone(),
            Self::Moon => query.moon.iter().map(|tier| tier.slug().to_owned()).collect(),
            Self::Precision => query.precision.iter().map(|id| precision_key(*id)).collect(),
        }
    }

    pub(super) fn accepts(self, query: &BoardQuery, launch: &Launch) -> bool {
        let any = |ids: &[i32], id: i32| ids.is_empty() || ids.contains(&id);
        let any_text = |texts: &[String], text: Option<&str>| {
            texts.is_empty() || text.is_some_and(|text| texts.iter().any(|one| one == text))
        };
        match self {
            Self::Status => any(&query.status, launch.status.id),
            Self::Provider => any(&query.provider, launch.provider.id),
            Self::Rocket => any(&query.rocket, launch.rocket.id),
            Self::Location => any(&query.location, launch.location.id),
            Self::Pad => any(&query.pad, launch.pad.id),
            Self::Orbit => {
                query.orbit.is_empty() || launch.orbit.as_ref().is_some_and(|orbit| query.orbit.contains(&orbit.id))
            }
            Self::MissionType => {
                any_text(&query.mission_type, launch.mission.as_ref().and_then(|mission| mission.kind.as_deref()))
            }
            Self::Program => {
                query.program.is_empty() || launch.programs.iter().any(|program| query.program.contains(&program.id))
            }
            Self::Country => any_text(&query.country, launch.location.country_code.as_deref()),
            Self::Moon => query.moon.is_empty() || query.moon.contains(&launch.moon.tier),
            Self::Precision => {
                query.precision.is_empty()
                    || query.precision.contains(&launch.net_precision.as_ref().map(|precision| precision.id))
            }
        }
    }

    pub(super) fn toggle(self, query: &mut BoardQuery, key: &str) {
        let number = key.parse::<i32>().ok();
        match self {
            Self::Status => flip(&mut query.status, status_of(key)),
            Self::Provider => flip(&mut query.provider, number),
            Self::Rocket => flip(&mut query.rocket, number),
            Self::Location => flip(&mut query.location, number),
            Self::Pad => flip(&mut query.pad, number),
            Self::Orbit => flip(&mut query.orbit, number),
            Self::MissionType => flip(&mut query.mission_type, Some(key.to_owned())),
            Self::Program => flip(&mut query.program, number),
            Self::Country => flip(&mut query.country, Some(key.to_owned())),
            Self::Moon => {
                let tier = crate::MoonTier::ALL.into_iter().find(|tier| tier.slug() == key);
                flip(&mut query.moon, tier);
            }
            Self::Precision => flip(&mut query.precision, precision_of(key)),
        }
        // A page of the old result means nothing in the new one.
        query.offset = 0;
    }
}

fn flip<T: PartialEq>(selected: &mut Vec<T>, value: Option<T>) {
    let Some(value) = value else { return };
    match selected.iter().position(|one| *one == value) {
        Some(at) => {
            selected.remove(at);
        }
        None => selected.push(value),
    }
}

impl StatusKind {
    /// From the word of the query string.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::KNOWN.into_iter().find(|kind| kind.slug() == Some(slug))
    }
}
