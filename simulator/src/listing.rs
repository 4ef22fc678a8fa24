//! Lists of launches: which lists exist, how one page is selected, and why a world may refuse.

use crate::query::{Query, Row};

/// The requested list of launches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Listing {
    All,
    Upcoming,
    Previous,
}

/// A selection of launches, in order, each already serialized as JSON.
#[derive(Debug)]
pub(crate) struct Selection {
    pub(crate) count: usize,
    pub(crate) records: Vec<Vec<u8>>,
}

/// Why a world cannot respond with launches.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The recording contains no launch of this API version.
    WrongVersion,
    /// The recording ends before this page, because its collector was throttled here.
    BeyondRecording,
    /// There is no such launch.
    NotFound,
}

/// Filters, sorts and selects a page. Returns how many launches passed, and the keys of the page.
pub(crate) fn page_of(query: &Query, mut rows: Vec<Row<'_>>, listing: Listing) -> (usize, Vec<usize>) {
    rows.retain(|row| query.accepts(row));
    query.sort(&mut rows, listing == Listing::Previous);
    let keys = rows.iter().skip(query.offset).take(query.limit).map(|row| row.key).collect();
    (rows.len(), keys)
}

/// Returns a pseudorandom number from a seed and a text: the order of launches that are equal in all requested keys.
pub(crate) fn scatter(seed: u64, text: &str) -> u64 {
    // FNV-1a: small, and the same on every machine and release, which the standard hasher does not guarantee.
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325 ^ seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
