//! What the server asks of a world, be it recorded or invented.

use chrono::{DateTime, Utc};

use crate::{
    ApiVersion, InventedWorld, Recording,
    query::{Mode, Query, Row},
};

/// Which list of launches is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Listing {
    All,
    Upcoming,
    Previous,
}

/// The launches a simulator serves.
#[derive(Debug)]
pub(crate) enum World {
    Replay(Recording),
    Invented(InventedWorld),
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

impl World {
    /// One page of a list at a moment.
    pub(crate) fn select(
        &self,
        version: ApiVersion,
        listing: Listing,
        query: &Query,
        now: DateTime<Utc>,
        seed: u64,
    ) -> Result<Selection, Refusal> {
        match self {
            World::Replay(recording) => recording.select(version, listing, query, now),
            World::Invented(world) => {
                let view = world.at(now);
                let rows = view.rows(listing, seed);
                let mode = query.mode.unwrap_or(Mode::Normal);
                let (count, keys) = page_of(query, rows, listing);
                Ok(Selection { count, records: keys.iter().map(|&key| view.launch(key, version, mode)).collect() })
            }
        }
    }

    /// One launch at a moment.
    pub(crate) fn find(
        &self,
        version: ApiVersion,
        id: &str,
        mode: Option<Mode>,
        now: DateTime<Utc>,
    ) -> Result<Vec<u8>, Refusal> {
        match self {
            World::Replay(recording) => recording.find(version, id),
            World::Invented(world) => {
                // A single launch is detailed unless asked otherwise.
                world.at(now).find(id, version, mode.unwrap_or(Mode::Detailed)).ok_or(Refusal::NotFound)
            }
        }
    }
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
