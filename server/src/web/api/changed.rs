use axum::{
    Json,
    extract::{RawQuery, State},
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    changed_since::ChangedSince,
    openapi::{ChangedKeys, Refusals},
    problem::Problem,
};
use crate::web::state::AppState;

/// Which of the given launches have changed since a run.
#[derive(Serialize, ToSchema)]
pub(super) struct Changed {
    since: i64,
    /// The newest run that published.
    #[schema(required = true)]
    run_id: Option<i64>,
    #[schema(required = true)]
    as_of: Option<DateTime<Utc>>,
    changed: Vec<Uuid>,
}

/// Checks whether the content of an open page has changed since `since`, the run that it was drawn from. The content is given by `id`,
/// launch ids separated by commas, and by a `provider`, a `rocket`, a `pad`, for all of their launches.
#[utoipa::path(
    get,
    path = "/api/v1/launches/changed",
    operation_id = "changed",
    tag = "launches",
    params(ChangedKeys),
    responses((status = 200, description = "Which of them changed", body = Changed), Refusals)
)]
pub(super) async fn json(State(state): State<AppState>, RawQuery(raw): RawQuery) -> Result<Json<Changed>, Problem> {
    let ChangedSince { since, shown } = ChangedSince::parse(raw.as_deref().unwrap_or_default())?;
    let freshness = state.db.freshness().await?;
    let changed = state.db.changed_since(since, &shown).await?;
    Ok(Json(Changed { since, run_id: freshness.run_id, as_of: freshness.as_of, changed }))
}
