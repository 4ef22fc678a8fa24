//! Requests in any sliding hour, over all replicas. Each request is reserved in Postgres, by its clock, before it is
//! sent.
//!
//! A reservation whose outcome is unknown (the process was killed between sending the request and storing the outcome)
//! counts as spent: LL2 may have counted it. The arithmetic is in [`crate::allowance`].

use std::{num::NonZeroU32, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{RequestOutcome, RequestPurpose};
use sqlx::{PgConnection, PgPool};
use url::Url;

use crate::{
    allowance::{Allowance, Told},
    clocks::RecheckReason,
    error::Error,
    failpoint::failpoint,
    landing::PageId,
    ll2::Throttle,
};

/// Advisory lock that serializes the reservations of all replicas; held for a few milliseconds.
const RESERVATION_LOCK: i64 = 0x6d6f_6f6e_0002;

/// The configured budget.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    /// Requests in any sliding hour, all replicas together.
    pub(crate) configured: NonZeroU32,
    /// Whether requests carry an API key.
    pub(crate) has_key: bool,
}

/// A limit that blocks the next request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deferral {
    /// The limit, as text.
    pub reason: String,
    /// When a request may be sent again, by the database's clock.
    pub resume_at: DateTime<Utc>,
    /// The same as a duration from now.
    pub wait: Duration,
}

impl From<Deferral> for Error {
    fn from(deferral: Deferral) -> Self {
        Self::Deferred { reason: deferral.reason, resume_at: deferral.resume_at, wait: deferral.wait }
    }
}

/// A request that may be sent.
#[derive(Debug)]
#[must_use]
pub(crate) struct Reservation {
    id: i64,
    /// By the database's clock.
    pub(crate) sent_at: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct Ledger {
    now: DateTime<Utc>,
    sent: Vec<DateTime<Utc>>,
    silent_until: Option<DateTime<Utc>>,
    told_at: Option<DateTime<Utc>>,
    request_limit: Option<i32>,
    window_seconds: Option<i32>,
    foreign_use: Option<i32>,
}

/// Returns the current time of Postgres and the [`Allowance`] from the requests recorded there.
pub(crate) async fn allowance(
    connection: &mut PgConnection,
    budget: Budget,
) -> Result<(DateTime<Utc>, Allowance), Error> {
    let ledger: Ledger = sqlx::query_as(include_str!("../sql/allowance.sql"))
        .fetch_one(connection)
        .await
        .map_err(|source| Error::Statement { statement: "allowance", source })?;
    let positive = |number: Option<i32>| number.and_then(|number| u32::try_from(number).ok());
    let told = ledger.told_at.map(|at| Told {
        at,
        request_limit: positive(ledger.request_limit).filter(|&limit| limit > 0),
        window: TimeDelta::seconds(ledger.window_seconds.unwrap_or(3600).into()),
        foreign_use: positive(ledger.foreign_use).unwrap_or(0),
    });
    let allowance = Allowance {
        configured: budget.configured.get(),
        has_key: budget.has_key,
        sent: ledger.sent,
        told,
        silent_until: ledger.silent_until,
    };
    Ok((ledger.now, allowance))
}

/// Reserves a request, or returns the limit that blocks it and until when.
pub(crate) async fn reserve(
    pool: &PgPool,
    run_id: i64,
    budget: Budget,
    purpose: RequestPurpose,
    url: &Url,
    attempt: u8,
) -> Result<Result<Reservation, Deferral>, Error> {
    let failed = || Error::database("reserve a request");
    let mut transaction = pool.begin().await.map_err(failed())?;
    // A separate statement: the snapshot of the next one must be taken after the lock is held. A process that is
    // stopped while it holds the lock must not block all others, hence the timeout.
    sqlx::query("select set_config('idle_in_transaction_session_timeout', '6s', true), pg_advisory_xact_lock($1)")
        .bind(RESERVATION_LOCK)
        .execute(&mut *transaction)
        .await
        .map_err(failed())?;
    let (now, allowance) = allowance(&mut transaction, budget).await?;
    if let (resume_at, Some(limit)) = allowance.free_at(now, 1) {
        let wait = (resume_at - now).to_std().unwrap_or_default();
        return Ok(Err(Deferral { reason: limit.to_string(), resume_at, wait }));
    }
    let id = sqlx::query_scalar(
        "insert into ingest_request (ingest_run_id, purpose, url, attempt, sent_at)
        values ($1, $2, $3, $4, $5)
        returning ingest_request_id",
    )
    .bind(run_id)
    .bind(purpose.into_str())
    .bind(url.as_str())
    .bind(i16::from(attempt))
    .bind(now)
    .fetch_one(&mut *transaction)
    .await
    .map_err(failed())?;
    transaction.commit().await.map_err(failed())?;
    failpoint!("request.reserved");
    Ok(Ok(Reservation { id, sent_at: now }))
}

/// The outcome of a request, with the data stored for it.
#[derive(Debug)]
pub(crate) enum Settlement {
    Accepted(PageId),
    Gone,
    Throttled(Duration),
    Rejected(String),
    Failed { status: Option<u16>, error: String },
}

impl Reservation {
    /// Stores the outcome; returns the time of the response by the database's clock.
    pub(crate) async fn settle(self, pool: &PgPool, settlement: &Settlement) -> Result<DateTime<Utc>, Error> {
        failpoint!("request.settle");
        let (outcome, status, pause, error, page) = match settlement {
            Settlement::Accepted(page) => (RequestOutcome::Accepted, Some(200), None, None, Some(page)),
            Settlement::Gone => (RequestOutcome::Gone, Some(404), None, None, None),
            Settlement::Throttled(pause) => (RequestOutcome::Throttled, Some(429), Some(pause), None, None),
            Settlement::Rejected(error) => (RequestOutcome::Rejected, None, None, Some(error.as_str()), None),
            Settlement::Failed { status, error } => {
                (RequestOutcome::Failed, status.map(i32::from), None, Some(error.as_str()), None)
            }
        };
        sqlx::query_scalar(
            "update ingest_request
            set
                finished_at = ingest_now(),
                outcome = $2,
                http_status = $3,
                retry_after_seconds = $4,
                error = $5,
                page_sha256 = $6
            where ingest_request_id = $1
            returning finished_at",
        )
        .bind(self.id)
        .bind(outcome.into_str())
        .bind(status.and_then(|status| i16::try_from(status).ok()))
        .bind(pause.map(|pause| i32::try_from(pause.as_secs()).unwrap_or(i32::MAX)))
        .bind(error)
        .bind(page.map(PageId::as_bytes))
        .fetch_one(pool)
        .await
        .map_err(Error::database("store the outcome of a request"))
    }
}

/// Stores the response of the throttle endpoint: its limit, and how much of its count is not ours.
pub(crate) async fn note_throttle(
    pool: &PgPool,
    run_id: i64,
    url: &Url,
    throttle: Throttle,
    reason: RecheckReason,
) -> Result<(), Error> {
    sqlx::query(include_str!("../sql/note_throttle.sql"))
        .bind(run_id)
        .bind(url.as_str())
        .bind(throttle.request_limit)
        .bind(throttle.window_seconds)
        .bind(throttle.current_use)
        .bind(reason == RecheckReason::Clock)
        .execute(pool)
        .await
        .map_err(|source| Error::Statement { statement: "note_throttle", source })?;
    Ok(())
}
