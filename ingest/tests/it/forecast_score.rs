//! Scores of stored date forecasts.

use ingest::ReplayScope;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, PgPool};

use crate::{
    fixture::{count, import, launch, list, status, with},
    replay::replay,
};

/// Returns the launch with a NET to the minute.
fn due(number: u32, net: &str) -> Value {
    with(launch(number), &[("/net", json!(net)), ("/window_start", json!(net)), ("/window_end", json!(net))])
}

fn flown(number: u32, net: &str) -> Value {
    with(due(number, net), &[("/status", status(3))])
}

/// Returns launch, day, horizon, state and the day of the outcome of each row, in this order.
async fn scores(pool: &PgPool) -> Vec<String> {
    sqlx::query_scalar(
        "select concat_ws(
            ' ', right(launch_id::text, 1), to_char(made_at at time zone 'UTC', 'MM-DD'), horizon,
            case when next_at is not null then 'waits' else coalesce(left_out, 'scored') end,
            to_char(flown_at at time zone 'UTC', 'MM-DD')
        )
        from model_forecast_score
        order by launch_id, made_at",
    )
    .fetch_all(pool)
    .await
    .expect("the table is there")
}

/// Returns everything but the run that looked.
async fn digest(pool: &PgPool) -> Vec<Value> {
    sqlx::query_scalar(
        "select to_jsonb(model_forecast_score) - 'ingest_run_id' from model_forecast_score order by launch_id, made_at",
    )
    .fetch_all(pool)
    .await
    .expect("the table is there")
}

async fn brier(pool: &PgPool, number: u32) -> [f64; 4] {
    let (ours, announced, horizon, weibull) = sqlx::query_as::<_, (f64, f64, f64, f64)>(
        "select
            integrated_brier_days, announced_integrated_brier_days, horizon_integrated_brier_days,
            weibull_integrated_brier_days
        from model_forecast_score
        where right(launch_id::text, 1) = $1::text and integrated_brier_days is not null
        order by made_at
        limit 1",
    )
    .bind(number.to_string())
    .fetch_one(pool)
    .await
    .expect("it is scored");
    [ours, announced, horizon, weibull]
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_forecast_is_scored_once_its_look_ahead_is_over_and_one_counts_per_day(pool: PgPool) {
    let waiting = due(1, "2026-01-10T12:00:00Z");
    import(&pool, "2026-01-01T00:00", &list(std::slice::from_ref(&waiting))).await.unwrap();
    // A change makes another forecast on the same day.
    let moved = due(1, "2026-01-12T12:00:00Z");
    import(&pool, "2026-01-01T12:00", &list(std::slice::from_ref(&moved))).await.unwrap();
    assert_eq!(count(&pool, "select count(*) from model_forecast").await, 2);
    assert_eq!(scores(&pool).await, ["1 01-01 to_a_month waits"]);
    let chances = "select count(*) from model_forecast_score
        where within_7_days_chance < within_30_days_chance and within_30_days_chance <= within_90_days_chance";
    assert_eq!(count(&pool, chances).await, 1, "they are known at once");

    // The outcome is known, but the forecast of a launch that waits would not be scored yet, either.
    import(&pool, "2026-01-30T23:00", &list(&[flown(1, "2026-01-12T12:00:00Z"), due(2, "2026-08-01T00:00:00Z")]))
        .await
        .unwrap();
    assert_eq!(scores(&pool).await, ["1 01-01 to_a_month waits", "2 01-30 beyond waits"]);

    import(&pool, "2026-01-31T00:00", &list(&[due(2, "2026-08-01T00:00:00Z")])).await.unwrap();
    assert_eq!(
        scores(&pool).await,
        ["1 01-01 to_a_month scored 01-12", "2 01-30 beyond waits", "2 01-31 beyond waits"]
    );
    let [ours, announced, ..] = brier(&pool, 1).await;
    assert!((announced - 2.0).abs() < 1e-9, "two days too early: {announced}");
    assert!(ours > 0.0 && ours < 30.0, "{ours}");
    let pinball =
        "select announced_p50_pinball_days = 1.0 and announced_p80_pinball_days = 1.6 from model_forecast_score
        where integrated_brier_days is not null";
    assert!(sqlx::query_scalar::<_, bool>(pinball).fetch_one(&pool).await.unwrap());
    assert_eq!(
        count(&pool, "select count(*) from mart_forecast_date where integrated_brier_days is not null").await,
        1
    );
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn forecasts_without_a_current_announcement_or_a_known_outcome_are_left_out(pool: PgPool) {
    let listed = due(1, "2026-01-20T12:00:00Z");
    // 2 leaves the list before its date; 3 is last seen after its T-0, without an outcome.
    let all = [listed.clone(), due(2, "2026-01-20T12:00:00Z"), due(3, "2026-01-01T18:00:00Z")];
    import(&pool, "2026-01-01T12:00", &list(&all)).await.unwrap();
    // Not the whole list: a launch that is missing is still taken for an upcoming one.
    import(&pool, "2026-01-02T00:00", &json!([listed.clone(), due(3, "2026-01-01T18:00:00Z")])).await.unwrap();
    import(&pool, "2026-01-03T00:00", &json!([listed])).await.unwrap();
    import(&pool, "2026-02-10T00:00", &json!([due(1, "2026-03-20T12:00:00Z")])).await.unwrap();
    let expected = [
        "1 01-01 to_a_month scored",
        "1 01-02 to_a_month scored",
        "1 01-03 to_a_month scored",
        "1 02-10 to_ninety_days waits",
        "2 01-01 to_a_month scored",
        "2 01-02 to_a_month stale",
        "2 01-03 to_a_month stale",
        "2 02-10 overdue waits",
        "3 01-01 under_a_day outcome_unknown",
        "3 01-02 overdue outcome_unknown",
        "3 01-03 overdue stale",
        "3 02-10 overdue waits",
    ];
    assert_eq!(scores(&pool).await, expected);
    let stale = "select count(*) from mart_forecast_date where right(launch_id::text, 1) = '2'";
    assert_eq!(count(&pool, stale).await, 1);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_launch_that_the_newest_list_may_still_show_is_not_judged_yet(pool: PgPool) {
    let other = due(1, "2026-08-01T00:00:00Z");
    let overdue = due(2, "2026-01-01T06:00:00Z");
    import(&pool, "2026-01-01T00:00", &list(&[other.clone(), overdue.clone()])).await.unwrap();
    import(&pool, "2026-01-07T12:00", &list(&[other.clone(), overdue])).await.unwrap();
    // A response with one changed launch, after the look-ahead of seven days.
    import(&pool, "2026-01-08T12:00", &json!([other])).await.unwrap();
    assert_eq!(scores(&pool).await[3], "2 01-01 under_a_day waits");
    import(&pool, "2026-01-08T13:00", &list(&[other, flown(2, "2026-01-07T18:00:00Z")])).await.unwrap();
    assert_eq!(scores(&pool).await[3], "2 01-01 under_a_day scored 01-07");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_corrected_outcome_is_scored_anew_and_a_replay_leads_to_the_same_scores(pool: PgPool) {
    let other = due(2, "2026-01-15T12:00:00Z");
    import(&pool, "2026-01-01T00:00", &list(&[due(1, "2026-01-10T12:00:00Z"), other.clone()])).await.unwrap();
    import(&pool, "2026-01-12T00:00", &list(&[flown(1, "2026-01-11T12:00:00Z"), other.clone()])).await.unwrap();
    import(&pool, "2026-02-01T00:00", &list(std::slice::from_ref(&other))).await.unwrap();
    let before = (brier(&pool, 1).await, brier(&pool, 2).await);
    assert!((before.0[1] - 1.0).abs() < 1e-9, "{before:?}");
    assert_eq!(scores(&pool).await[0], "1 01-01 to_a_month scored 01-11");

    let corrected = flown(1, "2026-01-13T12:00:00Z");
    import(&pool, "2026-02-02T00:00", &list(&[corrected, other.clone()])).await.unwrap();
    assert_eq!(scores(&pool).await[0], "1 01-01 to_a_month scored 01-13");
    let after = (brier(&pool, 1).await, brier(&pool, 2).await);
    assert!((after.0[1] - 3.0).abs() < 1e-9, "{after:?}");
    assert_eq!(after.1, before.1, "the outcome of the other launch has not changed");

    let mut stored = digest(&pool).await;
    sqlx::query("update model_forecast_score set integrated_brier_days = 29, flown_at = null where next_at is null")
        .execute(&pool)
        .await
        .unwrap();
    replay(&pool, ReplayScope::Everything).await.unwrap();
    assert_eq!(digest(&pool).await, stored);

    // The launch flew before its forecasts, as is known now: none of them counts.
    import(&pool, "2026-02-02T12:00", &list(&[flown(1, "2025-12-31T00:00:00Z"), other])).await.unwrap();
    assert_eq!(scores(&pool).await[0], "1 01-01 to_a_month not_waiting");
    stored = digest(&pool).await;
    replay(&pool, ReplayScope::Everything).await.unwrap();
    assert_eq!(digest(&pool).await, stored);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn an_upgraded_database_catches_up_over_a_few_runs(pool: PgPool) {
    let launches: Vec<Value> = (1..=4).map(launch).collect();
    import(&pool, "2026-01-01T00:00", &list(&launches)).await.unwrap();
    // 3,000 days with a forecast for each launch, in the form of hours; to be looked at, as the migration leaves them.
    sqlx::raw_sql(
        "insert into model_forecast
        select (jsonb_populate_record(model_forecast, jsonb_build_object(
            'made_at', made_at - day * interval '1 day',
            'ingest_run_id', 0,
            'content', jsonb_set(content, '{date}', (content -> 'date') - 'minutes_after_net' || jsonb_build_object(
                'hours_after_net', (
                    select jsonb_agg(round(minutes::integer / 60.0) order by place)
                    from jsonb_array_elements_text(content -> 'date' -> 'minutes_after_net') with ordinality as hours (minutes, place)
                )
            ))
        ))).*
        from model_forecast, generate_series(1, 3000) as day;
        insert into model_forecast_score (launch_id, made_at, next_at)
        select launch_id, made_at, made_at from model_forecast where ingest_run_id = 0",
    )
    .execute(&pool)
    .await
    .unwrap();
    let mut left = Vec::new();
    for hour in ["01", "02", "03", "04"] {
        import(&pool, &format!("2026-01-01T{hour}:00"), &list(&launches)).await.unwrap();
        left.push(count(&pool, "select count(*) from model_forecast_score where next_at <= '2026-01-01T04:00Z'").await);
    }
    // Those of the last 90 days wait for their outcome.
    assert_eq!(left, [7000, 2000, 0, 0]);
    assert_eq!(count(&pool, "select count(*) from model_forecast_score where next_at is not null").await, 4 * 90);
    assert_eq!(count(&pool, "select count(*) from model_forecast_score where left_out = 'unreadable'").await, 0);
    let warned = "select count(*) from data_test_result where test like 'assert_date%' and offending_count > 0";
    assert_eq!(count(&pool, warned).await, 0, "a run without room for all is no fault");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_forecast_in_the_form_of_hours_is_scored_like_one_in_minutes(pool: PgPool) {
    import(&pool, "2026-01-01T00:00", &list(&[due(1, "2026-01-10T12:00:00Z"), due(2, "2026-01-10T12:00:00Z")]))
        .await
        .unwrap();
    let hours = json!((-10..=10).map(|hour| hour * 6).collect::<Vec<i32>>());
    let minutes = json!((-10..=10).map(|hour| hour * 360).collect::<Vec<i32>>());
    for (number, key, times) in [(1, "hours_after_net", &hours), (2, "minutes_after_net", &minutes)] {
        let sql = format!(
            "update model_forecast
            set content = jsonb_set(content, '{{date}}', (content -> 'date') - 'minutes_after_net' || '{{\"{key}\": {times}}}')
            where right(launch_id::text, 1) = '{number}'"
        );
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&pool).await.unwrap();
    }
    let outcomes = [flown(1, "2026-01-11T12:00:00Z"), flown(2, "2026-01-11T12:00:00Z")];
    import(&pool, "2026-02-01T00:00", &list(&outcomes)).await.unwrap();
    assert_eq!(brier(&pool, 1).await, brier(&pool, 2).await);
}
