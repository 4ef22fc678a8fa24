//! Quarantine: unusable records are stored, without stopping the others, until a parser can read them.

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

use crate::{
    error::Error,
    landing::PageId,
    ll2::{ApiVersion, tree},
    record::Unusable,
    staging::Listing,
};

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

    /// Returns the launch that the record is about, if it has a valid id.
    pub(crate) fn launch_id(&self) -> Option<Uuid> {
        self.key()?.parse().ok()
    }

    /// Returns the record's own id as a search key, if it has one.
    fn key(&self) -> Option<String> {
        #[derive(serde::Deserialize)]
        struct Key {
            id: serde_json::Value,
        }
        let key = serde_json::from_slice::<Key>(&self.body).ok();
        // A record that serde_json rejects may still contain its id.
        let key = key.or_else(|| serde_json::from_value(tree(std::str::from_utf8(&self.body).ok()?)?).ok())?;
        match key.id {
            serde_json::Value::String(text) => Some(record_key(&text)),
            serde_json::Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }
}

const LONGEST_KEY: usize = 100;

/// Returns the key under which a record is stored, from its id. A UUID in any notation (capitals, braces, without
/// hyphens, `urn:uuid:`) becomes the text that Postgres prints. Any other id is cut to [`LONGEST_KEY`] characters,
/// without U+0000, which Postgres cannot store.
pub(crate) fn record_key(id: &str) -> String {
    match id.parse::<Uuid>() {
        Ok(id) => id.to_string(),
        Err(_) => id.replace('\0', "").chars().take(LONGEST_KEY).collect(),
    }
}

/// Whether a repeated sighting of a record counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sighting {
    /// LL2 sent the record again.
    New,
    /// A replay read the record again; LL2 sent it only once.
    Replayed,
}

/// Quarantines records. A known record is counted, not stored again, and is reopened if it was resolved.
pub(crate) async fn store(
    executor: impl PgExecutor<'_>,
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
    let listings: Vec<&str> = rejects.iter().map(|reject| reject.listing.into_str()).collect();
    let times: Vec<DateTime<Utc>> = rejects.iter().map(|reject| reject.seen_at).collect();
    let bodies: Vec<&[u8]> = rejects.iter().map(|reject| reject.body.as_slice()).collect();
    sqlx::query(include_str!("../sql/quarantine.sql"))
        .bind(run_id)
        .bind(version.into_str())
        .bind(i32::from(sighting == Sighting::New))
        .bind(digests)
        .bind(pages)
        .bind(keys)
        .bind(reasons)
        .bind(json_paths)
        .bind(listings)
        .bind(times)
        .bind(bodies)
        .execute(executor)
        .await
        .map_err(|source| Error::Statement { statement: "quarantine", source })?;
    Ok(())
}

/// Returns the records that no parser could read yet.
pub(crate) async fn open(pool: &PgPool) -> Result<Vec<Digest>, Error> {
    let digests: Vec<Vec<u8>> = sqlx::query_scalar("select sha256 from raw_quarantine where resolved_at is null")
        .fetch_all(pool)
        .await
        .map_err(Error::database("read the quarantine"))?;
    Ok(digests.iter().filter_map(|digest| digest.as_slice().try_into().ok()).collect())
}

/// Marks records as resolved, within the transaction that publishes them. Their rows stay.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[sqlx::test(migrator = "warehouse::MIGRATOR")]
    async fn an_unusable_record_received_a_thousand_times_is_one_row_with_a_counter(pool: PgPool) {
        let mut transaction = pool.begin().await.unwrap();
        sqlx::raw_sql(
            "insert into ingest_run (kind, trigger, source, base_url, api_version) values ('sweep', 'command', 'live', 'x', '2.3.0');
            insert into raw_ll2_page values (decode(repeat('00', 32), 'hex'), 1, 'x', '2.3.0', now(), 1, '');",
        )
        .execute(&mut *transaction)
        .await
        .unwrap();
        let record = r#"{"id": "not\u0000an id"}"#;
        let start = DateTime::UNIX_EPOCH;
        for cycle in 0..1000 {
            let reject = Reject {
                page: PageId::NONE,
                position: cycle,
                listing: Listing::Upcoming,
                reason: Unusable::Missing("id"),
                digest: digest(record),
                body: record.as_bytes().to_vec(),
                seen_at: start + chrono::TimeDelta::hours(i64::try_from(cycle).unwrap()),
            };
            store(&mut *transaction, 1, ApiVersion::V230, Sighting::New, &[reject]).await.unwrap();
        }
        let rows: Vec<(i32, String, DateTime<Utc>, DateTime<Utc>)> =
            sqlx::query_as("select seen_count, record_key, first_seen_at, last_seen_at from raw_quarantine")
                .fetch_all(&mut *transaction)
                .await
                .unwrap();
        assert_eq!(rows, [(1000, "notan id".to_owned(), start, start + chrono::TimeDelta::hours(999))]);
    }
}
