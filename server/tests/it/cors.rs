use crate::wire;

#[tokio::test]
async fn only_reads_of_the_api_are_open_to_other_origins() {
    let program = wire::start(&[]).await;
    let addr = program.addr;
    let foreign = [("Origin", "https://elsewhere.example"), ("Sec-Fetch-Site", "cross-site"), ("Cookie", "session=1")];
    for (path, status) in [
        ("/api/v1/launches?limit=1", 200),
        ("/api/v1/launches.csv?limit=1", 200),
        ("/api/v1/freshness", 200),
        ("/api/v1/launches?colour=red", 400),
        ("/api/v1/launches/not-a-uuid", 404),
        ("/api/v1/nothing", 404),
    ] {
        for method in ["GET", "HEAD"] {
            let answer = wire::ask(addr, method, path, &foreign).await;
            assert_eq!(answer.status, status, "{method} {path}");
            assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "{method} {path}");
            assert_eq!(answer.header("access-control-allow-credentials"), None);
            assert_eq!(answer.header("cross-origin-resource-policy"), Some("cross-origin"));
        }
        let mut asks = foreign.to_vec();
        asks.extend([("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "if-none-match")]);
        let answer = wire::ask(addr, "OPTIONS", path, &asks).await;
        assert_eq!((answer.status, answer.body.len()), (204, 0), "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        assert_eq!(answer.header("access-control-allow-methods"), Some("GET, HEAD, OPTIONS"));
        assert_eq!(answer.header("access-control-allow-headers"), Some("*"));
        assert_eq!(answer.header("access-control-allow-credentials"), None);
        assert_eq!(answer.header("access-control-allow-private-network"), None);
        let plain = wire::ask(addr, "OPTIONS", path, &[]).await;
        assert_eq!((plain.status, plain.header("allow")), (204, Some("GET, HEAD, OPTIONS")), "{path}");
    }
    for path in [
        "/",
        "/pipeline",
        "/api",
        "/api/board?as_of=&past=false",
        "/api/moments",
        "/api/v2/launches",
        "/api/v1x",
        "/favicon.svg",
        "/media/0123456789abcdef",
        "/nowhere",
        "/healthz",
        "/readyz",
    ] {
        for method in ["GET", "HEAD", "OPTIONS"] {
            let mut asks = foreign.to_vec();
            asks.push(("Access-Control-Request-Method", "GET"));
            let answer = wire::ask(addr, method, path, &asks).await;
            let opened = answer.headers.iter().find(|(name, _)| name.starts_with("access-control-"));
            assert_eq!(opened, None, "{method} {path}");
            assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"), "{method} {path}");
        }
    }
    // A write is not open, whatever the preflight returned.
    assert_eq!(wire::ask(addr, "POST", "/api/v1/launches", &foreign).await.status, 403);
    program.stop().await;
}
