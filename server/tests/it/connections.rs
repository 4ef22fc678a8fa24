//! Who may connect, how many, and how long they may take.

use std::time::{Duration, Instant};

use crate::{
    program::Program,
    raw::{Raw, status_of},
};

/// How long a head may take, and what a busy machine adds.
const HEAD: Duration = Duration::from_secs(10);
const SLACK: Duration = Duration::from_secs(10);
/// Is answered by the router, with 404, and asks nothing of the database, which a busy machine may keep waiting.
const ANYTHING: &str = "/api/v1/anything";

#[tokio::test]
async fn heads_that_do_not_come_are_not_waited_for() {
    let program = Program::start(&[]).await;
    let started = Instant::now();
    let mut silent = Raw::connect(program.addr).await;
    let mut half = Raw::connect(program.addr).await;
    half.send("GET /healthz HTTP/1.1\r\nHost: local").await;
    let mut second_half = Raw::connect(program.addr).await;
    second_half.ask("/healthz").await;
    assert_eq!(second_half.status().await, 200);
    second_half.send("GET /heal").await;
    let mut idle = Raw::connect(program.addr).await;
    idle.ask("/healthz").await;
    assert_eq!(idle.status().await, 200);
    let mut stream = Raw::connect(program.addr).await;
    stream.ask("/api/v1/events").await;
    assert_eq!(stream.status().await, 200);
    // One that sends a byte of its head now and then gains no time by it.
    let trickle = tokio::spawn({
        let mut client = Raw::connect(program.addr).await;
        async move {
            while started.elapsed() < HEAD + SLACK {
                client.send_what_fits("x");
                if client.is_closed_within(Duration::from_millis(500)).await {
                    return true;
                }
            }
            false
        }
    });
    for (client, what) in [(&mut silent, "silent"), (&mut half, "half"), (&mut second_half, "second half")] {
        let left = (HEAD + SLACK).saturating_sub(started.elapsed());
        assert!(client.is_closed_within(left).await, "{what}");
    }
    assert!(trickle.await.expect("it ends"), "a trickling head");
    assert!(started.elapsed() >= HEAD, "whoever is slow is waited for");
    // Neither between two requests nor while a stream is quiet is there anything to hurry.
    idle.ask("/healthz").await;
    assert_eq!(idle.status().await, 200);
    assert!(!stream.is_closed_within(Duration::from_millis(200)).await);
    program.stop().await;
}

#[tokio::test]
async fn silent_sockets_keep_nobody_out() {
    let program = Program::start_with_files(256, &[("MOONCOON_MAX_CONNECTIONS_PER_ADDRESS", "1000")]).await;
    let mut silent = Vec::new();
    for _ in 0..260 {
        silent.push(Raw::connect(program.addr).await);
    }
    assert_eq!(status_of(program.addr, "/healthz").await, 200);
    assert_eq!(status_of(program.addr, ANYTHING).await, 404);
    program.stop().await;
}

#[tokio::test]
async fn a_full_house_refuses_clearly_and_still_says_how_it_is() {
    let program = Program::start(&[("MOONCOON_MAX_CONNECTIONS", "1")]).await;
    let mut stream = Raw::connect(program.addr).await;
    stream.ask("/api/v1/events").await;
    assert_eq!(stream.status().await, 200);
    let mut refused = Raw::connect(program.addr).await;
    refused.ask("/").await;
    let head = refused.head().await.to_ascii_lowercase();
    assert!(
        head.starts_with("http/1.1 503 ") && head.contains("\r\nretry-after: ") && head.contains("close"),
        "{head}"
    );
    assert!(refused.is_closed_within(SLACK).await);
    assert_eq!(status_of(program.addr, "/healthz").await, 200);
    drop(stream);
    // The place is free as soon as the program sees the end of the stream.
    let started = Instant::now();
    while status_of(program.addr, ANYTHING).await != 404 {
        assert!(started.elapsed() < SLACK, "the place is not given back");
    }
    program.stop().await;
}

#[tokio::test]
async fn one_address_has_its_share_and_a_trusted_proxy_more() {
    let settings = [("MOONCOON_MAX_CONNECTIONS_PER_ADDRESS", "2"), ("MOONCOON_TRUSTED_PROXY", "127.0.0.9")];
    let program = Program::start(&settings).await;
    let mut streams = Vec::new();
    for (address, places) in [(1, 2), (9, 6)] {
        for _ in 0..places {
            let mut stream = Raw::connect_from(address, program.addr).await;
            stream.ask("/api/v1/events").await;
            assert_eq!(stream.status().await, 200, "127.0.0.{address}");
            streams.push(stream);
        }
    }
    for (address, path, expected) in [(1, ANYTHING, 503), (1, "/healthz", 200), (2, ANYTHING, 404), (9, ANYTHING, 404)]
    {
        let mut client = Raw::connect_from(address, program.addr).await;
        client.ask(path).await;
        assert_eq!(client.status().await, expected, "127.0.0.{address} {path}");
    }
    program.stop().await;
}

#[tokio::test]
async fn a_flood_of_refused_streams_is_one_line_a_second() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let log = folder.path().join("log");
    let program = Program::start_with_log(&log, &[("MOONCOON_MAX_STREAMS", "1")]).await;
    let mut first = Raw::connect(program.addr).await;
    first.ask("/api/v1/events").await;
    assert_eq!(first.status().await, 200);
    let started = Instant::now();
    for _ in 0..300 {
        assert_eq!(status_of(program.addr, "/api/v1/events").await, 503);
    }
    let seconds = started.elapsed().as_secs() as usize + 1;
    let text = std::fs::read_to_string(&log).expect("it logs");
    for what in ["streams refused", "refused with 503"] {
        let lines = text.lines().filter(|line| line.contains(what)).count();
        assert!((1..=seconds + 1).contains(&lines), "{what}: {lines} lines in {seconds} s");
    }
    assert!(text.lines().filter(|line| line.contains("503")).count() <= seconds + 1, "{text}");
    program.stop().await;
}
