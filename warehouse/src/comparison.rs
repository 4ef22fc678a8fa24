use domain::{Compared, Comparison, FlightRecord, Subject};
use sqlx::{FromRow, postgres::PgRow};
use uuid::Uuid;

use crate::{Db, Error, launch::flight_record};

impl Db {
    /// Reads launches for a side-by-side comparison, in the order of `ids`. The caller must limit their number.
    pub async fn comparison(&self, ids: &[Uuid]) -> Result<Comparison, Error> {
        let (freshness, now) = tokio::try_join!(self.freshness(), self.now())?;
        let mut comparison = Comparison { launches: Vec::new(), missing: Vec::new(), freshness, now };
        for id in ids {
            match self.compared(*id).await? {
                Some(compared) => comparison.launches.push(compared),
                None => comparison.missing.push(*id),
            }
        }
        Ok(comparison)
    }

    async fn compared(&self, id: Uuid) -> Result<Option<Compared>, Error> {
        let Some(launch) = self.launch(id).await? else { return Ok(None) };
        let records = async {
            sqlx::query_as::<_, RecordsRow>(include_str!("../queries/compared.sql"))
                .bind(id)
                .fetch_optional(self.pool())
                .await
                .map_err(Error::read("compared"))
        };
        let (records, provider_held, rocket_held) = tokio::try_join!(
            records,
            self.tally(Subject::Provider, launch.provider.id),
            self.tally(Subject::Rocket, launch.rocket.id),
        )?;
        let Some(RecordsRow { provider, rocket }) = records else { return Ok(None) };
        Ok(Some(Compared { launch, provider, rocket, provider_held, rocket_held }))
    }
}

struct RecordsRow {
    provider: FlightRecord,
    rocket: FlightRecord,
}

impl FromRow<'_, PgRow> for RecordsRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self { provider: flight_record(row, "provider")?, rocket: flight_record(row, "rocket")? })
    }
}
