//! Requests in any sliding hour, over all replicas: reserved in Postgres, by its clock, before they are sent.
//!
//! A reservation whose fate is unknown (we were killed between sending and noting the answer) counts as spent: LL2 may have
//! counted it.

use std::{num::NonZeroU32, time::Duration};

use chrono::{DateTime, Utc};
use sqlx::PgPool;
use url::Url;

use crate::{error::Error, landing::PageId};

/// LL2 counts a request when it arrives, up to a timeout after we reserved it: the window is wider than its hour by this much.
const MARGIN_SECONDS: i32 = 10;

/// Advisory lock that puts reservations of all replicas in one row; held for a few milliseconds.
const RESERVATION_LOCK: i64 = 0x6d6f_6f6e_0002;

/// What a request is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Upcoming,
    FollowUp,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Self::Upcoming => "upcoming",
            Self::FollowUp => "follow_up",
        }
    }
}

/// A limit that stands in the way of the next request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deferral {
    /// Which limit.
    pub reason: String,
    /// When a request may be sent again, by the database's clock.
    pub resume_at: DateTime<Utc>,
    /// The same as a pause from now.
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
}

/// Reserves a request, or says when one may be made.
pub(crate) async fn reserve(
    pool: &PgPool,
    run_id: i64,
    budget: NonZeroU32,
    purpose: Purpose,
    url: &Url,
    attempt: u8,
) -> Result<Result<Reservation, Deferral>, Error> {
    let failed = || Error::database("reserve a request");
    let mut transaction = pool.begin().await.map_err(failed())?;
    // A statement of its own: the next one's snapshot must be taken after the lock is held.
    sqlx::query("select pg_advisory_xact_lock($1)")
        .bind(RESERVATION_LOCK)
        .execute(&mut *transaction)
        .await
        .map_err(failed())?;
    let (now, throttled_until, spent_until): (DateTime<Utc>, Option<DateTime<Utc>>, Option<DateTime<Utc>>) =
        sqlx::query_as(
            "select
            clock_timestamp(),
            (
                select max(finished_at + retry_after_seconds * interval '1 second')
                from ingest_request
                where outcome = 'throttled' and sent_at > clock_timestamp() - interval '8 days'
            ),
            (
                select sent_at + (3600 + $2) * interval '1 second'
                from ingest_request
                where purpose in ('upcoming', 'follow_up')
                    and sent_at > clock_timestamp() - (3600 + $2) * interval '1 second'
                order by sent_at desc
                offset $1 - 1
                limit 1
            )",
        )
        .bind(i64::from(budget.get()))
        .bind(MARGIN_SECONDS)
        .fetch_one(&mut *transaction)
        .await
        .map_err(failed())?;
    let limits = [
        (throttled_until, "LL2 asked to be left alone (429)".to_owned()),
        (spent_until, format!("the budget of {budget} requests an hour is spent")),
    ];
    let deferral = limits
        .into_iter()
        .filter_map(|(until, reason)| until.map(|until| (until, reason)))
        .filter(|(until, _)| *until > now)
        .max_by_key(|(until, _)| *until)
        .map(|(resume_at, reason)| Deferral {
            reason,
            resume_at,
            wait: (resume_at - now).to_std().unwrap_or_default(),
        });
    if let Some(deferral) = deferral {
        return Ok(Err(deferral));
    }
    let id = sqlx::query_scalar(
        "insert into ingest_request (ingest_run_id, purpose, url, attempt) values ($1, $2, $3, $4) returning ingest_request_id",
    )
    .bind(run_id)
    .bind(purpose.as_str())
    .bind(url.as_str())
    .bind(i16::from(attempt))
    .fetch_one(&mut *transaction)
    .await
    .map_err(failed())?;
    transaction.commit().await.map_err(failed())?;
    Ok(Ok(Reservation { id }))
}

/// What became of a request.
#[derive(Debug)]
pub(crate) enum Fate {
    Accepted(PageId),
    Gone,
    Throttled(Duration),
    Rejected(String),
    Failed { status: Option<u16>, error: String },
}

impl Reservation {
    /// Notes the fate; returns the moment of the answer by the database's clock.
    pub(crate) async fn settle(self, pool: &PgPool, fate: &Fate) -> Result<DateTime<Utc>, Error> {
        let (outcome, status, pause, error, page) = match fate {
            Fate::Accepted(page) => ("accepted", Some(200), None, None, Some(page)),
            Fate::Gone => ("gone", Some(404), None, None, None),
            Fate::Throttled(pause) => ("throttled", Some(429), Some(pause), None, None),
            Fate::Rejected(error) => ("rejected", None, None, Some(error.as_str()), None),
            Fate::Failed { status, error } => ("failed", status.map(i32::from), None, Some(error.as_str()), None),
        };
        sqlx::query_scalar(
            "update ingest_request
            set
                finished_at = clock_timestamp(),
                outcome = $2,
                http_status = $3,
                retry_after_seconds = $4,
                error = $5,
                page_sha256 = $6
            where ingest_request_id = $1
            returning finished_at",
        )
        .bind(self.id)
        .bind(outcome)
        .bind(status.and_then(|status| i16::try_from(status).ok()))
        .bind(pause.map(|pause| i32::try_from(pause.as_secs()).unwrap_or(i32::MAX)))
        .bind(error)
        .bind(page.map(PageId::as_bytes))
        .fetch_one(pool)
        .await
        .map_err(Error::database("note the fate of a request"))
    }
}
