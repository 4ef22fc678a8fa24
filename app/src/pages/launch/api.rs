use domain::LaunchDetail;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::{AppError, wire::Json};

/// Everything known of one launch, in one trip.
#[server(ReadLaunch, endpoint = "launch", input = GetUrl, output = Json)]
pub(super) async fn launch(id: Uuid) -> Result<LaunchDetail, AppError> {
    let db = expect_context::<warehouse::Db>();
    db.launch_detail(id).await?.ok_or(AppError::NotFound)
}
