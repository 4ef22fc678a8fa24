//! Views that restate tables. A data test of such a view would repeat its definition, so they are tested here, on rows
//! that each of them must contain or leave out.

#![expect(clippy::disallowed_methods, reason = "the views use the clock of the database")]

use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::fixture::{Files, count, import, import_files, launch, list, status, with};

async fn numbers(pool: &PgPool, sql: &'static str) -> Vec<String> {
    sqlx::query_scalar(sql).fetch_all(pool).await.expect("the query is valid")
}

fn ago(days: i64) -> String {
    (Utc::now() - TimeDelta::days(days)).format("%Y-%m-%dT%H:%M").to_string()
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn views_contain_what_the_tables_do(pool: PgPool) {
    let past = |number: u32, status_id: i64| {
        let net = json!(format!("{}:00Z", ago(5)));
        with(
            launch(number),
            &[
                ("/net", net.clone()),
                ("/window_start", net.clone()),
                ("/window_end", net),
                ("/status", status(status_id)),
            ],
        )
    };
    let unknown_rocket = with(past(4, 3), &[("/rocket", Value::Null)]);
    // 1 and 2 are to come, 3 to 6 have flown, 7 is in flight, 8 and 9 never flew.
    let all =
        [launch(1), launch(2), past(3, 3), unknown_rocket, past(5, 4), past(6, 3), past(7, 6), past(8, 1), past(9, 1)];
    import(&pool, &ago(4), &list(&all)).await.unwrap();
    let files = Files::new();
    let page = files.write("upcoming.json", &json!([{"id": "nothing usable"}]));
    import_files(&pool, &ago(3), vec![page]).await.unwrap_err();
    import(&pool, &ago(2), &list(&all[..2])).await.unwrap();
    // An archive from before: published last, and not the newest.
    import(&pool, &ago(6), &json!([launch(10)])).await.unwrap();
    sqlx::query("update fact_launch set deleted_at = left_upcoming_at where right(launch_id::text, 2) in ('06', '09')")
        .execute(&pool)
        .await
        .unwrap();

    let freshness: Vec<(i64, bool, i64)> = sqlx::query_as(
        "select publication_id, observed_at = (select observed_at from ingest_run where ingest_run_id = 3), upcoming_count
        from mart_freshness",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(freshness, [(4, true, 3)]);
    let runs = numbers(&pool, "select ingest_run_id || ' ' || state from mart_run order by ingest_run_id").await;
    assert_eq!(runs, ["1 succeeded", "2 failed", "3 succeeded", "4 succeeded"]);

    // Without those of an unknown rocket, and without deleted ones.
    let flights =
        numbers(&pool, "select right(launch_id::text, 1) || ' ' || status_id from mart_flight order by 1").await;
    assert_eq!(flights, ["3 3", "5 4"]);
    assert_eq!(count(&pool, "select count(*) from fact_launch where is_final(status_id)").await, 4);

    let due = numbers(&pool, "select right(launch_id::text, 1) from ingest_due_follow_up order by 1").await;
    assert_eq!(due, ["7", "8"], "those that left without an outcome and exist");
    sqlx::query(
        "insert into ingest_request (purpose, url)
        select 'follow_up', 'https://ll.example/launch/' || launch_id from fact_launch where right(launch_id::text, 1) = '7'",
    )
    .execute(&pool)
    .await
    .unwrap();
    let due = numbers(&pool, "select right(launch_id::text, 1) from ingest_due_follow_up").await;
    assert_eq!(due, ["8"], "the other one was requested just now");
    sqlx::query(
        "update fact_launch set first_seen_at = now() - interval '32 days', left_upcoming_at = now() - interval '31 days'
        where not is_upcoming",
    )
    .execute(&pool)
    .await
    .unwrap();
    assert_eq!(count(&pool, "select count(*) from ingest_due_follow_up").await, 0, "LL2 will not close them any more");
}
