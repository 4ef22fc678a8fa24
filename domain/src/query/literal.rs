//! Parses single values of the query string, and lists of them.

use std::str::FromStr;

use chrono::{DateTime, Days, NaiveDate, SecondsFormat, Utc};
use strum::VariantArray;

use super::{
    QueryError,
    error::{error, quoted},
};

/// Longest text that a filter accepts; mission types and programs of LL2 stay under 100.
const LONGEST_TEXT: usize = 200;
/// Maximum number of values for one key. A filter with more is a mistake or an attack.
const MOST_VALUES: usize = 200;

/// Parses yes or no; the inner `None` is "unknown".
#[expect(clippy::option_option, reason = "the outer None is an invalid value, the inner one means unknown")]
pub(super) fn flag(key: &str) -> Option<Option<bool>> {
    Some(match key {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        "unknown" => None,
        _ => return None,
    })
}

/// Parses an id of LL2. Returns the reason if the text is invalid.
pub(super) fn number(one: &str) -> Result<i32, String> {
    let parsed = one.parse::<i32>().ok().filter(|number| *number >= 0);
    parsed.ok_or_else(|| format!("{} is not an LL2 id", quoted(one)))
}

/// Returns the text unchanged, or the reason why it is not accepted.
pub(super) fn short(one: &str) -> Result<String, String> {
    if one.chars().count() > LONGEST_TEXT || one.chars().any(char::is_control) {
        return Err(format!("longer than {LONGEST_TEXT} characters, or not text"));
    }
    Ok(one.to_owned())
}

/// Parses a short text.
pub(super) fn text(key: &str, value: &str) -> Result<String, QueryError> {
    short(value).map_err(|reason| error(key, reason))
}

/// Parses a day.
pub(super) fn date(key: &str, value: &str) -> Result<NaiveDate, QueryError> {
    day(value, value, "a date like 2026-04-01").map_err(|reason| error(key, reason))
}

/// Parses a day within the accepted years. Returns the reason if the text is invalid.
pub(crate) fn day(value: &str, text: &str, like: &str) -> Result<NaiveDate, String> {
    let quoted = quoted(text);
    match NaiveDate::parse_from_str(value, "%Y-%m-%d") {
        Ok(day) if (1900..=2999).contains(&chrono::Datelike::year(&day)) => Ok(day),
        Ok(_) => Err(format!("{quoted} is outside the years 1900 to 2999")),
        Err(_) => Err(format!("{quoted} is not {like}")),
    }
}

/// Parses a month to its first day.
pub(super) fn month(key: &str, value: &str) -> Result<NaiveDate, QueryError> {
    day(&format!("{value}-01"), value, "a month like 2026-04").map_err(|reason| error(key, reason))
}

/// Returns an error with the given key if a moment lies outside the accepted years (1900 to 2999, and the end of the
/// last day). Postgres and the calendar have larger but different ranges: within these years nothing overflows.
pub fn check_moment(key: &str, at: DateTime<Utc>) -> Result<DateTime<Utc>, QueryError> {
    let (first, end) = (midnight_of_year(1900), midnight_of_year(3000));
    let lies_within = first.is_some_and(|first| at >= first) && end.is_some_and(|end| at <= end);
    let said = || quoted(&at.to_rfc3339_opts(SecondsFormat::Secs, true));
    lies_within.then_some(at).ok_or_else(|| error(key, format!("{} is outside the years 1900 to 2999", said())))
}

fn midnight_of_year(year: i32) -> Option<DateTime<Utc>> {
    Some(NaiveDate::from_ymd_opt(year, 1, 1)?.and_hms_opt(0, 0, 0)?.and_utc())
}

/// Parses a moment, or a day. A day means its end: what was known on that day.
pub(super) fn moment(key: &str, value: &str) -> Result<DateTime<Utc>, QueryError> {
    // `+` decodes to a space in a query string, but users write it in a time zone offset.
    if let Ok(at) = DateTime::parse_from_rfc3339(&value.replace(' ', "+")) {
        return check_moment(key, at.to_utc());
    }
    let day = day(value, value, "a date like 2026-04-01, nor a time like 2026-04-01T12:00:00Z");
    let day = day.map_err(|reason| error(key, reason))?;
    day.checked_add_days(Days::new(1))
        .and_then(|next| next.and_hms_opt(0, 0, 0))
        .map(|end| end.and_utc())
        .ok_or_else(|| error(key, format!("{} is out of range", quoted(value))))
}

/// Parses a number without a sign.
pub(super) fn whole(key: &str, value: &str) -> Result<usize, QueryError> {
    value.parse().map_err(|_| error(key, format!("{} is not a whole number", quoted(value))))
}

/// Parses one of the words of an enum.
pub(super) fn one_of<T>(key: &str, value: &str) -> Result<T, QueryError>
where
    T: FromStr + VariantArray + Copy,
    &'static str: From<T>,
{
    let words = || T::VARIANTS.iter().map(|one| <&'static str>::from(*one)).collect::<Vec<_>>().join(", ");
    value.parse().map_err(|_| error(key, format!("{} is not one of {}", quoted(value), words())))
}

/// Parses a comma-separated list of the words of an enum.
pub(super) fn listed<T>(key: &str, value: &str) -> Result<Vec<T>, QueryError>
where
    T: FromStr + VariantArray + Copy,
    &'static str: From<T>,
{
    let words = value.split(',').map(str::trim).filter(|word| !word.is_empty());
    words.map(|word| one_of(key, word)).collect()
}

/// Adds the values of a comma-separated list, without duplicates.
pub(super) fn extend<T: PartialEq>(
    values: &mut Vec<T>,
    key: &str,
    list: &str,
    read: impl Fn(&str) -> Result<T, QueryError>,
) -> Result<(), QueryError> {
    for one in parted(list).iter().map(|one| one.trim()).filter(|one| !one.is_empty()) {
        let value = read(one)?;
        if !values.contains(&value) {
            values.push(value);
        }
    }
    if values.len() > MOST_VALUES {
        return Err(error(key, format!("more than {MOST_VALUES} values")));
    }
    Ok(())
}

/// Splits a comma-separated list. A backslash escapes the next character: [`crate::Facet::spelled`].
fn parted(list: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut letters = list.chars();
    while let Some(letter) = letters.next() {
        let literal = match letter {
            ',' => {
                values.push(String::new());
                None
            }
            '\\' => letters.next(),
            other => Some(other),
        };
        if let (Some(literal), Some(value)) = (literal, values.last_mut()) {
            value.push(literal);
        }
    }
    values
}
