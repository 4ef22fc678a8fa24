use domain::{Location, Pad, PadRecord, ProviderRecord, RocketRecord, Tally};
use sqlx::postgres::PgRow;

use crate::{
    Db, Error,
    launch::{provider_record, rocket_record},
    profile::{pad, tally},
};

/// One page of the providers, rockets or pads that occur in our launches.
#[derive(Clone, Debug, PartialEq)]
pub struct SubjectList<T> {
    /// The number of entries on all pages together.
    pub count: i64,
    /// Ordered by name; ties by id.
    pub entries: Vec<T>,
}

/// The statement for one page, from the statement that reads one record. `$1` is the limit, `$2` the offset.
macro_rules! list {
    ($id:literal, $record:literal, $name:literal) => {
        concat!(
            "with held as (select ",
            $id,
            ", ",
            include_str!("../queries/tally_count.sql"),
            "from fact_launch where deleted_at is null group by ",
            $id,
            ") select * from (",
            include_str!($record),
            ") as record inner join held using (",
            $id,
            ") order by lower(",
            $name,
            "), ",
            $id,
            " limit $1 offset $2",
        )
    };
}

impl Db {
    /// The launch service providers, with LL2's counters and our own. `limit`: most entries; `offset`: entries left out before them.
    pub async fn providers(&self, limit: i64, offset: i64) -> Result<SubjectList<ProviderRecord>, Error> {
        let sql = list!("provider_id", "../queries/provider_record.sql", "provider_name");
        let count = "select count(distinct provider_id) from fact_launch where deleted_at is null";
        let read = |row: &PgRow, held| Ok(ProviderRecord { held, ..provider_record(row)? });
        self.subjects(sql, count, "provider_list", [limit, offset], read).await
    }

    /// The rocket configurations, as in [`Db::providers`].
    pub async fn rockets(&self, limit: i64, offset: i64) -> Result<SubjectList<RocketRecord>, Error> {
        let sql = list!("rocket_config_id", "../queries/rocket_record.sql", "rocket_name");
        let count = "select count(distinct rocket_config_id) from fact_launch where deleted_at is null";
        let read = |row: &PgRow, held| Ok(RocketRecord { held, ..rocket_record(row)? });
        self.subjects(sql, count, "rocket_list", [limit, offset], read).await
    }

    /// The pads with their locations, as in [`Db::providers`].
    pub async fn pads(&self, limit: i64, offset: i64) -> Result<SubjectList<(Pad, Location, PadRecord)>, Error> {
        let sql = list!("pad_id", "../queries/pad_record.sql", "name");
        let count = "select count(distinct pad_id) from fact_launch where deleted_at is null";
        let read = |row: &PgRow, held| {
            let (pad, location, record) = pad(row)?;
            Ok((pad, location, PadRecord { held, ..record }))
        };
        self.subjects(sql, count, "pad_list", [limit, offset], read).await
    }

    async fn subjects<T>(
        &self,
        sql: &'static str,
        count: &'static str,
        query: &'static str,
        [limit, offset]: [i64; 2],
        read: impl Fn(&PgRow, Tally) -> Result<T, sqlx::Error>,
    ) -> Result<SubjectList<T>, Error> {
        let failed = || Error::read(query);
        let rows = sqlx::query(sql).bind(limit).bind(offset).fetch_all(self.pool()).await.map_err(failed())?;
        let count = sqlx::query_scalar(count).fetch_one(self.pool()).await.map_err(failed())?;
        let entries = rows.iter().map(|row| read(row, tally(row)?)).collect::<Result<_, _>>().map_err(failed())?;
        Ok(SubjectList { count, entries })
    }
}
