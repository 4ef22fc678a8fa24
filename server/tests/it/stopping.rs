//! SIGTERM, with clients that try to delay the shutdown.

use std::time::{Duration, Instant};

use crate::{program::Program, raw::Raw};

/// The documented limit, and an allowance for a busy machine.
const DEADLINE: Duration = Duration::from_secs(10);
const SLACK: Duration = Duration::from_secs(5);

/// Waits for launches: without them every response is short.
async fn wait_for_board(program: &Program) {
    let started = Instant::now();
    loop {
        let answer = reqwest::get(program.url("/api/v1/launches?limit=1")).await.expect("it answers");
        let answer = answer.bytes().await.expect("it is whole");
        let answer: serde_json::Value = serde_json::from_slice(&answer).expect("JSON");
        if answer["count"].as_u64().is_some_and(|count| count > 0) {
            return;
        }
        assert!(started.elapsed() < Duration::from_secs(60), "no launches were imported");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Requests far more than all buffers in between can take, and reads none of it.
async fn stalled(program: &Program) -> Raw {
    let mut reader = Raw::connect_narrow(program.addr).await;
    let requests = "GET /api/v1/launches HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(200);
    reader.send_what_fits(&requests);
    // The client's kernel takes some 4 kB of that, and the server's kernel at most 128 kB for it and for the data in transit.
    #[cfg(target_os = "linux")]
    {
        let started = Instant::now();
        while reader.held() < 120 * 1024 {
            assert!(started.elapsed() < Duration::from_secs(60), "only {} bytes arrived", reader.held());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    reader
}

#[tokio::test]
async fn no_client_delays_the_shutdown() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let log = folder.path().join("log");
    let mut program = Program::start_with_log(&log, &[]).await;
    wait_for_board(&program).await;
    let mut half = Raw::connect(program.addr).await;
    half.send("GET / HTTP/1.1\r\nHost: local").await;
    let mut silent = Raw::connect(program.addr).await;
    let mut readers = Vec::new();
    for _ in 0..4 {
        readers.push(stalled(&program).await);
    }
    let mut stream = Raw::connect(program.addr).await;
    stream.ask("/api/v1/events").await;
    assert_eq!(stream.status().await, 200);

    let started = Instant::now();
    program.terminate().await;
    // A stream ends gracefully: it has its last chunk.
    let rest = stream.rest(DEADLINE).await.expect("it ends without a reset");
    assert!(rest.ends_with(b"0\r\n\r\n"), "{:?}", String::from_utf8_lossy(&rest));
    assert!(half.is_closed_within(DEADLINE).await && silent.is_closed_within(DEADLINE).await);
    let status = tokio::time::timeout(DEADLINE + SLACK, program.child.wait()).await;
    let status = status.expect("it ends in time").expect("it is ours");
    assert_eq!(status.code(), Some(0), "after {:?}", started.elapsed());
    let text = std::fs::read_to_string(&log).expect("it logs");
    #[cfg(target_os = "linux")]
    assert!(
        text.contains("aborting responses that clients did not read in time connections="),
        "no reader stalled, so nothing was tested: {text}"
    );
    program.stop().await;
}

#[tokio::test]
async fn a_second_signal_stops_the_program_immediately() {
    let mut program = Program::start(&[]).await;
    wait_for_board(&program).await;
    let _reader = stalled(&program).await;
    program.terminate().await;
    // Signals of one kind are merged until they are handled.
    let mut answered = true;
    while answered {
        answered = tokio::net::TcpStream::connect(program.addr).await.is_ok();
    }
    program.terminate().await;
    let status = tokio::time::timeout(DEADLINE, program.child.wait()).await;
    let status = status.expect("it ends in time").expect("it is ours");
    assert_eq!(status.code(), Some(143), "neither gracefully nor by the signal");
    program.stop().await;
}
