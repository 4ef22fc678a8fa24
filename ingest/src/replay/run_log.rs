//! Reads the past from landing: which runs published, and which responses each of them received.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use domain::{RequestOutcome, RequestPurpose};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use crate::{
    archive::File,
    error::Error,
    landing::{Bodies, PageId},
    ll2::{self, ApiVersion, Page},
    reading::Reading,
    staging::Listing,
};

/// A run that published.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Run {
    #[sqlx(rename = "ingest_run_id")]
    pub(super) id: i64,
    api_version: String,
    pub(super) observed_at: DateTime<Utc>,
    pub(super) is_complete: bool,
    pub(super) poll_seconds: Option<i32>,
}

/// A response as a run received it.
#[derive(Debug)]
struct Told {
    purpose: RequestPurpose,
    url: String,
    outcome: RequestOutcome,
    finished_at: DateTime<Utc>,
    page_sha256: Option<Vec<u8>>,
}

/// Returns the runs that published and are not settled, in order of observation.
///
/// Runs that requested LL2 were observed in the order of their ids: only one run holds the lease at a time, whereas the
/// clock that gave them their times may have been set back. An import was observed at the time that it states, which may
/// be long before its publication, so it goes before the first such run that ended later.
pub(super) async fn runs(pool: &PgPool) -> Result<Vec<Run>, Error> {
    sqlx::query_as(
        "select ingest_run_id, api_version, observed_at, coalesce(is_complete, false) as is_complete, poll_seconds
        from (
            select *, max(observed_at) filter (where asks_ll2(kind)) over (order by ingest_run_id) as reached_at
            from ingest_run
            where state = 'succeeded' and kind <> 'replay' and observed_at is not null
        ) as run
        where settled_at is null
        order by case when asks_ll2(kind) then reached_at else observed_at end, ingest_run_id",
    )
    .fetch_all(pool)
    .await
    .map_err(Error::database("read the runs to replay"))
}

/// The runs that a checkpoint contains.
#[derive(Debug, Default, sqlx::FromRow)]
pub(super) struct Settled {
    pub(super) run_count: i64,
    /// The newest time of observation; none without such runs.
    pub(super) observed_until: Option<DateTime<Utc>>,
}

impl Settled {
    pub(super) async fn read(connection: &mut PgConnection) -> Result<Self, Error> {
        sqlx::query_as(
            "select count(*) as run_count, max(observed_at) as observed_until
            from ingest_run
            where settled_at is not null",
        )
        .fetch_one(connection)
        .await
        .map_err(Error::database("read the settled runs"))
    }
}

/// Whether a run observed then would belong before the checkpoint, into a part of the history that no replay changes.
pub(crate) async fn is_settled(pool: &PgPool, observed_at: DateTime<Utc>) -> Result<bool, Error> {
    sqlx::query_scalar("select exists (select from ingest_run where settled_at is not null and observed_at > $1)")
        .bind(observed_at)
        .fetch_one(pool)
        .await
        .map_err(Error::database("compare a time with the checkpoint"))
}

impl Run {
    pub(super) fn version(&self) -> Result<ApiVersion, Error> {
        self.api_version.parse().map_err(|_| self.broken("used an unknown API version"))
    }

    fn broken(&self, reason: &'static str) -> Error {
        Error::RunLog { run_id: self.id, reason }
    }

    /// Reads again what the run read, in the same order and with the same times. Only the bodies that `opened`
    /// keeps are in memory at the same time.
    pub(super) async fn read(&self, pool: &PgPool, opened: &mut Bodies, reading: &mut Reading) -> Result<usize, Error> {
        type Row = (String, String, String, DateTime<Utc>, Option<Vec<u8>>);
        let mut connection = pool.acquire().await.map_err(Error::database("connect to read landing"))?;
        let rows: Vec<Row> = sqlx::query_as(
            "select purpose, url, outcome, finished_at, page_sha256
            from ingest_request
            where ingest_run_id = $1 and is_answered(outcome) and purpose <> 'throttle'
            order by ingest_request_id",
        )
        .bind(self.id)
        .fetch_all(&mut *connection)
        .await
        .map_err(Error::database("read the responses of a run"))?;
        let mut bodies = 0;
        for (purpose, url, outcome, finished_at, page_sha256) in rows {
            let told = Told {
                purpose: parsed("ingest_request.purpose", &purpose)?,
                url,
                outcome: parsed("ingest_request.outcome", &outcome)?,
                finished_at,
                page_sha256,
            };
            if told.outcome == RequestOutcome::Gone {
                let launch_id = launch_of(&told.url).ok_or_else(|| self.broken("requested a launch without an id"))?;
                reading.batch.push_gone(launch_id, told.finished_at);
                continue;
            }
            let page = told.page_sha256.as_deref().and_then(PageId::from_bytes);
            let page = page.ok_or_else(|| self.broken("received a response that is not landed"))?;
            let body = opened.open(&mut connection, page).await?;
            bodies += 1;
            self.read_body(reading, &told, page, body)?;
        }
        Ok(bodies)
    }

    fn read_body(&self, reading: &mut Reading, told: &Told, page: PageId, body: Bytes) -> Result<(), Error> {
        let bad = |bad: ll2::BadPage| Error::BadAnswer {
            url: told.url.clone(),
            reason: bad.to_string(),
            source: std::error::Error::source(&bad).map(|source| source.to_string().into()),
        };
        let listing = match told.purpose {
            RequestPurpose::Import => {
                let name = told.url.strip_prefix("archive:").unwrap_or(&told.url);
                let file = File { path: name.into(), body };
                for part in file.parts()? {
                    reading.read(page, &part.records, part.listing, self.observed_at);
                }
                return Ok(());
            }
            RequestPurpose::FollowUp => {
                let record = ll2::single(&body).map_err(bad)?;
                reading.read(page, &[record], Listing::FollowUp, told.finished_at);
                return Ok(());
            }
            RequestPurpose::Throttle => return Err(self.broken("stored a response about the allowance as a page")),
            RequestPurpose::Upcoming | RequestPurpose::Resumed => Listing::Upcoming,
            RequestPurpose::Changed | RequestPurpose::History => Listing::Feed,
        };
        let list = Page::parse(&body).map_err(bad)?;
        reading.read(page, &list.records, listing, told.finished_at);
        Ok(())
    }
}

fn parsed<T: std::str::FromStr>(column: &'static str, text: &str) -> Result<T, Error> {
    text.parse().map_err(|_| Error::UnknownText { column, text: text.to_owned() })
}

/// Returns the launch in the address of a single launch: the last segment.
fn launch_of(url: &str) -> Option<Uuid> {
    let path = url.split(['?', '#']).next()?;
    path.trim_end_matches('/').rsplit('/').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[sqlx::test(migrator = "warehouse::MIGRATOR")]
    async fn imports_are_ordered_by_their_time_and_other_runs_by_their_ids(pool: PgPool) {
        // The clock is set back by two hours after run 3.
        let runs = [
            ("sweep", 10),
            ("import", 30),
            ("changed", 12),
            ("sweep", 11),
            ("import", 5),
            ("import", 11),
            ("follow_up", 13),
            ("import", 30),
        ];
        for (kind, hour) in runs {
            sqlx::query(
                "insert into ingest_run (kind, trigger, source, base_url, api_version, state, finished_at, observed_at)
                values ($1, 'command', 'simulated', 'x', '2.3.0', 'succeeded', now(), '2026-01-01Z'::timestamptz + $2 * interval '1 hour')",
            )
            .bind(kind)
            .bind(hour)
            .execute(&pool)
            .await
            .unwrap();
        }
        let ids = async || super::runs(&pool).await.unwrap().iter().map(|run| run.id).collect::<Vec<i64>>();
        assert_eq!(ids().await, [5, 1, 6, 3, 4, 7, 2, 8]);
        // Without them, the others have the same order.
        sqlx::query("update ingest_run set settled_at = now() where ingest_run_id in (1, 3, 5)")
            .execute(&pool)
            .await
            .unwrap();
        assert_eq!(ids().await, [6, 4, 7, 2, 8]);
    }

    #[test]
    fn the_launch_id_is_the_last_segment_of_the_address() {
        let id = "00000000-0000-4000-8000-000000000001";
        for url in [format!("https://ll.example/2.3.0/launches/{id}/?mode=detailed"), format!("http://x/launch/{id}")] {
            assert_eq!(launch_of(&url).map(|id| id.to_string()).as_deref(), Some(id));
        }
        assert_eq!(launch_of("https://ll.example/2.3.0/launches/upcoming/"), None);
    }
}
