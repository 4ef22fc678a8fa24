use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::{RawQuery, State},
    http::{HeaderName, HeaderValue},
    response::{
        IntoResponse as _, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use domain::Freshness;
use futures::stream::unfold;

use super::{
    openapi::Refusals,
    problem::Problem,
    question::takes_no_keys,
    view::{self, FromDomain as _},
};
use crate::{news::Subscription, once_a_second::OnceASecond, web::state::AppState};

/// Proxies close a connection that was silent for a minute.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// How long a browser waits before it connects again.
const RETRY: Duration = Duration::from_secs(4);

/// Sends the end of every run as a server-sent event with the body of `/api/v1/freshness`: `published` if there is new data, `freshness`
/// if a run changed nothing. The first event contains the current state.
#[utoipa::path(
    get,
    path = "/api/v1/events",
    operation_id = "events",
    tag = "data",
    responses((status = 200, description = "Server-sent events, each with the body of `/api/v1/freshness`", body = String, content_type = "text/event-stream"), Refusals)
)]
pub(super) async fn stream(State(state): State<AppState>, RawQuery(raw): RawQuery) -> Result<Response, Problem> {
    takes_no_keys(raw.as_deref())?;
    let subscription = state.news.subscribe().ok_or_else(|| {
        static LINES: OnceASecond = OnceASecond::new();
        if let Some(suppressed) = LINES.allow() {
            tracing::warn!(limit = state.news.places(), suppressed, "streams refused: stream limit reached");
        }
        Problem::NoPlace
    })?;
    let events = unfold((subscription, None), |(mut subscription, told)| async move {
        let freshness = Subscription::next(&mut subscription).await?;
        let event = event(&freshness, told.as_deref());
        Some((Ok::<_, Infallible>(event), (subscription, Some(freshness))))
    });
    let mut response = Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT)).into_response();
    // Nginx would buffer the events, which must be sent at once.
    response.headers_mut().insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    Ok(response)
}

fn event(freshness: &Arc<Freshness>, told: Option<&Freshness>) -> Event {
    let is_published = told.is_none_or(|told| told.run_id != freshness.run_id);
    let event = Event::default().event(if is_published { "published" } else { "freshness" }).retry(RETRY);
    let event = match freshness.run_id {
        Some(run_id) => event.id(run_id.to_string()),
        None => event,
    };
    // Plain data: serialization cannot fail.
    event.json_data(view::Freshness::from_domain(freshness.as_ref().clone())).unwrap_or_default()
}
