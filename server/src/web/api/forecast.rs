use axum::{
    Json,
    extract::{Path, RawQuery, State},
};
use domain::ForecastAnswer;
use uuid::Uuid;

use super::{problem::Problem, question::takes_no_keys};
use crate::web::AppState;

/// What is predicted of one launch.
pub(super) async fn one(
    State(state): State<AppState>,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Json<ForecastAnswer>, Problem> {
    takes_no_keys(raw.as_deref())?;
    let unknown = || Problem::NotFound(format!("no launch has the id {:?}", id.chars().take(40).collect::<String>()));
    let uuid = Uuid::try_parse(&id).map_err(|_| unknown())?;
    let launch = state.db.launch(uuid).await?.ok_or_else(unknown)?;
    let source = state.db.freshness().await?.source;
    Ok(Json(ForecastAnswer::new(uuid, source, launch.forecast.as_deref())))
}
