//! Scalars that accept the forms that LL2 sends: numbers as strings, strings as objects, nulls and empty strings for
//! missing values.
//!
//! Every type accepts every JSON value and never fails: a field that cannot be parsed is none, and its record stays
//! usable. The required fields of a record are checked once, in [`crate::record`].

mod compound;
pub(crate) mod limit;

use std::{borrow::Cow, fmt, marker::PhantomData};

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};

pub(crate) use self::compound::{List, Named, Object, OrName, TextOrList};
use crate::defect::{Treatment, note};

/// Distinguishes a missing key from a null value: the result is `None` only for a missing key.
///
/// For `#[serde(default, deserialize_with = "given")]`.
pub(crate) fn given<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// A JSON scalar of any type. Objects and arrays are `Nothing`.
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

/// Trims, drops U+0000 (which Postgres cannot store in `text`), and returns none for an empty string.
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

/// A text of at most `LIMIT` characters (see [`limit`]), or none.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Text<'a, const LIMIT: usize = { limit::NAME }>(Option<Cow<'a, str>>);

/// A short explanation, such as why a launch failed.
pub(crate) type Remark<'a> = Text<'a, { limit::REMARK }>;
/// A comment by an editor.
pub(crate) type Comment<'a> = Text<'a, { limit::COMMENT }>;
/// A long description.
pub(crate) type Description<'a> = Text<'a, { limit::DESCRIPTION }>;

impl<'a, const LIMIT: usize> Text<'a, LIMIT> {
    /// Cleans a text sent by LL2, and cuts it if it is too long.
    fn new(text: Cow<'a, str>) -> Self {
        Self(cleaned(text).map(|text| cut(text, LIMIT)))
    }

    pub(crate) fn as_deref(&self) -> Option<&str> {
        self.0.as_deref()
    }

    pub(crate) fn into_inner(self) -> Option<Cow<'a, str>> {
        self.0
    }
}

/// Returns the first `limit` characters of a longer text; the last one is an ellipsis.
fn cut(text: Cow<'_, str>, limit: usize) -> Cow<'_, str> {
    // A character has at least one byte.
    if text.len() <= limit || text.char_indices().nth(limit).is_none() {
        return text;
    }
    note(limit::kind(limit), Treatment::Cut);
    let end = text.char_indices().nth(limit - 1).map_or(0, |(end, _)| end);
    Cow::Owned(format!("{}…", text[..end].trim_end()))
}

impl<'de: 'a, 'a, const LIMIT: usize> Deserialize<'de> for Text<'a, LIMIT> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match scalar(deserializer)? {
            Scalar::Text(text) => return Ok(Self::new(text)),
            Scalar::Integer(number) => Some(Cow::Owned(number.to_string())),
            // 1e308 has 309 digits.
            Scalar::Float(number) => return Ok(Self::new(Cow::Owned(number.to_string()))),
            Scalar::Flag(_) | Scalar::Nothing => None,
        }))
    }
}

/// A whole number, or none.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Integer(pub(crate) Option<i64>);

impl Integer {
    /// Returns the id of a dimension member. LL2's ids start at 0; negative ids are ours.
    pub(crate) fn member(self) -> Option<i32> {
        self.small().filter(|id| *id >= 0)
    }

    /// Returns the value for an `integer` column; none if it does not fit.
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
    // Beyond 2^53 a float no longer represents one integer exactly.
    #[expect(clippy::cast_possible_truncation, reason = "the guard keeps it within 2^53")]
    (number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0).then_some(number as i64)
}

/// A finite number, or none.
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

/// A boolean, or none.
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

/// Returns whether a date in spaceflight can have this year. Postgres has no year 0, which would fail the `COPY` of all
/// launches, and arithmetic near the ends of a calendar fails elsewhere; a typing error (`0202`, `20226`) is not worth
/// keeping.
fn is_year(year: i32) -> bool {
    (1900..=2199).contains(&year)
}

/// An instant, or none.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Time(pub(crate) Option<DateTime<Utc>>);

impl Time {
    pub(crate) fn get(self) -> Option<DateTime<Utc>> {
        self.0
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match scalar(deserializer)? {
            Scalar::Text(text) if text.trim().is_empty() => None,
            Scalar::Text(text) => {
                let time = DateTime::parse_from_rfc3339(text.trim()).ok().map(|time| time.with_timezone(&Utc));
                let time = time.filter(|time| is_year(time.year()));
                if time.is_none() {
                    note("time", Treatment::Unknown);
                }
                time
            }
            _ => None,
        }))
    }
}

/// A calendar day, or none. For an instant, its UTC day: program dates are sent as instants.
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

/// An http or https address, or none: `javascript:` and similar schemes are dropped (reliability 3a, stored XSS from
/// data).
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Link<'a>(pub(crate) Option<Cow<'a, str>>);

impl Link<'_> {
    pub(crate) fn as_deref(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Link<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Scalar::Text(text) = scalar(deserializer)? else { return Ok(Self(None)) };
        Ok(Self(cleaned(text).filter(|text| web_address(text).is_some())))
    }
}

/// Returns the text if it is an http or https address without credentials.
pub(crate) fn web_address(text: &str) -> Option<&str> {
    if is_web_address(text) {
        return Some(text);
    }
    note("link", Treatment::LeftOut);
    None
}

fn is_web_address(text: &str) -> bool {
    // A tolerant parser ("java\nscript:", "http:\\evil") would accept addresses that a browser interprets differently.
    let plain = text.len() <= limit::LINK
        && !text.chars().any(|letter| letter.is_control() || letter.is_whitespace() || letter == '\\');
    plain
        && url::Url::parse(text)
            .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host() && !carries_credentials(&url))
}

/// Names of query parameters that contain credentials. A link with one would expose it to every reader, and to every
/// host that receives the address as the referrer. `key` is not included: Google Maps and many others use it for public
/// values.
const SECRETS: [&str; 20] = [
    "access_token",
    "api_key",
    "api-key",
    "apikey",
    "auth",
    "auth_token",
    "authorization",
    "client_secret",
    "credential",
    "id_token",
    "jwt",
    "passwd",
    "password",
    "pwd",
    "refresh_token",
    "secret",
    "session_token",
    "sig",
    "signature",
    "token",
];

fn carries_credentials(url: &url::Url) -> bool {
    let is_secret = |name: &str| {
        let name = name.to_ascii_lowercase();
        SECRETS.contains(&name.as_str()) || name.starts_with("x-amz-") || name.starts_with("x-goog-")
    };
    // A fragment may have the form of a query: `#access_token=...`.
    let fragment = url.fragment().unwrap_or_default().trim_start_matches(['/', '?']);
    !url.username().is_empty()
        || url.password().is_some()
        || url.query_pairs().any(|(name, _)| is_secret(&name))
        || url::form_urlencoded::parse(fragment.as_bytes()).any(|(name, value)| !value.is_empty() && is_secret(&name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::defect::noting;

    fn link(text: &str) -> Option<String> {
        let json = serde_json::to_string(text).unwrap();
        serde_json::from_str::<Link<'_>>(&json).unwrap().0.map(Cow::into_owned)
    }

    #[test]
    fn a_text_is_cut_at_a_character_boundary_and_noted() {
        for letter in ["a", "é", "月", "🚀", "e\u{301}"] {
            let json = format!("\"{}\"", letter.repeat(limit::NAME + 50));
            let (text, defects) = noting(|| serde_json::from_str::<Text<'_>>(&json).unwrap());
            let text = text.as_deref().unwrap();
            assert!(text.ends_with('…') && text.chars().count() <= limit::NAME, "{letter}");
            assert_eq!(defects, [("name", Treatment::Cut)]);
        }
        let json = format!("\"{}\"", "月".repeat(limit::NAME));
        let (text, defects) = noting(|| serde_json::from_str::<Text<'_>>(&json).unwrap());
        assert_eq!((text.as_deref().unwrap().chars().count(), defects.len()), (limit::NAME, 0), "just fits");
    }

    #[test]
    fn links_with_credentials_and_invalid_links_are_left_out_and_noted() {
        for bad in [
            "https://user:pw@host/",
            "https://user@host/",
            "https://:pw@host/",
            "https:user:pw@host/",
            "https://user%3Apw@host/",
            "https://host/?access_token=x",
            "https://host/?a=b&TOKEN=x",
            "https://host/?a=b&%74oken=x",
            "https://host/?X-Amz-Signature=x",
            "https://host/#access_token=x&type=bearer",
            "https://host/#/?id_token=x",
            "javascript:alert(1)",
            "//host/path",
            "host.com",
        ] {
            let (kept, defects) = noting(|| link(bad));
            assert_eq!((kept, defects), (None, vec![("link", Treatment::LeftOut)]), "{bad}");
        }
        let long = format!("https://host/{}", "a".repeat(limit::LINK));
        assert_eq!(link(&long), None);
        for good in [
            "https://www.youtube.com/watch?v=1#t=12",
            "https://www.google.com/maps?q=28.5,-80.6&key=public",
            "https://medium.com/@author/token",
            "https://host/a@b?mail=a@b",
            "http://user.host/#token",
        ] {
            assert_eq!(link(good).as_deref(), Some(good));
        }
        assert_eq!(noting(|| link("")).1, [], "an empty link is not noted");
    }
}
