//! Sends a request to LL2: reserves it, sends it, retries where that helps, lands the body, and stores the outcome.

use std::time::Instant;

use chrono::{DateTime, Utc};
use domain::{RequestPurpose, Source};
use sqlx::PgPool;
use url::Url;

use crate::{
    allowance::{SEND_WITHIN, own_window},
    budget::{self, Budget, Deferral, Settlement},
    clocks::RecheckReason,
    error::Error,
    landing::{self, Landed, Origin},
    ll2::{BadPage, Client, Failure, Response, Throttle},
};

/// Sends the requests of one run.
#[derive(Debug)]
pub(crate) struct Fetcher<'a> {
    pub(crate) pool: &'a PgPool,
    pub(crate) client: &'a Client,
    pub(crate) run_id: i64,
    pub(crate) budget: Budget,
    /// What the database holds, live or simulated launches; responses of the other kind are refused.
    pub(crate) source: Source,
    /// The time of the observed world, if it is not that of the database.
    pub(crate) world_now: Option<DateTime<Utc>>,
}

/// The result of a request.
#[derive(Debug)]
pub(crate) enum Answer {
    Page(Landed),
    Gone {
        observed_at: DateTime<Utc>,
    },
    /// Not now: nothing was sent, or LL2 answered 429.
    Deferred(Deferral),
    /// Every attempt failed in transfer, or with an error of the server's. Not part of the errors of a request: it says
    /// nothing about the pages that the run received before.
    Failed(Error),
}

impl Fetcher<'_> {
    /// Queries how much of LL2's allowance is left, which costs none of it. A failure of this query does not affect
    /// launches; the last known values stay in effect.
    pub(crate) async fn consult(&self, reason: RecheckReason) -> Result<(), Error> {
        let url = self.client.throttle_url();
        let told = match self.client.get(&url).await {
            Ok(Response::Json { body, .. }) => Throttle::parse(&body).map_err(|bad| bad.to_string()),
            Ok(Response::Gone) => Err("is 404".to_owned()),
            Ok(Response::Throttled { .. }) => Err("is throttled".to_owned()),
            Err(failure) => Err(failure.to_string()),
        };
        match told {
            Ok(throttle) => budget::note_throttle(self.pool, self.run_id, &url, throttle, reason).await,
            Err(reason) => {
                tracing::debug!(%url, reason, "could not query the rest of the allowance");
                Ok(())
            }
        }
    }

    /// Returns whether to query LL2's count: if the caller (`is_unsure`), a request with an unknown outcome or an
    /// unexpected 429 gives reason to doubt our own count. Never while a 429 is in effect.
    pub(crate) async fn should_consult(&self, is_unsure: bool) -> Result<bool, Error> {
        sqlx::query_scalar(include_str!("../sql/should_consult.sql"))
            .bind(is_unsure)
            .fetch_one(self.pool)
            .await
            .map_err(|source| Error::Statement { statement: "should_consult", source })
    }

    /// Compares the clocks. If the database's clock is set forward, requests of other processes leave the window in
    /// Postgres before they are an hour old. So LL2's count is queried before every request until the clocks have
    /// agreed for an hour, which includes the first hour of this process.
    async fn compare_clocks(&self) -> Result<(), Error> {
        if let Some(reason) = self.client.clocks().compare(self.pool, own_window()).await?
            && self.should_consult(true).await?
        {
            self.consult(reason).await?;
        }
        Ok(())
    }

    pub(crate) async fn now(&self) -> Result<DateTime<Utc>, Error> {
        sqlx::query_scalar("select ingest_now()").fetch_one(self.pool).await.map_err(Error::database("read the time"))
    }

    /// Requests `url`; `is_whole` checks whether the body is what was requested.
    pub(crate) async fn fetch_page(
        &self,
        purpose: RequestPurpose,
        url: &Url,
        is_whole: impl Fn(&[u8]) -> Result<(), BadPage>,
    ) -> Result<Answer, Error> {
        let mut attempt = 1;
        loop {
            self.compare_clocks().await?;
            // The database's clock may have been set forward; ours cannot be.
            if let Some(wait) = self.client.pause(self.budget.configured.get(), own_window())
                && !self.budget.has_key
            {
                let resume_at = self.now().await? + wait;
                let reason = format!("this process has sent {} requests within the hour", self.budget.configured);
                return Ok(Answer::Deferred(Deferral { reason, resume_at, wait }));
            }
            if let Some(wait) = self.client.silence() {
                let resume_at = self.now().await? + wait;
                let reason = "LL2 throttled this process (429)".to_owned();
                return Ok(Answer::Deferred(Deferral { reason, resume_at, wait }));
            }
            let reserved = Instant::now();
            let reservation = match budget::reserve(self.pool, self.run_id, self.budget, purpose, url, attempt).await? {
                Ok(reservation) => reservation,
                Err(deferral) => return Ok(Answer::Deferred(deferral)),
            };
            // If the process was stopped in between, perhaps for longer than the window in Postgres, the reservation is
            // no longer valid.
            let sending = Instant::now();
            if sending - reserved > SEND_WITHIN.to_std().unwrap_or_default() {
                tracing::warn!(%url, "the process was stopped between reserving and sending; reserving again");
                continue;
            }
            if self.client.clocks().was_set(reservation.sent_at, reserved, sending) {
                tracing::warn!(%url, "the database's clock was set during the reservation; reserving again");
                continue;
            }
            self.client.note_sent();
            match self.client.get(url).await {
                Ok(Response::Json { body, is_simulated }) => {
                    if is_simulated != (self.source == Source::Simulated) {
                        let error = Error::WrongSource { url: url.to_string(), expected: self.source };
                        reservation.settle(self.pool, &Settlement::Rejected(error.chain())).await?;
                        return Err(error);
                    }
                    if let Err(bad) = is_whole(&body) {
                        let error = Error::BadAnswer {
                            url: url.to_string(),
                            reason: bad.to_string(),
                            source: std::error::Error::source(&bad).map(|source| source.to_string().into()),
                        };
                        reservation.settle(self.pool, &Settlement::Rejected(error.chain())).await?;
                        return Err(error);
                    }
                    let origin = Origin {
                        run_id: self.run_id,
                        url: url.as_str(),
                        api_version: self.client.version().into_str(),
                        observed_at: self.world_now,
                    };
                    let id = landing::land(self.pool, origin, &body).await?;
                    let observed_at = reservation.settle(self.pool, &Settlement::Accepted(id)).await?;
                    return Ok(Answer::Page(Landed { id, body, observed_at: self.world_now.unwrap_or(observed_at) }));
                }
                Ok(Response::Gone) if purpose == RequestPurpose::FollowUp => {
                    let observed_at = reservation.settle(self.pool, &Settlement::Gone).await?;
                    return Ok(Answer::Gone { observed_at: self.world_now.unwrap_or(observed_at) });
                }
                Ok(Response::Gone) => {
                    let reason = "is 404: the list does not exist".to_owned();
                    reservation.settle(self.pool, &Settlement::Rejected(reason.clone())).await?;
                    return Err(Error::BadAnswer { url: url.to_string(), reason, source: None });
                }
                Ok(Response::Throttled { pause }) => {
                    self.client.note_silence(pause);
                    let told_at = reservation.settle(self.pool, &Settlement::Throttled(pause)).await?;
                    return Ok(Answer::Deferred(Deferral {
                        reason: "LL2 throttled the requests (429)".to_owned(),
                        resume_at: told_at + pause,
                        wait: pause,
                    }));
                }
                Err(failure) => {
                    reservation.settle(self.pool, &settlement_of(&failure)).await?;
                    let is_transient = failure.is_transient();
                    if !is_transient || attempt >= self.client.attempts() {
                        let error = Error::Fetch { url: url.to_string(), attempts: attempt, source: failure.into() };
                        return if is_transient { Ok(Answer::Failed(error)) } else { Err(error) };
                    }
                    attempt += 1;
                    let pause = self.client.backoff(attempt);
                    tracing::debug!(%url, attempt, ?pause, %failure, "retrying");
                    tokio::time::sleep(pause).await;
                }
            }
        }
    }
}

fn settlement_of(failure: &Failure) -> Settlement {
    let mut error = failure.to_string();
    let mut cause = std::error::Error::source(failure);
    while let Some(next) = cause {
        error = format!("{error}: {next}");
        cause = next.source();
    }
    match failure {
        Failure::Rejected(_) => Settlement::Rejected(error),
        Failure::Transfer(_) | Failure::Server(_) => Settlement::Failed { status: failure.status(), error },
    }
}
