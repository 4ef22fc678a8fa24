//! Forecasts for published launches: made after a run, in its transaction, stored unchanged, and scored later.

mod memory;
mod movement;
mod row;
mod score;

use std::collections::HashMap;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use domain::LaunchForecast;
use forecast::{
    slip::{Course, SlipModel, horizon::Horizons},
    success::{Ride, SuccessModel},
};
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;

use self::row::Rows;
use crate::{checks::Finding, error::Error};

pub use memory::{courses, flights};
pub(crate) use score::{refresh_scores, rescore_everything};

/// Announcements older than this are not used, because announcement practice changes.
const MEMORY: TimeDelta = TimeDelta::days(400);

/// A chance or date that moved by less does not justify another forecast.
const SAME_CHANCE: f64 = 0.002;
const SAME_DATE: TimeDelta = TimeDelta::hours(6);

#[derive(FromRow)]
struct Waiting {
    launch_id: Uuid,
    rocket: String,
    family: Option<String>,
    maker: String,
    made_at: Option<DateTime<Utc>>,
    content: Option<serde_json::Value>,
}

/// Makes forecasts for every waiting launch, if they are due, from what was observed until `now`; returns how many were
/// stored. The first run of a UTC day stores all of them, later runs those that differ from the newest stored one.
pub(crate) async fn refresh_forecasts(
    connection: &mut PgConnection,
    run_id: i64,
    now: DateTime<Utc>,
) -> Result<u64, Error> {
    let is_due: bool = sqlx::query_scalar(include_str!("../../sql/forecasting/is_due.sql"))
        .bind(memory::MOST_FLIGHTS)
        .fetch_one(&mut *connection)
        .await
        .map_err(Error::database("check whether forecasts are due"))?;
    if !is_due {
        return Ok(0);
    }
    let mut success = SuccessModel::default();
    for flight in flights(connection).await?.iter().filter(|flight| flight.flown_at < now) {
        success.learn(flight.ride(), flight.outcome);
    }
    let courses = courses(connection, now - MEMORY).await?;
    // The date models are fitted as of the start of the day, so that within a day a forecast changes only with its
    // launch.
    let morning = now.date_naive().and_time(NaiveTime::MIN).and_utc();
    let slips = SlipModel::fit(&courses, morning);
    let horizons = Horizons::fit(&courses, morning);
    let courses: HashMap<Uuid, &Course> = courses.iter().map(|course| (course.launch_id, course)).collect();

    let waiting: Vec<Waiting> = sqlx::query_as(include_str!("../../sql/forecasting/waiting.sql"))
        .bind(now)
        .fetch_all(&mut *connection)
        .await
        .map_err(Error::database("read the launches to forecast"))?;
    let mut rows = Rows::default();
    for launch in waiting {
        let Some(announced) =
            courses.get(&launch.launch_id).and_then(|course| course.announcements.last()).filter(|it| it.is_waiting())
        else {
            continue;
        };
        let ride = Ride { at: now, rocket: &launch.rocket, family: launch.family.as_deref(), maker: &launch.maker };
        let past_slips = courses.get(&launch.launch_id).map_or(0, |course| course.slips(now));
        let forecast = LaunchForecast {
            made_at: now,
            success: success.predict(ride),
            date: slips.predict(announced, past_slips, now),
        };
        // A stored forecast that cannot be parsed counts as none: the new one is stored in addition.
        let before = launch.content.and_then(|content| serde_json::from_value::<LaunchForecast>(content).ok());
        let is_todays = launch.made_at.is_some_and(|made_at| made_at >= morning);
        if is_todays && before.is_some_and(|before| says_the_same(&before, &forecast)) {
            continue;
        }
        rows.push(launch.launch_id, announced, &forecast, success.record(ride), &horizons);
    }
    let stored = rows.insert(connection, run_id, now).await?;
    movement::refresh_movement(connection, run_id, morning, now).await?;
    Ok(stored)
}

/// The data test that finds impossible forecasts.
const POSSIBLE: &str = "assert_forecasts_are_possible";

/// The test's own statement selects the rows, so that exactly those are deleted that it reported.
const DROP_IMPOSSIBLE: &str = concat!(
    "delete from model_forecast using (\n",
    include_str!("../../sql/checks/assert_forecasts_are_possible.sql"),
    "\n) as impossible
    where model_forecast.launch_id = impossible.launch_id and model_forecast.made_at = impossible.made_at"
);

/// Deletes the forecasts that a data test has found to be impossible, in the run's transaction: a model that is wrong
/// must not keep the launches from being published.
pub(crate) async fn drop_impossible(connection: &mut PgConnection, findings: &[Finding]) -> Result<(), Error> {
    let Some(finding) = findings.iter().find(|finding| finding.check.name == POSSIBLE && finding.offending_count > 0)
    else {
        return Ok(());
    };
    let dropped = sqlx::query(DROP_IMPOSSIBLE)
        .execute(connection)
        .await
        .map_err(Error::database("drop impossible forecasts"))?
        .rows_affected();
    tracing::warn!(dropped, found = finding.offending_count, "dropped impossible forecasts");
    Ok(())
}

fn says_the_same(one: &LaunchForecast, other: &LaunchForecast) -> bool {
    let chance = |forecast: &LaunchForecast| forecast.success.map(|success| success.chance.mean());
    let chances = match (chance(one), chance(other)) {
        (Some(one), Some(other)) => (one - other).abs() < SAME_CHANCE,
        (one, other) => one.is_none() && other.is_none(),
    };
    let dates = match (one.date, other.date) {
        (Some(one), Some(other)) => {
            let near = |level: f64| match (one.quantile(level), other.quantile(level)) {
                (Some(one), Some(other)) => (one - other).abs() < SAME_DATE,
                _ => false,
            };
            one.announced() == other.announced()
                && one.precision_id() == other.precision_id()
                && [0.1, 0.5, 0.8, 0.9].into_iter().all(near)
        }
        (one, other) => one.is_none() && other.is_none(),
    };
    chances && dates
}
