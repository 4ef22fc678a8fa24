//! Parses values and checks their range. An error has the variable's name, its value, and what is expected.

use std::{fmt::Display, ops::RangeInclusive, str::FromStr, time::Duration};

use anyhow::{Context as _, anyhow, bail};
use ingest::Retention;
use url::Url;

/// The most characters of a value in an error.
const MOST_SHOWN: usize = 200;

/// Returns the value for an error message.
fn shown(value: &str) -> String {
    let mut shown: String = value.chars().take(MOST_SHOWN).collect();
    if shown.len() < value.len() {
        shown.push('…');
    }
    shown
}

pub(crate) fn parse<T: FromStr>(
    variable: impl Fn(&str) -> anyhow::Result<Option<String>>,
    name: &str,
    expected: &str,
) -> anyhow::Result<Option<T>> {
    variable(name)?
        .map(|value| value.trim().parse().map_err(|_| anyhow!("{name} is {:?}: not {expected}", shown(&value))))
        .transpose()
}

/// Parses a number within a range. `what` is the unit in plural: "seconds".
pub(crate) fn bounded<T: FromStr + PartialOrd + Display>(
    variable: impl Fn(&str) -> anyhow::Result<Option<String>>,
    name: &str,
    range: RangeInclusive<T>,
    what: &str,
) -> anyhow::Result<Option<T>> {
    let Some(value) = variable(name)? else { return Ok(None) };
    // A number that does not fit the type is out of range as well. NaN is in no range.
    match value.trim().parse::<T>().ok().filter(|number| range.contains(number)) {
        Some(number) => Ok(Some(number)),
        None => {
            bail!("{name} is {:?}: not a number of {what} from {} to {}", shown(&value), range.start(), range.end())
        }
    }
}

/// Parses a duration in seconds, with fractions.
pub(crate) fn seconds(
    variable: impl Fn(&str) -> anyhow::Result<Option<String>>,
    name: &str,
    range: RangeInclusive<f64>,
) -> anyhow::Result<Option<Duration>> {
    Ok(bounded(variable, name, range, "seconds")?.map(Duration::from_secs_f64))
}

/// Parses on or off.
pub(crate) fn switch(
    variable: impl Fn(&str) -> anyhow::Result<Option<String>>,
    name: &str,
) -> anyhow::Result<Option<bool>> {
    match variable(name)?.as_deref() {
        None => Ok(None),
        Some("1" | "true" | "on" | "yes") => Ok(Some(true)),
        Some("0" | "false" | "off" | "no") => Ok(Some(false)),
        Some(other) => bail!("{name} is {:?}: neither on nor off", shown(other)),
    }
}

/// Parses how long rows are kept: a number of days, or `forever`.
pub(crate) fn retention_days(
    variable: impl Fn(&str) -> anyhow::Result<Option<String>>,
    name: &str,
    range: RangeInclusive<u32>,
) -> anyhow::Result<Option<Retention>> {
    if variable(name)?.is_some_and(|value| value.trim() == "forever") {
        return Ok(Some(Retention::Forever));
    }
    let days = bounded(variable, name, range, "days").map_err(|error| anyhow!("{error}, nor `forever`"))?;
    Ok(days.map(Retention::Days))
}

/// Parses the base URL of an API. It is logged, stored with every run and shown on the pipeline page: it must not contain a credential,
/// and an error never repeats one.
pub(crate) fn ll2_url(text: &str) -> anyhow::Result<Url> {
    let text = text.trim();
    let url = Url::parse(text.trim_end_matches('/'));
    // In any position: `user:pw@host` without a scheme is a URL too, with the scheme `user`.
    if text.contains('@') {
        bail!("MOONCOON_LL2_URL has credentials: remove them, and set MOONCOON_LL2_TOKEN for an LL2 API key");
    }
    if text.contains(['?', '#']) {
        bail!("MOONCOON_LL2_URL has a query or a fragment: it must end in /2.3.0 or /2.2.0");
    }
    let url = url.with_context(|| format!("MOONCOON_LL2_URL is {:?}: not a URL", shown(text)))?;
    if !matches!(url.scheme(), "http" | "https") {
        bail!("MOONCOON_LL2_URL is {:?}: neither http nor https", shown(text));
    }
    let last = url.path_segments().and_then(|mut segments| segments.next_back().map(str::to_owned));
    if !matches!(last.as_deref(), Some("2.2.0" | "2.3.0")) {
        bail!("MOONCOON_LL2_URL is {:?}: it must end in /2.3.0 or /2.2.0", shown(text));
    }
    Ok(url)
}
