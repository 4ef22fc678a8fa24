//! Reads from the star schema what forecasts are based on.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use forecast::{
    backtest::Flight,
    slip::{Announcement, Course},
    success::Outcome,
};
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;

use crate::error::Error;

#[derive(FromRow)]
struct FlightRow {
    launch_id: Uuid,
    flown_at: DateTime<Utc>,
    status_id: i32,
    rocket: String,
    family: Option<String>,
    maker: String,
}

#[derive(FromRow)]
struct AnnouncementRow {
    launch_id: Uuid,
    valid_from: DateTime<Utc>,
    net_at: DateTime<Utc>,
    net_precision_id: Option<i32>,
    status_id: i32,
    provider_id: i32,
    rocket_config_id: i32,
    window_end_at: Option<DateTime<Utc>>,
    rocket_flight_count: Option<i32>,
    provider_flight_count: Option<i32>,
    last_seen_at: DateTime<Utc>,
    is_slip: bool,
}

/// More than twice the number of launches in LL2.
pub(super) const MOST_FLIGHTS: i64 = 20_000;

/// Returns the newest flights with an outcome, in the order in which they flew.
pub async fn flights(connection: &mut PgConnection) -> Result<Vec<Flight>, Error> {
    let rows: Vec<FlightRow> = sqlx::query_as(include_str!("../../sql/forecasting/flights.sql"))
        .bind(MOST_FLIGHTS)
        .fetch_all(connection)
        .await
        .map_err(Error::database("read the flights"))?;
    Ok(rows
        .into_iter()
        .rev()
        .filter_map(|row| {
            Some(Flight {
                launch_id: row.launch_id,
                flown_at: row.flown_at,
                rocket: row.rocket,
                family: row.family,
                maker: row.maker,
                outcome: Outcome::of_status(row.status_id)?,
            })
        })
        .collect())
}

/// When rockets and providers have flown, in chronological order.
#[derive(Default)]
struct FlownSince {
    rockets: HashMap<i32, Vec<DateTime<Utc>>>,
    providers: HashMap<i32, Vec<DateTime<Utc>>>,
}

impl FlownSince {
    async fn read(connection: &mut PgConnection, since: DateTime<Utc>) -> Result<Self, Error> {
        let rows: Vec<(i32, i32, DateTime<Utc>)> =
            sqlx::query_as(include_str!("../../sql/forecasting/flown_since.sql"))
                .bind(since)
                .fetch_all(connection)
                .await
                .map_err(Error::database("read the latest flights"))?;
        let mut flown = Self::default();
        for (rocket_config_id, provider_id, flown_at) in rows {
            flown.rockets.entry(rocket_config_id).or_default().push(flown_at);
            flown.providers.entry(provider_id).or_default().push(flown_at);
        }
        Ok(flown)
    }
}

/// Returns the number of flights before a time. LL2 gives only the present number, and a forecast must not know later
/// flights: those that we saw since are subtracted.
fn before(count: Option<i32>, flown: Option<&Vec<DateTime<Utc>>>, at: DateTime<Utc>) -> Option<u32> {
    let count = u32::try_from(count?).ok()?;
    let since = flown.map_or(0, |flown| flown.len() - flown.partition_point(|flown_at| *flown_at < at));
    Some(count.saturating_sub(u32::try_from(since).unwrap_or(u32::MAX)))
}

/// Returns the observed announcements of each launch that LL2 mentioned after `since`.
pub async fn courses(connection: &mut PgConnection, since: DateTime<Utc>) -> Result<Vec<Course>, Error> {
    let rows: Vec<AnnouncementRow> = sqlx::query_as(include_str!("../../sql/forecasting/announcements.sql"))
        .bind(since)
        .fetch_all(&mut *connection)
        .await
        .map_err(Error::database("read the announcements"))?;
    let flown = FlownSince::read(connection, since).await?;
    let mut courses: Vec<Course> = Vec::new();
    for row in rows {
        let announcement = Announcement {
            from: row.valid_from,
            net: row.net_at,
            precision_id: row.net_precision_id,
            status_id: row.status_id,
            provider_id: row.provider_id,
            window_end: row.window_end_at,
            rocket_flights: before(row.rocket_flight_count, flown.rockets.get(&row.rocket_config_id), row.valid_from),
            provider_flights: before(row.provider_flight_count, flown.providers.get(&row.provider_id), row.valid_from),
        };
        let course = match courses.last_mut() {
            Some(course) if course.launch_id == row.launch_id => course,
            _ => courses.push_mut(Course {
                launch_id: row.launch_id,
                announcements: Vec::new(),
                slipped_at: Vec::new(),
                last_seen_at: row.last_seen_at,
            }),
        };
        course.announcements.push(announcement);
        if row.is_slip {
            course.slipped_at.push(row.valid_from);
        }
    }
    Ok(courses)
}
