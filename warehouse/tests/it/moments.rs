use chrono::{DateTime, Utc};
use domain::Source;
use warehouse::{Db, PgPool};

/// Runs at some hours after a midnight: kind, state, hour, launches changed, launches closed.
async fn runs(pool: &PgPool, runs: &[(&str, &str, i32, i32, i32)]) {
    for (kind, state, hour, changed, closed) in runs {
        sqlx::query(
            "insert into ingest_run (
                kind, trigger, source, base_url, api_version, state, error, finished_at, observed_at, launch_changed_count,
                launch_closed_count
            )
            values (
                $1, 'command', 'simulated', 'http://localhost', '2.3.0', $2, case when $2 = 'failed' then 'for a reason' end, now(),
                '2026-02-01 00:00:00+00'::timestamptz + make_interval(hours => $3), $4, $5
            )",
        )
        .bind(kind)
        .bind(state)
        .bind(hour)
        .bind(changed)
        .bind(closed)
        .execute(pool)
        .await
        .expect("writes a run");
    }
}

async fn moments(pool: PgPool) -> Vec<String> {
    let moments: Vec<DateTime<Utc>> = Db::new(pool, Source::Simulated, 3600).moments().await.expect("reads");
    moments.iter().map(|at| at.format("%d %H").to_string()).collect()
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn time_travel_stops_where_the_board_changed(pool: PgPool) {
    runs(
        &pool,
        &[
            ("import", "succeeded", 6, 3, 0),
            ("sweep", "succeeded", 1, 2, 0),
            ("sweep", "succeeded", 2, 0, 0),
            ("sweep", "succeeded", 3, 0, 1),
            ("sweep", "failed", 4, 5, 0),
            // Past launches are not on the board.
            ("backfill", "succeeded", 5, 100, 0),
        ],
    )
    .await;
    assert_eq!(moments(pool).await, ["01 01", "01 03", "01 06"]);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn too_many_stops_for_a_slider_are_reduced_to_the_last_of_each_day(pool: PgPool) {
    let hours: Vec<_> = (0..501).map(|hour| ("changed", "succeeded", hour, 1, 0)).collect();
    runs(&pool, &hours[..500]).await;
    assert_eq!(moments(pool.clone()).await.len(), 500);
    runs(&pool, &hours[500..]).await;
    let moments = moments(pool).await;
    assert_eq!(moments.len(), 21);
    assert_eq!((moments[0].as_str(), moments[20].as_str()), ("01 23", "21 20"));
}
