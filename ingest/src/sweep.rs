//! A run: the whole upcoming list, page by page, then the launches that left it, then publication.

use std::{
    collections::HashSet,
    num::NonZeroU32,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use domain::Source;
use sqlx::PgPool;
use url::Url;

use crate::{
    asking::{Answer, Asking, Landed},
    budget::{Deferral, Purpose},
    error::Error,
    follow_up,
    journal::{Counts, Journal, Opening, Trigger},
    ll2::{Client, Page},
    lock::RunLock,
    publish::{self, Edition},
    reading::Reading,
    report::{Outcome, RunReport},
    staging::Listing,
};

/// More pages than any list has: 10,000 upcoming launches. LL2 lists 363.
const MOST_PAGES: usize = 100;

/// What a run needs to know besides its client.
#[derive(Clone, Debug)]
pub struct RunOptions {
    /// Requests in any sliding hour, all replicas together.
    pub budget: NonZeroU32,
    /// Longest pause between runs; two of them tell a change observed live from one caught up.
    pub poll_interval: Duration,
    /// What the database holds.
    pub source: Source,
}

/// Makes the star schema equal to what LL2 says now. Running it twice changes nothing.
///
/// One run at a time over all replicas: a second one leaves at once with [`Outcome::Busy`].
pub async fn run(pool: &PgPool, client: &Client, options: &RunOptions, trigger: Trigger) -> Result<RunReport, Error> {
    let started = Instant::now();
    let Some(mut lock) = RunLock::try_take(pool).await? else {
        tracing::info!("another run is at work; leaving it to it");
        return Ok(RunReport::busy());
    };
    let opening = Opening {
        kind: "sweep",
        trigger,
        source: options.source,
        base_url: client.base_url().as_str(),
        version: client.version(),
    };
    let mut journal = Journal::open(pool, opening).await?;
    let result = sweep(pool, client, options, &mut lock, &mut journal).await;
    let report = match result {
        Ok(mut report) => {
            report.took = started.elapsed();
            report.log();
            Ok(report)
        }
        Err(error) => {
            journal.fail(&error).await?;
            Err(error)
        }
    };
    lock.release().await;
    report
}

/// The upcoming list as far as it could be read.
struct List {
    observed_at: DateTime<Utc>,
    is_complete: bool,
    announced_count: u64,
    page_count: usize,
    deferral: Option<Deferral>,
}

async fn sweep(
    pool: &PgPool,
    client: &Client,
    options: &RunOptions,
    lock: &mut RunLock,
    journal: &mut Journal,
) -> Result<RunReport, Error> {
    let asking = Asking { pool, client, run_id: journal.run_id, budget: options.budget };
    let mut reading = Reading::new(client.version());

    let step = journal.begin("fetch").await?;
    let list = fetch(&asking, journal, &mut reading).await?;
    let detail = format!("{} of {} launches", reading.batch.launch_count(), list.announced_count);
    journal.end(step, list.page_count as u64, Some(&detail)).await?;

    let mut counts = Counts {
        pages: list.page_count,
        launches_seen: reading.batch.launch_count(),
        ..Counts::default()
    };
    let mut deferral = list.deferral;
    let mut observed_at = list.observed_at;
    if deferral.is_none() {
        let step = journal.begin("follow up").await?;
        let asked = follow_up::ask(&asking, &mut reading, list.is_complete).await?;
        observed_at = observed_at.max(asked.observed_at.unwrap_or(observed_at));
        let detail = asked.deferral.as_ref().map(|deferral| deferral.reason.clone());
        journal.end(step, asked.count as u64, detail.as_deref()).await?;
        deferral = asked.deferral;
        counts.pages += asked.count;
    }
    reading.count(&mut counts);
    reading.note(pool, journal.run_id, observed_at, list.is_complete).await?;

    let remark = deferral.as_ref().map(|deferral| format!("stopped early: {}", deferral.reason));
    let edition = Edition {
        batch: reading.batch,
        observed_at,
        is_complete: list.is_complete,
        announced_count: Some(list.announced_count),
        poll_interval: options.poll_interval,
        counts,
        deferred_until: deferral.as_ref().map(|deferral| deferral.resume_at),
        remark: remark.as_deref(),
    };
    let counts = publish::publish(lock.connection(), journal, edition).await?;
    Ok(RunReport {
        run_id: Some(journal.run_id),
        outcome: Outcome::Published,
        is_complete: list.is_complete,
        observed_at: Some(observed_at),
        deferral,
        counts,
        took: Duration::ZERO,
    })
}

async fn fetch(asking: &Asking<'_>, journal: &Journal, reading: &mut Reading) -> Result<List, Error> {
    let mut visited: HashSet<Url> = HashSet::new();
    let mut next = Some(asking.client.upcoming_url());
    let mut list: Option<List> = None;
    while let Some(url) = next.take() {
        if visited.len() >= MOST_PAGES || !visited.insert(url.clone()) {
            return Err(Error::NotAdvancing { url: url.to_string() });
        }
        let landed = match asking.ask(Purpose::Upcoming, &url, |body| Page::parse(body).map(drop)).await? {
            Answer::Page(landed) => landed,
            // Pages we have are worth publishing: they close nothing, and the next run starts over.
            Answer::Deferred(deferral) => match list.take() {
                Some(mut list) => {
                    list.deferral = Some(deferral);
                    return Ok(list);
                }
                None => return Err(deferral.into()),
            },
            Answer::Gone { .. } => return Err(Error::NotAdvancing { url: url.to_string() }),
        };
        let Landed { id, body, observed_at, is_simulated } = landed;
        if is_simulated && list.is_none() {
            journal.mark_simulated().await?;
        }
        let page = Page::parse(&body).map_err(|bad| Error::BadAnswer {
            url: url.to_string(),
            reason: bad.to_string(),
            source: None,
        })?;
        let brought = reading.read(id, &page.records, Listing::Upcoming, observed_at);
        next = page.next.as_deref().map(|next| asking.client.follow(&url, next)).transpose()?;
        if next.is_some() && brought.new == 0 && brought.rejected == 0 {
            return Err(Error::NotAdvancing { url: url.to_string() });
        }
        let received = reading.received_count();
        if received == 0 {
            // An empty list is no list (rule 5): nothing may be concluded from it.
            let reason = format!("names no launch although it counts {}", page.count);
            return Err(Error::BadAnswer { url: url.to_string(), reason, source: None });
        }
        list = Some(List {
            observed_at,
            // A record set aside was listed all the same.
            is_complete: next.is_none() && received as u64 == page.count,
            announced_count: page.count,
            page_count: visited.len(),
            deferral: None,
        });
    }
    // `next` starts as a URL, so the loop has run.
    list.ok_or_else(|| Error::NotAdvancing { url: asking.client.upcoming_url().to_string() })
}
