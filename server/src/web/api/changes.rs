use axum::{
    extract::{Path, RawQuery, State},
    http::HeaderMap,
    response::Response,
};

use super::{
    export::Export,
    launch,
    openapi::{PageKeys, Refusals, Unchanged, UnknownLaunch},
    page::Page,
    problem::Problem,
    view::{FromDomain as _, Listed, NetChange},
};
use crate::web::state::AppState;

/// The observed changes of one launch's date, newest first, a page at a time.
#[utoipa::path(
    get,
    path = "/api/v1/launches/{id}/changes",
    operation_id = "changes",
    tag = "launches",
    params(("id" = uuid::Uuid, Path, description = "LL2's id of the launch"), PageKeys),
    responses((status = 200, description = "A page of changes", body = Listed<NetChange>), Unchanged, UnknownLaunch, Refusals)
)]
pub(super) async fn json(
    State(state): State<AppState>,
    Path(text): Path<String>,
    RawQuery(raw): RawQuery,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let id = launch::id(&text)?;
    let page = Page::parse(raw.as_deref().unwrap_or_default())?;
    let changes = state.db.net_changes(id).await?.ok_or_else(|| launch::unknown(&text))?;
    let freshness = state.db.freshness().await?;
    let count = i64::try_from(changes.len()).unwrap_or(i64::MAX);
    let shown = page.slice(&changes).iter().cloned().map(NetChange::from_domain).collect();
    Ok(Export::json(&page.listed(&format!("/api/v1/launches/{id}/changes"), count, shown, &freshness))?.answer(&asked))
}
