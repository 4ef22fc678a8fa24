use axum::{
    Json,
    extract::{RawQuery, State},
};

use super::{
    openapi::{PageKeys, Refusals},
    page::Page,
    problem::Problem,
    view::{FromDomain as _, Listed, Run},
};
use crate::web::state::AppState;

/// The runs of the ingest job, newest first, a page at a time.
#[utoipa::path(
    get,
    path = "/api/v1/pipeline/runs",
    operation_id = "runs",
    tag = "data",
    params(PageKeys),
    responses((status = 200, description = "A page of runs", body = Listed<Run>), Refusals)
)]
pub(super) async fn json(State(state): State<AppState>, RawQuery(raw): RawQuery) -> Result<Json<Listed<Run>>, Problem> {
    let page = Page::parse(raw.as_deref().unwrap_or_default())?;
    let list = state.db.runs(page.limit, page.offset).await?;
    let freshness = state.db.freshness().await?;
    let runs = Vec::from_domain(list.runs);
    Ok(Json(page.listed("/api/v1/pipeline/runs", list.count, runs, &freshness)))
}
