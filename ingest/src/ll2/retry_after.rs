//! How long a 429 forbids requests (rule 4): `Retry-After` in seconds or as a date, else the number in `detail`, else
//! an hour, which is the whole window of LL2's throttle.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Deserialize;

/// LL2's window; the pause after a 429 without a usable value.
const WINDOW: Duration = Duration::from_secs(3600);

/// A longer pause is treated as a server error: a month without data would be an outage that we cause ourselves.
const LONGEST: Duration = Duration::from_secs(7 * 24 * 3600);

#[derive(Deserialize)]
struct Throttled<'a> {
    #[serde(borrow)]
    detail: std::borrow::Cow<'a, str>,
}

/// Returns the pause from the headers `Retry-After` and `Date` and the body of a 429.
pub(super) fn pause(retry_after: Option<&str>, date: Option<&str>, body: &[u8]) -> Duration {
    retry_after
        .and_then(|value| from_header(value.trim(), date))
        .or_else(|| from_detail(body))
        .unwrap_or(WINDOW)
        .min(LONGEST)
}

fn from_header(value: &str, date: Option<&str>) -> Option<Duration> {
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    // A date is only meaningful relative to the server's own clock, which is in `Date`.
    let until = DateTime::parse_from_rfc2822(value).ok()?;
    let now: DateTime<Utc> = DateTime::parse_from_rfc2822(date?).ok()?.into();
    (until.to_utc() - now).to_std().ok()
}

fn from_detail(body: &[u8]) -> Option<Duration> {
    let throttled: Throttled<'_> = serde_json::from_slice(body).ok()?;
    let number = throttled.detail.split_whitespace().find_map(|word| word.parse::<u64>().ok())?;
    Some(Duration::from_secs(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DETAIL: &[u8] = br#"{"detail":"Request was throttled. Expected available in 625 seconds."}"#;
    const NOW: Option<&str> = Some("Mon, 23 Mar 2026 08:00:00 GMT");

    #[test]
    fn every_form_of_retry_after_is_parsed() {
        let cases: [(Option<&str>, &[u8], u64); 10] = [
            (Some("120"), DETAIL, 120),
            (Some("0"), DETAIL, 0),
            (Some("86400"), DETAIL, 86_400),
            (Some("Mon, 23 Mar 2026 08:10:00 GMT"), DETAIL, 600),
            (Some("-1"), DETAIL, 625),
            (Some("soon"), DETAIL, 625),
            (None, DETAIL, 625),
            (None, br#"{"detail":"Request was throttled. Expected available in 1 second."}"#, 1),
            (None, b"<html>", 3600),
            (Some("99999999999"), DETAIL, 7 * 86_400),
        ];
        for (header, body, seconds) in cases {
            assert_eq!(pause(header, NOW, body), Duration::from_secs(seconds), "{header:?}");
        }
    }

    #[test]
    fn a_date_that_has_passed_falls_back_to_the_body() {
        assert_eq!(pause(Some("Mon, 23 Mar 2026 07:00:00 GMT"), NOW, DETAIL), Duration::from_secs(625));
    }
}
