//! Reads the whole upcoming list, page by page, then the launches that left it.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use domain::{RequestPurpose, StepName};
use url::Url;

use crate::{
    cursor::{CursorMove, OVERLAP},
    error::Error,
    fetched::Fetched,
    fetcher::{Answer, Fetcher},
    follow_up,
    interruption::Interruption,
    journal::Journal,
    landing,
    ll2::Page,
    reading::Reading,
    staging::Listing,
};

/// More pages than any list has: 10,000 upcoming launches. LL2 lists 363.
const MOST_PAGES: usize = 100;

/// The same limit in launches, at 100 per page, as requested.
const MOST_LISTED: u64 = 100 * MOST_PAGES as u64;

/// The part of the upcoming list that could be read.
struct List {
    began_at: DateTime<Utc>,
    observed_at: DateTime<Utc>,
    is_complete: bool,
    announced_count: u64,
    page_count: usize,
    interruption: Option<Interruption>,
}

/// Reads the list and follows up on the launches that are missing from it.
pub(crate) async fn fetch(
    fetcher: &Fetcher<'_>,
    journal: &mut Journal,
    reading: &mut Reading,
) -> Result<Fetched, Error> {
    let step = journal.begin(StepName::Fetch).await?;
    let list = fetch_list(fetcher, reading).await?;
    let detail = format!("{} of {} launches", reading.batch.launch_count(), list.announced_count);
    journal.end(step, list.page_count as u64, Some(&detail)).await?;

    let mut fetched = Fetched {
        observed_at: list.observed_at,
        is_complete: list.is_complete,
        announced_count: Some(list.announced_count),
        pages: list.page_count,
        is_resumable: list.interruption.is_some(),
        interruption: list.interruption,
        // The list does not contain past launches, so a sweep starts the feed of changes but does not advance it. By
        // LL2's clock rather than the database's, which may be ahead of it.
        cursor: Some(CursorMove::ChangedBegins {
            at: reading.batch.newest_edit.map_or(list.began_at, |edit| edit.min(list.began_at)) - OVERLAP,
        }),
    };
    if fetched.interruption.is_none() {
        let step = journal.begin(StepName::FollowUp).await?;
        let asked = follow_up::fetch_missing(fetcher, reading, list.is_complete).await?;
        fetched.observed_at = fetched.observed_at.max(asked.observed_at.unwrap_or(fetched.observed_at));
        fetched.interruption = asked.error.as_ref().map(Interruption::by);
        journal.end(step, asked.count as u64, fetched.interruption.as_ref().map(Interruption::reason)).await?;
        fetched.pages += asked.count;
    }
    Ok(fetched)
}

async fn fetch_list(fetcher: &Fetcher<'_>, reading: &mut Reading) -> Result<List, Error> {
    let mut visited: HashSet<Url> = HashSet::new();
    let mut next = Some(fetcher.client.upcoming_url());
    let mut list: Option<List> = None;
    let mut is_any_fresh = false;
    while let Some(url) = next.take() {
        if visited.len() >= MOST_PAGES {
            return Err(Error::TooLong { pages: MOST_PAGES });
        }
        if !visited.insert(url.clone()) {
            return Err(Error::NotAdvancing { url: url.to_string() });
        }
        let landed = match landing::resume(fetcher.pool, fetcher.run_id, &url).await? {
            Some(landed) => landed,
            None => match fetcher.fetch_page(RequestPurpose::Upcoming, &url, |body| Page::parse(body).map(drop)).await?
            {
                Answer::Page(landed) => {
                    is_any_fresh = true;
                    landed
                }
                Answer::Deferred(deferral) => {
                    return cut_short(list.filter(|_| is_any_fresh), deferral.into());
                }
                Answer::Failed(error) => {
                    return cut_short(list.filter(|_| is_any_fresh), error);
                }
                Answer::Gone { .. } => return Err(Error::NotAdvancing { url: url.to_string() }),
            },
        };
        let page = landed.page(&url)?;
        let observed_at = landed.observed_at;
        // Checked on the first page, by the announced count: a list that is not read to its end is useless, and its
        // pages would cost the budget of hours.
        if page.count > MOST_LISTED {
            return Err(Error::Announced { count: page.count, most: MOST_LISTED });
        }
        let brought = reading.read(landed.id, &page.records, Listing::Upcoming, observed_at);
        next = page.next.as_deref().map(|next| fetcher.client.follow(&url, next)).transpose()?;
        if next.is_some() && brought.new == 0 && brought.rejected == 0 {
            return Err(Error::NotAdvancing { url: url.to_string() });
        }
        let received = reading.received_count();
        if received == 0 {
            // An empty list is invalid (rule 5): nothing may be concluded from it.
            let reason = format!("contains no launches although it announces {}", page.count);
            return Err(Error::BadAnswer { url: url.to_string(), reason, source: None });
        }
        list = Some(List {
            began_at: list.as_ref().map_or(observed_at, |list| list.began_at),
            observed_at,
            // A quarantined record was listed, so it counts.
            is_complete: next.is_none() && received as u64 == page.count,
            announced_count: page.count,
            page_count: visited.len(),
            interruption: None,
        });
    }
    // `next` starts as a URL, so the loop has run at least once.
    list.ok_or_else(|| Error::NotAdvancing { url: fetcher.client.upcoming_url().to_string() })
}

/// Returns the pages so far, which are worth publishing: they close nothing, and the next sweep continues from them.
/// Without a page that no earlier run had, the run fails, so that the next one waits.
fn cut_short(list: Option<List>, error: Error) -> Result<List, Error> {
    let Some(list) = list else { return Err(error) };
    Ok(List { is_complete: false, interruption: Some(Interruption::by(&error)), ..list })
}
