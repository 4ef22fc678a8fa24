//! Links and addresses behind proxies.

use crate::{program::Program, wire};

/// Returns the origin in the feed's own link.
async fn origin(program: &Program, headers: &[(&str, &str)]) -> String {
    let answer = wire::ask(program.addr, "GET", "/api/v1/launches.atom?limit=1", headers).await;
    assert_eq!(answer.status, 200, "{headers:?}: {}", answer.text());
    let text = answer.text();
    let link = text.split("rel=\"self\"").nth(1).and_then(|rest| rest.split("href=\"").nth(1));
    let link = link.or_else(|| text.split("href=\"").find(|link| link.contains("/api/v1/launches.atom")));
    let link = link.expect("a feed names itself");
    link.split("/api/v1/").next().expect("an origin").to_owned()
}

#[tokio::test]
async fn links_use_the_host_that_a_trusted_proxy_reports() {
    let program =
        wire::start(&[("MOONCOON_TRUSTED_PROXY", "127.0.0.0/8, ::1, 10.0.0.0/8"), ("MOONCOON_PUBLIC_URL", "")]).await;
    let host = "localhost";
    for (headers, expected) in [
        (vec![], "http://localhost"),
        (vec![("X-Forwarded-Proto", "https")], "https://localhost"),
        (vec![("x-forwarded-proto", "HTTPS"), ("x-forwarded-host", "LOCALHOST:8443")], "https://localhost:8443"),
        (vec![("X-FORWARDED-PROTO", "https, http"), ("X-Forwarded-For", "203.0.113.9, 10.0.0.2")], "https://localhost"),
        (
            vec![
                ("X-Forwarded-Proto", "https"),
                ("X-Forwarded-Proto", "http"),
                ("X-Forwarded-For", "203.0.113.9, 10.0.0.2"),
            ],
            "https://localhost",
        ),
        (
            vec![("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "203.0.113.9, 10.0.0.3, 10.0.0.2")],
            "https://localhost",
        ),
        (vec![("X-Forwarded-Host", "127.0.0.1:443"), ("X-Forwarded-Proto", "https")], "https://127.0.0.1"),
        (vec![("Forwarded", "for=203.0.113.9;proto=https;host=\"localhost:444\"")], "https://localhost:444"),
        (
            vec![(
                "FORWARDED",
                "For=\"[2001:db8::9]:47\";PROTO=https;Host=board.localhost, for=10.0.0.2;proto=http;host=inner",
            )],
            "https://board.localhost",
        ),
        // The client's own entries are left of the proxy's.
        (vec![("X-Forwarded-Proto", "https, http"), ("X-Forwarded-For", "10.0.0.2, 203.0.113.9")], "http://localhost"),
        (vec![("X-Forwarded-Proto", "gopher")], "http://localhost"),
        (vec![("Forwarded", "proto=\"https")], "http://localhost"),
    ] {
        let mut headers = headers;
        headers.push(("Host", host));
        assert_eq!(origin(&program, &headers).await, expected, "{headers:?}");
    }
    // The forwarded host is checked like any other.
    for (said, status) in
        [("evil.example", 421), ("a b", 400), ("localhost, evil.example", 421), ("evil.example, localhost", 200)]
    {
        let answer = wire::ask(program.addr, "GET", "/", &[("Host", host), ("X-Forwarded-Host", said)]).await;
        assert_eq!(answer.status, status, "{said}");
    }
    let id = wire::ask(program.addr, "GET", "/healthz", &[("X-Request-Id", "from-the-proxy.1")]).await;
    assert_eq!(id.header("x-request-id"), Some("from-the-proxy.1"));
    program.stop().await;
}

#[tokio::test]
async fn headers_of_untrusted_clients_are_ignored() {
    let program = wire::start(&[("MOONCOON_TRUSTED_PROXY", "10.0.0.0/8")]).await;
    for headers in [
        vec![("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-For", "10.0.0.1")],
        vec![("Forwarded", "for=10.0.0.1;proto=https;host=evil.example")],
        vec![("X-Forwarded-Port", "444"), ("X-Real-Ip", "10.0.0.1"), ("X-Forwarded-Scheme", "https")],
    ] {
        assert_eq!(origin(&program, &headers).await, format!("http://{}", program.addr), "{headers:?}");
    }
    program.stop().await;
}

#[tokio::test]
async fn the_public_url_takes_precedence() {
    let settings = [("MOONCOON_TRUSTED_PROXY", "127.0.0.1"), ("MOONCOON_PUBLIC_URL", "https://moon.example/")];
    let program = wire::start(&settings).await;
    for headers in [
        vec![],
        vec![("Host", "moon.example")],
        vec![("X-Forwarded-Proto", "http"), ("X-Forwarded-Host", "localhost:99")],
        vec![("Forwarded", "proto=http;host=localhost")],
    ] {
        assert_eq!(origin(&program, &headers).await, "https://moon.example", "{headers:?}");
    }
    let calendar = wire::get(program.addr, "/api/v1/launches.ics?limit=1").await.text().replace("\r\n ", "");
    assert!(calendar.contains("https://moon.example/launches/"), "{calendar}");
    program.stop().await;
}
