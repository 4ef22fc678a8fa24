use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Board, Freshness, Launch, LaunchForecast, Location, Mission, MoonFacts, Movement, Orbit, Pad, PastState, Program,
    Provider, Rocket, Status,
};
use sqlx::{FromRow, Row as _, postgres::PgRow, types::Json};
use uuid::Uuid;

use crate::{
    Db, Error,
    db::{Published, Whole},
    net_precision::net_precision,
};

/// The statement for the rows of the board: the columns, the launches (`launch_now` or `launch_as_of`), and what follows.
/// The board of now and that of another time have one list of columns.
macro_rules! board_sql {
    ($launches:literal $(, $rest:expr)?) => {
        concat!(
            include_str!("../queries/launch_board.sql"),
            include_str!(concat!("../queries/", $launches, ".sql"))
            $(, $rest)?
        )
    };
}
pub(crate) use board_sql;

/// A row of the board, and whether the launch is (or was) upcoming.
pub(crate) struct BoardRow {
    pub(crate) launch: Launch,
    is_upcoming: bool,
}

impl FromRow<'_, PgRow> for BoardRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        let launch_id = row.try_get("launch_id")?;
        let orbit = match (row.try_get("orbit_id")?, row.try_get("orbit_name")?, row.try_get("orbit_abbrev")?) {
            (Some(id), Some(name), Some(abbrev)) => {
                Some(Orbit { id, name, abbrev, celestial_body: row.try_get("orbit_celestial_body")? })
            }
            _ => None,
        };
        let mission = match (row.try_get("mission_id")?, row.try_get("mission_name")?) {
            (Some(id), Some(name)) => Some(Mission {
                id,
                name,
                kind: row.try_get("mission_type")?,
                description: row.try_get("mission_description")?,
            }),
            _ => None,
        };
        let Json(programs): Json<Vec<Program>> = row.try_get("programs")?;
        let moon = MoonFacts {
            leaves_from: row.try_get("location_celestial_body")?,
            orbit: orbit.as_ref(),
            programs: &programs,
            mission: mission.as_ref(),
            ..MoonFacts::default()
        }
        .reach();
        let forecast: Option<serde_json::Value> = row.try_get("forecast")?;
        let launch = Launch {
            id: launch_id,
            name: row.try_get("name")?,
            net: row.try_get("net_at")?,
            net_precision: net_precision(
                row.try_get("net_precision_id")?,
                row.try_get("net_precision_abbrev")?,
                row.try_get("net_precision_name")?,
            ),
            window_start: row.try_get("window_start_at")?,
            window_end: row.try_get("window_end_at")?,
            status: Status {
                id: row.try_get("status_id")?,
                abbrev: row.try_get("status_abbrev")?,
                name: row.try_get("status_name")?,
            },
            provider: Provider {
                id: row.try_get("provider_id")?,
                name: row.try_get("provider_name")?,
                abbrev: row.try_get("provider_abbrev")?,
            },
            rocket: Rocket {
                id: row.try_get("rocket_config_id")?,
                name: row.try_get("rocket_name")?,
                family: row.try_get("rocket_family")?,
                length_m: row.try_get("rocket_length_m")?,
                leo_capacity_kg: row.try_get("rocket_leo_capacity_kg")?,
            },
            mission,
            orbit,
            pad: Pad {
                id: row.try_get("pad_id")?,
                name: row.try_get("pad_name")?,
                latitude: row.try_get("pad_latitude")?,
                longitude: row.try_get("pad_longitude")?,
            },
            location: Location {
                id: row.try_get("location_id")?,
                name: row.try_get("location_name")?,
                country_code: row.try_get("location_country_code")?,
                timezone: row.try_get("location_timezone_name")?,
            },
            programs,
            probability: row.try_get("probability_percent")?,
            weather_concerns: row.try_get("weather_concerns")?,
            fail_reason: row.try_get("fail_reason")?,
            webcast_live: row.try_get("is_webcast_live")?,
            crewed: row.try_get("is_crewed")?,
            image: row.try_get("image_url")?,
            image_credit: row.try_get("image_credit")?,
            last_updated: row.try_get("last_updated_at")?,
            slip_count: row.try_get("slip_count")?,
            moon,
            forecast: forecast.and_then(|content| read_forecast(launch_id, content)).map(Box::new),
        };
        Ok(Self { launch, is_upcoming: row.try_get("is_upcoming")? })
    }
}

/// Parses a stored forecast. One that cannot be read is logged and left out: it must not make the whole board fail.
fn read_forecast(launch_id: Uuid, content: serde_json::Value) -> Option<LaunchForecast> {
    match serde_json::from_value(content) {
        Ok(forecast) => Some(forecast),
        Err(error) => {
            tracing::warn!(%launch_id, %error, "a stored forecast cannot be read and is not shown");
            None
        }
    }
}

pub(crate) fn launches(rows: Vec<BoardRow>) -> Vec<Launch> {
    rows.into_iter().map(|row| row.launch).collect()
}

/// Builds a board from rows in which the upcoming launches come first.
fn whole(rows: Vec<BoardRow>, freshness: Freshness, movement: Movement, now: DateTime<Utc>) -> Board {
    let past_from = rows.iter().take_while(|row| row.is_upcoming).count();
    Board { launches: launches(rows), past_from: Some(past_from), freshness, now, movement, past_state: None }
}

impl Db {
    /// Every launch that LL2 lists as upcoming, in NET order. Ties are broken by id, so the order is total.
    pub async fn upcoming(&self) -> Result<Vec<Launch>, Error> {
        let rows: Vec<BoardRow> = sqlx::query_as(board_sql!(
            "launch_now",
            "where launch.is_upcoming order by launch.net_at, launch.net_precision_id nulls last, launch.launch_id"
        ))
        .bind(self.now().await?)
        .fetch_all(self.pool())
        .await
        .map_err(Error::read("upcoming"))?;
        Ok(launches(rows))
    }

    /// Reads [`Db::board`] from the database. The result is kept for the time when the database cannot be reached.
    pub(crate) async fn present_board(&self) -> Result<Board, Error> {
        let (freshness, now) = tokio::try_join!(self.present_freshness(), self.now())?;
        let (launches, movement) = match freshness.run_id {
            Some(run_id) => {
                let Published { launches, movement, .. } = self.published_by(run_id).await?;
                (launches, movement)
            }
            None => (Arc::default(), Movement::PRIOR),
        };
        self.reach().remember(&freshness, &launches, movement);
        Ok(Board { launches: launches.to_vec(), past_from: None, freshness, now, movement, past_state: None })
    }

    /// The data of the board page with past launches: the upcoming ones, then every other launch that LL2 has not deleted, each in NET
    /// order. Read once per run.
    pub async fn whole_board(&self) -> Result<Board, Error> {
        let (freshness, now) = tokio::try_join!(self.present_freshness(), self.now())?;
        let Whole { launches, past_from, movement, .. } = self.whole_of(freshness.run_id).await?;
        let launches = launches.to_vec();
        Ok(Board { launches, past_from: Some(past_from), freshness, now, movement, past_state: None })
    }

    /// Every launch as of a run. Concurrent callers wait for one query: without that, 24 simultaneous reads of fifteen years took
    /// every session and 900 MB. The query continues when its first caller is cancelled, since others wait for it.
    async fn whole_of(&self, run_id: Option<i64>) -> Result<Whole, Error> {
        let db = self.clone();
        let read = tokio::spawn(async move {
            let mut shelf = db.whole_shelf().lock().await;
            if let Some(whole) = shelf.as_ref().filter(|whole| whole.run_id == run_id && run_id.is_some()) {
                return Ok(whole.clone());
            }
            let now = db.now().await?;
            let rows: Vec<BoardRow> = sqlx::query_as(board_sql!(
                "launch_now",
                "where launch.deleted_at is null
                order by launch.is_upcoming desc, launch.net_at, launch.net_precision_id nulls last, launch.launch_id"
            ))
            .bind(now)
            .fetch_all(db.pool())
            .await
            .map_err(Error::read("whole_board"))?;
            let past_from = rows.iter().take_while(|row| row.is_upcoming).count();
            let launches = Arc::new(launches(rows));
            let movement = db.movement(now).await?;
            let whole = Whole { run_id, launches, past_from, movement };
            *shelf = Some(whole.clone());
            Ok(whole)
        });
        read.await.unwrap_or(Err(Error::NoAnswer { query: "whole_board" }))
    }

    /// The board as of `at`: the revisions valid at that time, in NET order. What revisions do not track (pictures, programs, crew, the
    /// names in dimensions) is current. Empty before the first observation.
    pub async fn board_as_of(&self, at: DateTime<Utc>) -> Result<Board, Error> {
        Ok(Board { past_from: None, ..self.as_of(at, false).await? })
    }

    /// [`Db::board_as_of`] plus the launches that were past at that time, as far as they had been observed.
    pub async fn whole_board_as_of(&self, at: DateTime<Utc>) -> Result<Board, Error> {
        self.as_of(at, true).await
    }

    async fn as_of(&self, at: DateTime<Utc>, past: bool) -> Result<Board, Error> {
        let (freshness, now) = tokio::try_join!(self.present_freshness(), self.now())?;
        let failed = || Error::read("board_as_of");
        let rows: Vec<BoardRow> = sqlx::query_as(board_sql!("launch_as_of"))
            .bind(at)
            .bind(past)
            .fetch_all(self.pool())
            .await
            .map_err(failed())?;
        let observed_at = sqlx::query_scalar(
            "select max(observed_at)
            from ingest_run
            where state = 'succeeded' and observes_upcoming(kind) and observed_at <= $1",
        )
        .bind(at)
        .fetch_one(self.pool())
        .await
        .map_err(failed())?;
        let movement = self.movement(at).await?;
        Ok(Board { past_state: Some(PastState { as_of: at, observed_at }), ..whole(rows, freshness, movement, now) })
    }

    /// The launches that LL2 has deleted or merged within the last thirty days: a calendar must cancel them.
    pub async fn lately_deleted(&self) -> Result<Vec<Launch>, Error> {
        match self.deleted_lately().await {
            Err(error) if error.is_unavailable() => self.reach().deleted().ok_or(error),
            read => read,
        }
    }

    pub(crate) async fn deleted_lately(&self) -> Result<Vec<Launch>, Error> {
        let now = self.now().await?;
        let rows: Vec<BoardRow> = sqlx::query_as(board_sql!(
            "launch_now",
            "where launch.deleted_at > $2 order by launch.net_at, launch.launch_id"
        ))
        .bind(now)
        .bind(now - TimeDelta::days(30))
        .fetch_all(self.pool())
        .await
        .map_err(Error::read("lately_deleted"))?;
        Ok(launches(rows))
    }

    /// The upcoming launches as of a run; empty without a run.
    pub(crate) async fn published(&self, run_id: Option<i64>) -> Result<Arc<Vec<Launch>>, Error> {
        match run_id {
            Some(run_id) => Ok(self.published_by(run_id).await?.launches),
            None => Ok(Arc::default()),
        }
    }

    /// The upcoming launches as of the newest run: read once per run, whichever replica did the run. Concurrent callers wait for that
    /// one query.
    async fn published_by(&self, run_id: i64) -> Result<Published, Error> {
        let mut published = self.shelf().lock().await;
        if let Some(published) = published.as_ref()
            && published.run_id == run_id
        {
            return Ok(published.clone());
        }
        let launches = Arc::new(self.upcoming().await?);
        let movement = self.movement(self.now().await?).await?;
        Ok(published.insert(Published { run_id, launches, movement }).clone())
    }

    /// One launch as the board shows it, upcoming or past.
    pub async fn launch(&self, id: Uuid) -> Result<Option<Launch>, Error> {
        let row: Option<BoardRow> = sqlx::query_as(board_sql!("launch_now", "where launch.launch_id = $2"))
            .bind(self.now().await?)
            .bind(id)
            .fetch_optional(self.pool())
            .await
            .map_err(Error::read("launch"))?;
        Ok(row.map(|row| row.launch))
    }
}
