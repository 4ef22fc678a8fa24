//! One request to LL2: reserved, sent, tried again where that helps, landed, and its outcome noted.

use std::time::Instant;

use bytes::Bytes;

use chrono::{DateTime, Utc};
use domain::{RequestPurpose, Source};
use sqlx::PgPool;
use url::Url;

use crate::{
    allowance::{SEND_WITHIN, own_window},
    budget::{self, Budget, Deferral, RecheckReason, Settlement},
    error::Error,
    landing::{self, Origin, PageId},
    ll2::{BadPage, Client, Failure, Response, Throttle},
};

/// Sends requests on behalf of one run.
#[derive(Debug)]
pub(crate) struct Fetcher<'a> {
    pub(crate) pool: &'a PgPool,
    pub(crate) client: &'a Client,
    pub(crate) run_id: i64,
    pub(crate) budget: Budget,
    /// What the database holds; answers of the other kind are refused.
    pub(crate) source: Source,
}

/// What LL2 said.
#[derive(Debug)]
pub(crate) enum Answer {
    Page(Landed),
    Gone {
        observed_at: DateTime<Utc>,
    },
    /// Not now. Nothing was sent, or LL2 sent us away.
    Deferred(Deferral),
}

/// A body that passed its test and is safe in the database.
#[derive(Debug)]
pub(crate) struct Landed {
    pub(crate) id: PageId,
    pub(crate) body: Bytes,
    pub(crate) observed_at: DateTime<Utc>,
}

impl Fetcher<'_> {
    /// Asks LL2 how much of the allowance is left, which costs none of it. That the question fails says nothing about launches: what
    /// was known goes on to hold.
    pub(crate) async fn consult(&self, reason: RecheckReason) -> Result<(), Error> {
        let url = self.client.throttle_url();
        let told = match self.client.get(&url).await {
            Ok(Response::Json { body, .. }) => Throttle::parse(&body).map_err(|bad| bad.to_string()),
            Ok(Response::Gone) => Err("is 404".to_owned()),
            Ok(Response::Throttled { .. }) => Err("is throttled itself".to_owned()),
            Err(failure) => Err(failure.to_string()),
        };
        match told {
            Ok(throttle) => budget::note_throttle(self.pool, self.run_id, &url, throttle, reason).await,
            Err(reason) => {
                tracing::debug!(%url, reason, "LL2 does not say how much is left");
                Ok(())
            }
        }
    }

    /// Whether to ask what LL2 counts: when the caller, or a request whose outcome we never learnt, or a refusal that took us by surprise,
    /// gives reason to doubt our own count. Never while LL2 wants to be left alone.
    pub(crate) async fn should_consult(&self, is_unsure: bool) -> Result<bool, Error> {
        sqlx::query_scalar(include_str!("../sql/should_consult.sql"))
            .bind(is_unsure)
            .fetch_one(self.pool)
            .await
            .map_err(|source| Error::Statement { statement: "should_consult", source })
    }

    /// A clock that was set makes Postgres forget what other processes sent before it is an hour old: until it has gone as ours does for
    /// an hour, and so in the first hour of this process, LL2 is asked what it counts before every request.
    async fn compare_clocks(&self) -> Result<(), Error> {
        if let Some(reason) = self.client.clocks().compare(self.pool, own_window()).await?
            && self.should_consult(true).await?
        {
            self.consult(reason).await?;
        }
        Ok(())
    }

    pub(crate) async fn now(&self) -> Result<DateTime<Utc>, Error> {
        sqlx::query_scalar("select ingest_now()")
            .fetch_one(self.pool)
            .await
            .map_err(Error::database("ask for the time"))
    }

    /// Asks for `url`; `is_whole` says what keeps the body from being what was asked for.
    pub(crate) async fn fetch_page(
        &self,
        purpose: RequestPurpose,
        url: &Url,
        is_whole: impl Fn(&[u8]) -> Result<(), BadPage>,
    ) -> Result<Answer, Error> {
        let mut attempt = 1;
        loop {
            self.compare_clocks().await?;
            // The database's clock may have been set forward; ours cannot.
            if let Some(wait) = self.client.pause(self.budget.configured.get(), own_window())
                && !self.budget.has_key
            {
                let resume_at = self.now().await? + wait;
                let reason = format!("this process has spent {} requests within the hour", self.budget.configured);
                return Ok(Answer::Deferred(Deferral { reason, resume_at, wait }));
            }
            if let Some(wait) = self.client.silence() {
                let resume_at = self.now().await? + wait;
                let reason = "LL2 asked this process to be left alone (429)".to_owned();
                return Ok(Answer::Deferred(Deferral { reason, resume_at, wait }));
            }
            let reserved = Instant::now();
            let reservation = match budget::reserve(self.pool, self.run_id, self.budget, purpose, url, attempt).await? {
                Ok(reservation) => reservation,
                Err(deferral) => return Ok(Answer::Deferred(deferral)),
            };
            // Stopped in between, for longer than Postgres remembers it perhaps, we may not send on the strength of it.
            let sending = Instant::now();
            if sending - reserved > SEND_WITHIN.to_std().unwrap_or_default() {
                tracing::warn!(%url, "this process stood still between reserving and sending; it reserves anew");
                continue;
            }
            if self.client.clocks().was_set(reservation.sent_at, reserved, sending) {
                tracing::warn!(%url, "the database's clock was set while this process reserved; it reserves anew");
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
                        api_version: self.client.version().as_str(),
                        observed_at: None,
                    };
                    let id = landing::land(self.pool, origin, &body).await?;
                    let observed_at = reservation.settle(self.pool, &Settlement::Accepted(id)).await?;
                    return Ok(Answer::Page(Landed { id, body, observed_at }));
                }
                Ok(Response::Gone) if purpose == RequestPurpose::FollowUp => {
                    let observed_at = reservation.settle(self.pool, &Settlement::Gone).await?;
                    return Ok(Answer::Gone { observed_at });
                }
                Ok(Response::Gone) => {
                    let reason = "is 404: there is no such list".to_owned();
                    reservation.settle(self.pool, &Settlement::Rejected(reason.clone())).await?;
                    return Err(Error::BadAnswer { url: url.to_string(), reason, source: None });
                }
                Ok(Response::Throttled { pause }) => {
                    self.client.note_silence(pause);
                    let told_at = reservation.settle(self.pool, &Settlement::Throttled(pause)).await?;
                    return Ok(Answer::Deferred(Deferral {
                        reason: "LL2 asked to be left alone (429)".to_owned(),
                        resume_at: told_at + pause,
                        wait: pause,
                    }));
                }
                Err(failure) => {
                    reservation.settle(self.pool, &settlement_of(&failure)).await?;
                    if !failure.is_transient() || attempt >= self.client.attempts() {
                        return Err(Error::Fetch { url: url.to_string(), attempts: attempt, source: failure.into() });
                    }
                    attempt += 1;
                    let pause = self.client.backoff(attempt);
                    tracing::debug!(%url, attempt, ?pause, %failure, "trying again");
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
