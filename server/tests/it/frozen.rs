//! A world with its own clock: what is observed, forecast and decided there is of the time that its pages call now.

use std::time::Duration;

use serde_json::Value;
use sqlx::{Connection as _, PgConnection};

use crate::program::{Program, json, until};

/// Starts a program whose clock stands still, and waits until it has published.
async fn program(frozen_at: &str) -> Program {
    let program = Program::start(&[("IT_FROZEN_AT", frozen_at)]).await;
    until(Duration::from_secs(60), "the first run publishes", async || {
        json(get(&program, "/api/v1/freshness").await).await["run_id"].is_number()
    })
    .await;
    program
}

async fn get(program: &Program, path: &str) -> reqwest::Response {
    reqwest::get(program.url(path)).await.expect("it answers")
}

/// Returns the times that a query selects, as the API writes them.
async fn times(program: &Program, sql: &'static str) -> Vec<String> {
    let mut connection = PgConnection::connect(&program.database_url()).await.expect("the database is there");
    sqlx::query_scalar(sql).fetch_all(&mut connection).await.expect("the SQL is right")
}

#[tokio::test]
async fn forecasts_are_made_at_the_time_that_pages_call_now() {
    // Before and after the time of the machine.
    for frozen_at in ["2020-03-01T12:00:00Z", "2090-03-01T12:00:00Z"] {
        let program = program(frozen_at).await;
        assert_eq!(json(get(&program, "/api/v1/freshness").await).await["as_of"], frozen_at);
        let format = "YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"";
        let sql = format!(
            "select distinct to_char(at at time zone 'UTC', '{format}')
            from (
                select made_at as at from model_forecast
                union select measured_at from model_movement
                union select last_seen_at from fact_launch
                union select valid_from from fact_launch_revision
                union select observed_at from raw_ll2_page
            ) as observed"
        );
        assert_eq!(times(&program, Box::leak(sql.into_boxed_str())).await, [frozen_at]);

        let launches = json(get(&program, "/api/v1/launches?limit=1").await).await;
        let id = launches["results"][0]["id"].as_str().expect("a launch").to_owned();
        let forecast = json(get(&program, &format!("/api/v1/launches/{id}/forecast")).await).await;
        assert_eq!(forecast["made_at"], frozen_at);
        let decision = json(get(&program, "/api/v1/decision").await).await;
        if let Value::String(at) = &decision["decide_by"]["at"] {
            assert_eq!(at[..2], frozen_at[..2], "{at}");
        }
        let found = times(&program, "select distinct test from data_test_result").await;
        assert_eq!(found, Vec::<String>::new(), "data tests compare with the time of the world");
        program.stop().await;
    }
}
