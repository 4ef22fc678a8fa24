//! Limits on connections and their timeouts.

use std::time::{Duration, Instant};

use crate::{
    program::Program,
    raw::{Raw, status_of},
};

/// The time limit for a head, and an allowance for a busy machine.
const HEAD: Duration = Duration::from_secs(10);
const SLACK: Duration = Duration::from_secs(10);
/// The router responds to it with 404 and does not query the database, which a busy machine may delay.
const ANYTHING: &str = "/api/v1/anything";

#[tokio::test]
async fn incomplete_request_heads_time_out() {
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
    // A client that sends a byte of its head now and then gains no time.
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
    assert!(started.elapsed() >= HEAD, "slow clients must time out");
    // There is no time limit of this kind between two requests or while a stream is quiet.
    idle.ask("/healthz").await;
    assert_eq!(idle.status().await, 200);
    assert!(!stream.is_closed_within(Duration::from_millis(200)).await);
    program.stop().await;
}

/// Returns the statuses of all responses in these bytes, in order. No response in these tests has such a line in its body.
fn statuses(bytes: &[u8]) -> Vec<u16> {
    let text = String::from_utf8_lossy(bytes);
    text.match_indices("HTTP/1.1 ").filter_map(|(at, _)| text.get(at + 9..at + 12)?.parse().ok()).collect()
}

/// Between two requests hyper returns the socket; what it has read beyond the first one must not be lost.
#[tokio::test]
async fn pipelined_requests_are_served_for_any_split_of_their_bytes() {
    let program = Program::start(&[]).await;
    let host = "Host: localhost\r\n\r\n";
    let script = [
        format!("GET /healthz HTTP/1.1\r\n{host}"),
        format!("HEAD /healthz HTTP/1.1\r\n{host}"),
        format!("GET {ANYTHING} HTTP/1.1\r\n{host}"),
        format!("\r\nGET /healthz HTTP/1.1\r\n{host}"),
        format!("GET http://localhost{ANYTHING} HTTP/1.1\r\n{host}"),
        "GET /healthz HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\n\r\n".to_owned(),
    ];
    let ends: Vec<usize> = script
        .iter()
        .scan(0, |end, request| {
            *end += request.len();
            Some(*end)
        })
        .collect();
    let text = script.concat();
    // All at once, request by request, in the middle of each head, and shortly before and after each end.
    let mut cuts = vec![vec![], ends.clone(), ends.iter().map(|end| end - 20).collect()];
    for off in [1, 3, 4] {
        cuts.push(ends.iter().map(|end| end - off).collect());
        cuts.push(ends.iter().map(|end| end + off).collect());
    }
    cuts.push((0..text.len()).step_by(7).collect());
    for cut in cuts {
        let mut client = Raw::connect(program.addr).await;
        let mut from = 0;
        for to in cut.iter().copied().chain([text.len()]).filter(|to| *to <= text.len()) {
            client.send(&text[from..to]).await;
            from = to;
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let answers = client.rest(SLACK).await.expect("it closes gracefully");
        assert_eq!(statuses(&answers), [200, 200, 404, 200, 404, 200], "cut at {cut:?}");
    }
    program.stop().await;
}

#[tokio::test]
async fn a_body_that_arrives_after_its_response_is_never_parsed_as_a_request() {
    let program = Program::start(&[]).await;
    // It has the length declared below, and is invalid as a chunk.
    let hidden = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for (path, framing) in
        [("/healthz", "Content-Length: 42"), (ANYTHING, "Content-Length: 42"), ("/", "Transfer-Encoding: chunked")]
    {
        for method in ["GET", "POST"] {
            let mut client = Raw::connect(program.addr).await;
            client.send(&format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\n{framing}\r\n\r\n")).await;
            let first = client.head().await;
            tokio::time::sleep(Duration::from_millis(50)).await;
            client.send_what_fits(hidden);
            let after = statuses(&client.read_for(Duration::from_secs(1)).await);
            assert!(!after.contains(&200), "{method} {path} {framing}: {first} and then {after:?}");
        }
    }
    program.stop().await;
}

#[tokio::test]
async fn silent_sockets_do_not_block_other_clients() {
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
async fn a_full_server_refuses_with_a_503_and_still_reports_its_health() {
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
    // The place is free as soon as the program detects the end of the stream.
    let started = Instant::now();
    while status_of(program.addr, ANYTHING).await != 404 {
        assert!(started.elapsed() < SLACK, "the place is not given back");
    }
    program.stop().await;
}

#[tokio::test]
async fn one_address_has_a_limit_and_a_trusted_proxy_has_none() {
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
