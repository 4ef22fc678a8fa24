use axum::{Json, extract::State};
use domain::Freshness;

use super::problem::Problem;
use crate::web::AppState;

/// How old the published data is and where it came from.
pub(super) async fn json(State(state): State<AppState>) -> Result<Json<Freshness>, Problem> {
    Ok(Json(state.db.freshness().await?))
}
