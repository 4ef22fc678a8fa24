use chrono::{DateTime, Utc};
use domain::{FlownRecord, Gaps, PadTurnaround, RocketFlights};
use sqlx::FromRow;

use crate::{Db, Error};

#[derive(FromRow)]
struct RocketRow {
    rocket_config_id: i32,
    succeeded: i64,
    partly: i64,
    failed: i64,
}

#[derive(FromRow)]
struct PadRow {
    pad_id: i32,
    flown_count: i64,
    undated_count: i64,
    gap_count: Option<i64>,
    shortest_days: Option<f64>,
    lower_quartile_days: Option<f64>,
    median_days: Option<f64>,
    upper_quartile_days: Option<f64>,
    longest_days: Option<f64>,
}

impl Db {
    /// Past launches by outcome for each rocket, and the gaps between launches for each pad: now, or as known at `as_of`.
    pub async fn flown_record(&self, as_of: Option<DateTime<Utc>>) -> Result<FlownRecord, Error> {
        let failed = || Error::read("flown_record");
        let rockets = sqlx::query_as::<_, RocketRow>(concat!(
            include_str!("../queries/flown_launch.sql"),
            include_str!("../queries/rocket_flights.sql")
        ))
        .bind(as_of)
        .fetch_all(self.pool());
        let pads = sqlx::query_as::<_, PadRow>(concat!(
            include_str!("../queries/flown_launch.sql"),
            include_str!("../queries/pad_turnaround.sql")
        ))
        .bind(as_of)
        .fetch_all(self.pool());
        let observed = sqlx::query_scalar::<_, Option<DateTime<Utc>>>(
            "select max(observed_at)
            from ingest_run
            where state = 'succeeded' and ($1::timestamptz is null or observed_at <= $1)",
        )
        .bind(as_of)
        .fetch_one(self.pool());
        Ok(FlownRecord {
            rockets: rockets.await.map_err(failed())?.into_iter().map(RocketFlights::from).collect(),
            pads: pads.await.map_err(failed())?.into_iter().map(PadTurnaround::from).collect(),
            as_of: observed.await.map_err(failed())?,
        })
    }
}

impl From<RocketRow> for RocketFlights {
    fn from(row: RocketRow) -> Self {
        Self {
            rocket_id: row.rocket_config_id,
            succeeded: counted(row.succeeded),
            partly: counted(row.partly),
            failed: counted(row.failed),
        }
    }
}

impl From<PadRow> for PadTurnaround {
    fn from(row: PadRow) -> Self {
        Self {
            pad_id: row.pad_id,
            flown: counted(row.flown_count),
            undated: counted(row.undated_count),
            gaps: gaps(&row),
        }
    }
}

/// The gaps from a left join: all columns or none.
fn gaps(row: &PadRow) -> Option<Gaps> {
    Some(Gaps {
        count: counted(row.gap_count?),
        shortest: row.shortest_days?,
        lower_quartile: row.lower_quartile_days?,
        median: row.median_days?,
        upper_quartile: row.upper_quartile_days?,
        longest: row.longest_days?,
    })
}

/// A count of rows is never negative, and far below 2^32.
fn counted(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
