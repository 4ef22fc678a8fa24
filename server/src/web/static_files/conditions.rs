//! Conditional requests and ranges by RFC 9110 (13 and 14).

use axum::http::{HeaderMap, HeaderName, header};
use chrono::{DateTime, SubsecRound as _, Utc};

/// Which bytes to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Range {
    Whole,
    Part { first: u64, last: u64 },
    Unsatisfiable,
}

/// Formats a date as in `Last-Modified`.
pub(super) fn http_date(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

fn date(asked: &HeaderMap, name: HeaderName) -> Option<DateTime<Utc>> {
    let text = asked.get(name)?.to_str().ok()?;
    DateTime::parse_from_rfc2822(text).ok().map(|at| at.to_utc())
}

/// Returns whether the client already has this version.
pub(super) fn is_unchanged(asked: &HeaderMap, tag: &str, changed_at: DateTime<Utc>) -> bool {
    if asked.contains_key(header::IF_NONE_MATCH) {
        let lines = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
        return lines
            .flat_map(|line| line.split(','))
            .any(|one| one.trim() == "*" || one.trim().trim_start_matches("W/") == tag);
    }
    // The header has a resolution of whole seconds.
    date(asked, header::IF_MODIFIED_SINCE).is_some_and(|since| changed_at.trunc_subsecs(0) <= since)
}

/// Returns the requested range. A request for several ranges gets the whole file, which a server may do (14.2): no client needs them, and
/// they have been used to make servers send a file many times over.
pub(super) fn asked_range(asked: &HeaderMap, tag: &str, changed_at: DateTime<Utc>, length: u64) -> Range {
    let Some(range) = asked.get(header::RANGE).and_then(|range| range.to_str().ok()) else { return Range::Whole };
    if let Some(only_if) = asked.get(header::IF_RANGE) {
        let is_same_tag = only_if.as_bytes() == tag.as_bytes();
        let is_same_date = date(asked, header::IF_RANGE).is_some_and(|at| at == changed_at.trunc_subsecs(0));
        if !is_same_tag && !is_same_date {
            return Range::Whole;
        }
    }
    let Some((unit, part)) = range.split_once('=') else { return Range::Whole };
    let Some((first, last)) = part.trim().split_once('-').filter(|_| unit.trim().eq_ignore_ascii_case("bytes")) else {
        return Range::Whole;
    };
    let number = |text: &str| -> Option<u64> {
        // A number too large for `u64` is beyond the end.
        text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().unwrap_or(u64::MAX))
    };
    match (first.trim(), last.trim()) {
        ("", "") => Range::Whole,
        ("", last) => match number(last) {
            None => Range::Whole,
            Some(0) => Range::Unsatisfiable,
            Some(_) if length == 0 => Range::Unsatisfiable,
            Some(count) => Range::Part { first: length.saturating_sub(count), last: length - 1 },
        },
        (first, last) => {
            let last = if last.is_empty() { Some(u64::MAX) } else { number(last) };
            match (number(first), last) {
                (Some(first), Some(last)) if first > last => Range::Whole,
                (Some(first), Some(_)) if first >= length => Range::Unsatisfiable,
                (Some(first), Some(last)) => Range::Part { first, last: last.min(length - 1) },
                _ => Range::Whole,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    const TAG: &str = "\"0123\"";

    fn changed_at() -> DateTime<Utc> {
        "2026-03-01T12:00:00.5Z".parse().expect("a time")
    }

    fn asked(lines: &[(HeaderName, &str)]) -> HeaderMap {
        lines.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).expect("a value"))).collect()
    }

    #[test]
    fn one_range_gets_a_partial_response() {
        let range = |text: &str| asked_range(&asked(&[(header::RANGE, text)]), TAG, changed_at(), 100);
        for (text, expected) in [
            ("bytes=0-0", Range::Part { first: 0, last: 0 }),
            ("bytes=0-", Range::Part { first: 0, last: 99 }),
            ("Bytes=10-19", Range::Part { first: 10, last: 19 }),
            ("bytes=90-500", Range::Part { first: 90, last: 99 }),
            ("bytes=-10", Range::Part { first: 90, last: 99 }),
            ("bytes=-500", Range::Part { first: 0, last: 99 }),
            ("bytes=99-99999999999999999999999", Range::Part { first: 99, last: 99 }),
            ("bytes=100-", Range::Unsatisfiable),
            ("bytes=99999999999999999999999-", Range::Unsatisfiable),
            ("bytes=-0", Range::Unsatisfiable),
            // A malformed range, or more than one, is ignored.
            ("bytes=20-10", Range::Whole),
            ("bytes=0-1,5-6", Range::Whole),
            ("bytes=-", Range::Whole),
            ("bytes=a-b", Range::Whole),
            ("bytes=+1-2", Range::Whole),
            ("bytes=--5", Range::Whole),
            ("lines=0-1", Range::Whole),
            ("bytes", Range::Whole),
            ("", Range::Whole),
        ] {
            assert_eq!(range(text), expected, "{text}");
        }
        let empty = |text: &str| asked_range(&asked(&[(header::RANGE, text)]), TAG, changed_at(), 0);
        assert_eq!([empty("bytes=0-"), empty("bytes=-1")], [Range::Unsatisfiable; 2]);
    }

    #[test]
    fn a_range_of_another_version_gets_the_whole_file() {
        let range = |only_if: &str| {
            asked_range(&asked(&[(header::RANGE, "bytes=0-0"), (header::IF_RANGE, only_if)]), TAG, changed_at(), 100)
        };
        for (only_if, is_part) in [
            (TAG, true),
            ("Sun, 01 Mar 2026 12:00:00 GMT", true),
            ("W/\"0123\"", false),
            ("\"other\"", false),
            ("Sun, 01 Mar 2026 12:00:01 GMT", false),
            ("Sat, 28 Feb 2026 12:00:00 GMT", false),
            ("soon", false),
        ] {
            assert_eq!(range(only_if) != Range::Whole, is_part, "{only_if}");
        }
    }

    #[test]
    fn a_client_with_the_current_version_gets_a_304() {
        for (lines, expected) in [
            (&[(header::IF_NONE_MATCH, TAG)][..], true),
            (&[(header::IF_NONE_MATCH, "W/\"0123\"")], true),
            (&[(header::IF_NONE_MATCH, "\"x\", \"0123\"")], true),
            (&[(header::IF_NONE_MATCH, "*")], true),
            (&[(header::IF_NONE_MATCH, "\"x\"")], false),
            (&[(header::IF_MODIFIED_SINCE, "Sun, 01 Mar 2026 12:00:00 GMT")], true),
            (&[(header::IF_MODIFIED_SINCE, "Sun, 01 Mar 2026 11:59:59 GMT")], false),
            (&[(header::IF_MODIFIED_SINCE, "yesterday")], false),
            // The tag takes precedence if both are sent.
            (&[(header::IF_NONE_MATCH, "\"x\""), (header::IF_MODIFIED_SINCE, "Mon, 01 Mar 2027 12:00:00 GMT")], false),
            (&[], false),
        ] {
            assert_eq!(is_unchanged(&asked(lines), TAG, changed_at()), expected, "{lines:?}");
        }
        assert_eq!(http_date(changed_at()), "Sun, 01 Mar 2026 12:00:00 GMT");
    }
}
