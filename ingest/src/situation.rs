//! Reads the situation from Postgres, and stores the plan for display.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgPool;

use crate::{
    budget::{self, Budget},
    error::Error,
    journal::ABANDONED,
    plan::{Situation, Step},
};

#[derive(sqlx::FromRow)]
struct Row {
    is_paused: bool,
    listed_count: i64,
    swept_at: Option<DateTime<Utc>>,
    looked_at: Option<DateTime<Utc>>,
    landed_page_count: i64,
    near: Vec<DateTime<Utc>>,
    follow_up_count: i64,
    history_asked_at: Option<DateTime<Utc>>,
    is_history_finished: bool,
    failure_count: i64,
    failed_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
}

/// Reads the current situation.
pub(crate) async fn look(pool: &PgPool, budget: Budget, poll_interval: TimeDelta) -> Result<Situation, Error> {
    let mut connection = pool.acquire().await.map_err(Error::database("connect for the plan"))?;
    let (now, allowance) = budget::allowance(&mut connection, budget).await?;
    let row: Row = sqlx::query_as(include_str!("../sql/situation.sql"))
        .bind(ABANDONED)
        .fetch_one(&mut *connection)
        .await
        .map_err(|source| Error::Statement { statement: "situation", source })?;
    let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(Situation {
        now,
        is_paused: row.is_paused,
        allowance,
        poll_interval,
        listed: number(row.listed_count),
        swept_at: row.swept_at,
        landed_pages: Some(number(row.landed_page_count)).filter(|&pages| pages > 0),
        looked_at: row.looked_at,
        near: row.near,
        follow_ups: number(row.follow_up_count).min(crate::follow_up::MOST),
        history_asked_at: row.history_asked_at,
        is_history_finished: row.is_history_finished,
        failures: number(row.failure_count),
        failed_at: row.failed_at,
        ended_at: row.ended_at,
    })
}

/// Stores the plan in the database, where others can read it.
pub(crate) async fn show(pool: &PgPool, steps: &[Step]) -> Result<(), Error> {
    let failed = || Error::database("store the plan");
    let mut transaction = pool.begin().await.map_err(failed())?;
    sqlx::query("delete from ingest_plan").execute(&mut *transaction).await.map_err(failed())?;
    let (mut positions, mut tasks, mut dues, mut requests, mut reasons) = (vec![], vec![], vec![], vec![], vec![]);
    for (position, step) in (1_i16..).zip(steps) {
        positions.push(position);
        tasks.push(step.task.as_str());
        dues.push(step.due_at);
        requests.push(i32::try_from(step.requests).unwrap_or(i32::MAX));
        reasons.push(step.reason.as_str());
    }
    sqlx::query(
        "insert into ingest_plan (plan_position, task, due_at, request_count, reason, planned_at)
        select plan_position, task, due_at, request_count, reason, ingest_now()
        from unnest($1::smallint[], $2::text[], $3::timestamptz[], $4::integer[], $5::text[])
            as step (plan_position, task, due_at, request_count, reason)
        on conflict (plan_position) do nothing",
    )
    .bind(positions)
    .bind(tasks)
    .bind(dues)
    .bind(requests)
    .bind(reasons)
    .execute(&mut *transaction)
    .await
    .map_err(failed())?;
    transaction.commit().await.map_err(failed())
}
