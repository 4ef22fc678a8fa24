//! Limits on concurrent work, by kind of work. Excess requests are refused early with a `Retry-After`.
//!
//! A page takes some 16 ms of one core, a list of fifteen years takes hundreds, and each is built in memory before it is sent. Without
//! limits, 24 readers of the longest list used every core, every session of the database and 948 MB, and no other request was served. So
//! each kind has its own permits: if one is exhausted, the others are unaffected. Health, freshness, events, files and pictures need no
//! permit.
//!
//! There are more worker threads than permits ([`worker_threads`]): connections and timers are still served while every permit is
//! computing.

use std::{sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderValue, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use futures::stream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::form_urlencoded;

use super::{
    contain,
    refusal::{self, Refusal},
};

/// No request computes longer than this; Postgres has ended its statements before.
const DEADLINE: Duration = Duration::from_secs(20);
/// Seconds after which a refused client may try again.
const AGAIN: u16 = 3;
/// Size of a chunk of the response that is passed to the connection at a time. A place is released when the connection has taken the last
/// chunk, not the first.
const PIECE: usize = 64 * 1024;

/// Work of one kind.
#[derive(Debug)]
struct Kind {
    /// Requests that compute.
    work: Arc<Semaphore>,
    /// Requests that compute, that wait, or (if responses are large) whose response was not read completely.
    places: Arc<Semaphore>,
    /// How long a request waits for a permit.
    patience: Duration,
    is_large: bool,
}

impl Kind {
    fn new(work: usize, places: usize, patience: Duration, is_large: bool) -> Self {
        let [work, places] = [work, places].map(|count| Arc::new(Semaphore::new(count)));
        Self { work, places, patience, is_large }
    }
}

/// All limited kinds of work of this process. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Permits(Arc<Kinds>);

#[derive(Debug)]
struct Kinds {
    /// Pages and their later requests.
    page: Kind,
    /// Lists with past launches, and boards of another time.
    whole: Kind,
    /// Lists of upcoming launches for programs, in any format.
    export: Kind,
    /// Pages over everything: analysis, scorecard, pipeline, dictionary.
    report: Kind,
}

/// Returns the number of permits of each kind for this number of cores.
fn counts(cores: usize) -> [usize; 4] {
    [cores + 1, (cores / 2).max(1), cores, cores]
}

/// Returns the number of threads of the runtime: two are free even if every permit is computing, for any length of time.
pub(crate) fn worker_threads(cores: usize) -> usize {
    counts(cores).iter().sum::<usize>() + 2
}

impl Permits {
    pub(crate) fn new(cores: usize) -> Self {
        let [page, whole, export, report] = counts(cores);
        let seconds = Duration::from_secs;
        Self(Arc::new(Kinds {
            page: Kind::new(page, page + 200, seconds(5), false),
            whole: Kind::new(whole, whole + 24, seconds(15), true),
            export: Kind::new(export, export + 50, seconds(5), false),
            report: Kind::new(report, report + 50, seconds(8), false),
        }))
    }

    /// Returns the kind of work of an address; none if it needs no permit.
    fn of(&self, uri: &Uri) -> Option<&Kind> {
        let kinds = self.0.as_ref();
        let is_whole = || {
            form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).any(|(key, value)| match key.as_ref() {
                "past" => !matches!(value.as_ref(), "" | "false" | "0"),
                "as_of" => !value.is_empty(),
                _ => false,
            })
        };
        let mut parts = uri.path().trim_start_matches('/').splitn(3, '/');
        let kind = match (parts.next().unwrap_or_default(), parts.next(), parts.next()) {
            ("api", Some("v1"), Some(resource)) => match resource {
                "launches" | "launches.json" | "launches.csv" | "launches.ics" | "launches.atom" | "decision" => {
                    if is_whole() {
                        &kinds.whole
                    } else {
                        &kinds.export
                    }
                }
                "providers" | "rockets" | "pads" => &kinds.export,
                "scorecard" => &kinds.report,
                "launches/changed" => return None,
                one if one.starts_with("launches/") => &kinds.page,
                _ => return None,
            },
            // Requests from pages: the names of server functions.
            (
                "api",
                Some("analysis" | "scorecard" | "pipeline" | "dictionary" | "flown" | "moments" | "compare"),
                None,
            )
            | ("analysis" | "scorecard" | "pipeline" | "dictionary" | "compare", None, None) => &kinds.report,
            ("api", Some(_), None) | ("" | "choose", None, None) => {
                if is_whole() {
                    &kinds.whole
                } else {
                    &kinds.page
                }
            }
            ("launches" | "providers" | "rockets" | "pads", Some(_), None) => &kinds.page,
            _ => return None,
        };
        Some(kind)
    }
}

/// Limits each kind of work to its number of permits. Runs outside of the compression, which uses the CPU too. The response is complete
/// before its permit is released, so that a slow reader blocks no computation. A page keeps its permit until it is rendered, even if its
/// client has left.
pub(super) async fn bound(State(permits): State<Permits>, request: Request, next: Next) -> Response {
    let Some(kind) = permits.of(request.uri()) else { return next.run(request).await };
    let Ok(place) = Arc::clone(&kind.places).try_acquire_owned() else { return turned_away() };
    let Ok(Ok(work)) = tokio::time::timeout(kind.patience, Arc::clone(&kind.work).acquire_owned()).await else {
        return turned_away();
    };
    let is_page = !refusal::is_of_api(request.uri().path());
    let made = tokio::time::timeout(DEADLINE, async move {
        let _until_made = work;
        let (parts, body) = next.run(request).await.into_parts();
        (parts, to_bytes(body, usize::MAX).await)
    });
    let made = if is_page { contain::to_completion(made).await } else { made.await };
    let Ok((mut parts, body)) = made else { return turned_away() };
    let Ok(body) = body else {
        tracing::error!("could not complete a response");
        return Refusal::internal().into_response();
    };
    if !kind.is_large || body.is_empty() {
        return Response::from_parts(parts, Body::from(body));
    }
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    Response::from_parts(parts, in_pieces(body, place))
}

/// Returns a body that keeps its place until the connection has taken the last chunk.
fn in_pieces(body: Bytes, place: OwnedSemaphorePermit) -> Body {
    Body::from_stream(stream::unfold((body, place), |(mut rest, place)| async move {
        let piece = rest.split_to(rest.len().min(PIECE));
        (!piece.is_empty()).then_some((Ok::<_, std::convert::Infallible>(piece), (rest, place)))
    }))
}

/// Responds with 503 at once: better for a client than a wait among hundreds.
fn turned_away() -> Response {
    let detail = "too many requests of this kind are in progress; retry in a few seconds";
    Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "Busy", detail.to_owned()).retry_after(Some(AGAIN)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(address: &str) -> Option<&'static str> {
        let permits = Permits::new(2);
        let uri: Uri = address.parse().expect("an address");
        let kinds = &permits.0;
        let kind = permits.of(&uri)?;
        [(&kinds.page, "page"), (&kinds.whole, "whole"), (&kinds.export, "export"), (&kinds.report, "report")]
            .into_iter()
            .find_map(|(one, name)| std::ptr::eq(one, kind).then_some(name))
    }

    #[test]
    fn every_request_for_past_launches_uses_one_kind_of_permit() {
        for address in [
            "/?past=true",
            "/?view=table&p%61st=true",
            "/?as_of=2026-01-01T00:00:00Z",
            "/choose?past=true",
            "/api/board?as_of=&past=true",
            "/api/v1/launches.csv?past=true",
            "/api/v1/launches?as_of=2026-01-01",
        ] {
            assert_eq!(kind(address), Some("whole"), "{address}");
        }
    }

    #[test]
    fn other_work_has_its_own_permits_and_light_requests_need_none() {
        for (address, expected) in [
            ("/", Some("page")),
            ("/api/board?as_of=&past=false", Some("page")),
            ("/launches/0", Some("page")),
            ("/api/v1/launches/0.ics", Some("page")),
            ("/api/v1/launches.ics", Some("export")),
            ("/api/v1/launches/0/changes", Some("page")),
            ("/api/v1/providers", Some("export")),
            ("/api/v1/rockets?limit=2", Some("export")),
            ("/api/v1/pads", Some("export")),
            ("/scorecard", Some("report")),
            ("/pipeline?run=1", Some("report")),
            ("/api/v1/scorecard", Some("report")),
            ("/api/v1/freshness", None),
            ("/api/v1/events", None),
            ("/media/0123456789abcdef", None),
            ("/pkg/main.css", None),
            ("/favicon.svg", None),
        ] {
            assert_eq!(kind(address), expected, "{address}");
        }
    }

    #[tokio::test]
    async fn a_permit_is_held_until_the_last_chunk_was_read() {
        use futures::StreamExt as _;
        let places = Arc::new(Semaphore::new(1));
        let place = Arc::clone(&places).try_acquire_owned().expect("is free");
        let mut body = in_pieces(Bytes::from(vec![0; PIECE + 1]), place).into_data_stream();
        let mut sizes = Vec::new();
        for _ in 0..2 {
            assert_eq!(places.available_permits(), 0);
            sizes.push(body.next().await.expect("a piece").expect("cannot fail").len());
        }
        assert_eq!(sizes, [PIECE, 1]);
        assert!(body.next().await.is_none());
        drop(body);
        assert_eq!(places.available_permits(), 1);
    }
}
