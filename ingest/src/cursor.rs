//! How far the feeds of changes and of past launches were read (`ingest_cursor`).

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{PgConnection, PgPool};

use crate::error::Error;

/// This much of the feed of changes is read again each time: an edit becomes visible some time after its timestamp, and
/// LL2 responds from a cache. Records that are already known are dropped at staging.
pub(crate) const OVERLAP: TimeDelta = TimeDelta::minutes(15);

/// Returns where the feed of changes continues. A cursor that was never set or is in the future means now minus the
/// overlap.
pub(crate) async fn changed(pool: &PgPool) -> Result<DateTime<Utc>, Error> {
    sqlx::query_scalar("select least(max(position_at), ingest_now() - $1) from ingest_cursor where feed = 'changed'")
        .bind(OVERLAP)
        .fetch_one(pool)
        .await
        .map_err(Error::database("read the cursor of changes"))
}

/// Returns the NET from which the history continues downwards; none if it starts with the latest launch.
pub(crate) async fn history(pool: &PgPool) -> Result<Option<DateTime<Utc>>, Error> {
    sqlx::query_scalar("select max(position_at) from ingest_cursor where feed = 'history'")
        .fetch_one(pool)
        .await
        .map_err(Error::database("read the cursor of history"))
}

/// How far the published data covers a feed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum CursorMove {
    /// Starts the feed of changes at this time; no effect if it has already started.
    ChangedBegins {
        at: DateTime<Utc>,
    },
    Changed {
        at: DateTime<Utc>,
    },
    History {
        at: Option<DateTime<Utc>>,
        /// The size of the whole history; none if this run did not count it.
        total: Option<u64>,
        is_finished: bool,
    },
}

impl CursorMove {
    /// Stores the position, within the transaction that publishes the data up to it.
    pub(crate) async fn make(self, connection: &mut PgConnection, run_id: i64) -> Result<(), Error> {
        let query = match self {
            Self::ChangedBegins { at } => sqlx::query(
                "update ingest_cursor
                set position_at = $2, ingest_run_id = $1
                where feed = 'changed' and position_at is null",
            )
            .bind(run_id)
            .bind(at),
            Self::Changed { at } => sqlx::query(
                "update ingest_cursor
                set position_at = $2, seen_count = seen_count + 1, ingest_run_id = $1
                where feed = 'changed'",
            )
            .bind(run_id)
            .bind(at),
            Self::History { at, total, is_finished } => sqlx::query(
                "update ingest_cursor
                set
                    position_at = $2,
                    seen_count = (select count(*) from fact_launch where not is_upcoming),
                    total_count = coalesce($3, total_count),
                    finished_at = case when $4 then ingest_now() end,
                    ingest_run_id = $1
                where feed = 'history'",
            )
            .bind(run_id)
            .bind(at)
            .bind(total.map(|total| i64::try_from(total).unwrap_or(i64::MAX)))
            .bind(is_finished),
        };
        query.execute(connection).await.map_err(Error::database("move the cursor"))?;
        Ok(())
    }
}
