//! Records that could not be used, set aside without stopping the others, until a parser can read them.

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use crate::{error::Error, landing::PageId, ll2::ApiVersion, record::Unusable, staging::Listing};

/// SHA-256 of a record's bytes.
pub(crate) type Digest = [u8; 32];

pub(crate) fn digest(record: &str) -> Digest {
    Sha256::digest(record.as_bytes()).into()
}

/// A record that could not be used.
#[derive(Debug)]
pub(crate) struct Reject {
    pub(crate) page: PageId,
    pub(crate) position: usize,
    pub(crate) listing: Listing,
    pub(crate) reason: Unusable,
    pub(crate) digest: Digest,
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
            // An id may be a megabyte long and hold U+0000; a key is for finding.
            serde_json::Value::String(text) => Some(text.replace('\0', "").chars().take(LONGEST_KEY).collect()),
            serde_json::Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }
}

const LONGEST_KEY: usize = 100;

/// Whether the return of a record is news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sighting {
    /// LL2 sent it again.
    New,
    /// A replay read again what LL2 sent once.
    Replayed,
}

/// Sets records aside: one met before is counted, not kept again, and open again should it have been resolved.
pub(crate) async fn set_aside(
    pool: &PgPool,
    run_id: i64,
    version: ApiVersion,
    sighting: Sighting,
    rejects: &[Reject],
) -> Result<(), Error> {
    if rejects.is_empty() {
        return Ok(());
    }
    let digests: Vec<&[u8]> = rejects.iter().map(|reject| reject.digest.as_slice()).collect();
    let pages: Vec<&[u8]> = rejects.iter().map(|reject| reject.page.as_bytes()).collect();
    let keys: Vec<Option<String>> = rejects.iter().map(Reject::key).collect();
    let reasons: Vec<String> = rejects.iter().map(|reject| reject.reason.to_string()).collect();
    let json_paths: Vec<String> = rejects.iter().map(Reject::json_path).collect();
    let listings: Vec<&str> = rejects.iter().map(|reject| reject.listing.as_str()).collect();
    let times: Vec<DateTime<Utc>> = rejects.iter().map(|reject| reject.seen_at).collect();
    let bodies: Vec<&[u8]> = rejects.iter().map(|reject| reject.body.as_slice()).collect();
    sqlx::query(include_str!("../sql/set_aside.sql"))
        .bind(run_id)
        .bind(version.as_str())
        .bind(i32::from(sighting == Sighting::New))
        .bind(digests)
        .bind(pages)
        .bind(keys)
        .bind(reasons)
        .bind(json_paths)
        .bind(listings)
        .bind(times)
        .bind(bodies)
        .execute(pool)
        .await
        .map_err(|source| Error::Statement { statement: "set_aside", source })?;
    Ok(())
}

/// The records that nobody could read yet.
pub(crate) async fn open(pool: &PgPool) -> Result<Vec<Digest>, Error> {
    let digests: Vec<Vec<u8>> = sqlx::query_scalar("select sha256 from raw_quarantine where resolved_at is null")
        .fetch_all(pool)
        .await
        .map_err(Error::database("read the quarantine"))?;
    Ok(digests.iter().filter_map(|digest| digest.as_slice().try_into().ok()).collect())
}

/// Marks records that could be read, within the transaction that publishes them. Their rows stay.
pub(crate) async fn resolve(connection: &mut PgConnection, run_id: i64, digests: &[Digest]) -> Result<(), Error> {
    if digests.is_empty() {
        return Ok(());
    }
    let digests: Vec<&[u8]> = digests.iter().map(Digest::as_slice).collect();
    sqlx::query(
        "update raw_quarantine set resolved_at = clock_timestamp(), resolved_run_id = $1
        where sha256 = any ($2) and resolved_at is null",
    )
    .bind(run_id)
    .bind(digests)
    .execute(connection)
    .await
    .map_err(Error::database("resolve quarantined records"))?;
    Ok(())
}
