use rand::{Rng as _, SeedableRng as _, rngs::StdRng};

use crate::wire;

/// A name, and values for each argument.
type Function = (&'static str, &'static [(&'static str, &'static [&'static str])]);

/// Every server function with its arguments and some valid values.
const FUNCTIONS: [Function; 11] = [
    ("analysis", &[]),
    ("board", &[("as_of", &["", "2026-01-01"]), ("past", &["true", "false"])]),
    ("moments", &[]),
    ("flown", &[("as_of", &["2026-01-01T00:00:00Z"])]),
    ("rides", &[]),
    ("compare", &[("ids", &["", "00000000-0000-4000-8000-000000000000"])]),
    ("dictionary", &[("words", &["", "launch"])]),
    ("launch", &[("id", &["00000000-0000-4000-8000-000000000000"])]),
    ("pipeline", &[("run", &["", "1", "999999"]), ("known", &[""])]),
    ("profile", &[("subject", &["providers", "rockets", "pads"]), ("id", &["1", "121"]), ("page", &["", "1", "99"])]),
    ("scorecard", &[]),
];

/// Values that break parsers of numbers, dates, ids and text, or databases.
const BAD: [&str; 30] = [
    "%00",
    "a%00b",
    "%ff",
    "%C0%AE",
    "%",
    "%zz",
    "-1",
    "0",
    "1e9",
    "NaN",
    "2147483648",
    "-2147483649",
    "9223372036854775808",
    "99999999999999999999999999",
    "9999-12-31T23:59:59Z",
    "-262143-01-01T00:00:00Z",
    "%2B262142-12-31T23:59:59.999999999Z",
    "0000-01-01T00:00:00Z",
    "'",
    "%22%3E%3Cscript%3E",
    "%E2%80%AE",
    "%F0%9F%9A%80",
    "[]",
    "%5B0%5D",
    "null",
    "true",
    "%0d%0a",
    "..%2f..",
    "%25s%25n",
    "1;drop%20table%20launch",
];

#[tokio::test]
async fn no_request_to_a_server_function_is_a_server_error() {
    let program = wire::start(&[]).await;
    let addr = program.addr;
    let mut rng = StdRng::seed_from_u64(13);
    let long = "x".repeat(4000);
    let mut failed = 0;
    for round in 0..1100 {
        let (name, arguments) = FUNCTIONS[round % FUNCTIONS.len()];
        let mut pairs = Vec::new();
        for (key, good) in arguments {
            match rng.random_range(0..10) {
                0 => {}
                1 => pairs.push(format!("{key}[x]={}", BAD[rng.random_range(0..BAD.len())])),
                2 => pairs.extend(["a", "b"].map(|value| format!("{key}={value}"))),
                3 => pairs.push(format!("{key}={long}")),
                4 | 5 => pairs.push(format!("{key}={}", good[rng.random_range(0..good.len())])),
                _ => pairs.push(format!("{key}={}", BAD[rng.random_range(0..BAD.len())])),
            }
        }
        match rng.random_range(0..8) {
            0 => pairs.push(format!("other={}", BAD[rng.random_range(0..BAD.len())])),
            1 => pairs.push("[[[[[[[[x]=1".to_owned()),
            2 => pairs.push("&&=&".to_owned()),
            _ => {}
        }
        let path = format!("/api/{name}?{}", pairs.join("&"));
        let headers: &[(&str, &str)] = match rng.random_range(0..3) {
            0 => &[],
            1 => &[("Accept", "text/html,*/*"), ("Referer", "https://evil.example/page")],
            _ => &[("Accept", "application/json"), ("Content-Type", "application/x-www-form-urlencoded")],
        };
        let answer = wire::ask(addr, "GET", &path, headers).await;
        assert!(answer.status < 500, "{path}: {} {}", answer.status, answer.text());
        assert!(
            !(300..400).contains(&answer.status) && answer.header("location").is_none(),
            "{path}: {}",
            answer.status
        );
        if answer.status >= 400 {
            failed += 1;
            let problem = answer.problem();
            assert!(problem["title"].is_string() && problem["detail"].is_string(), "{path}: {problem}");
            assert!(answer.body.len() < 3000, "{path}: {} bytes", answer.body.len());
        }
    }
    assert!((200..1000).contains(&failed), "{failed} of 1100 were refused");
    program.stop().await;
}

#[tokio::test]
async fn no_redirect_leads_to_another_site() {
    let program = wire::start(&[]).await;
    for path in ["/api/board?as_of=&past=false", "/api/moments", "/api/launch?id=x", "/api/launch", "/api/compare?ids="]
    {
        for method in ["GET", "HEAD", "POST"] {
            for referer in ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/", "not a url"] {
                let headers = [("Accept", "text/html"), ("Referer", referer)];
                let answer = wire::ask(program.addr, method, path, &headers).await;
                assert!(
                    answer.header("location").is_none() && !(300..400).contains(&answer.status),
                    "{method} {path} {referer}"
                );
            }
        }
    }
    program.stop().await;
}

#[tokio::test]
async fn errors_have_their_status_and_a_body_that_our_client_reads() {
    let program = wire::start(&[]).await;
    for (path, status, error) in [
        ("/api/launch?id=00000000-0000-4000-8000-000000000000", 404, "NotFound"),
        ("/api/profile?subject=moons&id=1&page=", 404, "NotFound"),
        ("/api/profile?subject=pads&id=99999999&page=", 404, "NotFound"),
        ("/api/pipeline?run=99999999&known=", 404, "NotFound"),
        ("/api/launch", 400, "BadRequest"),
        ("/api/launch?id=x", 400, "BadRequest"),
        ("/api/board?as_of=soon&past=false", 400, "BadRequest"),
        ("/api/board?past=perhaps&as_of=", 400, "BadRequest"),
        ("/api/profile?subject=pads&id=1&page=0", 400, "BadRequest"),
        ("/api/pipeline?run=newest&known=", 400, "BadRequest"),
        ("/api/flown?as_of=0001-01-01T00:00:00Z", 400, "BadRequest"),
    ] {
        let answer = wire::get(program.addr, path).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.text());
        let problem = answer.problem();
        let carried = &problem["error"];
        assert!(carried == error || carried.get(error).is_some(), "{path}: {problem}");
        let head = wire::ask(program.addr, "HEAD", path, &[]).await;
        assert_eq!((head.status, head.body.len()), (status, 0), "{path}");
    }
    program.stop().await;
}
