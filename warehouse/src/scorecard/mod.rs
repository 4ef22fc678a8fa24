//! How good forecasts have been, from the forecasts that were kept: for the pages and the API.

mod date;
mod success;

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Interval, Retrodicted, ScoreGain, Scorecard};
use forecast::{
    score::{Block, ratio_interval},
    success::Constants,
};

use self::{
    date::DateRow,
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
        })
    }
}

/// The interval of a mean over blocks of `(sum, count)`.
fn mean_interval(blocks: impl IntoIterator<Item = (f64, f64)>, possible: (f64, f64)) -> Option<Interval> {
    let blocks: Vec<Block> = blocks.into_iter().map(|(ours, theirs)| Block { ours, theirs }).collect();
    let (low, high) = ratio_interval(&blocks)?;
    Some(Interval { low: low.max(possible.0), high: high.min(possible.1) })
}

/// The gain of the first sum over the second.
fn gain(blocks: impl IntoIterator<Item = (f64, f64)>) -> Option<ScoreGain> {
    let blocks: Vec<Block> = blocks.into_iter().map(|(ours, theirs)| Block { ours, theirs }).collect();
    let (ours, theirs) =
        blocks.iter().fold((0.0, 0.0), |(ours, theirs), block| (ours + block.ours, theirs + block.theirs));
    (theirs > 0.0).then(|| ScoreGain {
        share: 1.0 - ours / theirs,
        interval: ratio_interval(&blocks).map(|(low, high)| Interval { low: 1.0 - high, high: (1.0 - low).min(1.0) }),
    })
}
