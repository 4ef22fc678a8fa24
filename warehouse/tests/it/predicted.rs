use chrono::{DateTime, Utc};
use domain::Source;
use sqlx::query;
use uuid::Uuid;
use warehouse::{Db, PgPool};

fn at(time: &str) -> DateTime<Utc> {
    time.parse().expect("a valid time")
}

async fn predict(pool: &PgPool, launch: u128, made_at: &str, p50_at: Option<&str>, p80_at: Option<&str>) {
    query(
        r#"insert into model_forecast (
            launch_id, made_at, ingest_run_id, rocket_flight_count, rocket_success_count, world_flight_count, world_success_count,
            announced_net_at, provider_id, p50_at, p80_at, content
        ) values ($1, $2, 1, 0, 0, 0, 0, $2, 1, $3, $4, '{"made_at": null, "success": null, "date": null}')"#,
    )
    .bind(Uuid::from_u128(launch))
    .bind(at(made_at))
    .bind(p50_at.map(at))
    .bind(p80_at.map(at))
    .execute(pool)
    .await
    .expect("a forecast is kept");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn the_age_of_a_forecast_is_the_age_of_its_dates(pool: PgPool) {
    let (may, june) = (Some("2026-05-03T08:00:00Z"), Some("2026-06-09T20:00:00Z"));
    // The same two days, at other hours; before that another day, and before that the same two again.
    predict(&pool, 1, "2026-03-01T00:00:00Z", may, june).await;
    predict(&pool, 1, "2026-03-02T00:00:00Z", Some("2026-05-04T00:00:00Z"), june).await;
    predict(&pool, 1, "2026-03-03T00:00:00Z", Some("2026-05-03T00:00:00Z"), june).await;
    predict(&pool, 1, "2026-03-04T00:00:00Z", Some("2026-05-03T23:59:59Z"), june).await;
    // Always the same; then one unknown at first and known later.
    predict(&pool, 2, "2026-03-01T00:00:00Z", may, None).await;
    predict(&pool, 2, "2026-03-05T00:00:00Z", may, None).await;
    predict(&pool, 3, "2026-03-01T00:00:00Z", may, None).await;
    predict(&pool, 3, "2026-03-05T00:00:00Z", may, june).await;
    let db = Db::new(pool, Source::Live, 3600);
    let predicted = db.predicted_at(&[1, 2, 3, 9].map(Uuid::from_u128)).await.expect("reads");
    let since = |launch: u128| predicted.get(&Uuid::from_u128(launch)).copied();
    assert_eq!(since(1), Some(at("2026-03-03T00:00:00Z")));
    assert_eq!(since(2), Some(at("2026-03-01T00:00:00Z")));
    assert_eq!(since(3), Some(at("2026-03-05T00:00:00Z")));
    assert_eq!(since(9), None);
}
