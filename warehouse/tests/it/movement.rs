use chrono::{DateTime, Utc};
use domain::{Movement, Source};
use warehouse::{Db, PgPool};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn a_board_has_the_movement_that_was_measured_by_its_time(pool: PgPool) {
    let measured = |moves: f64| Movement::new(moves, 7).expect("in range");
    let db = |now: &str| Db::new(pool.clone(), Source::Live, 3600).frozen_at(at(now));
    let now = db("2026-03-23T09:00:00Z");
    assert_eq!(now.board().await.expect("reads").movement, Movement::PRIOR, "nothing was measured");

    sqlx::raw_sql(
        "insert into model_movement (measured_at, ingest_run_id, per_root_day, launch_count)
        values ('2026-03-21T00:00Z', 1, 0.02, 7), ('2026-03-22T00:00Z', 1, 0.03, 7), ('2026-03-24T00:00Z', 1, 0.04, 7)",
    )
    .execute(&pool)
    .await
    .expect("can be stored");
    let now = db("2026-03-23T09:00:00Z");
    assert_eq!(now.board().await.expect("reads").movement, measured(0.03), "a later one was not known");
    assert_eq!(now.whole_board().await.expect("reads").movement, measured(0.03));
    let past = now.board_as_of(at("2026-03-21T12:00:00Z")).await.expect("reads");
    assert_eq!(past.movement, measured(0.02));
}
