use chrono::TimeDelta;
use simulator::{ApiVersion, Clock, Fault, FaultKind, InventedOptions, ManualClock, Options, Simulator, WorldSource};

use crate::client::{at, get};

fn throttled_options() -> (Options, ManualClock) {
    let clock = ManualClock::new(at("2026-06-01T00:00:00Z"));
    let invented = InventedOptions { upcoming: 5, past: 5, ..Default::default() };
    let options = Options {
        source: WorldSource::Invented(invented),
        throttle: Some(3),
        clock: Clock::Manual(clock.clone()),
        ..Default::default()
    };
    (options, clock)
}

#[tokio::test]
async fn the_hour_is_a_sliding_window_and_retry_after_is_exact() {
    let (options, clock) = throttled_options();
    let router = simulator::router(options).unwrap();
    for _ in 0..3 {
        assert_eq!(get(&router, "/2.3.0/launches/upcoming/").await.status, 200);
        clock.advance(TimeDelta::minutes(10));
    }
    let refused = get(&router, "/2.3.0/launches/upcoming/").await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("retry-after"), Some("1800"));
    assert_eq!(refused.text(), r#"{"detail":"Request was throttled. Expected available in 1800 seconds."}"#);
    clock.advance(TimeDelta::seconds(1799));
    let refused = get(&router, "/2.2.0/launch/upcoming/").await;
    assert_eq!(refused.text(), r#"{"detail":"Request was throttled. Expected available in 1 second."}"#);
    clock.advance(TimeDelta::seconds(1));
    assert_eq!(get(&router, "/2.3.0/launches/upcoming/").await.status, 200);
    assert_eq!(get(&router, "/2.3.0/launches/upcoming/").await.status, 429);
}

#[tokio::test]
async fn a_refused_request_does_not_use_up_the_number_of_a_fault() {
    let (options, clock) = throttled_options();
    let router = simulator::router(Options { faults: vec![Fault::at(FaultKind::Forbidden, 4)], ..options }).unwrap();
    let mut statuses = Vec::new();
    for _ in 0..5 {
        statuses.push(get(&router, "/2.3.0/launches/upcoming/").await.status.as_u16());
    }
    clock.advance(TimeDelta::hours(1));
    for _ in 0..2 {
        statuses.push(get(&router, "/2.3.0/launches/upcoming/").await.status.as_u16());
    }
    assert_eq!(statuses, [200, 200, 200, 429, 429, 403, 200]);
}

#[tokio::test]
async fn the_throttle_endpoint_is_free_and_reports_the_usage() {
    let (options, clock) = throttled_options();
    let router = simulator::router(options).unwrap();
    for _ in 0..5 {
        let body = get(&router, "/2.3.0/api-throttle/").await.json();
        assert_eq!((&body["your_request_limit"], &body["current_use"]), (&3.into(), &0.into()));
    }
    for _ in 0..4 {
        get(&router, "/2.3.0/launches/upcoming/").await;
    }
    clock.advance(TimeDelta::minutes(59));
    let body = get(&router, "/2.2.0/api-throttle/").await.json();
    assert_eq!((&body["current_use"], &body["next_use_secs"]), (&3.into(), &60.into()));
    assert_eq!(body["limit_frequency_secs"], 3600);
}

#[tokio::test]
async fn every_request_is_in_the_log_of_a_running_simulator() {
    let (options, _) = throttled_options();
    let simulator = Simulator::bind("127.0.0.1:0".parse().unwrap(), options).await.unwrap();
    let running = simulator.spawn();
    let base = running.base_url(ApiVersion::V230);
    for path in ["/launches/?limit=1", "/launches/nobody/", "/launches/", "/launches/", "/api-throttle/"] {
        reqwest::get(format!("{base}{path}")).await.unwrap();
    }
    let log: Vec<(String, u16)> = running.requests().into_iter().map(|entry| (entry.path, entry.status)).collect();
    let expected = [
        ("/2.3.0/launches/?limit=1", 200),
        ("/2.3.0/launches/nobody/", 404),
        ("/2.3.0/launches/", 200),
        ("/2.3.0/launches/", 429),
        ("/2.3.0/api-throttle/", 200),
    ];
    assert_eq!(log, expected.map(|(path, status)| (path.to_owned(), status)));
}

#[tokio::test]
async fn a_dropped_simulator_no_longer_listens() {
    let (options, _) = throttled_options();
    let running = Simulator::bind("127.0.0.1:0".parse().unwrap(), options).await.unwrap().spawn();
    let url = format!("{}/api-throttle/", running.base_url(ApiVersion::V220));
    assert!(reqwest::get(&url).await.is_ok());
    drop(running);
    // The task ends the next time it is polled; each attempt gives it many chances.
    for _ in 0..100 {
        if reqwest::get(&url).await.is_err() {
            return;
        }
    }
    panic!("still listening");
}
