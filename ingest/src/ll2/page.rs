use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

/// One page of a list: the records untouched, each to be parsed once by itself, so that a bad one stops no other.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    pub(crate) count: u64,
    pub(crate) next: Option<String>,
    pub(crate) records: Vec<&'a RawValue>,
}

/// Why an answer is not a page.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BadPage {
    #[error("is not UTF-8")]
    Encoding(#[from] std::str::Utf8Error),
    #[error("is not a whole list page")]
    Json(#[from] serde_json::Error),
    #[error("lacks `{0}`")]
    Missing(&'static str),
}

#[derive(Deserialize)]
struct Envelope<'a> {
    count: Option<u64>,
    /// Outer none: the key is not there, and we would take the first page for the last.
    #[serde(default, borrow, deserialize_with = "super::lenient::given")]
    next: Option<Option<Cow<'a, str>>>,
    #[serde(borrow)]
    results: Option<Vec<&'a RawValue>>,
}

impl<'a> Page<'a> {
    /// Checks that the body is a whole page before anything of it is used.
    pub(crate) fn parse(body: &'a [u8]) -> Result<Self, BadPage> {
        let envelope: Envelope<'a> = serde_json::from_str(text(body)?)?;
        Ok(Self {
            count: envelope.count.ok_or(BadPage::Missing("count"))?,
            next: envelope.next.ok_or(BadPage::Missing("next"))?.map(Cow::into_owned),
            records: envelope.results.ok_or(BadPage::Missing("results"))?,
        })
    }
}

/// The body as text, without the byte order mark that some collectors' editors leave.
pub(crate) fn text(body: &[u8]) -> Result<&str, std::str::Utf8Error> {
    let text = std::str::from_utf8(body)?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// A single launch: an object whose shape the record parser judges.
pub(crate) fn single(body: &[u8]) -> Result<&RawValue, BadPage> {
    Ok(serde_json::from_str(text(body)?)?)
}
