//! The end of a replay: tests the result, closes the run and commits.

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use domain::StepName;
use sqlx::{PgConnection, PgPool, Postgres, Transaction};

use crate::{
    checks::{self, Verdict},
    counts::Counts,
    error::Error,
    journal::{self, Closing, Journal},
    ll2::ApiVersion,
    quarantine::{self, Digest},
};

/// The newest published observation. A replay does not make the data fresher: its own row repeats these values.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Newest {
    api_version: String,
    observed_at: DateTime<Utc>,
    is_complete: bool,
    announced_count: Option<i32>,
    launch_seen_count: i32,
}

impl Newest {
    pub(super) async fn read(pool: &PgPool) -> Result<Option<Self>, Error> {
        sqlx::query_as(
            "select api_version, observed_at, coalesce(is_complete, false) as is_complete, announced_count, launch_seen_count
            from ingest_run
            where state = 'succeeded' and observed_at is not null
            order by observed_at desc, ingest_run_id desc
            limit 1",
        )
        .fetch_optional(pool)
        .await
        .map_err(Error::database("read the newest run"))
    }

    pub(super) fn version(&self) -> Result<ApiVersion, Error> {
        let unknown = || Error::UnknownText { column: "ingest_run.api_version", text: self.api_version.clone() };
        self.api_version.parse().map_err(|_| unknown())
    }

    fn closing(&self, mut counts: Counts) -> Closing<'static> {
        counts.launches_seen = usize::try_from(self.launch_seen_count).unwrap_or_default();
        Closing {
            observed_at: self.observed_at,
            is_complete: self.is_complete,
            announced_count: self.announced_count.and_then(|count| u64::try_from(count).ok()),
            counts,
            deferred_until: None,
            is_resumable: false,
            remark: None,
        }
    }
}

/// Tests what the transaction contains, closes the run with the newest observation, and commits.
pub(super) async fn close(
    mut transaction: Transaction<'_, Postgres>,
    journal: &mut Journal,
    newest: &Newest,
    counts: Counts,
    poll_interval: Duration,
    resolved: &[Digest],
) -> Result<(), Error> {
    test(&mut transaction, journal).await?;
    quarantine::resolve(&mut transaction, journal.run_id, resolved).await?;
    journal::record_counts(&mut transaction, journal.run_id, counts, poll_interval).await?;
    journal.succeed(&mut transaction, newest.closing(counts)).await?;
    transaction.commit().await.map_err(Error::database("publish"))
}

/// Runs the data tests on what is about to be published.
async fn test(connection: &mut PgConnection, journal: &mut Journal) -> Result<(), Error> {
    let step = journal.begin(StepName::Test).await?;
    let started = Instant::now();
    let findings = checks::run(connection).await?;
    journal.note_tests(&findings, started.elapsed()).await?;
    let blocking = checks::offences(&findings, Verdict::Block);
    if !blocking.is_empty() {
        return Err(Error::TestsFailed { tests: blocking });
    }
    journal.end(step, findings.len() as u64, None).await
}

/// Returns one hash of everything published, as seen by this connection.
pub(super) async fn content_hash(connection: &mut PgConnection) -> Result<String, Error> {
    sqlx::query_scalar("select content_hash()")
        .fetch_one(connection)
        .await
        .map_err(Error::database("hash the published tables"))
}
