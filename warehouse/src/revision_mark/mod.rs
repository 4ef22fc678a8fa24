//! The position of a launch in its own history.

mod read;

use chrono::{DateTime, Utc};
use domain::NetPrecision;
use sqlx::{FromRow, Row as _, postgres::PgRow};
use uuid::Uuid;

use crate::net_precision::net_precision;

/// The position of a launch in its own history: a calendar or a feed needs it to tell a change from a repetition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionMark {
    /// When we first observed the launch in its present state.
    pub observed_at: DateTime<Utc>,
    /// The number of its past states. It grows with every change and is the same on every replica.
    pub closed_count: i64,
    /// The state before the last change; none if it never changed.
    pub before: Option<BeforeChange>,
}

/// The state that the newest one replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BeforeChange {
    pub net: DateTime<Utc>,
    pub net_precision: Option<NetPrecision>,
    pub status: String,
}

struct MarkRow(Uuid, RevisionMark);
impl FromRow<'_, PgRow> for MarkRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        let net: Option<DateTime<Utc>> = row.try_get("net_before_at")?;
        let status: Option<String> = row.try_get("status_before_name")?;
        let precision = net_precision(
            row.try_get("precision_before_id")?,
            row.try_get("precision_before_abbrev")?,
            row.try_get("precision_before_name")?,
        );
        let before = net.zip(status).map(|(net, status)| BeforeChange { net, net_precision: precision, status });
        let mark = RevisionMark {
            observed_at: row.try_get("observed_at")?,
            closed_count: row.try_get("closed_count")?,
            before,
        };
        Ok(Self(row.try_get("launch_id")?, mark))
    }
}
