use std::collections::HashMap;

use axum::{
    extract::{RawQuery, State},
    http::HeaderMap,
    response::Response,
};
use chrono::{DateTime, Utc};
use domain::{Board, BoardQuery, DecisionQuery, Launch, Source};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid};
use warehouse::RevisionMark;

use super::{
    atom::{self, Feed, write_feed},
    csv::write_launches,
    export::{self, Export},
    ics::{Calendar, Event, write_calendar},
    problem::Problem,
    question::{Question, Weighed},
};
use crate::web::AppState;

/// Rows of a page when the client names no `limit`.
const DEFAULT_LIMIT: usize = 100;

/// The list envelope of the contract.
#[derive(Serialize)]
struct Envelope {
    /// Launches that pass the filters, on all pages together.
    count: usize,
    next: Option<String>,
    previous: Option<String>,
    as_of: Option<DateTime<Utc>>,
    source: Source,
    results: Vec<Weighed>,
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

/// The rows of a file: all of them, unless the client names a `limit`.
fn rows<'board>(board: &'board Board, query: &BoardQuery) -> Vec<&'board Launch> {
    let rows = query.select(&board.launches);
    rows.into_iter().skip(query.offset).take(query.limit.unwrap_or(usize::MAX)).collect()
}

async fn marks(
    state: &AppState,
    query: &BoardQuery,
    launches: &[&Launch],
) -> Result<HashMap<Uuid, RevisionMark>, Problem> {
    let ids: Vec<Uuid> = launches.iter().map(|launch| launch.id).collect();
    Ok(state.db.revision_marks(&ids, query.as_of).await?)
}

/// The launches that pass the query's filters, a page at a time.
pub(super) async fn json(
    State(state): State<AppState>,
    RawQuery(raw): RawQuery,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let question = Question::parse(raw.as_deref().unwrap_or_default())?;
    let query = &question.board;
    let mut board = board(&state, query).await?;
    question.weigh(&mut board);
    let rows = query.select(&board.launches);
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    let page = |offset: usize| {
        let page = Question {
            board: BoardQuery { limit: Some(limit), offset, ..query.clone() },
            decision: question.decision.clone(),
        };
        page.address("/api/v1/launches")
    };
    let end = query.offset.saturating_add(limit);
    let envelope = Envelope {
        count: rows.len(),
        next: (end < rows.len()).then(|| page(end)),
        previous: (query.offset > 0).then(|| page(query.offset.saturating_sub(limit))),
        as_of: board.observed_at(),
        source: board.freshness.source,
        results: rows.into_iter().skip(query.offset).take(limit).map(Weighed::new).collect(),
    };
    let body = serde_json::to_vec(&envelope).map_err(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, "could not write the list as JSON");
        Problem::Internal
    })?;
    Ok(Export { kind: "application/json", name: None, body }.answer(&asked))
}

/// The same rows as CSV.
pub(super) async fn csv(
    State(state): State<AppState>,
    RawQuery(raw): RawQuery,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let question = Question::parse(raw.as_deref().unwrap_or_default())?;
    let query = &question.board;
    let mut board = board(&state, query).await?;
    question.weigh(&mut board);
    let rows = rows(&board, query);
    let body = write_launches(rows.into_iter(), board.freshness.source, board.observed_at()).map_err(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, "could not write the list as CSV");
        Problem::Internal
    })?;
    let name = Some("mooncoon-launches.csv".to_owned());
    Ok(Export { kind: "text/csv; charset=utf-8", name, body }.answer(&asked))
}

/// The same rows as a calendar. The present one also calls off what LL2 has deleted lately.
pub(super) async fn ics(
    State(state): State<AppState>,
    RawQuery(raw): RawQuery,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let question = Question::parse(raw.as_deref().unwrap_or_default())?;
    let query = &question.board;
    let mut board = board(&state, query).await?;
    question.weigh(&mut board);
    let listed = rows(&board, query);
    let deleted = if query.as_of.is_none() { state.db.lately_deleted().await? } else { Vec::new() };
    let deleted = query.select(&deleted);
    let all: Vec<&Launch> = listed.iter().chain(&deleted).copied().collect();
    let marks = marks(&state, query, &all).await?;
    let calendar = Calendar {
        name: &format!("Mooncoon: {}", export::title(&board, query)),
        description: &export::provenance(&board),
        origin: &export::origin(&asked),
        is_simulated: board.freshness.source == Source::Simulated,
    };
    let events = all.into_iter().enumerate().map(|(at, launch)| Event {
        launch,
        mark: marks.get(&launch.id),
        is_deleted: at >= listed.len(),
    });
    let body = write_calendar(&calendar, events).into_bytes();
    Ok(Export { kind: "text/calendar; charset=utf-8", name: Some("mooncoon-launches.ics".to_owned()), body }
        .answer(&asked))
}

/// The same rows as a feed. Its order is its own: what changed last comes first.
pub(super) async fn atom(
    State(state): State<AppState>,
    RawQuery(raw): RawQuery,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let question = Question::parse(raw.as_deref().unwrap_or_default())?;
    let query = &question.board;
    let mut board = board(&state, query).await?;
    question.weigh(&mut board);
    let listed = query.select(&board.launches);
    let marks = marks(&state, query, &listed).await?;
    let mut entries: Vec<_> = listed.into_iter().map(|launch| (launch, marks.get(&launch.id))).collect();
    entries.sort_by_key(|(launch, mark)| (std::cmp::Reverse(atom::changed_at(launch, *mark)), launch.id));
    let entries: Vec<_> = entries.into_iter().skip(query.offset).take(query.limit.unwrap_or(usize::MAX)).collect();
    // The board has no weights: what it lists is the same.
    let page = Question { board: query.clone(), decision: DecisionQuery::default() };
    let feed = Feed {
        id: &feed_id(board.freshness.source, &question),
        title: &format!("Mooncoon: {}", export::title(&board, query)),
        subtitle: &export::provenance(&board),
        origin: &export::origin(&asked),
        own_path: &question.address("/api/v1/launches.atom"),
        page_path: &page.address("/"),
        observed_at: board.observed_at(),
        is_simulated: board.freshness.source == Source::Simulated,
    };
    let body = write_feed(&feed, &entries).into_bytes();
    Ok(Export { kind: "application/atom+xml; charset=utf-8", name: None, body }.answer(&asked))
}

/// The same feed has the same id wherever it is served from: made from the question, in its canonical spelling.
fn feed_id(source: Source, question: &Question) -> String {
    let digest = Sha256::digest(format!("mooncoon {} {}", source.slug(), question.to_query_string()));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    Builder::from_custom_bytes(bytes).into_uuid().urn().to_string()
}
