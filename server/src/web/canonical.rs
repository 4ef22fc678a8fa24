//! Enforces one spelling for each path, before any other layer reads it.
//!
//! Code that decides by the path (a route, a guard in front of one, a cache, a proxy) must read the same path as the code that serves it.
//! URL parsers disagree about dots, backslashes, doubled slashes and encoded slashes, so none of these is accepted: a harmless other
//! spelling is redirected, the rest is refused.

use axum::{
    extract::Request,
    http::{HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};

use super::refusal::Refusal;

/// None of our paths is half as long.
const LONGEST: usize = 1024;

/// The result of checking a path.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Canonical,
    /// The same path in its canonical spelling.
    Redirect(String),
    Refuse(&'static str),
}

/// Passes on requests whose path has the canonical spelling; redirects or refuses the others.
pub(super) async fn canonical_paths(request: Request, next: Next) -> Response {
    // A web site needs neither, and neither carries a path that a handler could rely on (`CONNECT host:443`, `OPTIONS *`).
    if matches!(*request.method(), Method::CONNECT | Method::TRACE) {
        return Refusal::method_not_allowed().into_response();
    }
    let path = request.uri().path();
    if path.len() > LONGEST {
        let detail = format!("the path is longer than {LONGEST} characters");
        return Refusal::new(StatusCode::URI_TOO_LONG, "Path too long", detail).into_response();
    }
    match judge(path) {
        Verdict::Canonical => next.run(request).await,
        Verdict::Redirect(path) => {
            redirect(&path, request.uri()).unwrap_or_else(|| bad("it cannot be written in a Location header"))
        }
        Verdict::Refuse(reason) => bad(reason),
    }
}

fn bad(reason: &str) -> Response {
    Refusal::new(StatusCode::BAD_REQUEST, "Bad path", format!("the path is refused: {reason}")).into_response()
}

/// Redirects to the same host: a canonical path begins with exactly one slash, so it is never parsed as `//host`.
fn redirect(path: &str, asked: &Uri) -> Option<Response> {
    let location = match asked.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    let location = HeaderValue::from_bytes(location.as_bytes()).ok()?;
    Some((StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, location)]).into_response())
}

fn judge(path: &str) -> Verdict {
    if !path.starts_with('/') {
        return Verdict::Refuse("it does not start with a slash");
    }
    let mut canonical = String::with_capacity(path.len());
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        let text = match decode(segment) {
            Ok(text) => text,
            Err(reason) => return Verdict::Refuse(reason),
        };
        if text == "." || text == ".." {
            return Verdict::Refuse("it has a segment . or ..");
        }
        canonical.push('/');
        encode(&text, &mut canonical);
    }
    if canonical.is_empty() {
        canonical.push('/');
    }
    if canonical == path { Verdict::Canonical } else { Verdict::Redirect(canonical) }
}

/// Returns the text of one segment, decoded once. The text contains nothing that another parser could interpret as syntax.
fn decode(segment: &str) -> Result<String, &'static str> {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        match (digit(rest.next()), digit(rest.next())) {
            (Some(high), Some(low)) => bytes.extend(u8::try_from(high * 16 + low)),
            _ => return Err("it has a % that is not followed by two hexadecimal digits"),
        }
    }
    // Overlong encodings of ASCII are not UTF-8 either.
    let text = String::from_utf8(bytes).map_err(|_| "it is not UTF-8")?;
    if text.chars().any(|letter| letter.is_ascii_control()) {
        return Err("it contains a control character");
    }
    if text.contains(['/', '\\']) {
        return Err("it contains a backslash or an encoded slash");
    }
    // A program behind this one, or in front of it, might decode a second time.
    if text.contains('%') {
        return Err("it contains an encoded %");
    }
    // Some servers end a segment there (path parameters), so that `/pipeline;x` would have two meanings.
    if text.contains(';') {
        return Err("it contains a semicolon");
    }
    Ok(text)
}

/// Encodes a segment by RFC 3986 (`pchar`): allowed characters are kept, the rest is percent-encoded with capital digits.
fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b'=' | b':'
            | b'@' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn our_own_paths_are_canonical() {
        for path in [
            "/",
            "/launches/00000000-0000-4000-8000-000000000000",
            "/providers/121",
            "/api/v1/launches.ics",
            "/pkg/mooncoon_bg.0123456789abcdef.wasm",
            "/icons/180.png",
            "/media/0123456789abcdef",
            "/robots.txt",
            "/...",
            "/a:b@c",
            "/caf%C3%A9",
        ] {
            assert_eq!(judge(path), Verdict::Canonical, "{path}");
        }
    }

    #[test]
    fn harmless_spellings_are_redirected() {
        for (path, canonical) in [
            ("/pipeline/", "/pipeline"),
            ("//pipeline", "/pipeline"),
            ("/api//v1///launches/", "/api/v1/launches"),
            ("//", "/"),
            ("//evil.example/", "/evil.example"),
            ("///evil.example", "/evil.example"),
            ("//evil.example//", "/evil.example"),
            ("/%70ipeline", "/pipeline"),
            ("/caf%c3%a9", "/caf%C3%A9"),
            ("/a%3Ab", "/a:b"),
            ("/{id}", "/%7Bid%7D"),
        ] {
            assert_eq!(judge(path), Verdict::Redirect(canonical.to_owned()), "{path}");
        }
    }

    #[test]
    fn paths_that_parsers_interpret_differently_are_refused() {
        for path in [
            "/x/../pipeline",
            "/./pipeline",
            "/..",
            "/%2e/pipeline",
            "/%2E%2e/pipeline",
            "/.%2e/pipeline",
            "/media/%2e%2e/pipeline",
            "/media/..%2fpipeline",
            "/media%2f..%2fpipeline",
            "/media\\..\\pipeline",
            "/\\evil.example",
            "/%5cevil.example",
            "/%2fevil.example",
            "/%252e%252e/pipeline",
            "/%25",
            "/%",
            "/%2",
            "/%zz",
            "/%+1",
            "/pipeline;x=1",
            "/pipeline%3b",
            "/..;/pipeline",
            "/pipeline%00",
            "/pipeline%0d%0aset-cookie:x",
            "/pipeline%09",
            "/%7f",
            "/%c0%ae%c0%ae/pipeline",
            "/%c0%af",
            "/%e0%80%af",
            "/%ff",
            "/%ed%a0%80",
            "/%f4%90%80%80",
            "*",
            "",
        ] {
            assert!(matches!(judge(path), Verdict::Refuse(_)), "{path}: {:?}", judge(path));
        }
    }

    /// Checks many thousand spellings built from pieces: every redirect leads directly to a canonical path on the same host, and no two
    /// canonical paths decode to the same text.
    #[test]
    fn each_path_has_one_spelling() {
        let pieces = [
            "/",
            "//",
            ".",
            "..",
            "%2e",
            "%2E",
            "%2f",
            "%5c",
            "\\",
            ";",
            "%3b",
            "%00",
            "%25",
            "%",
            "pipeline",
            "%70ipeline",
            "media",
            "evil.example",
            "@",
            ":",
            "%40",
            "%3a",
            "é",
            "%C3%A9",
            "%c3%a9",
            "%c0%ae",
            "{",
            "%7B",
            " ",
            "~",
            "%7e",
        ];
        let mut state = 20_260_301_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).expect("31 bits")
        };
        let mut spellings: HashMap<String, String> = HashMap::new();
        let mut redirected = 0;
        for _ in 0..50_000 {
            let path: String =
                std::iter::once("/").chain((0..next() % 7).map(|_| pieces[next() % pieces.len()])).collect();
            let canonical = match judge(&path) {
                Verdict::Canonical => path.clone(),
                Verdict::Redirect(canonical) => {
                    redirected += 1;
                    assert_eq!(judge(&canonical), Verdict::Canonical, "{path} leads to {canonical}");
                    canonical
                }
                Verdict::Refuse(_) => continue,
            };
            assert!(canonical.starts_with('/') && !canonical.contains("//") && !canonical.contains('\\'), "{path}");
            assert!(!canonical.split('/').any(|part| part == "." || part == ".."), "{path}");
            let text: Vec<u8> = decoded(&canonical);
            let known = spellings.entry(String::from_utf8(text).expect("UTF-8")).or_insert_with(|| canonical.clone());
            assert_eq!(*known, canonical, "two spellings of one path");
        }
        assert!(redirected > 1000 && spellings.len() > 1000, "{redirected}, {}", spellings.len());
    }

    /// A decoder independent of the one under test.
    fn decoded(path: &str) -> Vec<u8> {
        let mut parts = path.split('%');
        let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
        for part in parts {
            bytes.push(u8::from_str_radix(&part[..2], 16).expect("two digits"));
            bytes.extend_from_slice(&part.as_bytes()[2..]);
        }
        bytes
    }
}
