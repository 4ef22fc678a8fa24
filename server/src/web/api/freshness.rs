use axum::{
    Json,
    extract::{RawQuery, State},
};

use super::{
    openapi::Refusals,
    problem::Problem,
    question::takes_no_keys,
    view::{Freshness, FromDomain as _},
};
use crate::web::state::AppState;

/// The age and the source of the published data.
#[utoipa::path(
    get,
    path = "/api/v1/freshness",
    operation_id = "freshness",
    tag = "data",
    responses((status = 200, description = "The state of the data", body = Freshness), Refusals)
)]
pub(super) async fn json(State(state): State<AppState>, RawQuery(raw): RawQuery) -> Result<Json<Freshness>, Problem> {
    takes_no_keys(raw.as_deref())?;
    Ok(Json(Freshness::from_domain(state.db.freshness().await?)))
}
