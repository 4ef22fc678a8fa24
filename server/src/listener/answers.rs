//! Responses to connections and requests that cannot be passed to a handler.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};

use super::admission::Kind;

/// The first byte of a TLS handshake.
const TLS_HANDSHAKE: u8 = 0x16;
/// The first bytes of every HTTP/2 connection; no HTTP/1 request begins with them.
const HTTP2_PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n";
/// Number of bytes needed to tell the protocols apart.
pub(super) const PREFACE_LENGTH: usize = HTTP2_PREFACE.len();

/// Returns the whole response to a client that speaks another protocol, detected by its first bytes.
pub(super) fn for_other_protocol(first: &[u8]) -> Option<Vec<u8>> {
    let (status, text) = if first.first() == Some(&TLS_HANDSHAKE) {
        ("400 Bad Request", "This port speaks HTTP without TLS: use http://, or the address of the proxy.\n")
    } else if first.starts_with(HTTP2_PREFACE) {
        ("505 HTTP Version Not Supported", "This port speaks HTTP/1.1 only.\n")
    } else {
        return None;
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n",
        text.len()
    );
    let mut answer = head.into_bytes();
    for (name, value) in hardening() {
        answer.extend_from_slice([name, ": ", value, "\r\n"].concat().as_bytes());
    }
    answer.extend_from_slice(b"\r\n");
    answer.extend_from_slice(text.as_bytes());
    Some(answer)
}

/// Returns the refusal for a connection without a regular place; none for one that has a place.
pub(super) fn to_excess(kind: Kind) -> Option<Response> {
    let (text, seconds) = match kind {
        Kind::Full => return None,
        Kind::NoPlace => ("All connections of this server are in use. Try again in a moment.\n", "5"),
        Kind::TooManyOfAddress => ("Too many connections from your address. Close some and try again.\n", "30"),
    };
    let mut response = plain(StatusCode::SERVICE_UNAVAILABLE, text);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(seconds));
    Some(response)
}

/// Builds a response of one sentence in plain text that closes the connection: the client sent an invalid request, or
/// there are too many connections.
pub(super) fn plain(status: StatusCode, text: &'static str) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let headers: &mut HeaderMap = response.headers_mut();
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    for (name, value) in hardening() {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// The headers that the middleware in `web` would have set.
fn hardening() -> [(&'static str, &'static str); 3] {
    [
        ("cache-control", "no-store"),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
        ("x-content-type-options", "nosniff"),
    ]
}
