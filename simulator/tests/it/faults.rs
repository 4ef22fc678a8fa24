use std::io::Read;

use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use futures::StreamExt;
use serde_json::Value;
use simulator::{ApiVersion, Clock, Fault, FaultKind, InventedOptions, Options, Running, Simulator, WorldSource};

use crate::client::{Answer, at, get};

const UPCOMING: &str = "/2.3.0/launches/upcoming/?limit=5";

fn options(faults: Vec<Fault>) -> Options {
    Options {
        source: WorldSource::Invented(InventedOptions { upcoming: 20, past: 20, ..Default::default() }),
        clock: Clock::Fixed(at("2026-06-01T00:00:00Z")),
        faults,
        ..Default::default()
    }
}

/// Returns the response to the upcoming list under a fault.
async fn struck(name: &str) -> Answer {
    let router = simulator::router(options(vec![name.parse().unwrap()])).unwrap();
    get(&router, UPCOMING).await
}

async fn running(faults: &[&str]) -> Running {
    let faults = faults.iter().map(|fault| fault.parse().unwrap()).collect();
    Simulator::bind("127.0.0.1:0".parse().unwrap(), options(faults)).await.unwrap().spawn()
}

fn url(running: &Running) -> String {
    format!("{}/launches/upcoming/?limit=5", running.base_url(ApiVersion::V230))
}

#[tokio::test]
async fn every_kind_of_429_has_its_own_retry_after() {
    for (name, expected) in [
        ("throttled", Some("625")),
        ("throttled=7", Some("7")),
        ("throttled-none", None),
        ("throttled-zero", Some("0")),
        ("throttled-negative", Some("-1")),
        ("throttled-garbage", Some("in a while")),
        ("throttled-day", Some("86400")),
    ] {
        let answer = struck(name).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{name}");
        assert_eq!(answer.header("retry-after"), expected, "{name}");
        assert!(answer.json()["detail"].as_str().unwrap().starts_with("Request was throttled."), "{name}");
    }
    let answer = struck("throttled-date").await;
    let date = DateTime::parse_from_rfc2822(answer.header("retry-after").unwrap()).unwrap().with_timezone(&Utc);
    assert_eq!(date - at("2026-06-01T00:00:00Z"), TimeDelta::hours(1));
}

#[tokio::test]
async fn refusals_and_proxy_errors_have_their_status_and_no_launches() {
    for (name, status) in [
        ("forbidden", 403),
        ("error-500", 500),
        ("error-502", 502),
        ("error-503", 503),
        ("error-504", 504),
        ("html", 200),
    ] {
        let answer = struck(name).await;
        assert_eq!(answer.status, status, "{name}");
        let is_html = answer.header("content-type").unwrap().starts_with("text/html");
        assert_eq!(is_html, name != "forbidden", "{name}");
        assert!(!answer.text().contains("results"), "{name}");
    }
}

#[tokio::test]
async fn a_redirect_leads_to_another_host() {
    let answer = struck("redirect").await;
    assert_eq!(answer.status, StatusCode::MOVED_PERMANENTLY);
    assert_eq!(answer.header("location"), Some("http://elsewhere.invalid/2.3.0/launches/upcoming/?limit=5"));
}

#[tokio::test]
async fn a_truncated_page_stops_in_the_middle() {
    let whole = get(&simulator::router(options(vec![])).unwrap(), UPCOMING).await;
    let half = struck("truncated").await;
    assert_eq!(half.status, 200);
    assert_eq!(half.body, whole.body[..whole.body.len() / 2]);
}

#[tokio::test]
async fn broken_transfers_fail_in_the_client_and_the_next_request_does_not() {
    for name in ["wrong-length", "chunk-abort", "reset"] {
        let running = running(&[&format!("{name}@2")]).await;
        for number in 1..=3 {
            let answer = match reqwest::get(url(&running)).await {
                Ok(response) => response.bytes().await,
                Err(error) => Err(error),
            };
            assert_eq!(answer.is_err(), number == 2, "{name}, request {number}: {answer:?}");
        }
    }
}

#[tokio::test]
async fn a_reset_happens_before_any_response() {
    let running = running(&["reset"]).await;
    let error = reqwest::get(url(&running)).await.unwrap_err();
    let mut cause: &dyn std::error::Error = &error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    let kind = cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
    assert_eq!(kind, Some(std::io::ErrorKind::ConnectionReset), "{error:?}");
}

#[tokio::test]
async fn a_dripping_body_arrives_slowly_and_complete() {
    let router = simulator::router(options(vec!["drip=1000000".parse().unwrap()])).unwrap();
    let request = axum::http::Request::get(UPCOMING).body(axum::body::Body::empty()).unwrap();
    let response = tower::ServiceExt::oneshot(router, request).await.unwrap();
    let drops: Vec<bytes::Bytes> = response.into_body().into_data_stream().map(Result::unwrap).collect().await;
    let (last, full) = drops.split_last().unwrap();
    assert!(last.len() <= 20_000 && full.iter().all(|drop| drop.len() == 20_000));
    let page: Value = serde_json::from_slice(&drops.concat()).unwrap();
    assert_eq!(page["count"], 20);
}

#[tokio::test]
async fn a_gzip_bomb_is_small_on_the_wire_and_a_gibibyte_unpacked() {
    let answer = struck("gzip-bomb").await;
    assert_eq!(answer.header("content-encoding"), Some("gzip"));
    assert!(answer.body.len() < 2_000_000, "{}", answer.body.len());
    let mut unpacked = flate2::read::GzDecoder::new(&answer.body[..]);
    let blanks = std::io::copy(&mut unpacked.by_ref().take(1 << 30), &mut std::io::sink()).unwrap();
    assert_eq!(blanks, 1 << 30);
    let mut page = String::new();
    // Reading to the end also checks the checksum of the whole stream.
    unpacked.read_to_string(&mut page).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&page).unwrap()["count"], 20);
}

#[tokio::test]
async fn a_huge_body_has_more_than_fifty_megabytes() {
    let answer = struck("huge-body").await;
    assert!(answer.body.len() > 50_000_000);
    assert!(answer.body.ends_with(b"]}"));
}

#[tokio::test]
async fn damaged_json_has_the_damage_that_its_name_says() {
    let deep = struck("deep").await.text();
    assert!(deep.contains(&"[".repeat(10_000)) && deep.contains(&"]".repeat(10_000)));
    let invalid = struck("invalid-utf8").await.body;
    assert!(std::str::from_utf8(&invalid).is_err());
    assert!(struck("bom").await.body.starts_with(b"\xef\xbb\xbf{\"count\""));
    let nul = struck("nul").await;
    assert!(nul.text().contains("\\u0000"));
    assert!(nul.json()["results"][0]["name"].as_str().unwrap().starts_with('\0'));
    assert!(struck("overflow").await.text().contains(":1e999"));
    let twice = struck("duplicate-keys").await.text();
    let first = twice.split("\"results\":[").nth(1).unwrap();
    let first = &first[..first.find("},{").unwrap_or(first.len())];
    assert!(first.starts_with("{\"net\":\"1970-01-01T00:00:00Z\","));
    assert_eq!(first.matches("\"net\":").count(), 2);
}

#[tokio::test]
async fn an_empty_page_keeps_its_count() {
    let page = struck("empty-page").await.json();
    assert_eq!((&page["count"], page["results"].as_array().unwrap().len()), (&20.into(), 0));
}

#[tokio::test]
async fn a_repeated_page_has_its_own_links_and_the_launches_of_the_first_page() {
    let router = simulator::router(options(vec![Fault::at(FaultKind::RepeatedPage, 2)])).unwrap();
    let first = get(&router, UPCOMING).await.json();
    let second = get(&router, &format!("{UPCOMING}&offset=5")).await.json();
    assert_eq!(first["results"], second["results"]);
    assert!(second["next"].as_str().unwrap().contains("offset=10"));
    let third = get(&router, &format!("{UPCOMING}&offset=5")).await.json();
    assert_ne!(first["results"], third["results"]);
}

#[tokio::test]
async fn a_foreign_next_link_points_to_another_host() {
    let page = struck("foreign-next").await.json();
    assert!(page["next"].as_str().unwrap().starts_with("http://elsewhere.invalid/"));
}

#[tokio::test]
async fn faults_apply_to_the_given_requests_and_can_be_replaced() {
    let running = running(&["forbidden@2", "error-503@4+"]).await;
    let mut seen = Vec::new();
    for _ in 0..5 {
        seen.push(reqwest::get(url(&running)).await.unwrap().status().as_u16());
        // Requests to `api-throttle` are not counted.
        let usage = format!("{}/api-throttle/", running.base_url(ApiVersion::V230));
        assert_eq!(reqwest::get(usage).await.unwrap().status(), 200);
    }
    assert_eq!(seen, [200, 403, 200, 503, 503]);
    running.set_faults(vec![Fault::at(FaultKind::Html, 1)]);
    let html = reqwest::get(url(&running)).await.unwrap().text().await.unwrap();
    assert!(html.starts_with("<!DOCTYPE html>"));
    assert_eq!(reqwest::get(url(&running)).await.unwrap().status(), 200);
}

#[tokio::test]
async fn every_fault_of_the_catalogue_changes_the_answer() {
    let whole = get(&simulator::router(options(vec![])).unwrap(), UPCOMING).await;
    for (name, kind, meaning) in FaultKind::ALL {
        // Faults that break the connection have separate tests; a router has no connection to break.
        if matches!(kind, FaultKind::WrongLength | FaultKind::ChunkAbort | FaultKind::Reset | FaultKind::Drip(_)) {
            continue;
        }
        // The repeated first page equals the first page; the two faults that take time to generate have separate tests
        // too.
        if !matches!(kind, FaultKind::RepeatedPage | FaultKind::GzipBomb | FaultKind::HugeBody) {
            assert_ne!(struck(name).await.body, whole.body, "{name}: {meaning}");
        }
    }
}
