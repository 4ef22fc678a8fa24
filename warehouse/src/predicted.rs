use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{Db, Error};

impl Db {
    /// Reads [`Db::predicted_at`] from the database; an error while it does not respond.
    pub(crate) async fn present_predicted_at(&self, launches: &[Uuid]) -> Result<HashMap<Uuid, DateTime<Utc>>, Error> {
        let rows: Vec<(Uuid, DateTime<Utc>)> = sqlx::query_as(include_str!("../queries/predicted_at.sql"))
            .bind(launches)
            .bind(self.now().await?)
            .fetch_all(self.pool())
            .await
            .map_err(Error::read("predicted_at"))?;
        Ok(rows.into_iter().collect())
    }

    /// Since when the newest forecasts of some launches name their present days (P50 and P80, UTC). A forecast is made each day, but a
    /// calendar that shows it has changed only when these days have. A launch without a forecast is left out. While the database does not
    /// respond, the values read with the last published board are returned.
    pub async fn predicted_at(&self, launches: &[Uuid]) -> Result<HashMap<Uuid, DateTime<Utc>>, Error> {
        match self.present_predicted_at(launches).await {
            Err(error) if error.is_unavailable() => self.reach().predicted(launches).ok_or(error),
            answered => answered,
        }
    }
}
