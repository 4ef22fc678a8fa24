//! The routes of both API versions, and the middleware in front of them.

use std::{sync::Arc, time::Instant};

use axum::{
    Router,
    extract::{ConnectInfo, Path, RawQuery, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::Response,
    routing::get,
};
use serde_json::json;

use super::{
    ledger::{RequestLog, THROTTLE_SECONDS},
    stage::Stage,
    wire::Peer,
};
use crate::{
    ApiVersion, FaultKind, SIMULATED_HEADER,
    answer::{detail, json_body, throttled},
    fault,
    listing::{Listing, Refusal},
    query::{Page, Query, links},
};

/// The wait, in seconds, in DRF's 429 when a recording ends. The collector that made it was throttled
/// there and did not continue.
const RECORDED_WAIT: i64 = 3600;

pub(super) fn router(stage: Arc<Stage>) -> Router {
    let mut router = Router::new();
    for &version in ApiVersion::ALL {
        let base = format!("/{version}/{}", version.launches());
        for (path, listing) in [
            (format!("{base}/"), Listing::All),
            (format!("{base}/upcoming/"), Listing::Upcoming),
            (format!("{base}/previous/"), Listing::Previous),
        ] {
            router = router.route(
                &path,
                get(move |State(stage): State<Arc<Stage>>, RawQuery(query), headers: HeaderMap| async move {
                    list(&stage, version, listing, query.as_deref().unwrap_or_default(), &headers)
                }),
            );
        }
        router = router
            .route(
                &format!("{base}/{{id}}/"),
                get(move |State(stage): State<Arc<Stage>>, Path(id): Path<String>, RawQuery(query)| async move {
                    single(&stage, version, &id, query.as_deref().unwrap_or_default())
                }),
            )
            .route(&format!("/{version}/api-throttle/"), get(usage));
    }
    router
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::from_fn_with_state(Arc::clone(&stage), gate))
        .with_state(stage)
}

/// Counts, throttles, logs and marks every request, and injects faults.
async fn gate(State(stage): State<Arc<Stage>>, request: Request, next: Next) -> Response {
    let at = stage.timeline.wall();
    let method = request.method().to_string();
    let path = request.uri().path_and_query().map_or_else(String::new, ToString::to_string);
    let mut entry = Entry(RequestLog { at, received: Instant::now(), method, path, status: 0 }, &stage);
    let mut response = if request.uri().path().ends_with("/api-throttle/") {
        next.run(request).await
    } else {
        counted(&stage, request, next).await
    };
    response.headers_mut().insert(HeaderName::from_static(SIMULATED_HEADER), HeaderValue::from_static("true"));
    entry.0.status = response.status().as_u16();
    response
}

/// A request's log entry, written when its handler ends or is dropped because the client disconnected.
struct Entry<'s>(RequestLog, &'s Stage);

impl Drop for Entry<'_> {
    fn drop(&mut self) {
        self.1.ledger().log(self.0.clone());
    }
}

async fn counted(stage: &Stage, request: Request, next: Next) -> Response {
    let now = stage.timeline.wall();
    let fault = {
        let mut ledger = stage.ledger();
        // The throttle first: a refused request must not use up the number at which a fault is to occur.
        if let Some(limit) = stage.throttle
            && let Err(wait) = ledger.admit(limit, now)
        {
            return throttled(wait, Some(&wait.to_string()));
        }
        ledger.next_fault()
    };
    let Some(kind) = fault else { return next.run(request).await };
    tracing::debug!(fault = kind.name(), uri = %request.uri(), "injecting a fault");
    if kind == FaultKind::Reset
        && let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<Peer>>()
    {
        peer.mark_for_reset();
    }
    fault::strike(kind, request, next, now).await
}

fn list(stage: &Stage, version: ApiVersion, listing: Listing, raw_query: &str, headers: &HeaderMap) -> Response {
    let query = match Query::parse(raw_query) {
        Ok(query) => query,
        Err(bad) => {
            let body = json!({ bad.name: [bad.complaint] }).to_string();
            return json_body(StatusCode::BAD_REQUEST, body);
        }
    };
    let selection = match stage.world.select(version, listing, &query, stage.timeline.world(), stage.seed) {
        Ok(selection) => selection,
        Err(refusal) => return refuse(refusal, version),
    };
    let tail = match listing {
        Listing::All => "",
        Listing::Upcoming => "upcoming/",
        Listing::Previous => "previous/",
    };
    let base = format!("{}/{version}/{}/{tail}", origin(headers), version.launches());
    let (next, previous) = links(&query, &base, selection.count);
    let page = Page { count: selection.count, next, previous, results: selection.records };
    json_body(StatusCode::OK, page.into_json())
}

fn single(stage: &Stage, version: ApiVersion, id: &str, raw_query: &str) -> Response {
    let mode = Query::parse(raw_query).ok().and_then(|query| query.mode);
    match stage.world.find(version, id, mode, stage.timeline.world()) {
        Ok(body) => json_body(StatusCode::OK, body),
        Err(refusal) => refuse(refusal, version),
    }
}

fn refuse(refusal: Refusal, version: ApiVersion) -> Response {
    match refusal {
        Refusal::WrongVersion => {
            detail(StatusCode::NOT_FOUND, &format!("Not found. This recording has no {version} launches."))
        }
        Refusal::BeyondRecording => throttled(RECORDED_WAIT, Some(&RECORDED_WAIT.to_string())),
        Refusal::NotFound => detail(StatusCode::NOT_FOUND, "Not found."),
    }
}

/// Handles `/api-throttle/`, which LL2 neither counts nor throttles.
async fn usage(State(stage): State<Arc<Stage>>) -> Response {
    // Without a throttle the limit is one that no client can reach.
    let limit = stage.throttle.unwrap_or(u32::MAX);
    let (used, wait) = stage.ledger().usage(limit, stage.timeline.wall());
    let body = format!(
        "{{\"your_request_limit\":{limit},\"limit_frequency_secs\":{THROTTLE_SECONDS},\"current_use\":{used},\
         \"next_use_secs\":{wait},\"ident\":\"simulated\"}}"
    );
    json_body(StatusCode::OK, body)
}

/// Redirects to the path with a trailing slash, as Django does; every other path is a 404.
async fn not_found(request: Request) -> Response {
    let uri = request.uri();
    let is_ours = ApiVersion::ALL.iter().any(|version| uri.path().starts_with(&format!("/{version}/")));
    if is_ours && !uri.path().ends_with('/') {
        let target = uri.query().map_or_else(|| format!("{}/", uri.path()), |query| format!("{}/?{query}", uri.path()));
        let mut response = detail(StatusCode::MOVED_PERMANENTLY, "Moved.");
        if let Ok(target) = HeaderValue::from_str(&target) {
            response.headers_mut().insert(header::LOCATION, target);
        }
        return response;
    }
    detail(StatusCode::NOT_FOUND, "Not found.")
}

async fn method_not_allowed(request: Request) -> Response {
    let text = format!("Method \"{}\" not allowed.", request.method());
    detail(StatusCode::METHOD_NOT_ALLOWED, &text)
}

/// Returns scheme and host as the client addressed them, so that `next` uses the same ones.
fn origin(headers: &HeaderMap) -> String {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let scheme = text("x-forwarded-proto").filter(|scheme| *scheme == "https").unwrap_or("http");
    let host = text("host").unwrap_or("localhost");
    format!("{scheme}://{host}")
}
