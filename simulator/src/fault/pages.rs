//! Pages with damaged JSON. Each function returns `None` for a response that is not a page with a record.

use serde::Deserialize;
use serde_json::{Value, value::RawValue};

use crate::query::Page;

/// A host that cannot exist (RFC 2606), for all wrong links.
pub(super) const ELSEWHERE: &str = "http://elsewhere.invalid";
/// Placeholder in valid JSON for the invalid bytes.
const MARK: &str = "simulated-fault-mark";
/// Depth of the nesting of [`deep`].
const DEPTH: usize = 10_000;

#[derive(Deserialize)]
struct Envelope<'a> {
    count: usize,
    next: Option<String>,
    previous: Option<String>,
    #[serde(borrow)]
    results: Vec<&'a RawValue>,
}

impl Envelope<'_> {
    fn into_page(self) -> Page {
        let results = self.results.iter().map(|record| record.get().as_bytes().to_vec()).collect();
        Page { count: self.count, next: self.next, previous: self.previous, results }
    }
}

pub(super) fn empty(body: &[u8]) -> Option<Vec<u8>> {
    let page = read(body)?;
    Some(Page { next: None, results: Vec::new(), ..page }.into_json())
}

pub(super) fn with_results_of(asked: &[u8], first: &[u8]) -> Option<Vec<u8>> {
    let results = read(first)?.results;
    Some(Page { results, ..read(asked)? }.into_json())
}

pub(super) fn foreign_next(body: &[u8]) -> Option<Vec<u8>> {
    let page = read(body)?;
    // Also on the last page: a client must never follow this link.
    Some(Page { next: Some(format!("{ELSEWHERE}/2.3.0/launches/upcoming/?limit=100&offset=100")), ..page }.into_json())
}

pub(super) fn nul(body: &[u8]) -> Option<Vec<u8>> {
    let mend = |mut launch: serde_json::Map<String, Value>| {
        let name = launch.get("name").and_then(Value::as_str).unwrap_or_default();
        launch.insert("name".to_owned(), Value::from(format!("\0{name}")));
        Value::Object(launch).to_string().into_bytes()
    };
    first_record(body, mend)
}

pub(super) fn invalid_utf8(body: &[u8]) -> Option<Vec<u8>> {
    with_bytes(body, "name", MARK, b"\xff\xfe\xc3")
}

pub(super) fn overflow(body: &[u8]) -> Option<Vec<u8>> {
    with_bytes(body, "probability", &format!("\"{MARK}\""), b"1e999")
}

pub(super) fn deep(body: &[u8]) -> Option<Vec<u8>> {
    let nest = ["[".repeat(DEPTH), "]".repeat(DEPTH)].concat();
    with_bytes(body, "weather_concerns", &format!("\"{MARK}\""), nest.as_bytes())
}

pub(super) fn duplicate_keys(body: &[u8]) -> Option<Vec<u8>> {
    first_record(body, |launch| {
        let text = Value::Object(launch).to_string();
        format!("{{\"net\":\"1970-01-01T00:00:00Z\",{}", text.trim_start_matches('{')).into_bytes()
    })
}

/// Sets a key of the first record to a mark, then replaces `marked` by raw bytes.
fn with_bytes(body: &[u8], key: &str, marked: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    first_record(body, |mut launch| {
        launch.insert(key.to_owned(), Value::from(MARK));
        let text = Value::Object(launch).to_string();
        let (before, after) = text.split_once(marked).unwrap_or((&text, ""));
        [before.as_bytes(), bytes, after.as_bytes()].concat()
    })
}

fn first_record(body: &[u8], mend: impl FnOnce(serde_json::Map<String, Value>) -> Vec<u8>) -> Option<Vec<u8>> {
    let mut page = read(body)?;
    let first = page.results.first_mut()?;
    *first = mend(serde_json::from_slice(first).ok()?);
    Some(page.into_json())
}

fn read(body: &[u8]) -> Option<Page> {
    serde_json::from_slice::<Envelope<'_>>(body).ok().map(Envelope::into_page)
}
