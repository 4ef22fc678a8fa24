use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use super::wire::LaunchView;
use crate::{AppError, wire::Json};

/// Returns everything that is known about one launch, in one request.
#[server(ReadLaunch, endpoint = "launch", input = GetUrl, output = Json)]
pub(super) async fn launch(id: Uuid) -> Result<LaunchView, AppError> {
    use domain::Isolate as _;

    let db = expect_context::<warehouse::Db>();
    let mut detail = db.launch_detail(id).await?.ok_or(AppError::NotFound)?.isolated();
    let carried = super::draw::carried(&detail);
    // Already rendered, and of no other use to the browser.
    detail.programs.clear();
    detail.payloads.clear();
    Ok(LaunchView { detail, carried })
}
