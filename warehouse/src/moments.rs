use chrono::{DateTime, Utc};

use crate::{Db, Error};

/// More stops than this cannot be distinguished on one slider.
const MOST: i64 = 500;

impl Db {
    /// The observations that changed the board, oldest first. If a slider cannot show them all, the last of each day.
    pub async fn moments(&self) -> Result<Vec<DateTime<Utc>>, Error> {
        sqlx::query_scalar(include_str!("../queries/moment.sql"))
            .bind(MOST)
            .fetch_all(self.pool())
            .await
            .map_err(Error::read("moment"))
    }
}
