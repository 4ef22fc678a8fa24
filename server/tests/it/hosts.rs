use crate::wire;

#[tokio::test]
async fn a_host_is_accepted_or_refused_with_an_explanation() {
    let program = wire::start(&[("MOONCOON_PUBLIC_URL", "https://moon.example")]).await;
    let addr = program.addr;
    for host in [
        "localhost",
        "LOCALHOST:80",
        "localhost.",
        "board.localhost:3000",
        "127.0.0.1",
        "127.8.8.8:1",
        "[::1]",
        "[::1]:3000",
        "moon.example",
        "MOON.example:443",
        "moon.example.",
        "moon.example:8443",
    ] {
        for path in ["/", "/api/v1/freshness", "/api/board?as_of=&past=false"] {
            assert_eq!(wire::ask(addr, "GET", path, &[("Host", host)]).await.status, 200, "{host}{path}");
        }
    }
    for host in [
        "evil.example",
        "moon.example.evil.example",
        "evilmoon.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "203.0.113.7",
        "[2001:db8::7]:80",
        "0.0.0.0",
        "2130706433",
        "0x7f.1",
        "127.1",
        "mooncoon",
        "example",
    ] {
        for path in ["/", "/api/v1/freshness", "/api/board?as_of=&past=false", "/nowhere", "/favicon.svg", "/media/x"] {
            let answer = wire::ask(addr, "GET", path, &[("Host", host)]).await;
            assert_eq!(answer.status, 421, "{host}{path}");
            assert!(
                answer.text().contains("MOONCOON_PUBLIC_URL") && answer.text().contains(host.trim_end_matches(":80")),
                "{}",
                answer.text()
            );
            assert!(answer.header("content-security-policy").is_some() && !answer.is_rendered(), "{host}{path}");
        }
        for path in ["/healthz", "/readyz"] {
            assert_eq!(wire::ask(addr, "GET", path, &[("Host", host)]).await.status, 200, "{host}{path}");
        }
        // The host in the request line counts, not the header.
        let line = format!("http://{host}/");
        assert_eq!(wire::ask(addr, "GET", &line, &[("Host", "localhost")]).await.status, 421, "{line}");
    }
    for host in [
        "",
        "user@localhost",
        "localhost:http",
        "localhost:99999",
        "a b",
        "localhost/",
        "<script>",
        "lo\u{e9}alhost",
        "[::1",
        "a,b",
    ] {
        let answer = wire::ask(addr, "GET", "/", &[("Host", host)]).await;
        assert_eq!(answer.status, 400, "{host:?}");
    }
    let two = wire::ask(addr, "GET", "/", &[("Host", "localhost"), ("Host", "localhost")]).await;
    assert_eq!(two.status, 400);
    for none in ["GET / HTTP/1.1\r\nConnection: close\r\n\r\n", "GET / HTTP/1.0\r\n\r\n"] {
        assert_eq!(wire::send(addr, none.as_bytes(), false).await.status, 400, "{none}");
    }
    assert_eq!(wire::send(addr, b"GET /healthz HTTP/1.0\r\n\r\n", false).await.status, 200, "a probe names no host");
    program.stop().await;
}

#[tokio::test]
async fn on_a_public_address_any_ip_address_is_accepted_and_no_name_is() {
    let program = wire::start(&[("MOONCOON_ADDR", "0.0.0.0:0"), ("MOONCOON_PUBLIC_READ", "on")]).await;
    for (host, status) in [
        ("203.0.113.7:8080", 200),
        ("[2001:db8::7]", 200),
        ("localhost:3000", 200),
        ("moon.example", 421),
        ("mooncoon:3000", 421),
    ] {
        assert_eq!(wire::ask(program.addr, "GET", "/", &[("Host", host)]).await.status, status, "{host}");
    }
    program.stop().await;
}

#[tokio::test]
async fn a_write_from_a_foreign_page_is_refused() {
    let program = wire::start(&[("MOONCOON_PUBLIC_URL", "https://moon.example")]).await;
    let own = format!("http://{}", program.addr);
    // No route accepts a write yet: an allowed request gets a 405.
    for (headers, status) in [
        (vec![], 405),
        (vec![("Sec-Fetch-Site", "same-origin")], 405),
        (vec![("Sec-Fetch-Site", "none")], 405),
        (vec![("Sec-Fetch-Site", "same-origin"), ("Origin", "https://evil.example")], 405),
        (vec![("Origin", own.as_str())], 405),
        (vec![("Origin", "https://moon.example")], 405),
        (vec![("Sec-Fetch-Site", "cross-site")], 403),
        (vec![("Sec-Fetch-Site", "same-site")], 403),
        (vec![("Sec-Fetch-Site", "whatever")], 403),
        (vec![("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Site", "cross-site")], 403),
        (vec![("Sec-Fetch-Site", "cross-site"), ("Origin", own.as_str())], 403),
        (vec![("Origin", "null")], 403),
        (vec![("Origin", "https://evil.example")], 403),
        (vec![("Origin", "http://moon.example")], 403),
        (vec![("Origin", "https://moon.example.evil.example")], 403),
        (vec![("Origin", "http://127.0.0.1")], 403),
        (vec![("Origin", own.as_str()), ("Origin", "https://evil.example")], 403),
    ] {
        for method in ["POST", "PUT", "DELETE", "PATCH"] {
            for path in ["/api/v1/launches", "/api/board", "/"] {
                let answer = wire::ask(program.addr, method, path, &headers).await;
                assert_eq!(answer.status, status, "{method} {path} {headers:?}");
            }
        }
        assert_eq!(
            wire::ask(program.addr, "GET", "/api/v1/freshness", &headers).await.status,
            200,
            "a read: {headers:?}"
        );
    }
    program.stop().await;
}
