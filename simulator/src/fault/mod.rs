//! Faults between LL2 and a client, on demand.
//!
//! A fault either replaces the response, or damages the response of the world. Faults that damage a page do not change
//! other responses. TLS and DNS failures happen before HTTP and cannot be served from here: point the client at an
//! `https` URL of this server, or at a host that does not exist.

mod bodies;
mod hostile;
mod name;
mod pages;

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, StatusCode, Uri, header},
    middleware::Next,
    response::Response,
};
use chrono::{DateTime, TimeDelta, Utc};

use crate::answer::{detail, json_body, throttled};
pub use hostile::HOSTILE_TEXTS;
pub use name::ParseFaultError;

/// A fault and the requests that it affects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The kind of fault.
    pub kind: FaultKind,
    /// The affected requests.
    pub at: Position,
}

impl Fault {
    /// Creates a fault on every request.
    pub fn always(kind: FaultKind) -> Fault {
        Fault { kind, at: Position::Every }
    }

    /// Creates a fault on request number `n` only, counted from 1.
    pub fn at(kind: FaultKind, n: u64) -> Fault {
        Fault { kind, at: Position::At(n) }
    }
}

/// The requests that a fault affects. `api-throttle`, and requests that the throttle refuses, are never counted or
/// affected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// Every request.
    Every,
    /// The request with this number; the first is 1.
    At(u64),
    /// The request with this number and all later ones.
    From(u64),
}

impl Position {
    pub(crate) fn hits(self, number: u64) -> bool {
        match self {
            Position::Every => true,
            Position::At(at) => number == at,
            Position::From(from) => number >= from,
        }
    }
}

/// The catalog of faults; [`FaultKind::ALL`] has the names of the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultKind {
    /// 429 with `Retry-After` in seconds.
    Throttled(u32),
    /// 429 with `Retry-After` as an HTTP date, an hour ahead.
    ThrottledDate,
    /// 429 without `Retry-After`.
    ThrottledNone,
    /// 429 with `Retry-After: 0`.
    ThrottledZero,
    /// 429 with `Retry-After: -1`.
    ThrottledNegative,
    /// 429 with a `Retry-After` that is neither number nor date.
    ThrottledGarbage,
    /// 429 with `Retry-After: 86400`.
    ThrottledDay,
    /// 403.
    Forbidden,
    /// 500, 502, 503 or 504 with an HTML body, as proxies send it.
    ServerError(u16),
    /// 200 with an HTML page instead of JSON.
    Html,
    /// 200 with JSON that is cut in the middle, with a matching length.
    Truncated,
    /// 200 with a `Content-Length` above the number of bytes sent.
    WrongLength,
    /// 200 in chunks, without the last one.
    ChunkAbort,
    /// 200 at this many bytes per second.
    Drip(u32),
    /// The connection is reset.
    Reset,
    /// 301 to another host.
    Redirect,
    /// 200 whose gzip body unpacks to a gibibyte of spaces and then a page.
    GzipBomb,
    /// 200 with a page preceded by 50 MB of spaces.
    HugeBody,
    /// 200 with arrays nested 10,000 deep in a record.
    Deep,
    /// 200 with bytes that are not UTF-8 in a name.
    InvalidUtf8,
    /// 200 with a byte order mark before the JSON.
    ByteOrderMark,
    /// 200 with `\u0000` in a name, which jsonb rejects.
    Nul,
    /// 200 with the number `1e999`.
    Overflow,
    /// 200 with a record that has `net` twice.
    DuplicateKeys,
    /// 200 with no results although `count` is not 0.
    EmptyPage,
    /// 200 with the first page's results on every page.
    RepeatedPage,
    /// 200 whose `next` points to another host.
    ForeignNext,
    /// 200 with records in which every text is markup, script or a direction control: see [`HOSTILE_TEXTS`].
    HostileTexts,
}

/// Responds to one request with a fault.
pub(crate) async fn strike(kind: FaultKind, request: Request, next: Next, now: DateTime<Utc>) -> Response {
    match kind {
        FaultKind::Throttled(seconds) => throttled(seconds.into(), Some(&seconds.to_string())),
        FaultKind::ThrottledDate => {
            let date = (now + TimeDelta::hours(1)).format("%a, %d %b %Y %H:%M:%S GMT").to_string();
            throttled(3600, Some(&date))
        }
        FaultKind::ThrottledNone => throttled(625, None),
        FaultKind::ThrottledZero => throttled(0, Some("0")),
        FaultKind::ThrottledNegative => throttled(-1, Some("-1")),
        FaultKind::ThrottledGarbage => throttled(625, Some("in a while")),
        FaultKind::ThrottledDay => throttled(86_400, Some("86400")),
        FaultKind::Forbidden => detail(StatusCode::FORBIDDEN, "You do not have permission to perform this action."),
        FaultKind::ServerError(status) => {
            html(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR))
        }
        FaultKind::Html => html(StatusCode::OK),
        FaultKind::Redirect => {
            let mut response = detail(StatusCode::MOVED_PERMANENTLY, "Moved.");
            let target = format!("{}{}", pages::ELSEWHERE, path_and_query(request.uri()));
            if let Ok(target) = HeaderValue::from_str(&target) {
                response.headers_mut().insert(header::LOCATION, target);
            }
            response
        }
        FaultKind::RepeatedPage => repeated(request, next).await,
        FaultKind::Truncated
        | FaultKind::WrongLength
        | FaultKind::ChunkAbort
        | FaultKind::Drip(_)
        | FaultKind::Reset
        | FaultKind::GzipBomb
        | FaultKind::HugeBody
        | FaultKind::Deep
        | FaultKind::InvalidUtf8
        | FaultKind::ByteOrderMark
        | FaultKind::Nul
        | FaultKind::Overflow
        | FaultKind::DuplicateKeys
        | FaultKind::EmptyPage
        | FaultKind::ForeignNext
        | FaultKind::HostileTexts => {
            let (status, body) = answer(request, next).await;
            if status == StatusCode::OK { damage(kind, body) } else { json_body(status, body) }
        }
    }
}

fn damage(kind: FaultKind, body: Vec<u8>) -> Response {
    let page =
        |mend: fn(&[u8]) -> Option<Vec<u8>>| json_body(StatusCode::OK, mend(&body).unwrap_or_else(|| body.clone()));
    match kind {
        FaultKind::Truncated => json_body(StatusCode::OK, body[..body.len() / 2].to_vec()),
        FaultKind::WrongLength => bodies::short_of_its_length(body),
        FaultKind::ChunkAbort | FaultKind::Reset => bodies::broken_off(body),
        FaultKind::Drip(bytes_per_second) => bodies::dripping(body, bytes_per_second),
        FaultKind::GzipBomb => bodies::gzip_bomb(&body),
        FaultKind::HugeBody => bodies::huge(body),
        FaultKind::ByteOrderMark => json_body(StatusCode::OK, [b"\xef\xbb\xbf".as_slice(), &body].concat()),
        FaultKind::Deep => page(pages::deep),
        FaultKind::InvalidUtf8 => page(pages::invalid_utf8),
        FaultKind::Nul => page(pages::nul),
        FaultKind::Overflow => page(pages::overflow),
        FaultKind::DuplicateKeys => page(pages::duplicate_keys),
        FaultKind::EmptyPage => page(pages::empty),
        FaultKind::ForeignNext => page(pages::foreign_next),
        FaultKind::HostileTexts => page(hostile::texts),
        // The other kinds replace the response and do not reach this function.
        _ => json_body(StatusCode::OK, body),
    }
}

/// Returns the response without the fault.
async fn answer(request: Request, next: Next) -> (StatusCode, Vec<u8>) {
    let response = next.run(request).await;
    let status = response.status();
    // The routes respond from memory; only a body stream could fail here.
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap_or_default();
    (status, body.to_vec())
}

/// Responds with the envelope of the requested page around the results of the first page.
async fn repeated(request: Request, next: Next) -> Response {
    let uri = request.uri().clone();
    let first: Vec<(String, String)> = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
        .into_owned()
        .filter(|(name, _)| name != "offset")
        .collect();
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(first).finish();
    let mut again = Request::new(Body::empty());
    *again.method_mut() = request.method().clone();
    *again.headers_mut() = request.headers().clone();
    *again.uri_mut() = format!("{}?{query}", uri.path()).parse().unwrap_or(uri);

    let (status, asked) = answer(request, next.clone()).await;
    let (_, first) = answer(again, next).await;
    json_body(status, pages::with_results_of(&asked, &first).unwrap_or(asked))
}

fn html(status: StatusCode) -> Response {
    let text = status.canonical_reason().unwrap_or("Error");
    let page = format!("<!DOCTYPE html><html><head><title>{text}</title></head><body><h1>{text}</h1></body></html>");
    let mut response = Response::new(Body::from(page));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response
}

fn path_and_query(uri: &Uri) -> String {
    uri.path_and_query().map_or_else(String::new, ToString::to_string)
}
