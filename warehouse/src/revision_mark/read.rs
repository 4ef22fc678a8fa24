use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{MarkRow, RevisionMark};
use crate::{Db, Error};

impl Db {
    /// The marks of some launches, now or at `as_of`. A launch that had not been observed has none.
    pub async fn revision_marks(
        &self,
        launches: &[Uuid],
        as_of: Option<DateTime<Utc>>,
    ) -> Result<HashMap<Uuid, RevisionMark>, Error> {
        match self.marks_of(launches, as_of).await {
            Err(error) if error.is_unavailable() && as_of.is_none() => self.reach().marks(launches).ok_or(error),
            read => read,
        }
    }

    pub(crate) async fn marks_of(
        &self,
        launches: &[Uuid],
        as_of: Option<DateTime<Utc>>,
    ) -> Result<HashMap<Uuid, RevisionMark>, Error> {
        let rows: Vec<MarkRow> = sqlx::query_as(include_str!("../../queries/revision_mark.sql"))
            .bind(launches)
            .bind(as_of)
            .fetch_all(self.pool())
            .await
            .map_err(Error::read("revision_mark"))?;
        Ok(rows.into_iter().map(|MarkRow(id, mark)| (id, mark)).collect())
    }
}
