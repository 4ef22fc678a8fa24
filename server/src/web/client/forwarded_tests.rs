use axum::http::{HeaderName, HeaderValue};

use super::*;

const PEER: &str = "10.0.0.1";

fn trusted() -> TrustedProxies {
    "10.0.0.0/8, 2001:db8:aaaa::/48".parse().expect("a list")
}

fn said(lines: &[(&str, &str)]) -> (String, Option<&'static str>, Option<String>) {
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a name");
        headers.append(name, HeaderValue::from_str(value).expect("a value"));
    }
    let said = read(&headers, PEER.parse().expect("an address"), &trusted());
    (said.address.to_string(), said.scheme, said.host)
}

fn expected(
    address: &str,
    scheme: Option<&'static str>,
    host: Option<&str>,
) -> (String, Option<&'static str>, Option<String>) {
    (address.to_owned(), scheme, host.map(str::to_owned))
}

#[test]
fn one_proxy_reports_client_and_scheme() {
    for lines in [
        &[("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "moon.example")][..],
        &[
            ("x-forwarded-for", " 203.0.113.9:4711 "),
            ("x-forwarded-proto", "HTTPS"),
            ("x-forwarded-host", "moon.example"),
        ],
        &[("Forwarded", "for=203.0.113.9;proto=https;host=moon.example")],
        &[("forwarded", "For=\"203.0.113.9:4711\"; Proto=HTTPS ;HOST=\"moon.example\";by=_secret")],
        &[("FORWARDED", "by=203.0.113.43 ;host=moon.example;proto=https;for=203.0.113.9;ext=\"a,b;c\"")],
    ] {
        assert_eq!(said(lines), expected("203.0.113.9", Some("https"), Some("moon.example")), "{lines:?}");
    }
}

#[test]
fn two_trusted_proxies_are_skipped() {
    for lines in [
        // Both append.
        &[
            ("X-Forwarded-For", "203.0.113.9, 10.0.0.2"),
            ("X-Forwarded-Proto", "https, http"),
            ("X-Forwarded-Host", "moon.example, inner:3000"),
        ][..],
        // On separate lines.
        &[
            ("X-Forwarded-For", "203.0.113.9"),
            ("X-Forwarded-For", "10.0.0.2"),
            ("X-Forwarded-Proto", "https"),
            ("X-Forwarded-Proto", "http"),
            ("X-Forwarded-Host", "moon.example"),
        ],
        // The outer one sets it, and the inner one leaves it.
        &[
            ("X-Forwarded-For", "203.0.113.9, 10.0.0.2"),
            ("X-Forwarded-Proto", "https"),
            ("X-Forwarded-Host", "moon.example"),
        ],
        &[("Forwarded", "for=203.0.113.9;proto=https;host=moon.example, for=10.0.0.2;proto=http;host=inner")],
        &[
            ("Forwarded", "for=203.0.113.9;proto=https;host=moon.example"),
            ("Forwarded", "for=\"10.0.0.2:99\";proto=http"),
        ],
    ] {
        assert_eq!(said(lines), expected("203.0.113.9", Some("https"), Some("moon.example")), "{lines:?}");
    }
}

#[test]
fn claims_of_the_client_itself_are_ignored() {
    for lines in [
        &[
            ("X-Forwarded-For", "127.0.0.1, 203.0.113.9"),
            ("X-Forwarded-Proto", "http, https"),
            ("X-Forwarded-Host", "evil.example, moon.example"),
        ][..],
        // The proxy does not support `Forwarded`, and passes on the client's.
        &[
            ("Forwarded", "for=127.0.0.1;host=evil.example;proto=http"),
            ("X-Forwarded-For", "203.0.113.9"),
            ("X-Forwarded-Proto", "https"),
            ("X-Forwarded-Host", "moon.example"),
        ],
        &[("Forwarded", "for=127.0.0.1;host=evil.example, for=203.0.113.9;proto=https;host=moon.example")],
        &[
            ("Forwarded", "for=127.0.0.1;host=\"evil.example"),
            ("Forwarded", "for=203.0.113.9;proto=https;host=moon.example"),
        ],
        &[("Forwarded", "=;;for, for=203.0.113.9;proto=https;host=moon.example")],
    ] {
        assert_eq!(said(lines), expected("203.0.113.9", Some("https"), Some("moon.example")), "{lines:?}");
    }
}

#[test]
fn addresses_of_both_kinds_are_parsed_with_and_without_ports() {
    for (text, address) in [
        ("2001:db8::1", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("[2001:DB8::1]:4711", "2001:db8::1"),
        ("[2001:db8::1]:_hidden", "2001:db8::1"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        // These hide the client: the proxy itself is the nearest known address.
        ("unknown", PEER),
        ("_gazonk", PEER),
        ("203.0.113.999", PEER),
        ("<script>", PEER),
        // Through a second network of proxies.
        ("203.0.113.9, 2001:db8:aaaa::5", "203.0.113.9"),
        ("unknown, 2001:db8:aaaa::5", "2001:db8:aaaa::5"),
        // Every address is a proxy: the first one counts.
        ("10.0.0.3, 10.0.0.2", "10.0.0.3"),
    ] {
        assert_eq!(said(&[("x-forwarded-for", text)]), expected(address, None, None), "{text}");
        let quoted: Vec<_> = text.split(", ").map(|one| format!("for=\"{one}\"")).collect();
        assert_eq!(said(&[("forwarded", &quoted.join(","))]), expected(address, None, None), "{text}");
    }
}

#[test]
fn an_unknown_scheme_is_ignored() {
    for text in ["wss", "javascript", "https://", "", "ftp"] {
        assert_eq!(said(&[("x-forwarded-proto", text)]).1, None, "{text}");
    }
}

/// For any content of these headers: no panic, and the address is in the text or is that of the peer.
#[test]
fn random_headers_never_panic() {
    let pieces = [
        "for=",
        "\"",
        "\\",
        ",",
        ";",
        "host=",
        "=",
        "[",
        "]",
        ":80",
        "10.0.0.2",
        "203.0.113.9",
        "é",
        " ",
        "proto=https",
        "_x",
    ];
    // A small linear congruential generator: the same cases in every run.
    let mut state = 1969_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits")
    };
    for _ in 0..20_000 {
        let text: String = (0..next() % 12).map(|_| pieces[next() % pieces.len()]).collect();
        for name in ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"] {
            let mut headers = HeaderMap::new();
            headers.append(HeaderName::from_static(name), HeaderValue::from_bytes(text.as_bytes()).expect("visible"));
            let address = read(&headers, PEER.parse().expect("an address"), &trusted()).address.to_string();
            assert!(address == PEER || text.contains(&address), "{name}: {text}");
        }
    }
}
