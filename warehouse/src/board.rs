use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Board, Freshness, Launch, LaunchForecast, Location, Mission, MoonFacts, Orbit, Pad, PastState, Program, Provider,
    Rocket, Status,
};
use sqlx::{FromRow, types::Json};
use uuid::Uuid;

use crate::{
    Db, Error,
    db::{Published, Whole},
    net_precision::net_precision,
};

/// A row of `mart_launch_board`.
#[derive(FromRow)]
pub(crate) struct BoardRow {
    launch_id: Uuid,
    name: String,
    net_at: DateTime<Utc>,
    net_precision_id: Option<i32>,
    net_precision_abbrev: Option<String>,
    net_precision_name: Option<String>,
    window_start_at: Option<DateTime<Utc>>,
    window_end_at: Option<DateTime<Utc>>,
    status_id: i32,
    status_abbrev: String,
    status_name: String,
    provider_id: i32,
    provider_name: String,
    provider_abbrev: Option<String>,
    rocket_config_id: i32,
    rocket_name: String,
    rocket_family: Option<String>,
    rocket_length_m: Option<f64>,
    rocket_leo_capacity_kg: Option<f64>,
    mission_id: Option<i32>,
    mission_name: Option<String>,
    mission_type: Option<String>,
    mission_description: Option<String>,
    orbit_id: Option<i32>,
    orbit_name: Option<String>,
    orbit_abbrev: Option<String>,
    orbit_celestial_body: Option<String>,
    pad_id: i32,
    pad_name: String,
    pad_latitude: Option<f64>,
    pad_longitude: Option<f64>,
    location_id: i32,
    location_name: String,
    location_country_code: Option<String>,
    location_timezone_name: Option<String>,
    location_celestial_body: Option<String>,
    probability_percent: Option<i16>,
    weather_concerns: Option<String>,
    fail_reason: Option<String>,
    is_webcast_live: bool,
    image_url: Option<String>,
    image_credit: Option<String>,
    last_updated_at: DateTime<Utc>,
    slip_count: i32,
    is_crewed: Option<bool>,
    is_upcoming: bool,
    programs: Json<Vec<Program>>,
    forecast: Option<serde_json::Value>,
}

impl From<BoardRow> for Launch {
    fn from(row: BoardRow) -> Self {
        let orbit = match (row.orbit_id, row.orbit_name, row.orbit_abbrev) {
            (Some(id), Some(name), Some(abbrev)) => {
                Some(Orbit { id, name, abbrev, celestial_body: row.orbit_celestial_body })
            }
            _ => None,
        };
        let mission = match (row.mission_id, row.mission_name) {
            (Some(id), Some(name)) => {
                Some(Mission { id, name, kind: row.mission_type, description: row.mission_description })
            }
            _ => None,
        };
        let moon = MoonFacts {
            leaves_from: row.location_celestial_body.as_deref(),
            orbit: orbit.as_ref(),
            programs: &row.programs.0,
            mission: mission.as_ref(),
            ..MoonFacts::default()
        }
        .reach();
        Self {
            id: row.launch_id,
            name: row.name,
            net: row.net_at,
            net_precision: net_precision(row.net_precision_id, row.net_precision_abbrev, row.net_precision_name),
            window_start: row.window_start_at,
            window_end: row.window_end_at,
            status: Status { id: row.status_id, abbrev: row.status_abbrev, name: row.status_name },
            provider: Provider { id: row.provider_id, name: row.provider_name, abbrev: row.provider_abbrev },
            rocket: Rocket {
                id: row.rocket_config_id,
                name: row.rocket_name,
                family: row.rocket_family,
                length_m: row.rocket_length_m,
                leo_capacity_kg: row.rocket_leo_capacity_kg,
            },
            mission,
            orbit,
            pad: Pad { id: row.pad_id, name: row.pad_name, latitude: row.pad_latitude, longitude: row.pad_longitude },
            location: Location {
                id: row.location_id,
                name: row.location_name,
                country_code: row.location_country_code,
                timezone: row.location_timezone_name,
            },
            programs: row.programs.0,
            probability: row.probability_percent,
            weather_concerns: row.weather_concerns,
            fail_reason: row.fail_reason,
            webcast_live: row.is_webcast_live,
            crewed: row.is_crewed,
            image: row.image_url,
            image_credit: row.image_credit,
            last_updated: row.last_updated_at,
            slip_count: row.slip_count,
            moon,
            forecast: row.forecast.and_then(|content| read_forecast(row.launch_id, content)).map(Box::new),
        }
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

/// Builds a board from rows in which the upcoming launches come first.
fn whole(rows: Vec<BoardRow>, freshness: Freshness, now: DateTime<Utc>) -> Board {
    let past_from = rows.iter().take_while(|row| row.is_upcoming).count();
    Board {
        launches: rows.into_iter().map(Launch::from).collect(),
        past_from: Some(past_from),
        freshness,
        now,
        past_state: None,
    }
}

impl Db {
    /// Every launch that LL2 lists as upcoming, in NET order. Ties are broken by id, so the order is total.
    pub async fn upcoming(&self) -> Result<Vec<Launch>, Error> {
        let rows: Vec<BoardRow> = sqlx::query_as(concat!(
            include_str!("../queries/launch_board.sql"),
            " where is_upcoming order by net_at, net_precision_id nulls last, launch_id"
        ))
        .fetch_all(self.pool())
        .await
        .map_err(Error::read("upcoming"))?;
        Ok(rows.into_iter().map(Launch::from).collect())
    }

    /// Reads [`Db::board`] from the database. The result is kept for the time when the database cannot be reached.
    pub(crate) async fn present_board(&self) -> Result<Board, Error> {
        let (freshness, now) = tokio::try_join!(self.present_freshness(), self.now())?;
        let launches = self.published(freshness.run_id).await?;
        self.reach().remember(&freshness, &launches);
        Ok(Board { launches: launches.to_vec(), past_from: None, freshness, now, past_state: None })
    }

    /// The data of the board page with past launches: the upcoming ones, then every other launch that LL2 has not deleted, each in NET
    /// order. Read once per run.
    pub async fn whole_board(&self) -> Result<Board, Error> {
        let (freshness, now) = tokio::try_join!(self.present_freshness(), self.now())?;
        let Whole { launches, past_from, .. } = self.whole_of(freshness.run_id).await?;
        Ok(Board { launches: launches.to_vec(), past_from: Some(past_from), freshness, now, past_state: None })
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
            let rows: Vec<BoardRow> = sqlx::query_as(concat!(
                include_str!("../queries/launch_board.sql"),
                " where deleted_at is null order by is_upcoming desc, net_at, net_precision_id nulls last, launch_id"
            ))
            .fetch_all(db.pool())
            .await
            .map_err(Error::read("whole_board"))?;
            let past_from = rows.iter().take_while(|row| row.is_upcoming).count();
            let launches = Arc::new(rows.into_iter().map(Launch::from).collect());
            let whole = Whole { run_id, launches, past_from };
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
        let rows: Vec<BoardRow> = sqlx::query_as(include_str!("../queries/launch_board_as_of.sql"))
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
        Ok(Board { past_state: Some(PastState { as_of: at, observed_at }), ..whole(rows, freshness, now) })
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
        let rows: Vec<BoardRow> = sqlx::query_as(concat!(
            include_str!("../queries/launch_board.sql"),
            " where deleted_at > $1 order by net_at, launch_id"
        ))
        .bind(now - TimeDelta::days(30))
        .fetch_all(self.pool())
        .await
        .map_err(Error::read("lately_deleted"))?;
        Ok(rows.into_iter().map(Launch::from).collect())
    }

    /// The upcoming launches as of a run; empty without a run.
    pub(crate) async fn published(&self, run_id: Option<i64>) -> Result<Arc<Vec<Launch>>, Error> {
        match run_id {
            Some(run_id) => self.published_by(run_id).await,
            None => Ok(Arc::default()),
        }
    }

    /// The upcoming launches as of the newest run: read once per run, whichever replica did the run. Concurrent callers wait for that
    /// one query.
    async fn published_by(&self, run_id: i64) -> Result<Arc<Vec<Launch>>, Error> {
        let mut published = self.shelf().lock().await;
        if let Some(published) = published.as_ref()
            && published.run_id == run_id
        {
            return Ok(Arc::clone(&published.launches));
        }
        let launches = Arc::new(self.upcoming().await?);
        *published = Some(Published { run_id, launches: Arc::clone(&launches) });
        Ok(launches)
    }

    /// One launch as the board shows it, upcoming or past.
    pub async fn launch(&self, id: Uuid) -> Result<Option<Launch>, Error> {
        let row: Option<BoardRow> =
            sqlx::query_as(concat!(include_str!("../queries/launch_board.sql"), " where launch_id = $1"))
                .bind(id)
                .fetch_optional(self.pool())
                .await
                .map_err(Error::read("launch"))?;
        Ok(row.map(Launch::from))
    }
}
