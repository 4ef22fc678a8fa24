//! The interface of a world, recorded or invented, to the server.

use chrono::{DateTime, Utc};

use crate::{
    ApiVersion, InventedWorld, Recording,
    listing::{Listing, Refusal, Selection, page_of},
    query::{Mode, Query},
};

/// The launches that a simulator serves.
#[derive(Debug)]
pub(crate) enum World {
    Replay(Recording),
    Invented(InventedWorld),
}

impl World {
    /// Returns one page of a list at a moment.
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

    /// Returns one launch at a moment.
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
                // A single launch is detailed by default.
                world.at(now).find(id, version, mode.unwrap_or(Mode::Detailed)).ok_or(Refusal::NotFound)
            }
        }
    }
}
