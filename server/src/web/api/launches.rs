use std::cmp::Reverse;

use axum::{
    extract::{RawQuery, State},
    http::HeaderMap,
    response::Response,
};
use domain::{Board, BoardQuery, Launch, Source};
use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid};

use super::{
    atom::{Entry, Feed, write_feed},
    csv::write_launches,
    export::{self, Export},
    ics::{Calendar, Event, write_calendar},
    openapi::{CalendarKeys, CsvKeys, FeedKeys, ListKeys, Refusals, Unchanged},
    part::{MOST_ENTRIES, Part},
    problem::Problem,
    question::{Form, Question},
    view::{FromDomain, Listed, ListedLaunch},
};
use crate::web::state::AppState;

/// Rows of a page if the client sends no `limit`.
const DEFAULT_LIMIT: usize = 100;

/// Returns the board at the time of the query, with past launches if it includes them.
async fn board(state: &AppState, query: &BoardQuery) -> Result<Board, Problem> {
    Ok(match (query.as_of, query.past) {
        (Some(at), false) => state.db.board_as_of(at).await?,
        (Some(at), true) => state.db.whole_board_as_of(at).await?,
        (None, false) => state.db.board().await?,
        (None, true) => state.db.whole_board().await?,
    })
}

/// Returns the rows of a file: all of them, unless the client sends a `limit`.
fn rows<'board>(board: &'board Board, query: &BoardQuery) -> Vec<&'board Launch> {
    let rows = query.select(&board.launches);
    rows.into_iter().skip(query.offset).take(query.limit.unwrap_or(usize::MAX)).collect()
}

/// The launches that pass the query's filters, a page at a time.
#[utoipa::path(
    get,
    path = "/api/v1/launches",
    operation_id = "launches",
    tag = "launches",
    params(ListKeys),
    responses((status = 200, description = "A page of launches", body = Listed<ListedLaunch>), Unchanged, Refusals)
)]
pub(super) async fn json(
    State(state): State<AppState>,
    RawQuery(raw): RawQuery,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let question = Question::parse(raw.as_deref().unwrap_or_default(), Form::Json)?;
    let query = &question.board;
    let board = board(&state, query).await?;
    let rows = query.select(&board.launches);
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    let page = |offset: usize| {
        let page = Question { board: BoardQuery { limit: Some(limit), offset, ..query.clone() }, ..question.clone() };
        page.address("/api/v1/launches")
    };
    let end = query.offset.saturating_add(limit);
    let listed = Listed {
        count: rows.len(),
        next: (end < rows.len()).then(|| page(end)),
        previous: (query.offset > 0).then(|| page(query.offset.saturating_sub(limit))),
        as_of: board.observed_at(),
        source: FromDomain::from_domain(board.freshness.source),
        results: rows
            .into_iter()
            .skip(query.offset)
            .take(limit)
            .map(|launch| ListedLaunch::new(launch, question.score(launch, board.now)))
            .collect(),
    };
    Ok(Export::json(&listed)?.answer(&asked))
}

/// The same page under a name with an extension.
#[utoipa::path(
    get,
    path = "/api/v1/launches.json",
    operation_id = "launches_json",
    tag = "launches",
    params(ListKeys),
    responses((status = 200, description = "A page of launches", body = Listed<ListedLaunch>), Unchanged, Refusals)
)]
pub(super) async fn named_json(state: State<AppState>, query: RawQuery, asked: HeaderMap) -> Result<Response, Problem> {
    json(state, query, asked).await
}

/// The same rows as CSV.
#[utoipa::path(
    get,
    path = "/api/v1/launches.csv",
    operation_id = "launches_csv",
    tag = "launches",
    params(CsvKeys),
    responses((status = 200, description = "One row per launch, with a header line", body = String, content_type = "text/csv"), Unchanged, Refusals)
)]
pub(super) async fn csv(
    State(state): State<AppState>,
    RawQuery(raw): RawQuery,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let question = Question::parse(raw.as_deref().unwrap_or_default(), Form::Csv)?;
    let query = &question.board;
    let board = board(&state, query).await?;
    let rows = rows(&board, query).into_iter().map(|launch| (launch, question.score(launch, board.now)));
    let body = write_launches(rows, board.freshness.source, board.observed_at(), question.has_mark);
    let name = Some("mooncoon-launches.csv".to_owned());
    Ok(Export { kind: "text/csv; charset=utf-8", name, next: None, body: body.into_bytes() }.answer(&asked))
}

/// The same rows as a calendar. The current one also cancels launches that LL2 has deleted lately.
#[utoipa::path(
    get,
    path = "/api/v1/launches.ics",
    operation_id = "launches_ics",
    tag = "launches",
    params(CalendarKeys),
    responses((status = 200, description = "A calendar (RFC 5545), one event per launch; `Link` links to the rest of a long one", body = String, content_type = "text/calendar"), Unchanged, Refusals)
)]
pub(super) async fn ics(
    State(state): State<AppState>,
    RawQuery(raw): RawQuery,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let question = Question::parse(raw.as_deref().unwrap_or_default(), Form::Calendar)?;
    let query = &question.board;
    let board = board(&state, query).await?;
    let deleted = deleted(&state, query).await?;
    let all = in_calendar_order(&board, query, query.select(&deleted));
    let mut part = Part::new(all.len(), query.offset, query.limit);
    let ids: Vec<Uuid> =
        all.iter().skip(part.offset).take(part.asked.min(MOST_ENTRIES)).map(|(launch, _)| launch.id).collect();
    let marks = state.db.revision_marks(&ids, query.as_of).await?;
    let predicted = state.db.predicted_at(&ids).await?;
    let origin = export::origin(&asked);
    let calendar = Calendar {
        name: &format!("Mooncoon: {}", export::title(&board, query)),
        description: export::provenance(board.freshness.source),
        origin: &origin,
        is_simulated: board.freshness.source == Source::Simulated,
        alarms: &question.alarms,
    };
    let events = all.into_iter().map(|(launch, is_deleted)| Event {
        launch,
        mark: marks.get(&launch.id),
        predicted_at: predicted.get(&launch.id).copied(),
        is_deleted,
    });
    let body = write_calendar(&calendar, events, &mut part).into_bytes();
    let next = part.next().map(|offset| format!("{origin}{}", question.part(offset).address("/api/v1/launches.ics")));
    let name = Some("mooncoon-launches.ics".to_owned());
    Ok(Export { kind: "text/calendar; charset=utf-8", name, next, body }.answer(&asked))
}

/// Returns the launches that LL2 has deleted lately. None for a past time: launches that had been deleted by then are not in that board.
async fn deleted(state: &AppState, query: &BoardQuery) -> Result<Vec<Launch>, Problem> {
    Ok(if query.as_of.is_none() { state.db.lately_deleted().await? } else { Vec::new() })
}

/// Returns the rows of a calendar and whether each is cancelled: upcoming launches first, then cancelled ones, then past ones, the latest
/// first. Calendar programs ignore the order, and if a file cannot hold everything, the oldest launches are left out. If the query
/// requests another order, that order is kept.
fn in_calendar_order<'board>(
    board: &'board Board,
    query: &BoardQuery,
    deleted: Vec<&'board Launch>,
) -> Vec<(&'board Launch, bool)> {
    let is_asked_for = query.sorting() != BoardQuery::default().sorting();
    let (upcoming, past) = if is_asked_for {
        (query.select(&board.launches), Vec::new())
    } else {
        let (upcoming, past) = board.launches.split_at(board.upcoming_count());
        (query.select(upcoming), query.select(past))
    };
    let kept = |launch| (launch, false);
    let called_off = deleted.into_iter().map(|launch| (launch, true));
    upcoming.into_iter().map(kept).chain(called_off).chain(past.into_iter().rev().map(kept)).collect()
}

/// The same rows as a feed, always ordered by the latest change. The current one also has an entry for each launch that LL2 has deleted
/// lately.
#[utoipa::path(
    get,
    path = "/api/v1/launches.atom",
    operation_id = "launches_atom",
    tag = "launches",
    params(FeedKeys),
    responses((status = 200, description = "A feed (RFC 4287), most recently changed first", body = String, content_type = "application/atom+xml"), Unchanged, Refusals)
)]
pub(super) async fn atom(
    State(state): State<AppState>,
    RawQuery(raw): RawQuery,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let question = Question::parse(raw.as_deref().unwrap_or_default(), Form::Feed)?;
    let query = &question.board;
    let board = board(&state, query).await?;
    let deleted = deleted(&state, query).await?;
    let (listed, deleted) = (query.select(&board.launches), query.select(&deleted));
    let ids: Vec<Uuid> = listed.iter().chain(&deleted).map(|launch| launch.id).collect();
    let marks = state.db.revision_marks(&ids, query.as_of).await?;
    let entry = |launch, is_deleted| Entry { launch, mark: marks.get(&launch.id), is_deleted };
    let listed = listed.into_iter().map(|launch| entry(launch, false));
    let mut entries: Vec<_> = listed.chain(deleted.into_iter().map(|launch| entry(launch, true))).collect();
    entries.sort_by_key(|entry| (Reverse(entry.changed_at()), entry.launch.id));
    // The board has no weights: it lists the same launches.
    let page = Question { board: query.clone(), ..Question::default() };
    let feed = Feed {
        id: &feed_id(board.freshness.source, &question),
        title: &format!("Mooncoon: {}", export::title(&board, query)),
        subtitle: export::provenance(board.freshness.source),
        origin: &export::origin(&asked),
        own_path: &question.address("/api/v1/launches.atom"),
        page_path: &page.address("/"),
        first_run_at: if query.offset >= entries.len() { state.db.first_run_at().await? } else { None },
        is_simulated: board.freshness.source == Source::Simulated,
    };
    let mut part = Part::new(entries.len(), query.offset, query.limit);
    let next_path = |offset| question.part(offset).address("/api/v1/launches.atom");
    let body = write_feed(&feed, &entries, &mut part, next_path).into_bytes();
    Ok(Export { kind: "application/atom+xml; charset=utf-8", name: None, next: None, body }.answer(&asked))
}

/// Returns the id of a feed, the same on every host: a hash of the query in its canonical spelling.
fn feed_id(source: Source, question: &Question) -> String {
    let digest = Sha256::digest(format!("mooncoon {} {}", source.slug(), question.to_query_string()));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    Builder::from_custom_bytes(bytes).into_uuid().urn().to_string()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use domain::{Freshness, Movement};

    use super::*;
    use crate::web::api::sample::launch;

    #[test]
    fn a_calendar_leaves_out_the_oldest_first() {
        let at = |number: u128, net: &str| Launch { id: Uuid::from_u128(number), ..launch(1, net, 1) };
        let freshness = Freshness {
            source: Source::Live,
            as_of: None,
            failed_at: None,
            blocked: false,
            running_since: None,
            complete: None,
            upcoming_count: 2,
            run_id: None,
            unreachable_since: None,
            poll_seconds: 3600,
        };
        let launches = vec![
            at(1, "2026-04-01T00:00:00Z"),
            at(2, "2026-05-01T00:00:00Z"),
            at(3, "2020-01-01T00:00:00Z"),
            at(4, "2021-01-01T00:00:00Z"),
        ];
        let board = Board {
            launches,
            past_from: Some(2),
            freshness,
            now: DateTime::UNIX_EPOCH,
            movement: Movement::PRIOR,
            past_state: None,
        };
        let gone = at(5, "2026-03-01T00:00:00Z");
        let order = |query: &str| {
            let query = BoardQuery::parse(query).expect("parses");
            let rows = in_calendar_order(&board, &query, vec![&gone]);
            rows.into_iter().map(|(launch, is_deleted)| (launch.id.as_u128(), is_deleted)).collect::<Vec<_>>()
        };
        assert_eq!(order("past=true"), [(1, false), (2, false), (5, true), (4, false), (3, false)]);
        assert_eq!(order("past=true&order=desc"), [(2, false), (1, false), (4, false), (3, false), (5, true)]);
    }
}
