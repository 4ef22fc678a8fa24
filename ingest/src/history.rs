//! Reads past launches, one page per run, the latest first, back to the very first. The position is stored together
//! with the page's data, so a backfill continues from there after any interruption.

use chrono::{DateTime, Utc};
use domain::RequestPurpose;
use sqlx::PgPool;

use crate::{
    changed::page,
    error::Error,
    fetcher::{Answer, Fetcher},
    journal::Journal,
    ll2::Page,
    publish::CursorMove,
    reading::Reading,
    run::FetchOutcome,
    staging::Listing,
};

/// Maximum number of consecutive pages whose launches all share one NET; LL2's history has none.
const MOST_PAGES: usize = 20;

/// Reads the next page.
pub(crate) async fn fetch(
    fetcher: &Fetcher<'_>,
    journal: &mut Journal,
    reading: &mut Reading,
) -> Result<FetchOutcome, Error> {
    let step = journal.begin("fetch").await?;
    let until = position(fetcher.pool).await?;
    let mut url = fetcher.client.history_url(until);
    let mut pages = 0;
    loop {
        let landed = match fetcher.fetch_page(RequestPurpose::History, &url, |body| Page::parse(body).map(drop)).await?
        {
            Answer::Page(landed) => landed,
            Answer::Deferred(deferral) => return Err(deferral.into()),
            Answer::Gone { .. } => return Err(Error::NotAdvancing { url: url.to_string() }),
        };
        let page = page(&landed.body, &url)?;
        // Not `Previous`: LL2's list of past launches also contains those of the last 24 hours, which it lists as
        // upcoming too.
        reading.read(landed.id, &page.records, Listing::Feed, landed.observed_at);
        pages += 1;
        let reached = reading.batch.oldest_net.or(until);
        let has_advanced = reached != until;
        if let Some(next) = page.next.as_deref()
            && !has_advanced
        {
            if pages >= MOST_PAGES {
                return Err(Error::NotAdvancing { url: url.to_string() });
            }
            url = fetcher.client.follow(&url, next)?;
            continue;
        }
        let detail = reached.map(|net| format!("back to {}", net.format("%Y-%m-%d")));
        journal.end(step, pages as u64, detail.as_deref()).await?;
        return Ok(FetchOutcome {
            observed_at: landed.observed_at,
            is_complete: false,
            announced_count: Some(page.count),
            pages,
            deferral: None,
            is_resumable: false,
            cursor: Some(CursorMove::History {
                at: reached,
                total: until.is_none().then_some(page.count),
                is_finished: page.next.is_none(),
            }),
        });
    }
}

async fn position(pool: &PgPool) -> Result<Option<DateTime<Utc>>, Error> {
    sqlx::query_scalar("select max(position_at) from ingest_cursor where feed = 'history'")
        .fetch_one(pool)
        .await
        .map_err(Error::database("read the cursor of history"))
}
