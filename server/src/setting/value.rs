//! Values as people write them, held to a range. An error names the variable, what it is, and what is expected.

use std::{fmt::Display, ops::RangeInclusive, str::FromStr, time::Duration};

use anyhow::{Context as _, anyhow, bail};
use url::Url;

/// A value that is shown in an error is cut to so many characters.
const MOST_SHOWN: usize = 200;

/// The value as an error may show it.
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

/// A number within a range, `what` it counts in plural: "seconds".
pub(crate) fn bounded<T: FromStr + PartialOrd + Display>(
    variable: impl Fn(&str) -> anyhow::Result<Option<String>>,
    name: &str,
    range: RangeInclusive<T>,
    what: &str,
) -> anyhow::Result<Option<T>> {
    let Some(value) = variable(name)? else { return Ok(None) };
    // What does not fit the type is as much out of range as what fits it and is too large. NaN is in no range.
    match value.trim().parse::<T>().ok().filter(|number| range.contains(number)) {
        Some(number) => Ok(Some(number)),
        None => {
            bail!("{name} is {:?}: not a number of {what} from {} to {}", shown(&value), range.start(), range.end())
        }
    }
}

/// A span that may be shorter than a second.
pub(crate) fn seconds(
    variable: impl Fn(&str) -> anyhow::Result<Option<String>>,
    name: &str,
    range: RangeInclusive<f64>,
) -> anyhow::Result<Option<Duration>> {
    Ok(bounded(variable, name, range, "seconds")?.map(Duration::from_secs_f64))
}

/// The base URL of an API. It is logged, stored with every run and shown on the pipeline page: it may carry no credential, and an
/// error never repeats one.
pub(crate) fn ll2_url(text: &str) -> anyhow::Result<Url> {
    let text = text.trim();
    let url = Url::parse(text.trim_end_matches('/'));
    // Wherever it stands: `user:pw@host` without a scheme is a URL too, of the scheme `user`.
    if text.contains('@') {
        bail!("MOONCOON_LL2_URL carries credentials: leave them out, and set MOONCOON_LL2_TOKEN for a key of LL2");
    }
    if text.contains(['?', '#']) {
        bail!("MOONCOON_LL2_URL carries a query or a fragment: it must end in /2.3.0 or /2.2.0");
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
