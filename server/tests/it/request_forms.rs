//! Requests in forms that no browser sends.

use std::time::Duration;

use crate::{
    program::Program,
    raw::{Raw, status_of},
};

#[tokio::test]
async fn unusual_requests_get_a_status_and_no_panic() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let log = folder.path().join("log");
    let program = Program::start_with_log(&log, &[]).await;
    let many = (0..150).map(|number| format!("x-{number}: a\r\n")).collect::<String>();
    let host = "Host: localhost\r\n";
    for (head, expected) in [
        (format!("CONNECT board.example:443 HTTP/1.1\r\n{host}"), 405),
        ("CONNECT board.example:443 HTTP/1.1\r\n".to_owned(), 405),
        (format!("GET http://localhost/healthz HTTP/1.1\r\n{host}"), 200),
        (format!("GET http://localhost HTTP/1.1\r\n{host}"), 200),
        (format!("GET ftp://localhost/healthz HTTP/1.1\r\n{host}"), 400),
        (format!("OPTIONS * HTTP/1.1\r\n{host}"), 204),
        (format!("GET * HTTP/1.1\r\n{host}"), 400),
        (format!("GET board.example HTTP/1.1\r\n{host}"), 400),
        (format!("GET board.example:80 HTTP/1.1\r\n{host}"), 400),
        ("GET /healthz HTTP/1.1\r\n".to_owned(), 400),
        (format!("GET /healthz HTTP/1.1\r\n{host}{host}"), 400),
        ("GET /healthz HTTP/1.1\r\nHost: a b\r\n".to_owned(), 400),
        ("GET /healthz HTTP/1.1\r\nHost: user@localhost\r\n".to_owned(), 400),
        ("GET /healthz HTTP/1.0\r\n".to_owned(), 200),
        ("GET /healthz\r\n".to_owned(), 400),
        ("\u{0}\u{1} nonsense\r\n".to_owned(), 400),
        (format!("GET /healthz HTTP/1.1\r\n{host}x: {}\r\n", "a".repeat(40_000)), 431),
        (format!("GET /healthz HTTP/1.1\r\n{host}{many}"), 431),
        ("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}".to_owned(), 400),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n".to_owned(), 505),
    ] {
        let mut client = Raw::connect(program.addr).await;
        client.send(&head).await;
        client.send_what_fits("\r\n");
        assert_eq!(client.status().await, expected, "{:?}", head.chars().take(60).collect::<String>());
        if expected >= 400 {
            assert!(client.is_closed_within(Duration::from_secs(20)).await, "{expected} leaves the connection open");
        }
    }
    assert_eq!(status_of(program.addr, "/healthz").await, 200);
    let text = std::fs::read_to_string(&log).expect("it logs");
    assert!(!text.contains("panicked"), "{text}");
    program.stop().await;
}
