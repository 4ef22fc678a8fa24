use uuid::Uuid;

use crate::{Db, Error};

/// The launches that a reader sees at the moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    pub launches: Vec<Uuid>,
    /// Every launch of this provider.
    pub provider: Option<i32>,
    /// Every launch of this rocket.
    pub rocket: Option<i32>,
    /// Every launch of this pad.
    pub pad: Option<i32>,
}

impl Db {
    /// Returns those of the shown launches that changed after the run `run_id`.
    pub async fn changed_since(&self, run_id: i64, shown: &Shown) -> Result<Vec<Uuid>, Error> {
        sqlx::query_scalar(include_str!("../queries/changed_since.sql"))
            .bind(run_id)
            .bind(&shown.launches)
            .bind(shown.provider)
            .bind(shown.rocket)
            .bind(shown.pad)
            .fetch_all(self.pool())
            .await
            .map_err(Error::read("changed_since"))
    }
}
