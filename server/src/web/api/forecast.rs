use axum::{
    Json,
    extract::{Path, RawQuery, State},
};

use super::{launch, problem::Problem, question::takes_no_keys, view::Forecast};
use crate::web::AppState;

/// What is predicted of one launch.
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
