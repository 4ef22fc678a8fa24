use chrono::{DateTime, Utc};
use domain::Movement;

use crate::{Db, Error};

impl Db {
    /// How far scores move, as measured by `at`; the assumption if nothing had been measured.
    pub(crate) async fn movement(&self, at: DateTime<Utc>) -> Result<Movement, Error> {
        let row: Option<(f64, i32)> = sqlx::query_as(
            "select per_root_day, launch_count
            from model_movement
            where measured_at <= $1
            order by measured_at desc
            limit 1",
        )
        .bind(at)
        .fetch_optional(self.pool())
        .await
        .map_err(Error::read("movement"))?;
        let measured = row.and_then(|(moves, count)| Movement::new(moves, u32::try_from(count).unwrap_or_default()));
        Ok(measured.unwrap_or(Movement::PRIOR))
    }
}
