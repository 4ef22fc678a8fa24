//! Acknowledgements of rows of data tests, as stored. `acknowledge` makes them, `checks` applies them.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection};

use crate::error::Error;

/// Acknowledged rows of one test.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Acknowledgement {
    /// Its key.
    #[sqlx(rename = "data_test_acknowledgement_id")]
    pub id: i64,
    /// The name of the test.
    pub test: String,
    /// Why the rows are accepted.
    pub reason: String,
    /// The largest number of rows that it covers.
    pub offending_count: i64,
    /// The operator, if named.
    pub acknowledged_by: Option<String>,
    /// When it was given.
    pub acknowledged_at: DateTime<Utc>,
    /// When it ends, at the latest.
    pub expires_at: Option<DateTime<Utc>>,
}

const IN_FORCE: &str = "select
        data_test_acknowledgement_id, test, reason, offending_count, acknowledged_by, acknowledged_at, expires_at
    from data_test_acknowledgement
    where revoked_at is null and (expires_at is null or expires_at > ingest_now())
    order by test";

/// Returns the acknowledgements that are in force, by the name of the test.
pub async fn in_force(connection: &mut PgConnection) -> Result<Vec<Acknowledgement>, Error> {
    sqlx::query_as(IN_FORCE).fetch_all(connection).await.map_err(Error::database("read the acknowledgements"))
}
