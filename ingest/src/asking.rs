//! One question to LL2: reserved, sent, tried again where that helps, landed, and its fate noted.

use std::num::NonZeroU32;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use sqlx::PgPool;
use url::Url;

use crate::{
    budget::{self, Deferral, Fate, Purpose},
    error::Error,
    landing::{self, Origin, PageId},
    ll2::{BadPage, Client, Failure, Response},
};

/// Asks on behalf of one run.
#[derive(Debug)]
pub(crate) struct Asking<'a> {
    pub(crate) pool: &'a PgPool,
    pub(crate) client: &'a Client,
    pub(crate) run_id: i64,
    pub(crate) budget: NonZeroU32,
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
    pub(crate) is_simulated: bool,
}

impl Asking<'_> {
    /// Asks for `url`; `is_whole` says what keeps the body from being what was asked for.
    pub(crate) async fn ask(
        &self,
        purpose: Purpose,
        url: &Url,
        is_whole: impl Fn(&[u8]) -> Result<(), BadPage>,
    ) -> Result<Answer, Error> {
        let mut attempt = 1;
        loop {
            let reservation = match budget::reserve(self.pool, self.run_id, self.budget, purpose, url, attempt).await? {
                Ok(reservation) => reservation,
                Err(deferral) => return Ok(Answer::Deferred(deferral)),
            };
            match self.client.get(url).await {
                Ok(Response::Json { body, is_simulated }) => {
                    if let Err(bad) = is_whole(&body) {
                        let error = Error::BadAnswer {
                            url: url.to_string(),
                            reason: bad.to_string(),
                            source: std::error::Error::source(&bad).map(|source| source.to_string().into()),
                        };
                        reservation.settle(self.pool, &Fate::Rejected(error.chain())).await?;
                        return Err(error);
                    }
                    let origin = Origin {
                        run_id: self.run_id,
                        url: url.as_str(),
                        api_version: self.client.version().as_str(),
                        observed_at: None,
                    };
                    let id = landing::land(self.pool, origin, &body).await?;
                    let observed_at = reservation.settle(self.pool, &Fate::Accepted(id)).await?;
                    return Ok(Answer::Page(Landed { id, body, observed_at, is_simulated }));
                }
                Ok(Response::Gone) if purpose == Purpose::FollowUp => {
                    let observed_at = reservation.settle(self.pool, &Fate::Gone).await?;
                    return Ok(Answer::Gone { observed_at });
                }
                Ok(Response::Gone) => {
                    let reason = "is 404: there is no such list".to_owned();
                    reservation.settle(self.pool, &Fate::Rejected(reason.clone())).await?;
                    return Err(Error::BadAnswer { url: url.to_string(), reason, source: None });
                }
                Ok(Response::Throttled { pause }) => {
                    let told_at = reservation.settle(self.pool, &Fate::Throttled(pause)).await?;
                    return Ok(Answer::Deferred(Deferral {
                        reason: "LL2 asked to be left alone (429)".to_owned(),
                        resume_at: told_at + pause,
                        wait: pause,
                    }));
                }
                Err(failure) => {
                    reservation.settle(self.pool, &fate(&failure)).await?;
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

fn fate(failure: &Failure) -> Fate {
    let mut error = failure.to_string();
    let mut cause = std::error::Error::source(failure);
    while let Some(next) = cause {
        error = format!("{error}: {next}");
        cause = next.source();
    }
    match failure {
        Failure::Rejected(_) => Fate::Rejected(error),
        Failure::Transfer(_) | Failure::Server(_) => Fate::Failed { status: failure.status(), error },
    }
}
