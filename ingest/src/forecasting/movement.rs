//! How far scores move: measured once a day on the forecasts that are stored.

use chrono::{DateTime, Utc};
use domain::LaunchForecast;
use forecast::movement::measure;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::Error;

/// The number of weeks that are compared. Half a year: the practice of announcing changes, and each week costs a read.
const WEEKS: i32 = 26;

/// Measures the movement at `now` and stores it, unless one of this day, which begins at `morning`, is stored.
pub(super) async fn refresh_movement(
    connection: &mut PgConnection,
    run_id: i64,
    morning: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let is_done: bool =
        sqlx::query_scalar("select exists (select from model_movement where measured_at >= $1 and measured_at <= $2)")
            .bind(morning)
            .bind(now)
            .fetch_one(&mut *connection)
            .await
            .map_err(Error::database("check whether the movement is due"))?;
    if is_done {
        return Ok(());
    }
    let stored: Vec<(Uuid, serde_json::Value)> =
        sqlx::query_as(include_str!("../../sql/forecasting/past_forecasts.sql"))
            .bind(now)
            .bind(WEEKS)
            .fetch_all(&mut *connection)
            .await
            .map_err(Error::database("read the past forecasts"))?;
    // One that cannot be read is reported by a data test, and is no pair here.
    let forecasts: Vec<(Uuid, LaunchForecast)> = stored
        .into_iter()
        .filter_map(|(launch_id, content)| Some((launch_id, serde_json::from_value(content).ok()?)))
        .collect();
    let movement = measure(&forecasts);
    sqlx::query(include_str!("../../sql/forecasting/movement.sql"))
        .bind(now)
        .bind(run_id)
        .bind(movement.per_root_day())
        .bind(i32::try_from(movement.launch_count()).unwrap_or(i32::MAX))
        .execute(connection)
        .await
        .map_err(Error::database("store the movement"))?;
    Ok(())
}
