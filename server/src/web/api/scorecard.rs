use axum::{
    Json,
    extract::{RawQuery, State},
};

use super::{
    openapi::Refusals,
    problem::Problem,
    question::takes_no_keys,
    view::{FromDomain as _, Scorecard},
};
use crate::web::state::AppState;

/// The accuracy of our forecasts.
#[utoipa::path(
    get,
    path = "/api/v1/scorecard",
    operation_id = "scorecard",
    tag = "decision",
    responses((status = 200, description = "The scores", body = Scorecard), Refusals)
)]
pub(super) async fn json(State(state): State<AppState>, RawQuery(raw): RawQuery) -> Result<Json<Scorecard>, Problem> {
    takes_no_keys(raw.as_deref())?;
    Ok(Json(Scorecard::from_domain(state.db.scorecard().await?)))
}
