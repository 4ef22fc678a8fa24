//! Stores LL2's responses unchanged. Landed pages are committed before they are processed, so that a bug of ours never
//! costs another request to LL2.

mod body;
mod segment;

use std::fmt;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};
use sqlx::PgPool;
use url::Url;

use self::body::open;
pub(crate) use self::{
    body::Bodies,
    segment::{SegmentReader, SegmentWriter},
};
use crate::{
    error::Error,
    failpoint::failpoint,
    ll2::{self, BadPage, Page},
};

/// Level 1 compresses a page to a tenth in a few milliseconds; level 3 saves another tenth of that and takes twice as
/// long.
const ZSTD_LEVEL: i32 = 1;

/// Identifies a landed body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PageId([u8; 32]);

impl PageId {
    /// The id of records whose page was not stored.
    pub(crate) const NONE: Self = Self([0; 32]);

    /// Returns the id from the column's value; none if it is not a SHA-256.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for PageId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

/// A body that was validated and landed.
#[derive(Debug)]
pub(crate) struct Landed {
    pub(crate) id: PageId,
    pub(crate) body: Bytes,
    pub(crate) observed_at: DateTime<Utc>,
}

impl Landed {
    /// Returns the body, received from `url`, as a page of a list.
    pub(crate) fn page(&self, url: &Url) -> Result<Page<'_>, Error> {
        Page::parse(&self.body).map_err(|bad| bad_answer(url, &bad))
    }

    /// Returns the body, received from `url`, as a single launch.
    pub(crate) fn single(&self, url: &Url) -> Result<&RawValue, Error> {
        ll2::single(&self.body).map_err(|bad| bad_answer(url, &bad))
    }
}

fn bad_answer(url: &Url, bad: &BadPage) -> Error {
    Error::BadAnswer { url: url.to_string(), reason: bad.to_string(), source: None }
}

/// The origin of a body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Origin<'o> {
    pub(crate) run_id: i64,
    pub(crate) url: &'o str,
    pub(crate) api_version: &'static str,
    /// When it was received; none means now, by the database's clock.
    pub(crate) observed_at: Option<DateTime<Utc>>,
}

/// Lands a body; if it is already landed, the existing row stays as first received.
pub(crate) async fn land(pool: &PgPool, origin: Origin<'_>, body: &Bytes) -> Result<PageId, Error> {
    let id = PageId(Sha256::digest(body).into());
    failpoint!("landing.before");
    let is_landed: bool =
        sqlx::query_scalar("select exists (select from raw_ll2_page where sha256 = $1 and body_deleted_at is null)")
            .bind(id.as_bytes())
            .fetch_one(pool)
            .await
            .map_err(Error::database("look up the landed page"))?;
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
        on conflict (sha256) do update
        -- The retention had deleted this body, and now it is received again.
        set body_zstd = excluded.body_zstd, body_deleted_at = null
        where raw_ll2_page.body_deleted_at is not null",
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

/// Adds an imported file to the request log, as accepted; imports cost no budget.
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
    .map_err(Error::database("log the imported file"))?;
    Ok(())
}

/// Returns a page that an earlier sweep, cut short or killed, landed within the hour, so that it need not be requested
/// again. It is added to the log of this run as a resumed page, with the time at which it was received.
pub(crate) async fn resume(pool: &PgPool, run_id: i64, url: &Url) -> Result<Option<Landed>, Error> {
    let found: Option<(Vec<u8>, DateTime<Utc>)> = sqlx::query_as(include_str!("../../sql/resume_page.sql"))
        .bind(run_id)
        .bind(url.as_str())
        .fetch_optional(pool)
        .await
        .map_err(|source| Error::Statement { statement: "resume_page", source })?;
    let Some((sha256, observed_at)) = found else { return Ok(None) };
    let Some(id) = PageId::from_bytes(&sha256) else { return Ok(None) };
    Ok(Some(Landed { id, body: open(pool, id).await?, observed_at }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[sqlx::test(migrator = "warehouse::MIGRATOR")]
    async fn a_body_landed_by_several_processes_at_once_is_one_row(pool: PgPool) {
        sqlx::query("insert into ingest_run (kind, trigger, source, base_url, api_version) values ('sweep', 'command', 'live', 'x', '2.3.0')")
            .execute(&pool)
            .await
            .unwrap();
        let body = Bytes::from("any bytes".repeat(10_000));
        let origin = Origin { run_id: 1, url: "x", api_version: "2.3.0", observed_at: None };
        // An uncommitted insert by another process: every process that lands the same body must wait for it and use its
        // row.
        let mut ahead = pool.begin().await.unwrap();
        sqlx::query("insert into raw_ll2_page values ($1, 1, 'first', '2.3.0', now(), $2, $3)")
            .bind(Sha256::digest(&body).as_slice())
            .bind(i64::try_from(body.len()).unwrap())
            .bind(zstd::bulk::compress(&body, ZSTD_LEVEL).unwrap())
            .execute(&mut *ahead)
            .await
            .unwrap();
        let commit = async {
            tokio::task::yield_now().await;
            ahead.commit().await.unwrap();
        };
        let (one, two, three, ()) =
            tokio::join!(land(&pool, origin, &body), land(&pool, origin, &body), land(&pool, origin, &body), commit);
        let id = one.unwrap();
        assert_eq!([two.unwrap(), three.unwrap()], [id, id]);
        let urls: Vec<String> = sqlx::query_scalar("select url from raw_ll2_page").fetch_all(&pool).await.unwrap();
        assert_eq!(urls, ["first"], "as first received");
        assert_eq!(open(&pool, id).await.unwrap(), body);
    }
}
