use std::collections::BTreeSet;

use crate::wire;

/// Sample pages and files; each is requested under other spellings.
const TARGETS: [&str; 8] = [
    "/pipeline",
    "/scorecard",
    "/choose",
    "/launches/00000000-0000-4000-8000-000000000000",
    "/api/v1/freshness",
    "/api/board",
    "/manifest.json",
    "/media/0123456789abcdef",
];

/// Returns spellings of a path that some parser reads as the path itself.
fn spellings(path: &str) -> Vec<String> {
    let name = path.trim_start_matches('/');
    let mut all = Vec::new();
    for dots in ["..", "%2e%2e", "%2E%2E", ".%2e", "%2e.", "%252e%252e", "..;", "%c0%ae%c0%ae", "%2e%2e%00", "．．"] {
        for before in ["x", "media", "media/x", "pkg", "api", "api/v1", "launches", "launches/x", "icons", ""] {
            for slash in ["/", "//", "%2f", "%2F", "%5c", "\\", "%252f", "/./", ";/"] {
                all.push(format!("/{before}/{dots}{slash}{name}"));
            }
        }
    }
    for dot in [".", "%2e", "%2E", ".;", "%252e"] {
        all.push(format!("/{dot}/{name}"));
        all.push(format!("{path}/{dot}"));
        all.push(format!("{path}/{dot}{dot}/{name}"));
    }
    for lead in [
        "//",
        "///",
        "/\\",
        "\\",
        "/%2f",
        "/%5c",
        "/;/",
        "/%00/",
        "/ %20",
        "/%20/",
        "/%09",
        "/%0a",
        "/%0d%0a",
        "/%ef%bb%bf",
    ] {
        all.push(format!("{lead}{name}"));
    }
    for tail in [
        "/", "//", ";", ";x=1", "%00", "%20", "%2f", "%5c", "\\", "%0a", "/.", "/..", "/x/..", ".", "%2e", "%3f",
        "%23", "%ff", "%",
    ] {
        all.push(format!("{path}{tail}"));
    }
    // Each letter of the name encoded, and all letters together.
    for (at, letter) in path.char_indices().filter(|(_, letter)| letter.is_ascii_alphabetic()) {
        all.push(format!("{}%{:02x}{}", &path[..at], u32::from(letter), &path[at + 1..]));
    }
    all.push(
        path.chars()
            .map(|letter| if letter == '/' { letter.to_string() } else { format!("%{:02X}", u32::from(letter)) })
            .collect(),
    );
    all.push(path.to_ascii_uppercase());
    all.retain(|spelling| spelling != path && !spelling.contains(' '));
    all
}

#[tokio::test]
async fn a_page_is_rendered_at_its_own_address_only() {
    let program = wire::start(&[]).await;
    let addr = program.addr;
    assert!(wire::get(addr, "/pipeline").await.is_rendered(), "the marker of a rendered page");
    let all: BTreeSet<String> = TARGETS.iter().flat_map(|target| spellings(target)).collect();
    assert!(all.len() > 2000, "{}", all.len());
    let (mut redirected, mut refused) = (0, 0);
    for path in &all {
        let answer = wire::get(addr, path).await;
        // An unknown launch, or an invalid id, has its own page; it belongs to the requested route.
        let is_of_launches = path.starts_with("/launches/") && !path[10..].contains('/');
        match answer.status {
            308 => {
                redirected += 1;
                let to = answer.header("location").expect("it leads somewhere");
                assert!(to.starts_with('/') && !to.starts_with("//") && !to.contains('\\'), "{path} leads to {to}");
                assert_ne!(wire::get(addr, to).await.status, 308, "{path} leads to {to}");
            }
            400 | 404 => {
                refused += 1;
                assert!(is_of_launches || !answer.is_rendered(), "{path}");
                assert!(is_of_launches || answer.body.len() < 4000, "{path}: {} bytes", answer.body.len());
            }
            status => panic!("{path}: {status}"),
        }
        if !answer.headers.iter().any(|(name, _)| name == "content-security-policy") {
            // Refused by the HTTP library itself, before a request exists.
            assert_eq!((answer.status, answer.body.len()), (400, 0), "{path}");
        }
    }
    assert!(redirected > 100 && refused > 1000, "{redirected} redirected, {refused} refused");
    program.stop().await;
}

#[tokio::test]
async fn a_trailing_slash_redirects_to_the_same_host_and_keeps_the_query() {
    let program = wire::start(&[]).await;
    for (path, to) in [
        ("/pipeline/", "/pipeline"),
        ("/pipeline/?run=1&x=%2F%2e", "/pipeline?run=1&x=%2F%2e"),
        ("/api/v1/launches/?limit=1", "/api/v1/launches?limit=1"),
        ("/choose//?", "/choose?"),
        ("//evil.example/", "/evil.example"),
        ("//evil.example/%70", "/evil.example/p"),
        ("///evil.example//", "/evil.example"),
        ("//", "/"),
        ("//?//evil.example", "/?//evil.example"),
        ("/healthz/", "/healthz"),
        ("/favicon.svg/", "/favicon.svg"),
    ] {
        for method in ["GET", "HEAD", "POST"] {
            let answer = wire::ask(program.addr, method, path, &[]).await;
            assert_eq!((answer.status, answer.header("location")), (308, Some(to)), "{method} {path}");
        }
    }
    program.stop().await;
}

#[tokio::test]
async fn an_invalid_path_is_refused() {
    let program = wire::start(&[]).await;
    let addr = program.addr;
    for request in
        ["CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n", "TRACE / HTTP/1.1\r\nHost: localhost\r\n"]
    {
        let answer = wire::send(addr, format!("{request}Connection: close\r\n\r\n").as_bytes(), false).await;
        assert!((400..500).contains(&answer.status), "{request}: {}", answer.status);
        assert!(answer.header("content-security-policy").is_some(), "{request}");
    }
    let long = format!("/{}", "x".repeat(5000));
    assert_eq!(wire::get(addr, &long).await.status, 414);
    assert_eq!(wire::get(addr, "/healthz").await.status, 200, "it is still there");
    program.stop().await;
}
