//! What LL2 said, as it said it. Landed pages are committed before anything is made of them, so that a bug of ours never costs
//! a request to LL2 again.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use uuid::Uuid;

use crate::{error::Error, failpoint::failpoint, record::Unusable};

/// Level 1: a page shrinks to a tenth in a few milliseconds; level 3 wins another tenth of that for twice the time.
const ZSTD_LEVEL: i32 = 1;

/// Identifies a landed body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PageId([u8; 32]);

impl PageId {
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Where a body came from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Origin<'o> {
    pub(crate) run_id: i64,
    pub(crate) url: &'o str,
    pub(crate) api_version: &'static str,
    /// When it was received; none for now, by the database's clock.
    pub(crate) observed_at: Option<DateTime<Utc>>,
}

/// Lands a body; one that is there already is left as first received.
pub(crate) async fn land(pool: &PgPool, origin: Origin<'_>, body: &Bytes) -> Result<PageId, Error> {
    let id = PageId(Sha256::digest(body).into());
    failpoint!("landing.before");
    let is_landed: bool = sqlx::query_scalar("select exists (select from raw_ll2_page where sha256 = $1)")
        .bind(id.as_bytes())
        .fetch_one(pool)
        .await
        .map_err(Error::database("look for the landed page"))?;
    if is_landed {
        return Ok(id);
    }
    let plain = body.clone();
    let compressed = tokio::task::spawn_blocking(move || zstd::bulk::compress(&plain, ZSTD_LEVEL))
        .await?
        .map_err(|error| Error::database("compress the page")(sqlx::Error::Io(error)))?;
    sqlx::query(
        "insert into raw_ll2_page (sha256, ingest_run_id, url, api_version, observed_at, body_bytes, body_zstd)
        values ($1, $2, $3, $4, coalesce($5, clock_timestamp()), $6, $7)
        on conflict (sha256) do nothing",
    )
    .bind(id.as_bytes())
    .bind(origin.run_id)
    .bind(origin.url)
    .bind(origin.api_version)
    .bind(origin.observed_at)
    .bind(i64::try_from(body.len()).unwrap_or(i64::MAX))
    .bind(compressed)
    .execute(pool)
    .await
    .map_err(Error::database("land the page"))?;
    failpoint!("landing.after");
    Ok(id)
}

/// A record that could not be used.
#[derive(Debug)]
pub(crate) struct Reject {
    pub(crate) page: PageId,
    pub(crate) position: usize,
    pub(crate) reason: Unusable,
    pub(crate) body: Vec<u8>,
    pub(crate) seen_at: DateTime<Utc>,
}

impl Reject {
    fn json_path(&self) -> String {
        match self.reason.field() {
            Some(field) => format!("$.results[{}].{field}", self.position),
            None => format!("$.results[{}]", self.position),
        }
    }

    /// The launch it is about, when it says so.
    pub(crate) fn launch_id(&self) -> Option<Uuid> {
        self.key()?.parse().ok()
    }

    /// The record's own id, to find it by, when it has one.
    fn key(&self) -> Option<String> {
        #[derive(serde::Deserialize)]
        struct Key {
            id: serde_json::Value,
        }
        let key: Key = serde_json::from_slice(&self.body).ok()?;
        match key.id {
            serde_json::Value::String(text) => Some(text.replace('\0', "")),
            serde_json::Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }
}

/// Sets records aside: a record met before is counted, not kept again.
pub(crate) async fn quarantine(pool: &PgPool, run_id: i64, rejects: &[Reject]) -> Result<(), Error> {
    for reject in rejects {
        let digest = Sha256::digest(&reject.body);
        sqlx::query(
            "insert into raw_quarantine (
                sha256, ingest_run_id, page_sha256, entity, record_key, reason, json_path, first_seen_at, last_seen_at, body
            )
            values ($1, $2, $3, 'launch', $4, $5, $6, $7, $7, $8)
            on conflict (sha256) do update set
                last_seen_at = greatest(raw_quarantine.last_seen_at, excluded.last_seen_at),
                first_seen_at = least(raw_quarantine.first_seen_at, excluded.first_seen_at),
                seen_count = raw_quarantine.seen_count + 1,
                reason = excluded.reason",
        )
        .bind(digest.as_slice())
        .bind(run_id)
        .bind(reject.page.as_bytes())
        .bind(reject.key())
        .bind(reject.reason.to_string())
        .bind(reject.json_path())
        .bind(reject.seen_at)
        .bind(&reject.body)
        .execute(pool)
        .await
        .map_err(Error::database("set a record aside"))?;
    }
    Ok(())
}

/// Notes an imported file among the requests, settled; imports cost no budget.
pub(crate) async fn note_import(pool: &PgPool, run_id: i64, url: &str, page: PageId) -> Result<(), Error> {
    sqlx::query(
        "insert into ingest_request (ingest_run_id, purpose, url, finished_at, outcome, page_sha256)
        values ($1, 'import', $2, clock_timestamp(), 'accepted', $3)",
    )
    .bind(run_id)
    .bind(url)
    .bind(page.as_bytes())
    .execute(pool)
    .await
    .map_err(Error::database("note the imported file"))?;
    Ok(())
}
