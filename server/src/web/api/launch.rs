use axum::{
    Json,
    extract::{Path, RawQuery, State},
    http::HeaderMap,
    response::{IntoResponse as _, Response},
};
use domain::{Alarm, Decision, DecisionQuery, LaunchDetail, Source};
use uuid::Uuid;

use super::{
    export::{Export, origin},
    ics::{Calendar, Event, write_calendar},
    part::Part,
    problem::Problem,
    question::{only_alarms, takes_no_keys, whole_hour},
};
use crate::web::AppState;

/// Everything known of one launch; with `.ics` behind the id, the launch as a calendar of one event.
pub(super) async fn one(
    State(state): State<AppState>,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let unknown = || Problem::NotFound(format!("no launch has the id {:?}", id.chars().take(40).collect::<String>()));
    let (name, as_calendar) = match id.strip_suffix(".ics") {
        Some(name) => (name, true),
        None => (id.as_str(), false),
    };
    let uuid = Uuid::try_parse(name).map_err(|_| unknown())?;
    let alarms = if as_calendar {
        only_alarms(raw.as_deref())?
    } else {
        takes_no_keys(raw.as_deref())?;
        Vec::new()
    };
    let mut detail = state.db.launch_detail(uuid).await?.ok_or_else(unknown)?;
    if as_calendar {
        return calendar(&state, &detail, &alarms, &asked).await;
    }
    let now = whole_hour(detail.now);
    let plain = DecisionQuery::default();
    for launch in detail.related.iter_mut().chain([&mut detail.launch]) {
        launch.score = Decision::score_of(launch, &plain, now);
    }
    for launch in detail.related.iter_mut().chain([&mut detail.launch]) {
        // As in the list: the API has forecasts at an address of their own.
        launch.forecast = None;
    }
    Ok(Json(detail).into_response())
}

async fn calendar(
    state: &AppState,
    detail: &LaunchDetail,
    alarms: &[Alarm],
    asked: &HeaderMap,
) -> Result<Response, Problem> {
    let launch = &detail.launch;
    let marks = state.db.revision_marks(&[launch.id], None).await?;
    let predicted = state.db.predicted_at(&[launch.id]).await?;
    let is_simulated = detail.freshness.source == Source::Simulated;
    let calendar = Calendar {
        name: &format!("Mooncoon: {}{}", launch.title(), if is_simulated { " (simulated)" } else { "" }),
        description: "One launch of Mooncoon's board.",
        origin: &origin(asked),
        is_simulated,
        alarms,
    };
    let event = Event {
        launch,
        mark: marks.get(&launch.id),
        predicted_at: predicted.get(&launch.id).copied(),
        is_deleted: detail.deleted_at.is_some(),
    };
    let body = write_calendar(&calendar, std::iter::once(event), &mut Part::new(1, 0, None)).into_bytes();
    let name = Some(format!("mooncoon-{}.ics", launch.id));
    Ok(Export { kind: "text/calendar; charset=utf-8", name, next: None, body }.answer(asked))
}
