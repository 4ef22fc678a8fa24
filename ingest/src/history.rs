//! Reads past launches, one page per run, the latest first, back to the very first. The position is stored together
//! with the page's data, so a backfill continues from there after any interruption.

use domain::{RequestPurpose, StepName};

use crate::{
    cursor::{self, CursorMove},
    error::Error,
    fetched::Fetched,
    fetcher::{Answer, Fetcher},
    journal::Journal,
    ll2::Page,
    reading::Reading,
    staging::Listing,
};

/// Maximum number of consecutive pages whose launches all share one NET; LL2's history has none.
const MOST_PAGES: usize = 20;

/// Reads the next page.
pub(crate) async fn fetch(
    fetcher: &Fetcher<'_>,
    journal: &mut Journal,
    reading: &mut Reading,
) -> Result<Fetched, Error> {
    let step = journal.begin(StepName::Fetch).await?;
    let until = cursor::history(fetcher.pool).await?;
    let mut url = fetcher.client.history_url(until);
    let mut pages = 0;
    loop {
        let landed = match fetcher.fetch_page(RequestPurpose::History, &url, |body| Page::parse(body).map(drop)).await?
        {
            Answer::Page(landed) => landed,
            Answer::Deferred(deferral) => return Err(deferral.into()),
            Answer::Failed(error) => return Err(error),
            Answer::Gone { .. } => return Err(Error::NotAdvancing { url: url.to_string() }),
        };
        let page = landed.page(&url)?;
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
        return Ok(Fetched {
            observed_at: landed.observed_at,
            is_complete: false,
            announced_count: Some(page.count),
            pages,
            interruption: None,
            is_resumable: false,
            cursor: Some(CursorMove::History {
                at: reached,
                total: until.is_none().then_some(page.count),
                is_finished: page.next.is_none(),
            }),
        });
    }
}
