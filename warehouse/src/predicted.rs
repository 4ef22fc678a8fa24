use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{Db, Error};

impl Db {
    /// [`Db::predicted_at`] as the database has it; an error while it does not answer.
    pub(crate) async fn present_predicted_at(&self, launches: &[Uuid]) -> Result<HashMap<Uuid, DateTime<Utc>>, Error> {
        let rows: Vec<(Uuid, DateTime<Utc>)> = sqlx::query_as(include_str!("../queries/predicted_at.sql"))
            .bind(launches)
            .fetch_all(self.pool())
            .await
            .map_err(Error::read("predicted_at"))?;
        Ok(rows.into_iter().collect())
    }

    /// Since when the newest forecasts of some launches name the days they name (P50 and P80, UTC): a forecast is made each day, and
    /// a calendar that repeats it has changed only when the words have. A launch without a forecast is left out. While the database does not
    /// answer, what was read with the last published board.
    pub async fn predicted_at(&self, launches: &[Uuid]) -> Result<HashMap<Uuid, DateTime<Utc>>, Error> {
        match self.present_predicted_at(launches).await {
            Err(error) if error.is_unavailable() => self.reach().predicted(launches).ok_or(error),
            answered => answered,
        }
    }
}
