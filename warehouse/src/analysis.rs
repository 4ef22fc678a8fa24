use chrono::{DateTime, Months, Utc};
use domain::{Analysis, Cadence, Gaps, Lateness, OutcomeCount, WatchEnd};
use sqlx::{FromRow, Row as _, postgres::PgRow};

use crate::{
    Db, Error,
    text_column::{counted, parsed},
};

/// Months that the cadence covers: a provider's first years do not describe its present pace.
const CADENCE_MONTHS: u32 = 60;

impl Db {
    /// Reads everything on `/analysis`: past launches by outcome, the gaps between them, and how announced dates held.
    pub async fn analysis(&self) -> Result<Analysis, Error> {
        let now = self.now().await?;
        let cadence_since = now.checked_sub_months(Months::new(CADENCE_MONTHS)).unwrap_or(now);
        let outcomes = sqlx::query_as::<_, OutcomeRow>(include_str!("../queries/analysis_outcome.sql"));
        let cadences =
            sqlx::query_as::<_, CadenceRow>(include_str!("../queries/analysis_cadence.sql")).bind(cadence_since);
        let lateness = sqlx::query_as::<_, LatenessRow>(include_str!("../queries/analysis_lateness.sql"));
        let watches = sqlx::query_as::<_, WatchRow>(include_str!("../queries/analysis_watch.sql")).bind(now);
        let (outcomes, cadences, lateness, watches) = tokio::try_join!(
            outcomes.fetch_all(self.pool()),
            cadences.fetch_all(self.pool()),
            lateness.fetch_all(self.pool()),
            watches.fetch_all(self.pool()),
        )
        .map_err(Error::read("analysis"))?;
        Ok(Analysis {
            since: outcomes.iter().filter_map(|row| row.first_at).min(),
            outcomes: outcomes.into_iter().map(|row| row.count).collect(),
            cadence_since,
            cadences: cadences.into_iter().map(|row| row.0).collect(),
            lateness: lateness.into_iter().map(|row| row.0).collect(),
            watch_ends: watches.into_iter().map(|row| row.0).collect(),
        })
    }
}

struct OutcomeRow {
    count: OutcomeCount,
    first_at: Option<DateTime<Utc>>,
}

impl FromRow<'_, PgRow> for OutcomeRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        let count = OutcomeCount {
            by: parsed(row, "counted_by")?,
            id: row.try_get("id")?,
            name: row.try_get("name")?,
            abbrev: row.try_get("abbrev")?,
            succeeded: counted(row, "succeeded")?,
            partly: counted(row, "partly")?,
            failed: counted(row, "failed")?,
            open: counted(row, "open")?,
        };
        Ok(Self { count, first_at: row.try_get("first_at")? })
    }
}

struct CadenceRow(Cadence);

impl FromRow<'_, PgRow> for CadenceRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        // From a left join: all columns or none.
        let gaps = match row.try_get::<Option<i64>, _>("gap_count")? {
            None => None,
            Some(_) => Some(Gaps {
                count: counted(row, "gap_count")?,
                shortest: row.try_get("shortest_days")?,
                lower_quartile: row.try_get("lower_quartile_days")?,
                median: row.try_get("median_days")?,
                upper_quartile: row.try_get("upper_quartile_days")?,
                longest: row.try_get("longest_days")?,
            }),
        };
        Ok(Self(Cadence {
            of: parsed(row, "follows")?,
            id: row.try_get("id")?,
            name: row.try_get("name")?,
            abbrev: row.try_get("abbrev")?,
            flown: counted(row, "flown_count")?,
            gaps,
        }))
    }
}

struct LatenessRow(Lateness);

impl FromRow<'_, PgRow> for LatenessRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self(Lateness {
            provider: row.try_get("provider_name")?,
            abbrev: row.try_get("provider_abbrev")?,
            days_ahead: row.try_get("days_ahead")?,
            count: counted(row, "launch_count")?,
            on_the_day: counted(row, "on_the_day_count")?,
            tenth: row.try_get("tenth_days")?,
            lower_quartile: row.try_get("lower_quartile_days")?,
            median: row.try_get("median_days")?,
            upper_quartile: row.try_get("upper_quartile_days")?,
            ninetieth: row.try_get("ninetieth_days")?,
        }))
    }
}

struct WatchRow(WatchEnd);

impl FromRow<'_, PgRow> for WatchRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        let day: i32 = row.try_get("day_number")?;
        Ok(Self(WatchEnd {
            // Never before the date was first seen: the statement clamps it at 0.
            day: day.unsigned_abs(),
            broken: counted(row, "broken_count")?,
            kept: counted(row, "kept_count")?,
        }))
    }
}
