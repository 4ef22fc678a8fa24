use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{AppError, drawn::Drawn, wire::Json};

/// Returns the page's panels for a run, or for the newest one. Panels whose stamps are in `known` come without their HTML.
#[server(ReadPipeline, endpoint = "pipeline", input = GetUrl, output = Json)]
pub(super) async fn pipeline(run: Option<String>, known: String) -> Result<Drawn, AppError> {
    use std::sync::Arc;

    use domain::{BackgroundTask, Blueprint, QueryError};

    let db = expect_context::<warehouse::Db>();
    let blueprint = expect_context::<Arc<Blueprint>>();
    let tasks = use_context::<Vec<BackgroundTask>>().unwrap_or_default();
    // An empty value means no choice: HTML forms send it so.
    let run = run.filter(|run| !run.is_empty()).map(|run| run.parse::<i64>()).transpose();
    let run = run.map_err(|_| {
        AppError::BadRequest(QueryError { key: "run".to_owned(), reason: "not the number of a run".to_owned() })
    })?;
    let state = db.pipeline(run).await?.ok_or(AppError::NotFound)?;
    Ok(super::draw::page(&state, &blueprint, &tasks).without(&known))
}
