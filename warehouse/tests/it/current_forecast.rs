use chrono::{DateTime, Utc};
use domain::{Launch, Source};
use sqlx::query;
use uuid::Uuid;
use warehouse::{Db, PgPool};

fn at(time: &str) -> DateTime<Utc> {
    time.parse().expect("a valid time")
}

/// Stores a forecast of the first launch of the fixture, made at that time.
async fn predict(pool: &PgPool, made_at: &str) {
    query(
        "insert into model_forecast (
            launch_id, made_at, ingest_run_id, rocket_flight_count, rocket_success_count, world_flight_count, world_success_count,
            announced_net_at, provider_id, content
        ) values ($1, $2, 1, 0, 0, 0, 0, $2, 1, jsonb_build_object('made_at', $2, 'success', null, 'date', null))",
    )
    .bind(Uuid::from_u128(1))
    .bind(at(made_at))
    .execute(pool)
    .await
    .expect("a forecast is kept");
}

/// Returns when the forecast of that launch was made.
fn made_at(launches: &[Launch]) -> Option<DateTime<Utc>> {
    let launch = launches.iter().find(|launch| launch.id == Uuid::from_u128(1)).expect("it is listed");
    Some(launch.forecast.as_ref()?.made_at)
}

/// A program whose clock stands still at `now`; another one has another memory of the board.
fn frozen(pool: &PgPool, now: &str) -> Db {
    Db::new(pool.clone(), Source::Live, 3600).frozen_at(at(now))
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn a_forecast_made_after_the_time_of_the_page_is_not_shown(pool: PgPool) {
    predict(&pool, "2026-12-06T00:00:00Z").await;
    let now = "2026-03-23T09:00:00Z";
    let db = frozen(&pool, now);
    assert_eq!(made_at(&db.board().await.expect("reads").launches), None, "it is of another world's now");
    assert_eq!(made_at(&db.whole_board().await.expect("reads").launches), None);
    assert_eq!(made_at(&db.board_as_of(at(now)).await.expect("reads").launches), None);
    let launch = db.launch(Uuid::from_u128(1)).await.expect("reads").expect("exists");
    assert_eq!(launch.forecast, None);

    // The one before is shown instead, wherever it is read.
    predict(&pool, "2026-03-23T08:46:00Z").await;
    let db = frozen(&pool, now);
    let expected = Some(at("2026-03-23T08:46:00Z"));
    assert_eq!(made_at(&db.board().await.expect("reads").launches), expected);
    assert_eq!(made_at(&db.whole_board().await.expect("reads").launches), expected);
    assert_eq!(made_at(&db.board_as_of(at(now)).await.expect("reads").launches), expected);
    let predicted = db.predicted_at(&[Uuid::from_u128(1)]).await.expect("reads");
    assert_eq!(predicted.get(&Uuid::from_u128(1)).copied(), expected);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn a_forecast_is_current_until_launches_were_observed_two_days_after_it(pool: PgPool) {
    query("update ingest_run set observed_at = '2026-03-23T08:46:00Z'").execute(&pool).await.expect("updates");
    predict(&pool, "2026-03-21T08:45:59Z").await;
    let board = frozen(&pool, "2026-03-23T09:00:00Z").board().await.expect("reads");
    assert_eq!(made_at(&board.launches), None, "the launch could not be predicted since");
    predict(&pool, "2026-03-21T08:46:01Z").await;
    let board = frozen(&pool, "2026-05-23T09:00:00Z").board().await.expect("reads");
    let expected = Some(at("2026-03-21T08:46:01Z"));
    assert_eq!(made_at(&board.launches), expected, "without newer observations, old launches keep their forecasts");
}
