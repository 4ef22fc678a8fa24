//! Reads what changed since the last run, including past launches: LL2's list of all launches by the time of their last
//! edit.

use domain::{RequestPurpose, StepName};

use crate::{
    cursor::{self, CursorMove, OVERLAP},
    error::Error,
    fetched::Fetched,
    fetcher::{Answer, Fetcher},
    interruption::Interruption,
    journal::Journal,
    ll2::Page,
    reading::Reading,
    staging::Listing,
};

/// More than a week of edits.
const MOST_PAGES: usize = 60;

/// Reads the feed from its cursor to its end, or as far as the budget goes.
pub(crate) async fn fetch(
    fetcher: &Fetcher<'_>,
    journal: &mut Journal,
    reading: &mut Reading,
) -> Result<Fetched, Error> {
    let step = journal.begin(StepName::Fetch).await?;
    let since = cursor::changed(fetcher.pool).await?;
    let mut fetched = Fetched {
        observed_at: since,
        is_complete: false,
        announced_count: None,
        pages: 0,
        interruption: None,
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
                let page = landed.page(&url)?;
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
            Answer::Deferred(deferral) => fetched.interruption = Some(Interruption::Deferral(deferral)),
            Answer::Failed(error) if fetched.pages == 0 => return Err(error),
            Answer::Failed(error) => fetched.interruption = Some(Interruption::by(&error)),
            Answer::Gone { .. } => return Err(Error::NotAdvancing { url: url.to_string() }),
        }
    }
    // An edit from the future is an error of LL2's. If the cursor moved there, every edit until then would be missed.
    let reached = reading.batch.newest_edit.map(|edit| edit.min(fetched.observed_at));
    // The overlap is subtracted only at the end of the feed. A run that is cut short and starts again with the overlap
    // would never get past a page of edits within it.
    let is_cut_short = fetched.interruption.is_some() || next.is_some();
    fetched.cursor = reached.map(|at| CursorMove::Changed { at: if is_cut_short { at } else { at - OVERLAP } });
    let detail =
        format!("{} launches edited since {}", reading.batch.launch_count(), since.format("%Y-%m-%d %H:%M UTC"));
    journal.end(step, fetched.pages as u64, Some(&detail)).await?;
    Ok(fetched)
}
