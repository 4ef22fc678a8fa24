//! HTTP helpers for the tests.

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use chrono::{DateTime, Utc};
use serde_json::Value;
use simulator::{Clock, InventedOptions, ManualClock, Options, WorldSource};
use tower::ServiceExt;

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

pub(crate) async fn get(router: &Router, path: &str) -> Answer {
    let request = Request::get(path).header("host", "ll2.test").body(Body::empty()).unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
    assert_eq!(parts.headers.get(simulator::SIMULATED_HEADER).unwrap(), "true", "{path}");
    Answer { status: parts.status, headers: parts.headers, body }
}

/// Returns every launch of a list by following `next`.
pub(crate) async fn crawl(router: &Router, path: &str) -> Vec<Value> {
    let mut launches: Vec<Value> = Vec::new();
    let mut next = Some(path.to_owned());
    while let Some(path) = next {
        let page = get(router, &path).await.json();
        launches.extend(page["results"].as_array().unwrap().iter().cloned());
        next = page["next"].as_str().map(|url| url.trim_start_matches("http://ll2.test").to_owned());
    }
    launches
}

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Returns a small world with a clock that the test moves.
pub(crate) fn small_world(seed: u64) -> (Router, ManualClock) {
    let clock = ManualClock::new(at("2026-06-01T00:00:00Z"));
    let invented = InventedOptions { seed, upcoming: 120, past: 300, start: clock.now(), ..Default::default() };
    let options =
        Options { source: WorldSource::Invented(invented), clock: Clock::Manual(clock.clone()), ..Default::default() };
    (simulator::router(options).unwrap(), clock)
}
