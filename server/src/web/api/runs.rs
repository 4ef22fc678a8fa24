use axum::{
    Json,
    extract::{RawQuery, State},
};
use chrono::{DateTime, Utc};
use domain::{QueryError, Run, Source, query_pairs};
use serde::Serialize;

use super::problem::Problem;
use crate::web::AppState;

/// Runs of a page when the client names no `limit`.
const DEFAULT_LIMIT: i64 = 50;
/// Most runs of a page; `next` leads to the rest.
const HIGHEST_LIMIT: i64 = 500;

/// The list envelope of the contract.
#[derive(Serialize)]
pub(super) struct Envelope {
    /// Runs on all pages together.
    count: i64,
    next: Option<String>,
    previous: Option<String>,
    as_of: Option<DateTime<Utc>>,
    source: Source,
    results: Vec<Run>,
}

/// The runs of the ingest job, newest first, a page at a time.
pub(super) async fn json(State(state): State<AppState>, RawQuery(raw): RawQuery) -> Result<Json<Envelope>, Problem> {
    let Page { limit, offset } = Page::parse(raw.as_deref().unwrap_or_default())?;
    let list = state.db.runs(limit, offset).await?;
    let freshness = state.db.freshness().await?;
    let page = |offset: i64| format!("/api/v1/pipeline/runs?limit={limit}&offset={offset}");
    let end = offset.saturating_add(limit);
    Ok(Json(Envelope {
        count: list.count,
        next: (end < list.count).then(|| page(end)),
        previous: (offset > 0).then(|| page((offset - limit).max(0))),
        as_of: freshness.as_of,
        source: freshness.source,
        results: list.runs,
    }))
}

#[derive(Debug, PartialEq, Eq)]
struct Page {
    limit: i64,
    offset: i64,
}

impl Page {
    fn parse(query: &str) -> Result<Self, QueryError> {
        let mut page = Self { limit: DEFAULT_LIMIT, offset: 0 };
        for (key, value) in query_pairs(query)? {
            let (key, value) = (key.as_str(), value.as_str());
            let refuse = |reason: String| Err(QueryError { key: key.chars().take(100).collect(), reason });
            let number = value.parse::<i64>().ok();
            match (key, number) {
                ("limit", Some(limit @ 1..=HIGHEST_LIMIT)) => page.limit = limit,
                ("limit", _) => return refuse(format!("a number from 1 to {HIGHEST_LIMIT}")),
                ("offset", Some(offset @ 0..)) => page.offset = offset,
                ("offset", _) => return refuse("a number from 0".to_owned()),
                _ => return refuse("not a key of this list; it knows limit and offset".to_owned()),
            }
        }
        Ok(page)
    }
}

#[cfg(test)]
mod tests {
    use super::Page;

    #[test]
    fn a_page_is_bounded_and_a_bad_key_is_named() {
        assert_eq!(Page::parse("").unwrap(), Page { limit: 50, offset: 0 });
        assert_eq!(Page::parse("offset=7&limit=3&fbclid=1").unwrap(), Page { limit: 3, offset: 7 });
        for (query, key) in [
            ("limit=0", "limit"),
            ("limit=501", "limit"),
            ("limit=", "limit"),
            ("offset=-1", "offset"),
            ("state=failed", "state"),
        ] {
            assert_eq!(Page::parse(query).unwrap_err().key, key, "{query}");
        }
    }
}
