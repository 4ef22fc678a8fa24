//! Loads the quarantined records that the current parser can read, each as of the time at which LL2 sent it.

use std::{collections::BTreeMap, time::Duration};

use chrono::{DateTime, Utc};
use domain::StepName;
use serde_json::value::RawValue;
use sqlx::{Connection as _, PgConnection, PgPool};

use super::{
    closing::{self, Newest, content_hash},
    report::ReplayReport,
};
use crate::{
    counts::Counts,
    error::Error,
    forecasting,
    journal::Journal,
    landing::PageId,
    ll2::ApiVersion,
    quarantine::{self, Digest},
    reading::Reading,
    staging::Listing,
    transform,
};

/// A record in quarantine.
#[derive(Debug, sqlx::FromRow)]
struct Held {
    page_sha256: Option<Vec<u8>>,
    api_version: Option<String>,
    listing: Option<String>,
    first_seen_at: DateTime<Utc>,
    last_seen_at: DateTime<Utc>,
    body: Vec<u8>,
}

impl Held {
    async fn read(pool: &PgPool, digest: &Digest) -> Result<Self, Error> {
        sqlx::query_as(
            "select
                raw_quarantine.page_sha256,
                -- Rows from before the column was there: the page knows.
                coalesce(raw_quarantine.api_version, raw_ll2_page.api_version) as api_version,
                raw_quarantine.listing,
                raw_quarantine.first_seen_at,
                raw_quarantine.last_seen_at,
                raw_quarantine.body
            from raw_quarantine
            left join raw_ll2_page on raw_ll2_page.sha256 = raw_quarantine.page_sha256
            where raw_quarantine.sha256 = $1",
        )
        .bind(digest.as_slice())
        .fetch_one(pool)
        .await
        .map_err(Error::database("read a quarantined record"))
    }

    fn record(&self) -> Option<&RawValue> {
        serde_json::from_slice(&self.body).ok()
    }

    /// Returns the kind of response that contained the record. A row from before this column existed counts as a
    /// response about a single launch, which removes no other launch from the list.
    fn listing(&self) -> Result<Listing, Error> {
        let Some(text) = self.listing.as_deref() else { return Ok(Listing::Single) };
        let unknown = || Error::UnknownText { column: "raw_quarantine.listing", text: text.to_owned() };
        text.parse().map_err(|_| unknown())
    }

    fn version(&self) -> Option<ApiVersion> {
        self.api_version.as_deref()?.parse().ok()
    }
}

/// Loads the readable records: each as of its first and of its last sighting, so that its launch is known from its
/// first sighting.
///
/// All in one transaction, on the published tables; newer data stays. The record's membership in the upcoming list
/// applies from its sighting on, and no launch counts as missing.
pub(super) async fn recover(
    pool: &PgPool,
    connection: &mut PgConnection,
    journal: &mut Journal,
    poll_interval: Duration,
    newest: Newest,
) -> Result<ReplayReport, Error> {
    let step = journal.begin(StepName::Read).await?;
    let open = quarantine::open(pool).await?;
    let mut moments: BTreeMap<DateTime<Utc>, Vec<(ApiVersion, Digest)>> = BTreeMap::new();
    let mut readable = Vec::new();
    for digest in &open {
        let held = Held::read(pool, digest).await?;
        let (Some(version), Some(record)) = (held.version(), held.record()) else { continue };
        if version.read(record, |_| ()).is_err() {
            continue;
        }
        readable.push(*digest);
        for moment in [held.first_seen_at, held.last_seen_at] {
            let entry = moments.entry(moment).or_default();
            if !entry.contains(&(version, *digest)) {
                entry.push((version, *digest));
            }
        }
    }
    journal.end(step, open.len() as u64, None).await?;

    let step = journal.begin(StepName::Load).await?;
    let mut counts = Counts::default();
    let mut transaction = connection.begin().await.map_err(Error::database("open the publishing transaction"))?;
    let before = content_hash(&mut transaction).await?;
    for (moment, digests) in &moments {
        // Two versions at the same time: the second one is applied after the first.
        for version in [ApiVersion::V220, ApiVersion::V230] {
            let mut reading = Reading::for_replay(version);
            for (_, digest) in digests.iter().filter(|(of, _)| *of == version) {
                let held = Held::read(pool, digest).await?;
                let Some(record) = held.record() else { continue };
                let page = held.page_sha256.as_deref().and_then(PageId::from_bytes).unwrap_or(PageId::NONE);
                let listing = held.listing()?;
                reading.read(page, &[record], listing, *moment);
            }
            let mut told = Counts::default();
            reading.count(&mut told);
            if told.records == 0 {
                continue;
            }
            reading.batch.load(&mut transaction).await?;
            stage(&mut transaction, journal.run_id, poll_interval, *moment).await?;
            transform::run(&mut transaction, &mut told, &mut Vec::new()).await?;
            counts.add(told);
        }
    }
    journal.end(step, readable.len() as u64, None).await?;
    let after = content_hash(&mut transaction).await?;
    forecasting::refresh_scores(&mut transaction, journal.run_id).await?;
    closing::close(transaction, journal, &newest, counts, poll_interval, &readable).await?;
    Ok(ReplayReport {
        settled_runs: 0,
        runs: moments.len(),
        bodies: 0,
        records: counts.records,
        quarantined: open.len() - readable.len(),
        resolved: readable.len(),
        hashes: (before, after),
        took: Duration::ZERO,
    })
}

async fn stage(
    connection: &mut PgConnection,
    run_id: i64,
    poll_interval: Duration,
    moment: DateTime<Utc>,
) -> Result<(), Error> {
    sqlx::query(
        "insert into stg_run (ingest_run_id, observed_at, is_complete, is_newest, poll_seconds)
        select $1, $2, false, not exists (select from ingest_run where state = 'succeeded' and observed_at > $2), $3",
    )
    .bind(run_id)
    .bind(moment)
    .bind(i32::try_from(poll_interval.as_secs()).unwrap_or(i32::MAX))
    .execute(connection)
    .await
    .map_err(Error::database("stage the recovery"))?;
    Ok(())
}
