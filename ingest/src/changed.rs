//! Reads what changed since the last run, including past launches: LL2's list of all launches by the time of their last
//! edit.

use chrono::{DateTime, TimeDelta, Utc};
use domain::RequestPurpose;
use sqlx::PgPool;
use url::Url;

use crate::{
    error::Error,
    fetcher::{Answer, Fetcher},
    journal::Journal,
    ll2::Page,
    publish::CursorMove,
    reading::Reading,
    run::FetchOutcome,
    staging::Listing,
};

/// This much of the feed is read again each time: an edit becomes visible some time after its timestamp, and LL2
/// responds from a cache. Records that are already known are dropped at staging.
pub(crate) const OVERLAP: TimeDelta = TimeDelta::minutes(15);

/// More than a week of edits.
const MOST_PAGES: usize = 60;

/// Reads the feed from its cursor to its end, or as far as the budget goes.
pub(crate) async fn fetch(
    fetcher: &Fetcher<'_>,
    journal: &mut Journal,
    reading: &mut Reading,
) -> Result<FetchOutcome, Error> {
    let step = journal.begin("fetch").await?;
    let since = since(fetcher.pool).await?;
    let mut fetched = FetchOutcome {
        observed_at: since,
        is_complete: false,
        announced_count: None,
        pages: 0,
        deferral: None,
        is_resumable: false,
        cursor: None,
    };
    let mut next = Some(fetcher.client.changed_url(since));
    // Pages by the time of the edit, not by offset: a launch that is edited meanwhile moves to the end, and every later
    // page moves up by one.
    let mut edge = since;
    while fetched.pages < MOST_PAGES
        && let Some(url) = next.take()
    {
        match fetcher.fetch_page(RequestPurpose::Changed, &url, |body| Page::parse(body).map(drop)).await? {
            Answer::Page(landed) => {
                let page = page(&landed.body, &url)?;
                reading.read(landed.id, &page.records, Listing::Feed, landed.observed_at);
                fetched.pages += 1;
                fetched.observed_at = landed.observed_at;
                if let Some(link) = page.next.as_deref() {
                    let reached = reading.batch.newest_edit.unwrap_or(edge).max(edge);
                    // A hundred edits in one second: only the server's own link leads past them.
                    next = Some(if reached > edge {
                        fetcher.client.changed_url(reached)
                    } else {
                        fetcher.client.follow(&url, link)?
                    });
                    edge = reached;
                }
            }
            Answer::Deferred(deferral) if fetched.pages == 0 => return Err(deferral.into()),
            Answer::Deferred(deferral) => fetched.deferral = Some(deferral),
            Answer::Gone { .. } => return Err(Error::NotAdvancing { url: url.to_string() }),
        }
    }
    // An edit from the future is an error of LL2's. If the cursor moved there, every edit until then would be missed.
    let reached = reading.batch.newest_edit.map(|edit| edit.min(fetched.observed_at));
    // The overlap is subtracted only at the end of the feed. A run that is cut short and starts again with the overlap
    // would never get past a page of edits within it.
    let is_cut_short = fetched.deferral.is_some() || next.is_some();
    fetched.cursor = reached.map(|at| CursorMove::Changed { at: if is_cut_short { at } else { at - OVERLAP } });
    let detail =
        format!("{} launches edited since {}", reading.batch.launch_count(), since.format("%Y-%m-%d %H:%M UTC"));
    journal.end(step, fetched.pages as u64, Some(&detail)).await?;
    Ok(fetched)
}

/// Returns where to continue. A cursor that was never set or is in the future means now minus the overlap.
async fn since(pool: &PgPool) -> Result<DateTime<Utc>, Error> {
    sqlx::query_scalar("select least(max(position_at), ingest_now() - $1) from ingest_cursor where feed = 'changed'")
        .bind(OVERLAP)
        .fetch_one(pool)
        .await
        .map_err(Error::database("read the cursor of changes"))
}

pub(crate) fn page<'b>(body: &'b [u8], url: &Url) -> Result<Page<'b>, Error> {
    Page::parse(body).map_err(|bad| Error::BadAnswer { url: url.to_string(), reason: bad.to_string(), source: None })
}
