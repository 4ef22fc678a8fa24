//! Formats facts for the page: with a unit if there is one, and "not given" if LL2 has no value.

use chrono::NaiveDate;
use leptos::prelude::*;

/// A name and its value in a `<dl class="pairs">`. A missing value is shown as such, not left out.
pub(crate) fn fact(name: &'static str, value: Option<String>) -> impl IntoView {
    let missing = value.is_none();
    view! {
        <dt>{name}</dt>
        <dd class:f=missing>{value.unwrap_or_else(|| "not given".to_owned())}</dd>
    }
}

/// A name and a value that is more than text.
pub(crate) fn fact_view(name: &'static str, value: AnyView) -> impl IntoView {
    view! {
        <dt>{name}</dt>
        <dd>{value}</dd>
    }
}

/// "23 Mar 2026".
pub(crate) fn date(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// Formats a measurement without trailing zeros: "70 m", "3.66 m".
pub(crate) fn measure(value: f64, unit: &str) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    format!("{} {unit}", grouped(text))
}

/// "7,500,000".
pub(crate) fn grouped(number: &str) -> String {
    let (sign, number) = number.strip_prefix('-').map_or(("", number), |number| ("-", number));
    let (whole, fraction) = number.split_once('.').map_or((number, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut out = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// A link to another site. LL2's URLs were checked to be http or https on ingest.
pub(crate) fn outward(url: String, words: String) -> impl IntoView {
    let host = host(&url).map(ToOwned::to_owned);
    view! {
        <a href=url rel="noopener noreferrer">{words}</a>
        {host.map(|host| view! { " " <span class="f">{host}</span> })}
    }
}

/// Returns the host of a URL, so that a reader knows where a link leads.
pub(crate) fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!(grouped("62000000"), "62,000,000");
        assert_eq!(grouped("999"), "999");
        assert_eq!(grouped("-1234.5"), "-1,234.5");
        assert_eq!(measure(70.0, "m"), "70 m");
        assert_eq!(measure(3.66, "m"), "3.66 m");
        assert_eq!(measure(22_800.0, "kg"), "22,800 kg");
    }

    #[test]
    fn the_site_of_a_link_is_its_host_without_user_and_www() {
        assert_eq!(host("https://www.nasa.gov/mission?x=1"), Some("nasa.gov"));
        assert_eq!(host("https://nasa.gov@evil.example/"), Some("evil.example"));
        assert_eq!(host("nonsense"), None);
    }
}
