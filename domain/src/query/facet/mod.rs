use crate::{BoardQuery, Launch, MoonTier, StatusKind, text::isolated};

use super::parse::{flag_key, flag_of, number_or_none, precision_key, precision_of, status_key, status_of};

/// A filter with a set of choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Facet {
    Status,
    Provider,
    Rocket,
    Family,
    Location,
    Pad,
    Orbit,
    MissionType,
    Program,
    Country,
    Crewed,
    Suborbital,
    Moon,
    Precision,
}

/// What a launch has under a facet, without a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Value<'launch> {
    /// The source gives none, which is a choice like any other.
    Missing,
    Number(i32),
    Text(&'launch str),
    Flag(bool),
    Tier(MoonTier),
}

impl Facet {
    /// The key of what the source does not give.
    pub const MISSING: &str = "none";

    pub const ALL: [Self; 14] = [
        Self::Status,
        Self::Provider,
        Self::Rocket,
        Self::Family,
        Self::Location,
        Self::Pad,
        Self::Orbit,
        Self::MissionType,
        Self::Program,
        Self::Country,
        Self::Crewed,
        Self::Suborbital,
        Self::Moon,
        Self::Precision,
    ];

    /// The key of the query string.
    pub fn key(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Provider => "provider",
            Self::Rocket => "rocket",
            Self::Family => "family",
            Self::Location => "location",
            Self::Pad => "pad",
            Self::Orbit => "orbit",
            Self::MissionType => "mission_type",
            Self::Program => "program",
            Self::Country => "country",
            Self::Crewed => "crewed",
            Self::Suborbital => "suborbital",
            Self::Moon => "moon",
            Self::Precision => "precision",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Status => "Status",
            Self::Provider => "Provider",
            Self::Rocket => "Rocket",
            Self::Family => "Rocket family",
            Self::Location => "Location",
            Self::Pad => "Pad",
            Self::Orbit => "Orbit",
            Self::MissionType => "Mission type",
            Self::Program => "Program",
            Self::Country => "Country",
            Self::Crewed => "Crew",
            Self::Suborbital => "Reach",
            Self::Moon => "Moon",
            Self::Precision => "Precision",
        }
    }

    /// Hands over what the launch has under this facet: one value, or for programs any number of them, and never none.
    pub(super) fn each<'launch>(self, launch: &'launch Launch, mut take: impl FnMut(Value<'launch>)) {
        let text = |text: Option<&'launch str>| text.map_or(Value::Missing, Value::Text);
        if self == Self::Program {
            launch.programs.iter().skip(1).for_each(|program| take(Value::Number(program.id)));
        }
        take(match self {
            Self::Status => Value::Number(launch.status.id),
            Self::Provider => Value::Number(launch.provider.id),
            Self::Rocket => Value::Number(launch.rocket.id),
            Self::Family => text(launch.rocket.family.as_deref()),
            Self::Location => Value::Number(launch.location.id),
            Self::Pad => Value::Number(launch.pad.id),
            Self::Orbit => launch.orbit.as_ref().map_or(Value::Missing, |orbit| Value::Number(orbit.id)),
            Self::MissionType => text(launch.mission.as_ref().and_then(|mission| mission.kind.as_deref())),
            Self::Program => launch.programs.first().map_or(Value::Missing, |program| Value::Number(program.id)),
            Self::Country => text(launch.location.country_code.as_deref()),
            Self::Crewed => launch.crewed.map_or(Value::Missing, Value::Flag),
            Self::Suborbital => launch.suborbital().map_or(Value::Missing, Value::Flag),
            Self::Moon => Value::Tier(launch.moon.tier),
            Self::Precision => {
                launch.net_precision.as_ref().map_or(Value::Missing, |precision| Value::Number(precision.id))
            }
        });
    }

    /// A value as the query string writes it.
    pub(super) fn value_key(self, value: Value<'_>) -> String {
        match (self, value) {
            (Self::Crewed | Self::Suborbital, Value::Missing) => flag_key(None).to_owned(),
            (_, Value::Missing) => Self::MISSING.to_owned(),
            (Self::Status, Value::Number(id)) => status_key(id),
            (Self::Precision, Value::Number(id)) => precision_key(Some(id)),
            (_, Value::Number(id)) => id.to_string(),
            (_, Value::Text(text)) => text.to_owned(),
            (_, Value::Flag(flag)) => flag_key(Some(flag)).to_owned(),
            (_, Value::Tier(tier)) => tier.slug().to_owned(),
        }
    }

    /// What people call a value that the launch has.
    pub(super) fn value_label(self, value: Value<'_>, launch: &Launch) -> String {
        match (self, value) {
            (Self::Crewed, Value::Flag(true)) => "Crewed".to_owned(),
            (Self::Crewed, Value::Flag(false)) => "Not crewed".to_owned(),
            (Self::Suborbital, Value::Flag(true)) => "Suborbital".to_owned(),
            (Self::Suborbital, Value::Flag(false)) => "Orbital or beyond".to_owned(),
            (Self::Crewed | Self::Suborbital, _) => "Not known".to_owned(),
            (_, Value::Missing) => "Not given".to_owned(),
            (_, Value::Text(text)) => isolated(text).into_owned(),
            (_, Value::Tier(tier)) => tier.label().to_owned(),
            (Self::Status, _) => launch.status.name.clone(),
            (Self::Provider, _) => launch.provider.name.clone(),
            (Self::Rocket, _) => launch.rocket.name.clone(),
            (Self::Location, _) => launch.location.name.clone(),
            (Self::Pad, _) => format!("{}, {}", launch.pad.name, launch.location.name),
            (Self::Orbit, _) => launch.orbit.as_ref().map(|orbit| orbit.name.clone()).unwrap_or_default(),
            (Self::Program, Value::Number(id)) => {
                let program = launch.programs.iter().find(|program| program.id == id);
                program.map(|program| program.name.clone()).unwrap_or_default()
            }
            (Self::Precision, _) => {
                launch.net_precision.as_ref().map(|precision| precision.name.clone()).unwrap_or_default()
            }
            (_, Value::Number(_) | Value::Flag(_)) => self.value_key(value),
        }
    }

    /// The launch's values under this facet: key for the query string and label for people.
    pub fn values(self, launch: &Launch) -> Vec<(String, String)> {
        let mut values = Vec::new();
        self.each(launch, |value| values.push((self.value_key(value), self.value_label(value, launch))));
        values
    }

    /// A key as it stands in a list of keys: a comma of its own is not the one between two keys.
    pub fn spelled(key: &str) -> String {
        key.replace('\\', "\\\\").replace(',', "\\,")
    }

    /// The selected keys.
    pub fn selected(self, query: &BoardQuery) -> Vec<String> {
        let numbers = |ids: &[i32]| ids.iter().map(ToString::to_string).collect();
        let given = |ids: &[Option<i32>]| {
            ids.iter().map(|id| id.map_or_else(|| Self::MISSING.to_owned(), |id| id.to_string())).collect()
        };
        let texts = |texts: &[Option<String>]| {
            texts.iter().map(|text| text.as_deref().unwrap_or(Self::MISSING).to_owned()).collect()
        };
        let flags = |flags: &[Option<bool>]| flags.iter().map(|flag| flag_key(*flag).to_owned()).collect();
        match self {
            Self::Status => query.status.iter().map(|id| status_key(*id)).collect(),
            Self::Provider => numbers(&query.provider),
            Self::Rocket => numbers(&query.rocket),
            Self::Family => texts(&query.family),
            Self::Location => numbers(&query.location),
            Self::Pad => numbers(&query.pad),
            Self::Orbit => given(&query.orbit),
            Self::MissionType => texts(&query.mission_type),
            Self::Program => given(&query.program),
            Self::Country => texts(&query.country),
            Self::Crewed => flags(&query.crewed),
            Self::Suborbital => flags(&query.suborbital),
            Self::Moon => query.moon.iter().map(|tier| tier.slug().to_owned()).collect(),
            Self::Precision => query.precision.iter().map(|id| precision_key(*id)).collect(),
        }
    }

    /// How many choices are selected.
    pub fn selected_count(self, query: &BoardQuery) -> usize {
        match self {
            Self::Status => query.status.len(),
            Self::Provider => query.provider.len(),
            Self::Rocket => query.rocket.len(),
            Self::Family => query.family.len(),
            Self::Location => query.location.len(),
            Self::Pad => query.pad.len(),
            Self::Orbit => query.orbit.len(),
            Self::MissionType => query.mission_type.len(),
            Self::Program => query.program.len(),
            Self::Country => query.country.len(),
            Self::Crewed => query.crewed.len(),
            Self::Suborbital => query.suborbital.len(),
            Self::Moon => query.moon.len(),
            Self::Precision => query.precision.len(),
        }
    }

    /// Whether a value is among the selected ones; without any selected, every value is.
    pub(super) fn takes(self, query: &BoardQuery, value: Value<'_>) -> bool {
        let id = match value {
            Value::Number(id) => Some(id),
            _ => None,
        };
        let text = match value {
            Value::Text(text) => Some(text),
            _ => None,
        };
        let flag = match value {
            Value::Flag(flag) => Some(flag),
            _ => None,
        };
        let any = |ids: &[i32]| id.is_some_and(|id| ids.contains(&id));
        let any_text = |texts: &[Option<String>]| texts.iter().any(|one| one.as_deref() == text);
        self.selected_count(query) == 0
            || match self {
                Self::Status => any(&query.status),
                Self::Provider => any(&query.provider),
                Self::Rocket => any(&query.rocket),
                Self::Family => any_text(&query.family),
                Self::Location => any(&query.location),
                Self::Pad => any(&query.pad),
                Self::Orbit => query.orbit.contains(&id),
                Self::MissionType => any_text(&query.mission_type),
                Self::Program => query.program.contains(&id),
                Self::Country => any_text(&query.country),
                Self::Crewed => query.crewed.contains(&flag),
                Self::Suborbital => query.suborbital.contains(&flag),
                Self::Moon => matches!(value, Value::Tier(tier) if query.moon.contains(&tier)),
                Self::Precision => query.precision.contains(&id),
            }
    }

    pub(super) fn accepts(self, query: &BoardQuery, launch: &Launch) -> bool {
        let mut accepted = false;
        self.each(launch, |value| accepted = accepted || self.takes(query, value));
        accepted
    }

    pub(super) fn toggle(self, query: &mut BoardQuery, key: &str) {
        let number = key.parse::<i32>().ok();
        let text = || Some((key != Self::MISSING).then(|| key.to_owned()));
        match self {
            Self::Status => flip(&mut query.status, status_of(key)),
            Self::Provider => flip(&mut query.provider, number),
            Self::Rocket => flip(&mut query.rocket, number),
            Self::Family => flip(&mut query.family, text()),
            Self::Location => flip(&mut query.location, number),
            Self::Pad => flip(&mut query.pad, number),
            Self::Orbit => flip(&mut query.orbit, number_or_none(key).ok()),
            Self::MissionType => flip(&mut query.mission_type, text()),
            Self::Program => flip(&mut query.program, number_or_none(key).ok()),
            Self::Country => flip(&mut query.country, text()),
            Self::Crewed => flip(&mut query.crewed, flag_of(key)),
            Self::Suborbital => flip(&mut query.suborbital, flag_of(key)),
            Self::Moon => flip(&mut query.moon, MoonTier::ALL.into_iter().find(|tier| tier.slug() == key)),
            Self::Precision => flip(&mut query.precision, precision_of(key)),
        }
        // A page of the old result means nothing in the new one.
        query.offset = 0;
    }

    /// Takes back every choice of this facet.
    pub fn clear(self, query: &mut BoardQuery) {
        match self {
            Self::Status => query.status.clear(),
            Self::Provider => query.provider.clear(),
            Self::Rocket => query.rocket.clear(),
            Self::Family => query.family.clear(),
            Self::Location => query.location.clear(),
            Self::Pad => query.pad.clear(),
            Self::Orbit => query.orbit.clear(),
            Self::MissionType => query.mission_type.clear(),
            Self::Program => query.program.clear(),
            Self::Country => query.country.clear(),
            Self::Crewed => query.crewed.clear(),
            Self::Suborbital => query.suborbital.clear(),
            Self::Moon => query.moon.clear(),
            Self::Precision => query.precision.clear(),
        }
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
