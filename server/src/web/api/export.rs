//! What the exported files have in common: texts, addresses, and the response.

use std::borrow::Cow;

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use domain::{Board, BoardQuery, Facet, Launch, Source};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::problem::Problem;

/// A file made from the board.
pub(super) struct Export {
    pub(super) kind: &'static str,
    /// The name under which a browser saves the file; none if a program reads it.
    pub(super) name: Option<String>,
    /// The address of the rest, if the file is not complete.
    pub(super) next: Option<String>,
    pub(super) body: Vec<u8>,
}

impl Export {
    /// Builds a response body as JSON.
    pub(super) fn json(answer: &impl Serialize) -> Result<Self, Problem> {
        let body = serde_json::to_vec(answer).map_err(|error| {
            tracing::error!(error = &error as &dyn std::error::Error, "could not serialize a response as JSON");
            Problem::Internal
        })?;
        Ok(Self { kind: "application/json", name: None, next: None, body })
    }

    /// Responds with the file, or with 304 if the client has it. Clients revalidate every time (`no-cache`): a launch that has moved must
    /// not be shown at its old date for up to an hour.
    pub(super) fn answer(self, asked: &HeaderMap) -> Response {
        // Weak, because the body may be compressed on the way.
        let tag = format!("W/\"{}\"", hex(&Sha256::digest(&self.body)[..12]));
        let mut headers = HeaderMap::new();
        let mut put = |name, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        };
        put(header::ETAG, &tag);
        put(header::CACHE_CONTROL, "no-cache");
        put(header::CONTENT_TYPE, self.kind);
        if let Some(name) = &self.name {
            put(header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{name}\""));
        }
        if let Some(next) = &self.next {
            put(header::LINK, &format!("<{next}>; rel=\"next\""));
        }
        let (status, body) = if is_known(asked, &tag) {
            (StatusCode::NOT_MODIFIED, Body::empty())
        } else {
            (StatusCode::OK, Body::from(self.body))
        };
        let mut response = Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        response
    }
}

/// Returns whether the client sent this tag, by weak comparison (RFC 9110, 13.1.2).
fn is_known(asked: &HeaderMap, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    asked
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|one| one.trim() == "*" || opaque(one) == opaque(tag))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns the scheme and host under which the client knows this server: feeds and calendars are read outside of our pages and need
/// absolute URLs.
///
/// Both headers were set by `web::client`: it has replaced the values of the request by `MOONCOON_PUBLIC_URL`, or by those of a trusted
/// proxy or of the request itself. Without a host the addresses are relative, which is of little use but harmless.
pub(super) fn origin(asked: &HeaderMap) -> String {
    let text = |name: &str| asked.get(name).and_then(|value| value.to_str().ok());
    let host = text("host").filter(|host| {
        host.len() <= 255
            && host
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b':' | b'[' | b']'))
    });
    let scheme = if text("x-forwarded-proto") == Some("https") { "https" } else { "http" };
    host.map(|host| format!("{scheme}://{host}")).unwrap_or_default()
}

pub(super) fn launch_url(origin: &str, launch: &Launch) -> String {
    format!("{origin}/launches/{}", launch.id)
}

/// "Upcoming launches: provider SpaceX, status Go (simulated)".
pub(super) fn title(board: &Board, query: &BoardQuery) -> String {
    let mut title = if query.past { "Launches" } else { "Upcoming launches" }.to_owned();
    let filters = filters(board, query);
    if !filters.is_empty() {
        title.push_str(&format!(": {}", filters.join(", ")));
    }
    if let Some(past) = board.past_state {
        title.push_str(&format!(", as of {}", past.as_of.format("%-d %b %Y, %H:%M UTC")));
    }
    if board.freshness.source == Source::Simulated {
        title.push_str(" (simulated)");
    }
    title
}

/// Returns the source of the data. Not its age: a calendar or a feed stays the same while no launch has changed.
pub(super) fn provenance(source: Source) -> &'static str {
    match source {
        Source::Live => "Launch data: The Space Devs, Launch Library 2.",
        Source::Simulated => "Simulated source: these launches are invented or replayed.",
    }
}

/// Returns a text of LL2, isolated so that it can be embedded in our own text. Every name and description of a file must pass through
/// here.
pub(super) fn told(text: &str) -> Cow<'_, str> {
    domain::text::isolated(text)
}

fn filters(board: &Board, query: &BoardQuery) -> Vec<String> {
    let mut words = Vec::new();
    if !query.q.is_empty() {
        words.push(format!("\"{}\"", query.q));
    }
    for facet in Facet::ALL {
        let selected = facet.selected(query);
        if selected.is_empty() {
            continue;
        }
        let name = |key: &String| {
            let values = board.launches.iter().flat_map(|launch| facet.values(launch));
            // A key that no launch has is shown unchanged.
            values.into_iter().find(|(one, _)| one == key).map_or_else(|| key.clone(), |(_, label)| label)
        };
        words.push(format!(
            "{} {}",
            facet.label().to_lowercase(),
            selected.iter().map(name).collect::<Vec<_>>().join(" or ")
        ));
    }
    words.extend(query.from.map(|from| format!("from {from}")));
    words.extend(query.to.map(|to| format!("to {to}")));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(name: header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(value).expect("a value"))])
    }

    #[test]
    fn a_request_with_the_tag_among_others_gets_a_304() {
        for (value, known) in [("W/\"a\"", true), ("\"b\", \"a\"", true), ("*", true), ("W/\"b\"", false), ("a", false)]
        {
            assert_eq!(is_known(&asked(header::IF_NONE_MATCH, value), "W/\"a\""), known, "{value}");
        }
    }

    #[test]
    fn an_invalid_host_is_not_repeated() {
        assert_eq!(origin(&asked(header::HOST, "moon.example:8443")), "http://moon.example:8443");
        assert_eq!(origin(&asked(header::HOST, "[::1]:3000")), "http://[::1]:3000");
        assert_eq!(origin(&asked(header::HOST, "moon.example/\"><script>")), "");
    }
}
