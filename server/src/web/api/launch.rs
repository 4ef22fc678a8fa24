use axum::{
    Json,
    extract::{Path, RawQuery, State},
    http::HeaderMap,
    response::{IntoResponse as _, Response},
};
use domain::{Decision, DecisionQuery, Source};
use uuid::Uuid;

use super::{
    export::{Export, origin},
    ics::{Calendar, Event, write_calendar},
    openapi::{AlarmKeys, Refusals, Unchanged, UnknownLaunch},
    part::Part,
    problem::Problem,
    question::{only_alarms, takes_no_keys, whole_hour},
    view::LaunchDetail,
};
use crate::web::state::AppState;

/// The problem that no launch has this id.
pub(super) fn unknown(id: &str) -> Problem {
    Problem::NotFound(format!("there is no launch with the id {:?}", id.chars().take(40).collect::<String>()))
}

/// Parses the id in an address.
pub(super) fn id(text: &str) -> Result<Uuid, Problem> {
    Uuid::try_parse(text).map_err(|_| unknown(text))
}

/// All data about one launch. The router cannot distinguish `{id}` from `{id}.ics`: [`calendar`] is handled here as well.
#[utoipa::path(
    get,
    path = "/api/v1/launches/{id}",
    operation_id = "launch",
    tag = "launches",
    params(("id" = uuid::Uuid, Path, description = "LL2's id of the launch")),
    responses((status = 200, description = "The launch", body = LaunchDetail), UnknownLaunch, Refusals)
)]
pub(super) async fn one(
    state: State<AppState>,
    path: Path<String>,
    query: RawQuery,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    if path.ends_with(".ics") { calendar(state, path, query, asked).await } else { json(state, path, query).await }
}

/// All data about one launch.
async fn json(
    State(state): State<AppState>,
    Path(text): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Problem> {
    let id = id(&text)?;
    takes_no_keys(raw.as_deref())?;
    let detail = state.db.launch_detail(id).await?.ok_or_else(|| unknown(&text))?;
    let (plain, now) = (DecisionQuery::default(), whole_hour(detail.now));
    let answer = LaunchDetail::new(detail, |launch| Decision::score_of(launch, &plain, now));
    Ok(Json(answer).into_response())
}

/// One launch as a calendar of one event.
#[utoipa::path(
    get,
    path = "/api/v1/launches/{id}.ics",
    operation_id = "launch_ics",
    tag = "launches",
    params(("id" = uuid::Uuid, Path, description = "LL2's id of the launch"), AlarmKeys),
    responses((status = 200, description = "A calendar (RFC 5545)", body = String, content_type = "text/calendar"), Unchanged, UnknownLaunch, Refusals)
)]
pub(super) async fn calendar(
    State(state): State<AppState>,
    Path(text): Path<String>,
    RawQuery(raw): RawQuery,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let id = Uuid::try_parse(text.strip_suffix(".ics").unwrap_or(&text)).map_err(|_| unknown(&text))?;
    let alarms = only_alarms(raw.as_deref())?;
    let detail = state.db.launch_detail(id).await?.ok_or_else(|| unknown(&text))?;
    let launch = &detail.launch;
    let marks = state.db.revision_marks(&[launch.id], None).await?;
    let predicted = state.db.predicted_at(&[launch.id]).await?;
    let is_simulated = detail.freshness.source == Source::Simulated;
    let calendar = Calendar {
        name: &format!("Mooncoon: {}{}", launch.title(), if is_simulated { " (simulated)" } else { "" }),
        description: "One launch of Mooncoon's board.",
        origin: &origin(&asked),
        is_simulated,
        alarms: &alarms,
    };
    let event = Event {
        launch,
        mark: marks.get(&launch.id),
        predicted_at: predicted.get(&launch.id).copied(),
        is_deleted: detail.deleted_at.is_some(),
    };
    let body = write_calendar(&calendar, std::iter::once(event), &mut Part::new(1, 0, None)).into_bytes();
    let name = Some(format!("mooncoon-{}.ics", launch.id));
    Ok(Export { kind: "text/calendar; charset=utf-8", name, next: None, body }.answer(&asked))
}
