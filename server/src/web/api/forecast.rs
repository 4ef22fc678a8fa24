use axum::{
    Json,
    extract::{Path, RawQuery, State},
};

use super::{
    launch,
    openapi::{Refusals, UnknownLaunch},
    problem::Problem,
    question::takes_no_keys,
    view::Forecast,
};
use crate::web::state::AppState;

/// The forecast for one launch.
#[utoipa::path(
    get,
    path = "/api/v1/launches/{id}/forecast",
    operation_id = "forecast",
    tag = "launches",
    params(("id" = uuid::Uuid, Path, description = "LL2's id of the launch")),
    responses((status = 200, description = "The newest forecast", body = Forecast), UnknownLaunch, Refusals)
)]
pub(super) async fn one(
    State(state): State<AppState>,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Json<Forecast>, Problem> {
    takes_no_keys(raw.as_deref())?;
    let uuid = launch::id(&id)?;
    let launch = state.db.launch(uuid).await?.ok_or_else(|| launch::unknown(&id))?;
    let source = state.db.freshness().await?.source;
    Ok(Json(Forecast::new(uuid, source, launch.forecast.as_deref())))
}
