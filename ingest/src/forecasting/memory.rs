//! Reads from the star schema what forecasts are based on.

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

/// Returns the observed announcements of each launch that LL2 mentioned after `since`.
pub async fn courses(connection: &mut PgConnection, since: DateTime<Utc>) -> Result<Vec<Course>, Error> {
    let rows: Vec<AnnouncementRow> = sqlx::query_as(include_str!("../../sql/forecasting/announcements.sql"))
        .bind(since)
        .fetch_all(connection)
        .await
        .map_err(Error::database("read the announcements"))?;
    let mut courses: Vec<Course> = Vec::new();
    for row in rows {
        let announcement = Announcement {
            from: row.valid_from,
            net: row.net_at,
            precision_id: row.net_precision_id,
            status_id: row.status_id,
            provider_id: row.provider_id,
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
