//! The database becomes unreachable while the program serves.

use std::time::Duration;

use reqwest::{Response, StatusCode, header};
use serde_json::Value;
use tokio::time::Instant;

use crate::{
    database_proxy::{Line, Wire},
    program::{Program, json, until},
};

/// Time limit for a first run on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);
/// The documented limit is ten seconds; the rest is for a busy machine.
const NOTICED: Duration = Duration::from_secs(25);

async fn get(program: &Program, path: &str) -> Response {
    reqwest::get(program.url(path)).await.expect("it answers")
}

async fn freshness(program: &Program) -> Value {
    json(get(program, "/api/v1/freshness").await).await
}

/// Starts a program with launches, whose database connection can be cut.
async fn program(wire: &Wire) -> Program {
    let program = Program::start_through(&[], |url| wire.url(&url)).await;
    // Data is cached before the event is sent.
    let mut events = get(&program, "/api/v1/events").await;
    hear(&mut events, &mut String::new(), PATIENCE, "the first run publishes", |event| event["run_id"].is_i64()).await;
    program
}

#[tokio::test]
async fn without_the_database_the_board_is_served_with_its_date_and_all_else_is_503() {
    let wire = Wire::open();
    let program = program(&wire).await;
    let before = json(get(&program, "/api/v1/launches?limit=3").await).await;
    let id = before["results"][0]["id"].as_str().expect("a launch").to_owned();
    wire.set(Line::Cut);
    until(NOTICED, "it says so", async || freshness(&program).await["unreachable_since"].is_string()).await;

    let after = json(get(&program, "/api/v1/launches?limit=3").await).await;
    assert_eq!(after["as_of"], before["as_of"], "the answer says of when it is");
    assert_eq!(after["count"], before["count"]);
    for path in [
        "/choose",
        "/api/v1/decision",
        "/api/v1/launches.csv",
        "/api/v1/launches.ics",
        "/api/v1/launches.atom",
        "/api/v1/launches?status=go",
        "/healthz",
    ] {
        assert_eq!(get(&program, path).await.status(), StatusCode::OK, "{path}");
    }
    let page = get(&program, "/").await;
    assert_eq!(page.status(), StatusCode::OK);
    let page = page.text().await.expect("text");
    assert!(page.contains("The database is unreachable; showing data as of"), "the page says so");
    for path in [
        "/?past=true",
        "/?as_of=2026-01-01T00:00:00Z",
        &format!("/launches/{id}"),
        "/scorecard",
        "/pipeline",
        "/analysis",
        "/dictionary",
        "/api/v1/launches?past=true",
        &format!("/api/v1/launches/{id}"),
        &format!("/api/v1/launches/{id}/forecast"),
        "/api/v1/scorecard",
        "/api/v1/pipeline/runs",
        // Requests from pages.
        "/api/scorecard",
        "/api/board?as_of=&past=true",
    ] {
        let answer = get(&program, path).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert!(answer.headers().contains_key(header::RETRY_AFTER), "{path}");
        if path.starts_with("/api/v1/") {
            assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/problem+json", "{path}");
        }
    }
    assert_eq!(get(&program, "/readyz").await.status(), StatusCode::SERVICE_UNAVAILABLE);

    wire.set(Line::Whole);
    let is_back = async || get(&program, "/scorecard").await.status() == StatusCode::OK;
    until(NOTICED, "it works again", is_back).await;
    assert!(freshness(&program).await["unreachable_since"].is_null());
    program.stop().await;
}

#[tokio::test]
async fn a_silent_database_connection_is_detected_and_announced_to_open_pages() {
    let wire = Wire::open();
    let program = program(&wire).await;
    let mut events = get(&program, "/api/v1/events").await;
    let mut heard = String::new();
    hear(&mut events, &mut heard, NOTICED, "the current state", |event| event["run_id"].is_i64()).await;
    wire.set(Line::Silent);
    hear(&mut events, &mut heard, NOTICED, "that the database is gone", |event| event["unreachable_since"].is_string())
        .await;
    wire.set(Line::Whole);
    hear(&mut events, &mut heard, NOTICED, "that it is back", |event| event["unreachable_since"].is_null()).await;
    program.stop().await;
}

/// Reads events until one is as expected.
async fn hear(
    events: &mut Response,
    heard: &mut String,
    within: Duration,
    what: &str,
    is_expected: impl Fn(&Value) -> bool,
) {
    let deadline = Instant::now() + within;
    loop {
        while let Some((event, rest)) = heard.split_once("\n\n") {
            let data =
                event.lines().find_map(|line| line.strip_prefix("data: ").or_else(|| line.strip_prefix("data:")));
            let data: Option<Value> = data.and_then(|data| serde_json::from_str(data).ok());
            *heard = rest.to_owned();
            if data.is_some_and(|data| is_expected(&data)) {
                return;
            }
        }
        let chunk = tokio::time::timeout_at(deadline, events.chunk()).await;
        let chunk =
            chunk.unwrap_or_else(|_| panic!("not received within {within:?}: {what}")).expect("the stream is open");
        heard.push_str(std::str::from_utf8(&chunk.expect("the stream is open")).expect("text"));
    }
}
