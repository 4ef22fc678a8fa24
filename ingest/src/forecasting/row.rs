use chrono::{DateTime, TimeDelta, Utc};
use domain::{Chance, LaunchForecast};
use forecast::{
    slip::{Announcement, horizon::Horizons},
    success::rules::Record,
};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use crate::error::Error;

/// Forecasts as the columns of one insert.
#[derive(Debug, Default)]
pub(super) struct Rows {
    launch_ids: Vec<Uuid>,
    success_chances: Vec<Option<f64>>,
    /// Flights and successes of the configuration, then of all rockets.
    counts: [Vec<i32>; 4],
    announced: Vec<DateTime<Utc>>,
    precision_ids: Vec<Option<i32>>,
    provider_ids: Vec<i32>,
    /// Quantiles at 0.1, 0.5, 0.8 and 0.9.
    quantiles: [Vec<Option<DateTime<Utc>>>; 4],
    as_announced: Vec<Option<f64>>,
    /// The baseline's quantiles at 0.5 and 0.8.
    horizon: [Vec<DateTime<Utc>>; 2],
    contents: Vec<Json<LaunchForecast>>,
}

impl Rows {
    pub(super) fn push(
        &mut self,
        launch_id: Uuid,
        announced: &Announcement,
        forecast: &LaunchForecast,
        record: Record,
        horizons: &Horizons,
    ) {
        self.launch_ids.push(launch_id);
        self.success_chances.push(forecast.success.map(|success| success.chance.mean()));
        let counts = [record.flights, record.successes, record.world_flights, record.world_successes];
        for (column, count) in self.counts.iter_mut().zip(counts) {
            column.push(i32::try_from(count).unwrap_or(i32::MAX));
        }
        self.announced.push(announced.net);
        self.precision_ids.push(announced.precision_id);
        self.provider_ids.push(announced.provider_id);
        for (column, level) in self.quantiles.iter_mut().zip([0.1, 0.5, 0.8, 0.9]) {
            column.push(forecast.date.and_then(|date| date.quantile(level)));
        }
        self.as_announced.push(forecast.date.and_then(|date| date.chance_as_announced()).map(Chance::mean));
        for (column, level) in self.horizon.iter_mut().zip([0.5, 0.8]) {
            let days = horizons.quantile(announced, forecast.made_at, level).unwrap_or(0.0);
            let at = announced.net + TimeDelta::seconds((days * 86_400.0) as i64);
            column.push(at.max(forecast.made_at));
        }
        self.contents.push(Json(forecast.clone()));
    }

    pub(super) async fn insert(
        self,
        connection: &mut PgConnection,
        run_id: i64,
        made_at: DateTime<Utc>,
    ) -> Result<u64, Error> {
        if self.launch_ids.is_empty() {
            return Ok(0);
        }
        let [flights, successes, world_flights, world_successes] = self.counts;
        let [p10, p50, p80, p90] = self.quantiles;
        let [horizon_p50, horizon_p80] = self.horizon;
        let done = sqlx::query(include_str!("../../sql/forecasting/forecast.sql"))
            .bind(made_at)
            .bind(run_id)
            .bind(self.launch_ids)
            .bind(self.success_chances)
            .bind(flights)
            .bind(successes)
            .bind(world_flights)
            .bind(world_successes)
            .bind(self.announced)
            .bind(self.precision_ids)
            .bind(self.provider_ids)
            .bind(p10)
            .bind(p50)
            .bind(p80)
            .bind(p90)
            .bind(self.as_announced)
            .bind(horizon_p50)
            .bind(horizon_p80)
            .bind(self.contents)
            .execute(connection)
            .await
            .map_err(Error::database("store the forecasts"))?;
        Ok(done.rows_affected())
    }
}
