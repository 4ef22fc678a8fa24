//! What changed since the last look, past launches among it: LL2's list of all launches by the time of their last edit.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgPool;
use url::Url;

use crate::{
    asking::{Answer, Asking},
    budget::Purpose,
    error::Error,
    journal::Journal,
    ll2::Page,
    publish::CursorMove,
    reading::Reading,
    run::Harvest,
    staging::Listing,
};

/// Read again each time: an edit becomes visible some time after the moment it carries, and LL2 answers from a cache. What is known
/// already stops at staging.
pub(crate) const OVERLAP: TimeDelta = TimeDelta::minutes(15);

/// More than a week of edits.
const MOST_PAGES: usize = 60;

/// Reads the feed from its cursor to its end, or as far as the budget goes.
pub(crate) async fn harvest(
    asking: &Asking<'_>,
    journal: &mut Journal,
    reading: &mut Reading,
) -> Result<Harvest, Error> {
    let step = journal.begin("fetch").await?;
    let since = since(asking.pool).await?;
    let mut harvest = Harvest {
        observed_at: since,
        is_complete: false,
        announced_count: None,
        pages: 0,
        deferral: None,
        is_resumable: false,
        cursor: None,
    };
    let mut next = Some(asking.client.changed_url(since));
    // By the time of the edit, not by offset: a launch edited while we read moves to the end, and every later page moves up by one.
    let mut edge = since;
    while harvest.pages < MOST_PAGES
        && let Some(url) = next.take()
    {
        match asking.ask(Purpose::Changed, &url, |body| Page::parse(body).map(drop)).await? {
            Answer::Page(landed) => {
                let page = page(&landed.body, &url)?;
                reading.read(landed.id, &page.records, Listing::Feed, landed.observed_at);
                harvest.pages += 1;
                harvest.observed_at = landed.observed_at;
                if let Some(link) = page.next.as_deref() {
                    let reached = reading.batch.newest_edit.unwrap_or(edge).max(edge);
                    // A hundred edits of one second: only the server's own link leads past them.
                    next = Some(if reached > edge {
                        asking.client.changed_url(reached)
                    } else {
                        asking.client.follow(&url, link)?
                    });
                    edge = reached;
                }
            }
            Answer::Deferred(deferral) if harvest.pages == 0 => return Err(deferral.into()),
            Answer::Deferred(deferral) => harvest.deferral = Some(deferral),
            Answer::Gone { .. } => return Err(Error::NotAdvancing { url: url.to_string() }),
        }
    }
    // An edit from the future is an error of LL2's: believed, it would hide every edit until then.
    let reached = reading.batch.newest_edit.map(|edit| edit.min(harvest.observed_at));
    // The overlap is taken off at the end of the feed alone: a look cut short that began with it anew would never get past a page of edits
    // within it.
    let is_cut_short = harvest.deferral.is_some() || next.is_some();
    harvest.cursor = reached.map(|at| CursorMove::Changed { at: if is_cut_short { at } else { at - OVERLAP } });
    let detail =
        format!("{} launches edited since {}", reading.batch.launch_count(), since.format("%Y-%m-%d %H:%M UTC"));
    journal.end(step, harvest.pages as u64, Some(&detail)).await?;
    Ok(harvest)
}

/// Where to go on; a cursor that was never set, or lies in the future, means from now, and the overlap.
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
