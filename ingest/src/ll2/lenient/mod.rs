//! Scalars that take what LL2 sends: numbers as strings, strings as objects, nulls and empty strings for nothing.
//!
//! Every type accepts every JSON value and never fails: a field we cannot read is nothing, and the record that carries it
//! stays usable. What a record cannot do without is demanded once, in [`crate::record`].

mod compound;

use std::{borrow::Cow, fmt, marker::PhantomData};

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};

pub(crate) use self::compound::{List, Named, Object, TextOrList};

/// Keeps "the key is not there" apart from "the value is null": `None` only for the former.
///
/// For `#[serde(default, deserialize_with = "given")]`.
pub(crate) fn given<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// A JSON scalar, before we know what it should be. Objects and arrays are nothing.
enum Scalar<'a> {
    Nothing,
    Flag(bool),
    Integer(i64),
    Float(f64),
    Text(Cow<'a, str>),
}

struct ScalarVisitor<'a>(PhantomData<&'a str>);

impl<'de: 'a, 'a> Visitor<'de> for ScalarVisitor<'a> {
    type Value = Scalar<'a>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Scalar::Flag(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Scalar::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(value).map_or(Scalar::Nothing, Scalar::Integer))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Scalar::Float(value))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Scalar::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Scalar::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Scalar::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Self::Value, A::Error> {
        while sequence.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::Nothing)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::Nothing)
    }
}

fn scalar<'de: 'a, 'a, D: Deserializer<'de>>(deserializer: D) -> Result<Scalar<'a>, D::Error> {
    deserializer.deserialize_any(ScalarVisitor(PhantomData))
}

/// Trims, drops U+0000 (which Postgres cannot store in `text`), and takes the empty string for nothing.
fn cleaned(text: Cow<'_, str>) -> Option<Cow<'_, str>> {
    if text.contains('\0') {
        let kept = text.replace('\0', "");
        let kept = kept.trim();
        return (!kept.is_empty()).then(|| Cow::Owned(kept.to_owned()));
    }
    let trimmed = text.trim();
    if trimmed.is_empty() {
        None
    } else if trimmed.len() == text.len() {
        Some(text)
    } else {
        Some(Cow::Owned(trimmed.to_owned()))
    }
}

/// Text, or nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Text<'a>(pub(crate) Option<Cow<'a, str>>);

impl Text<'_> {
    pub(crate) fn as_deref(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match scalar(deserializer)? {
            Scalar::Text(text) => cleaned(text),
            Scalar::Integer(number) => Some(Cow::Owned(number.to_string())),
            Scalar::Float(number) => Some(Cow::Owned(number.to_string())),
            Scalar::Flag(_) | Scalar::Nothing => None,
        }))
    }
}

/// A whole number, or nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Integer(pub(crate) Option<i64>);

impl Integer {
    /// For `integer` columns; a number that does not fit is nothing.
    pub(crate) fn small(self) -> Option<i32> {
        self.0.and_then(|number| i32::try_from(number).ok())
    }
}

impl<'de> Deserialize<'de> for Integer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match scalar(deserializer)? {
            Scalar::Integer(number) => Some(number),
            Scalar::Float(number) => whole(number),
            Scalar::Text(text) => {
                let text = text.trim();
                text.parse().ok().or_else(|| text.parse().ok().and_then(whole))
            }
            Scalar::Flag(_) | Scalar::Nothing => None,
        }))
    }
}

fn whole(number: f64) -> Option<i64> {
    // Beyond 2^53 a float no longer names one integer.
    #[expect(clippy::cast_possible_truncation, reason = "the guard keeps it within 2^53")]
    (number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0).then_some(number as i64)
}

/// A finite number, or nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Number(pub(crate) Option<f64>);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = match scalar(deserializer)? {
            #[expect(clippy::cast_precision_loss, reason = "masses and lengths, far below 2^53")]
            Scalar::Integer(number) => Some(number as f64),
            Scalar::Float(number) => Some(number),
            Scalar::Text(text) => text.trim().parse().ok(),
            Scalar::Flag(_) | Scalar::Nothing => None,
        };
        Ok(Self(number.filter(|number| number.is_finite())))
    }
}

/// Yes, no, or nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Flag(pub(crate) Option<bool>);

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match scalar(deserializer)? {
            Scalar::Flag(flag) => Some(flag),
            _ => None,
        }))
    }
}

/// A year that is written alike here and by Postgres, which knows no year 0: one such date would fail the `COPY` of all launches.
fn is_year(year: i32) -> bool {
    (1..=9999).contains(&year)
}

/// An instant, or nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Time(pub(crate) Option<DateTime<Utc>>);

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match scalar(deserializer)? {
            Scalar::Text(text) => DateTime::parse_from_rfc3339(text.trim())
                .ok()
                .map(|time| time.with_timezone(&Utc))
                .filter(|time| is_year(time.year())),
            _ => None,
        }))
    }
}

/// A calendar day, or nothing. Takes an instant's UTC day: program dates are sent as instants.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Day(pub(crate) Option<NaiveDate>);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match scalar(deserializer)? {
            Scalar::Text(text) => {
                text.trim().get(..10).and_then(|day| day.parse().ok()).filter(|day: &NaiveDate| is_year(day.year()))
            }
            _ => None,
        }))
    }
}

/// An http or https address, or nothing: `javascript:` and its kin end here (reliability 3a, stored XSS from data).
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Link<'a>(pub(crate) Option<Cow<'a, str>>);

impl Link<'_> {
    pub(crate) fn as_deref(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Link<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Text::deserialize(deserializer)?;
        Ok(Self(text.0.filter(|text| is_web_address(text))))
    }
}

/// The text, when it is an http or https address.
pub(crate) fn web_address(text: &str) -> Option<&str> {
    is_web_address(text).then_some(text)
}

/// In bytes. Longer ones are no addresses, and an index takes none above 2,704: one such link would fail the publication of all launches.
const LONGEST_LINK: usize = 2048;

fn is_web_address(text: &str) -> bool {
    // A parser that forgives ("java\nscript:", "http:\\evil") would pass on what a browser reads differently.
    let plain = text.len() <= LONGEST_LINK && !text.chars().any(|letter| letter.is_control() || letter.is_whitespace() || letter == '\\');
    plain && url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}
