use crate::{
    program::Program,
    wire::{self, Answer},
};

fn is_guarded(what: &str, answer: &Answer) {
    let policy =
        answer.header("content-security-policy").unwrap_or_else(|| panic!("{what} ({}): no policy", answer.status));
    assert!(policy.contains("frame-ancestors 'none'") && policy.contains("object-src 'none'"), "{what}: {policy}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{what} ({})", answer.status);
    }
    for name in ["permissions-policy", "cross-origin-resource-policy", "cache-control", "x-request-id"] {
        let values = answer.headers.iter().filter(|(one, _)| one == name).count();
        assert_eq!(values, 1, "{what} ({}): {name}", answer.status);
    }
}

#[tokio::test]
async fn every_response_has_the_security_headers() {
    let program = wire::start(&[]).await;
    let addr = program.addr;
    let long = format!("/{}", "x".repeat(3000));
    for (method, path, headers, status) in [
        ("GET", "/", &[][..], 200),
        ("HEAD", "/", &[], 200),
        ("GET", "/pipeline", &[], 200),
        ("GET", "/launches/nothing", &[], 404),
        ("GET", "/?colour=red", &[], 400),
        ("GET", "/nowhere", &[], 404),
        ("GET", "/x/../pipeline", &[], 400),
        ("GET", long.as_str(), &[], 414),
        ("GET", "/pipeline/", &[], 308),
        ("POST", "/pipeline", &[], 405),
        ("OPTIONS", "/", &[], 405),
        ("TRACE", "/", &[], 405),
        ("POST", "/", &[("Sec-Fetch-Site", "cross-site")], 403),
        ("GET", "/", &[("Host", "evil.example")], 421),
        ("POST", "/api/v1/launches", &[("Content-Length", "70000")], 413),
        ("GET", "/api/v1/launches?limit=1", &[], 200),
        ("GET", "/api/v1/launches?limit=x", &[], 400),
        ("OPTIONS", "/api/v1/launches", &[], 204),
        ("GET", "/api/v1/launches.ics", &[], 200),
        ("GET", "/api/v1/launches.ics", &[("If-None-Match", "*")], 304),
        ("GET", "/api/nothing", &[], 404),
        ("GET", "/api/moments", &[], 200),
        ("GET", "/api/launch", &[], 400),
        ("GET", "/media/0123456789abcdef", &[], 200),
        ("GET", "/media/nothing", &[], 404),
        ("GET", "/pkg/nothing", &[], 404),
        ("GET", "/healthz", &[], 200),
        ("GET", "/readyz", &[], 200),
        ("POST", "/healthz", &[], 405),
        ("GET", "/healthz", &[("Host", "evil.example")], 200),
    ] {
        let answer = wire::ask(addr, method, path, headers).await;
        let what = format!("{method} {path} {headers:?}");
        assert_eq!(answer.status, status, "{what}");
        is_guarded(&what, &answer);
    }
    program.stop().await;
}

#[tokio::test]
async fn every_response_of_a_private_board_has_the_security_headers() {
    let program = Program::start(&[("MOONCOON_PUBLIC_READ", "off")]).await;
    for path in
        ["/", "/pipeline", "/api/v1/launches", "/api/board", "/favicon.svg", "/nowhere", "/media/0123456789abcdef"]
    {
        let answer = wire::get(program.addr, path).await;
        assert_eq!(answer.status, 403, "{path}");
        is_guarded(path, &answer);
        assert!(answer.text().contains("MOONCOON_PUBLIC_READ"), "{path}");
    }
    wire::get(program.addr, "/api/v1/launches").await.problem();
    for path in ["/healthz", "/readyz"] {
        let answer = wire::get(program.addr, path).await;
        assert_eq!(answer.status, 200, "{path}");
        is_guarded(path, &answer);
    }
    program.stop().await;
}

#[tokio::test]
async fn each_request_has_a_generated_id() {
    let program = wire::start(&[]).await;
    let mut ids = std::collections::BTreeSet::new();
    for given in ["", "mine", "mine", "<script>"] {
        let answer = wire::ask(program.addr, "GET", "/healthz", &[("X-Request-Id", given)]).await;
        let id = answer.header("x-request-id").expect("an id").to_owned();
        assert!(id.len() == 16 && id != given, "{id}");
        assert!(ids.insert(id), "each its own");
    }
    program.stop().await;
}
