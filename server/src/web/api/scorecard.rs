use axum::{Json, extract::State};
use domain::Scorecard;

use super::problem::Problem;
use crate::web::AppState;

/// How good our forecasts have been.
pub(super) async fn json(State(state): State<AppState>) -> Result<Json<Scorecard>, Problem> {
    Ok(Json(state.db.scorecard().await?))
}
