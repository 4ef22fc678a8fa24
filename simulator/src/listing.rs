//! Lists of launches: which there are, how one page is cut from them, and what is said where there is none.

use crate::query::{Query, Row};

/// Which list of launches is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Listing {
    All,
    Upcoming,
    Previous,
}

/// A selection of launches, in order, each already JSON.
#[derive(Debug)]
pub(crate) struct Selection {
    pub(crate) count: usize,
    pub(crate) records: Vec<Vec<u8>>,
}

/// Why a world does not answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The recording holds nothing of this API version.
    WrongVersion,
    /// The recording ends before this page, because its collector was throttled here.
    BeyondRecording,
    /// There is no such launch.
    NotFound,
}

/// Filters, sorts and cuts; returns how many passed and the keys of the page.
pub(crate) fn page_of(query: &Query, mut rows: Vec<Row<'_>>, listing: Listing) -> (usize, Vec<usize>) {
    rows.retain(|row| query.accepts(row));
    query.sort(&mut rows, listing == Listing::Previous);
    let keys = rows.iter().skip(query.offset).take(query.limit).map(|row| row.key).collect();
    (rows.len(), keys)
}

/// A number without pattern from a seed and a text: orders launches that are equal in every asked way.
pub(crate) fn scatter(seed: u64, text: &str) -> u64 {
    // FNV-1a: tiny, and the same on every machine and release, which the standard hasher does not promise.
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325 ^ seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
