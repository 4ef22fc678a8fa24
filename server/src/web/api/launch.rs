use axum::{
    Json,
    extract::{Path, State},
};
use domain::LaunchDetail;
use uuid::Uuid;

use super::problem::Problem;
use crate::web::AppState;

/// Everything known of one launch.
pub(super) async fn json(State(state): State<AppState>, Path(id): Path<String>) -> Result<Json<LaunchDetail>, Problem> {
    let unknown = || Problem::NotFound(format!("no launch has the id {:?}", id.chars().take(40).collect::<String>()));
    let uuid = Uuid::try_parse(&id).map_err(|_| unknown())?;
    state.db.launch_detail(uuid).await?.map(Json).ok_or_else(unknown)
}
