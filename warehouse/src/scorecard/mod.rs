//! How good forecasts have been, from the forecasts that were kept: for the pages and the API.

mod date;
mod interval;
mod success;

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Retrodicted, Scorecard};
use forecast::{backtest::FEWEST_LAUNCHES, success::Constants};

use self::{
    date::{DateRow, ReliabilityRow},
    success::{FlightRow, Predicted, PredictedRow},
};
use crate::{Db, Error};

/// How far back date forecasts are scored.
const SCORED: TimeDelta = TimeDelta::days(400);

/// The limit of flights: more than twice as many as LL2 has.
const MOST_FLIGHTS: i64 = 20_000;

impl Db {
    /// Scores our forecasts, as far as their outcomes are known.
    pub async fn scorecard(&self) -> Result<Scorecard, Error> {
        let failed = || Error::read("scorecard");
        let (freshness, now) = tokio::try_join!(self.freshness(), self.now())?;
        let rows: Vec<PredictedRow> = sqlx::query_as(include_str!("../../queries/scorecard_success.sql"))
            .fetch_all(self.pool())
            .await
            .map_err(failed())?;
        let flights: Vec<FlightRow> = sqlx::query_as(include_str!("../../queries/scorecard_flight.sql"))
            .bind(MOST_FLIGHTS)
            .fetch_all(self.pool())
            .await
            .map_err(failed())?;
        let since: DateTime<Utc> = freshness.as_of.unwrap_or(now) - SCORED;
        let dates: Vec<DateRow> = sqlx::query_as(include_str!("../../queries/scorecard_date.sql"))
            .bind(since)
            .fetch_all(self.pool())
            .await
            .map_err(failed())?;
        let reliability: Vec<ReliabilityRow> = sqlx::query_as(include_str!("../../queries/scorecard_reliability.sql"))
            .bind(since)
            .bind(date::lower_bounds())
            .fetch_all(self.pool())
            .await
            .map_err(failed())?;
        let made_before: HashSet<_> = rows.iter().map(|row| row.launch_id).collect();
        let made_before_flight: Vec<Predicted> =
            rows.into_iter().map(Predicted::kept).collect::<Result<_, _>>().map_err(failed())?;
        let chosen_until = DateTime::from_timestamp(Constants::CHOSEN_UNTIL, 0).unwrap_or_default();
        let afterwards = success::retrodicted(flights, chosen_until, &made_before);
        Ok(Scorecard {
            as_of: freshness.as_of,
            source: freshness.source,
            success: success::scores(&made_before_flight),
            calibration: success::calibration(&made_before_flight),
            retrodicted: Retrodicted {
                since: chosen_until,
                success: success::scores(&afterwards),
                calibration: success::calibration(&afterwards),
            },
            dates: date::scores(&dates),
            date_reliability: date::reliability(&reliability),
            dates_waiting: dates.iter().map(|row| row.waiting).sum(),
            fewest_launches: i64::try_from(FEWEST_LAUNCHES).unwrap_or(i64::MAX),
        })
    }
}
