use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{Db, Error};

impl Db {
    /// Since when the newest forecasts of some launches name the days they name (P50 and P80, UTC): a forecast is made each day, and
    /// a calendar that repeats it has changed only when the words have. A launch without a forecast is left out.
    pub async fn foretold_at(&self, launches: &[Uuid]) -> Result<HashMap<Uuid, DateTime<Utc>>, Error> {
        let rows: Vec<(Uuid, DateTime<Utc>)> = sqlx::query_as(include_str!("../queries/foretold_at.sql"))
            .bind(launches)
            .fetch_all(self.pool())
            .await
            .map_err(Error::read("foretold_at"))?;
        Ok(rows.into_iter().collect())
    }
}
