use axum::{
    Json,
    extract::{RawQuery, State},
    http::header,
    response::IntoResponse,
};
use chrono::{DateTime, Utc};
use domain::{Board, BoardQuery, Launch, Source};
use serde::Serialize;

use super::{csv::write_launches, problem::Problem};
use crate::web::AppState;

/// Rows of a page when the client names no `limit`.
const DEFAULT_LIMIT: usize = 100;

/// The list envelope of the contract.
#[derive(Serialize)]
pub(super) struct Envelope<'launches> {
    /// Launches that pass the filters, on all pages together.
    count: usize,
    next: Option<String>,
    previous: Option<String>,
    as_of: Option<DateTime<Utc>>,
    source: Source,
    results: Vec<&'launches Launch>,
}

/// The board of the time that the query names, with past launches where it asks for them.
async fn board(state: &AppState, query: &BoardQuery) -> Result<Board, Problem> {
    Ok(match (query.as_of, query.past) {
        (Some(at), false) => state.db.board_as_of(at).await?,
        (Some(at), true) => state.db.whole_board_as_of(at).await?,
        (None, false) => state.db.board().await?,
        (None, true) => state.db.whole_board().await?,
    })
}

/// The launches that pass the query's filters, a page at a time.
pub(super) async fn json(State(state): State<AppState>, RawQuery(raw): RawQuery) -> Result<impl IntoResponse, Problem> {
    let query = BoardQuery::parse(raw.as_deref().unwrap_or_default())?;
    let board = board(&state, &query).await?;
    let rows = query.select(&board.launches);
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    let page = |offset: usize| {
        let page = BoardQuery { limit: Some(limit), offset, ..query.clone() };
        format!("/api/v1/launches?{}", page.to_query_string())
    };
    let end = query.offset.saturating_add(limit);
    let envelope = Envelope {
        count: rows.len(),
        next: (end < rows.len()).then(|| page(end)),
        previous: (query.offset > 0).then(|| page(query.offset.saturating_sub(limit))),
        as_of: board.freshness.as_of,
        source: board.freshness.source,
        results: rows.into_iter().skip(query.offset).take(limit).collect(),
    };
    Ok(Json(serde_json::value::to_raw_value(&envelope).map_err(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, "could not write the list as JSON");
        Problem::Internal
    })?))
}

/// The same rows as CSV: all of them, unless the client names a `limit`.
pub(super) async fn csv(State(state): State<AppState>, RawQuery(raw): RawQuery) -> Result<impl IntoResponse, Problem> {
    let query = BoardQuery::parse(raw.as_deref().unwrap_or_default())?;
    let board = board(&state, &query).await?;
    let rows = query.select(&board.launches).into_iter().skip(query.offset).take(query.limit.unwrap_or(usize::MAX));
    let body = write_launches(rows, &board.freshness).map_err(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, "could not write the list as CSV");
        Problem::Internal
    })?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"mooncoon-launches.csv\""),
    ];
    Ok((headers, body))
}
