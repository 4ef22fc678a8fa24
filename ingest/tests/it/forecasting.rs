use serde_json::{Value, json};
use sqlx::PgPool;

use crate::fixture::{Files, id, import, import_files, launch, list, status, with};

/// Returns the times at which forecasts were made, how many at each, and the number of flights they were based on.
async fn kept(pool: &PgPool) -> Vec<(String, i64, i32)> {
    sqlx::query_as(
        "select to_char(made_at at time zone 'UTC', 'DD HH24'), count(*), max(world_flight_count) \
         from model_forecast group by made_at order by made_at",
    )
    .fetch_all(pool)
    .await
    .expect("the forecasts can be counted")
}

/// Imports a page of history.
async fn import_past(pool: &PgPool, observed_at: &str, launches: &[Value]) {
    let files = Files::new();
    let file = files.write("previous1.json", &json!(launches));
    import_files(pool, observed_at, vec![file]).await.expect("the history is imported");
}

fn flown(number: u32, status_id: i64) -> Value {
    with(
        launch(number),
        &[("/status", status(status_id)), ("/net", json!(format!("2025-{:02}-01T12:00:00Z", number % 12 + 1)))],
    )
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_forecast_is_kept_until_a_launch_changes_or_a_new_day_begins(pool: PgPool) {
    let waiting = list(&[launch(1), launch(2)]);
    import(&pool, "2026-01-01T00:00", &waiting).await.unwrap();
    assert_eq!(kept(&pool).await, [("01 00".to_owned(), 2, 0)]);
    import(&pool, "2026-01-01T06:00", &waiting).await.unwrap();
    assert_eq!(kept(&pool).await.len(), 1, "nothing changed");

    let slipped = with(launch(2), &[("/net", json!("2026-09-01T12:00:00Z"))]);
    import(&pool, "2026-01-01T12:00", &list(&[launch(1), slipped.clone()])).await.unwrap();
    assert_eq!(kept(&pool).await[1..], [("01 12".to_owned(), 1, 0)], "only for the launch that changed");

    import(&pool, "2026-01-02T00:00", &list(&[launch(1), slipped])).await.unwrap();
    assert_eq!(kept(&pool).await[2..], [("02 00".to_owned(), 2, 0)], "forecasts depend on time");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn new_history_renews_forecasts_on_the_same_day(pool: PgPool) {
    import(&pool, "2026-01-01T00:00", &list(&[launch(1)])).await.unwrap();
    let first: f64 = sqlx::query_scalar("select success_chance from model_forecast").fetch_one(&pool).await.unwrap();

    let history: Vec<_> = (10..30).map(|number| flown(number, 3)).collect();
    import_past(&pool, "2026-01-01T01:00", &history).await;
    assert_eq!(kept(&pool).await[1..], [("01 01".to_owned(), 1, 20)]);
    let second: f64 = sqlx::query_scalar("select success_chance from model_forecast order by made_at desc limit 1")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert!(second > first, "twenty more successes: {first} to {second}");

    import_past(&pool, "2026-01-01T02:00", &[flown(30, 4)]).await;
    assert_eq!(kept(&pool).await.len(), 2, "a single new flight renews no forecast on the same day");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn an_impossible_forecast_is_dropped_with_a_warning_and_the_launches_are_published(pool: PgPool) {
    sqlx::raw_sql(
        "create function err() returns trigger language plpgsql as
        $$ begin new.success_chance := 1.5; return new; end $$;
        create trigger err before insert on model_forecast for each row when (new.launch_id::text like '%2') execute function err()",
    )
    .execute(&pool)
    .await
    .unwrap();
    let report = import(&pool, "2026-01-01T00:00", &list(&[launch(1), launch(2), launch(3)])).await.unwrap();
    assert_eq!(report.counts.launches_changed, 3);
    let stored: Vec<String> = sqlx::query_scalar("select right(launch_id::text, 1) from model_forecast order by 1")
        .fetch_all(&pool)
        .await
        .unwrap();
    assert_eq!(stored, ["1", "3"]);

    let found: Vec<(String, i64, Value)> = sqlx::query_as(
        "select severity, offending_count, sample from data_test_result where test = 'assert_forecasts_are_possible'",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    let [(severity, 1, sample)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((severity.as_str(), &sample[0]["launch_id"]), ("warn", &json!(id(2))));
    let warned: String =
        sqlx::query_scalar("select detail from ingest_step where name = 'test'").fetch_one(&pool).await.unwrap();
    assert_eq!(warned, "assert_forecasts_are_possible (1)");

    // The next run tries again, and its forecast is stored once the model is right.
    sqlx::raw_sql("drop trigger err on model_forecast").execute(&pool).await.unwrap();
    let changed = with(launch(2), &[("/status", status(8))]);
    import(&pool, "2026-01-01T06:00", &list(&[launch(1), changed, launch(3)])).await.unwrap();
    assert_eq!(kept(&pool).await, [("01 00".to_owned(), 2, 0), ("01 06".to_owned(), 1, 0)]);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn the_movement_of_scores_is_measured_once_a_day_on_forecasts_a_week_apart(pool: PgPool) {
    let measured = async || -> Vec<(String, f64, i32)> {
        sqlx::query_as(
            "select to_char(measured_at at time zone 'UTC', 'DD HH24'), per_root_day, launch_count
            from model_movement order by measured_at",
        )
        .fetch_all(&pool)
        .await
        .expect("the movement can be read")
    };
    let prior = domain::Movement::PRIOR.per_root_day();
    let waiting = list(&[launch(1), launch(2)]);
    import(&pool, "2026-01-01T00:00", &waiting).await.unwrap();
    assert_eq!(measured().await, [("01 00".to_owned(), prior, 0)], "nothing to compare: the assumption");
    let slipped = list(&[launch(1), with(launch(2), &[("/net", json!("2027-09-01T12:00:00Z"))])]);
    import(&pool, "2026-01-01T12:00", &slipped).await.unwrap();
    assert_eq!(measured().await.len(), 1, "one a day");
    // A near miss: three days are no week.
    import(&pool, "2026-01-04T00:00", &waiting).await.unwrap();
    assert_eq!(measured().await[1], ("04 00".to_owned(), prior, 0));
    import(&pool, "2026-01-08T12:00", &waiting).await.unwrap();
    let [.., (time, per_root_day, launch_count)] = measured().await.try_into().map(|all: [_; 3]| all).expect("three");
    assert_eq!((time.as_str(), launch_count), ("08 12", 2));
    assert!(per_root_day > prior, "{per_root_day}: the second left the window and came back");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn forecasts_of_another_now_neither_keep_new_ones_from_being_made_nor_count_as_todays(pool: PgPool) {
    let waiting = list(&[launch(1), launch(2)]);
    import(&pool, "2026-01-01T00:00", &waiting).await.unwrap();
    // As if they had been made by a program whose clock was half a year ahead.
    sqlx::raw_sql("update model_forecast set made_at = made_at + interval '200 days'").execute(&pool).await.unwrap();
    import(&pool, "2026-01-01T06:00", &waiting).await.unwrap();
    let made: Vec<(String, i64)> = kept(&pool).await.into_iter().map(|(time, count, _)| (time, count)).collect();
    assert_eq!(made, [("01 06".to_owned(), 2), ("20 00".to_owned(), 2)]);
}
