use domain::{About, Companion, Launch, Location, Pad, PadRecord, Profile, Subject, Tally};
use sqlx::{FromRow, Row as _, postgres::PgRow};

use crate::{
    Db, Error,
    board::{BoardRow, board_sql, launches},
    launch::{pad_record, provider_record, rocket_record},
    text_column::parsed,
};

/// The launches of a provider, rocket or pad, by outcome.
const TALLY: &str =
    concat!("select ", include_str!("../queries/tally_count.sql"), include_str!("../queries/tally.sql"));

/// The largest number of upcoming launches on a profile; the board shows them all.
const UPCOMING: usize = 24;

/// The id parameters of a statement, of which only that of the subject is set.
fn asked(subject: Subject, id: i32) -> [Option<i32>; 3] {
    Subject::ALL.map(|one| (one == subject).then_some(id))
}

impl Db {
    /// A provider, rocket or pad with one page of its past launches; none when no launch in our tables has it.
    pub async fn profile(
        &self,
        subject: Subject,
        id: i32,
        past_limit: i64,
        past_offset: i64,
    ) -> Result<Option<Profile>, Error> {
        let Some((mut about, image)) = self.about(subject, id).await? else { return Ok(None) };
        let (held, companions, past, freshness) = tokio::try_join!(
            self.tally(subject, id),
            self.companions(subject, id),
            self.past(subject, id, past_limit, past_offset),
            self.freshness(),
        )?;
        match &mut about {
            About::Provider(provider) => provider.held = held,
            About::Rocket(rocket) => rocket.held = held,
            About::Pad { record, .. } => record.held = held,
        }
        let upcoming = self.published(freshness.run_id).await?;
        let ahead = |launch: &&Launch| subject.of(launch) == id && !launch.status_kind().has_left_the_pad();
        let upcoming = upcoming.iter().filter(ahead).take(UPCOMING).cloned().collect();
        Ok(Some(Profile { subject, id, about, image, held, companions, upcoming, past }))
    }

    /// LL2's description of the subject, and the address of a picture.
    async fn about(&self, subject: Subject, id: i32) -> Result<Option<(About, Option<String>)>, Error> {
        let sql = match subject {
            Subject::Provider => concat!(include_str!("../queries/provider_record.sql"), "where provider_id = $1"),
            Subject::Rocket => concat!(include_str!("../queries/rocket_record.sql"), "where rocket_config_id = $1"),
            Subject::Pad => concat!(include_str!("../queries/pad_record.sql"), "where dim_pad.pad_id = $1"),
        };
        let row = sqlx::query(sql).bind(id).fetch_optional(self.pool()).await.map_err(Error::read("about"))?;
        let Some(row) = row else { return Ok(None) };
        let read = || -> Result<_, sqlx::Error> {
            Ok(match subject {
                Subject::Provider => (About::Provider(provider_record(&row)?), row.try_get("image_url")?),
                Subject::Rocket => (About::Rocket(rocket_record(&row)?), row.try_get("image_url")?),
                Subject::Pad => {
                    let (pad, location, record) = pad(&row)?;
                    (About::Pad { pad, location, record }, None)
                }
            })
        };
        read().map(Some).map_err(Error::read("about"))
    }

    /// The launches of a subject by outcome.
    pub async fn tally(&self, subject: Subject, id: i32) -> Result<Tally, Error> {
        let [provider, rocket, pad] = asked(subject, id);
        let row: TallyRow = sqlx::query_as(TALLY)
            .bind(provider)
            .bind(rocket)
            .bind(pad)
            .fetch_one(self.pool())
            .await
            .map_err(Error::read("tally"))?;
        Ok(row.0)
    }

    /// Subjects of the other kinds that share launches with this one.
    async fn companions(&self, subject: Subject, id: i32) -> Result<Vec<Companion>, Error> {
        let [provider, rocket, pad] = asked(subject, id);
        let rows: Vec<CompanionRow> = sqlx::query_as(include_str!("../queries/companion.sql"))
            .bind(provider)
            .bind(rocket)
            .bind(pad)
            .fetch_all(self.pool())
            .await
            .map_err(Error::read("companion"))?;
        Ok(rows.into_iter().map(|row| row.0).filter(|companion| companion.subject != subject).collect())
    }

    /// Past launches, newest first.
    async fn past(&self, subject: Subject, id: i32, limit: i64, offset: i64) -> Result<Vec<Launch>, Error> {
        let [provider, rocket, pad] = asked(subject, id);
        let sql = board_sql!("launch_now", include_str!("../queries/past_of.sql"));
        let rows: Vec<BoardRow> = sqlx::query_as(sql)
            .bind(self.now().await?)
            .bind(provider)
            .bind(rocket)
            .bind(pad)
            .bind(limit)
            .bind(offset)
            .fetch_all(self.pool())
            .await
            .map_err(Error::read("past_of"))?;
        Ok(launches(rows))
    }
}

/// A pad with its location and LL2's record of it; our own count comes from another statement.
pub(crate) fn pad(row: &PgRow) -> Result<(Pad, Location, PadRecord), sqlx::Error> {
    Ok((
        Pad {
            id: row.try_get("pad_id")?,
            name: row.try_get("name")?,
            latitude: row.try_get("latitude")?,
            longitude: row.try_get("longitude")?,
        },
        Location {
            id: row.try_get("location_id")?,
            name: row.try_get("location_name")?,
            country_code: row.try_get("country_code")?,
            timezone: row.try_get("timezone_name")?,
        },
        pad_record(row)?,
    ))
}

/// Reads the columns of `tally_count.sql`.
pub(crate) fn tally(row: &PgRow) -> Result<Tally, sqlx::Error> {
    Ok(Tally {
        succeeded: row.try_get("succeeded")?,
        partly_failed: row.try_get("partly_failed")?,
        failed: row.try_get("failed")?,
        unsettled: row.try_get("unsettled")?,
        ahead: row.try_get("ahead")?,
        since: row.try_get("since")?,
    })
}

struct TallyRow(Tally);
impl FromRow<'_, PgRow> for TallyRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        tally(row).map(Self)
    }
}

struct CompanionRow(Companion);
impl FromRow<'_, PgRow> for CompanionRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self(Companion {
            subject: parsed(row, "subject")?,
            id: row.try_get("companion_id")?,
            name: row.try_get("name")?,
            past: row.try_get("past")?,
            ahead: row.try_get("ahead")?,
        }))
    }
}
