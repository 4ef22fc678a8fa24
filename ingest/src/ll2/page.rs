use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

/// One page of a list. The records are kept as raw text and parsed one by one, so that a bad one does not affect the
/// others.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    pub(crate) count: u64,
    pub(crate) next: Option<String>,
    pub(crate) records: Vec<&'a RawValue>,
}

/// Why a response is not a page.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BadPage {
    #[error("is not UTF-8")]
    Encoding(#[from] std::str::Utf8Error),
    #[error("is not a complete list page")]
    Json(#[from] serde_json::Error),
    #[error("does not contain `{0}`")]
    Missing(&'static str),
}

#[derive(Deserialize)]
struct Envelope<'a> {
    count: Option<u64>,
    /// Outer none: the key is missing, and the first page would be taken for the last.
    #[serde(default, borrow, deserialize_with = "super::lenient::given")]
    next: Option<Option<Cow<'a, str>>>,
    #[serde(borrow)]
    results: Option<Vec<&'a RawValue>>,
}

impl<'a> Page<'a> {
    /// Checks that the body is a complete page before any of it is used.
    pub(crate) fn parse(body: &'a [u8]) -> Result<Self, BadPage> {
        let envelope: Envelope<'a> = serde_json::from_str(text(body)?)?;
        Ok(Self {
            count: envelope.count.ok_or(BadPage::Missing("count"))?,
            next: envelope.next.ok_or(BadPage::Missing("next"))?.map(Cow::into_owned),
            records: envelope.results.ok_or(BadPage::Missing("results"))?,
        })
    }
}

/// Returns the body as text, without the byte order mark that the editors of some collectors add.
pub(crate) fn text(body: &[u8]) -> Result<&str, std::str::Utf8Error> {
    let text = std::str::from_utf8(body)?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Returns a single launch; the record parser checks its shape.
pub(crate) fn single(body: &[u8]) -> Result<&RawValue, BadPage> {
    Ok(serde_json::from_str(text(body)?)?)
}
