use std::borrow::Cow;

use super::value::{Found, MISSING, Value};
use crate::{
    MoonTier, StatusKind,
    query::{
        error::quoted,
        literal::{flag, number, short},
    },
    text::isolated,
};

/// The type of a facet's values: how the query string writes them, and their labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An LL2 id.
    Id,
    /// An LL2 id, or `none`.
    OptionalId,
    /// An LL2 status id: a word if known, otherwise the number.
    Status,
    /// An LL2 precision id: a word if known, otherwise the number, or `none`.
    Precision,
    /// Any short text, or `none`.
    Text,
    /// ISO 3166-1 alpha-3, or `none`.
    Country,
    /// `true`, `false` or `unknown`, with the labels of the first two.
    Flag { yes: &'static str, no: &'static str },
    /// The slug of a tier of the Moon ladder.
    Tier,
}

/// LL2's precisions in the query string, by id.
const PRECISIONS: [&str; 17] = [
    "sec",
    "min",
    "hr",
    "morning",
    "afternoon",
    "day",
    "wk",
    "m",
    "q1",
    "q2",
    "q3",
    "q4",
    "h1",
    "h2",
    "y",
    "fy",
    "dec",
];

impl Kind {
    /// Parses a key of the query string to a value. Returns the reason if it is invalid.
    pub(super) fn read(self, key: &str) -> Result<Value<'static>, String> {
        let is_missing = key == MISSING;
        match self {
            Self::OptionalId | Self::Text | Self::Country if is_missing => Ok(Value::Missing),
            Self::Id | Self::OptionalId => number(key).map(Value::Number),
            Self::Status => status(key).map(Value::Number).ok_or_else(|| {
                let known: Vec<_> = StatusKind::KNOWN.iter().filter_map(|kind| kind.slug()).collect();
                format!("{} is neither a status id nor one of {}", quoted(key), known.join(", "))
            }),
            Self::Precision => {
                precision(key).ok_or_else(|| format!("{} is not one of {}, none", quoted(key), PRECISIONS.join(", ")))
            }
            Self::Text => short(key).map(|text| Value::Text(Cow::Owned(text))),
            Self::Country => country(key).map(|code| Value::Text(Cow::Owned(code))),
            Self::Flag { .. } => flag(key)
                .map(|flag| flag.map_or(Value::Missing, Value::Flag))
                .ok_or_else(|| format!("{} is not one of true, false, unknown", quoted(key))),
            Self::Tier => MoonTier::from_slug(key).map(Value::Tier).ok_or_else(|| {
                format!("{} is not one of {}", quoted(key), MoonTier::ALL.map(MoonTier::slug).join(", "))
            }),
        }
    }

    /// Parses a key of a value that a launch has: a text is accepted as it is, even if [`Kind::read`] rejects it.
    pub(super) fn read_known(self, key: &str) -> Option<Value<'static>> {
        match self {
            Self::Text | Self::Country if key != MISSING => Some(Value::Text(Cow::Owned(key.to_owned()))),
            _ => self.read(key).ok(),
        }
    }

    /// Returns the key of a value in the query string. Reading it returns the value again.
    pub(super) fn write(self, value: &Value<'_>) -> String {
        match (self, value) {
            (Self::Flag { .. }, Value::Missing) => "unknown".to_owned(),
            (_, Value::Missing) => MISSING.to_owned(),
            (Self::Status, Value::Number(id)) => {
                StatusKind::of(*id).slug().map_or_else(|| id.to_string(), ToOwned::to_owned)
            }
            (Self::Precision, Value::Number(id)) => {
                let spelling = usize::try_from(*id).ok().and_then(|id| PRECISIONS.get(id));
                spelling.map_or_else(|| id.to_string(), |spelling| (*spelling).to_owned())
            }
            (_, Value::Number(id)) => id.to_string(),
            (_, Value::Text(text)) => text.clone().into_owned(),
            (_, Value::Flag(flag)) => flag.to_string(),
            (_, Value::Tier(tier)) => tier.slug().to_owned(),
        }
    }

    /// Returns the label of a value that a launch has.
    pub(super) fn label(self, found: &Found<'_>) -> String {
        match (self, &found.value) {
            (Self::Flag { yes, .. }, Value::Flag(true)) => yes.to_owned(),
            (Self::Flag { no, .. }, Value::Flag(false)) => no.to_owned(),
            (Self::Flag { .. }, _) => "Not known".to_owned(),
            (_, Value::Missing) => "Not given".to_owned(),
            (_, Value::Text(text)) => isolated(text).into_owned(),
            (_, Value::Tier(tier)) => tier.label().to_owned(),
            (_, Value::Number(_) | Value::Flag(_)) if found.place.is_empty() => found.name.to_owned(),
            (_, Value::Number(_) | Value::Flag(_)) => format!("{}, {}", found.name, found.place),
        }
    }
}

impl StatusKind {
    /// Parses the word of the query string.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::KNOWN.into_iter().find(|kind| kind.slug() == Some(slug))
    }
}

fn status(key: &str) -> Option<i32> {
    let key = key.to_ascii_lowercase();
    StatusKind::from_slug(&key).map(StatusKind::id).or_else(|| number(&key).ok())
}

fn precision(key: &str) -> Option<Value<'static>> {
    let key = key.to_ascii_lowercase();
    if key == MISSING {
        return Some(Value::Missing);
    }
    let position = PRECISIONS.iter().position(|spelling| *spelling == key);
    let id = position.and_then(|id| i32::try_from(id).ok()).or_else(|| number(&key).ok());
    id.map(Value::Number)
}

fn country(key: &str) -> Result<String, String> {
    let code = key.to_ascii_uppercase();
    let valid = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'?');
    if valid { Ok(code) } else { Err(format!("{} is not an ISO 3166-1 alpha-3 code", quoted(key))) }
}
