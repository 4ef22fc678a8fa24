//! Reads archived responses in the container formats that collectors use.

use bytes::Bytes;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::{
    error::Error,
    ll2::{self, ApiVersion},
    staging::Listing,
};

/// Largest unpacked body; the whole history of LL2 in one file is about 80 MB.
const BODY_LIMIT: u64 = 512 * 1024 * 1024;

/// A file as read: unpacked, not parsed yet.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) path: PathBuf,
    pub(crate) body: Bytes,
}

/// Consecutive records of one list.
#[derive(Debug)]
pub(crate) struct Part<'a> {
    pub(crate) listing: Listing,
    /// Size of the whole list according to the envelope; none for containers without a count.
    pub(crate) count: Option<u64>,
    pub(crate) records: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Container<'a> {
    count: Option<u64>,
    #[serde(default, borrow)]
    next: Option<std::borrow::Cow<'a, str>>,
    #[serde(default, borrow)]
    previous: Option<&'a RawValue>,
    #[serde(default, borrow)]
    results: Option<Vec<&'a RawValue>>,
    #[serde(default, borrow)]
    launches: Option<Vec<&'a RawValue>>,
    #[serde(default, borrow)]
    upcoming: Option<&'a RawValue>,
    #[serde(default, borrow)]
    id: Option<&'a RawValue>,
    #[serde(default, borrow)]
    net: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Sublist<'a> {
    count: Option<u64>,
    #[serde(borrow)]
    results: Vec<&'a RawValue>,
}

impl File {
    /// Reads a file and unpacks `.gz`.
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        let failed = |source: std::io::Error| Error::Archive {
            file: path.display().to_string(),
            reason: "could not be read".to_owned(),
            source: Some(source.into()),
        };
        let file = std::fs::File::open(path).map_err(failed)?;
        let mut body = Vec::new();
        let is_packed = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz"));
        let read = if is_packed {
            flate2::read::MultiGzDecoder::new(file).take(BODY_LIMIT + 1).read_to_end(&mut body)
        } else {
            file.take(BODY_LIMIT + 1).read_to_end(&mut body)
        };
        read.map_err(failed)?;
        if body.len() as u64 > BODY_LIMIT {
            return Err(failed(std::io::Error::other("larger than 512 MB")));
        }
        Ok(Self { path: path.to_owned(), body: body.into() })
    }

    fn fault(&self, reason: impl Into<String>, source: Option<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        Error::Archive { file: self.path.display().to_string(), reason: reason.into(), source }
    }

    /// Returns the lists in the file, which is an envelope of the API, `{"updatedAt", "launches"}`,
    /// `{"lastUpdated", "upcoming", "previous"}`, a bare array, or a single launch.
    ///
    /// The `next` or `previous` address of an envelope determines which list it is, else the file name (also for an
    /// array). Without a hint it counts as upcoming, because that is what collectors usually store.
    pub(crate) fn parts(&self) -> Result<Vec<Part<'_>>, Error> {
        let text = ll2::text(&self.body).map_err(|error| self.fault("is not UTF-8", Some(error.into())))?;
        let json = |error: serde_json::Error| self.fault("is not complete JSON", Some(error.into()));
        if text.trim_start().starts_with('[') {
            let records = serde_json::from_str(text).map_err(json)?;
            return Ok(vec![Part { listing: self.listing_by_name(), count: None, records }]);
        }
        let container: Container<'_> = serde_json::from_str(text).map_err(json)?;
        if let Some(records) = container.results {
            let previous = container.previous.map(RawValue::get).unwrap_or_default();
            let address = format!("{} {previous}", container.next.as_deref().unwrap_or_default());
            let listing = listing_by_address(&address).unwrap_or_else(|| self.listing_by_name());
            return Ok(vec![Part { listing, count: container.count, records }]);
        }
        if let Some(records) = container.launches {
            return Ok(vec![Part { listing: Listing::Upcoming, count: None, records }]);
        }
        if let Some(upcoming) = container.upcoming {
            let mut parts = Vec::new();
            for (listing, list) in [(Listing::Upcoming, Some(upcoming)), (Listing::Previous, container.previous)] {
                if let Some(list) = list {
                    let list: Sublist<'_> = serde_json::from_str(list.get()).map_err(json)?;
                    parts.push(Part { listing, count: list.count, records: list.results });
                }
            }
            return Ok(parts);
        }
        if container.id.is_some() && container.net.is_some() {
            let record = ll2::single(&self.body).map_err(|error| self.fault(error.to_string(), None))?;
            return Ok(vec![Part { listing: Listing::Single, count: None, records: vec![record] }]);
        }
        Err(self.fault("contains no launches: neither `results`, `launches`, `upcoming`, an array nor a launch", None))
    }

    fn listing_by_name(&self) -> Listing {
        let name = self.path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        if name.contains("previous") { Listing::Previous } else { Listing::Upcoming }
    }
}

fn listing_by_address(address: &str) -> Option<Listing> {
    if address.contains("/previous/") {
        Some(Listing::Previous)
    } else if address.contains("/upcoming/") {
        Some(Listing::Upcoming)
    } else {
        None
    }
}

/// Returns the version that all records share; none if there are no records or if they differ. Records without a
/// recognizable version are ignored: one broken record must not turn a list into a mixed one.
pub(crate) fn version(parts: &[Part<'_>]) -> Option<ApiVersion> {
    let mut records = parts.iter().flat_map(|part| &part.records).peekable();
    records.peek()?;
    let mut versions = records.filter_map(|record| ApiVersion::of_record(record));
    // 2.3.0 is always recognizable, at least by its `response_mode`.
    let first = versions.next().unwrap_or(ApiVersion::V220);
    versions.all(|version| version == first).then_some(first)
}
