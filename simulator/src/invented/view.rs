//! The invented world at one moment: its launches with their states and counters.

use std::sync::Arc;

use super::{
    calendar::DAY,
    codes::{SUBORBITAL, status},
    item::{Attempts, Item},
    launch::Launch,
    life::AFTERGLOW,
    totals::{Totals, count},
    v220, v230,
};
use crate::{
    ApiVersion,
    listing::{Listing, scatter},
    query::{Mode, Row},
};

/// How long before T-0 the address of the webcast is known.
const VIDEO_LEAD: i64 = 6 * DAY;

/// The world at a moment.
#[derive(Debug)]
pub(crate) struct View {
    now: i64,
    /// In order of NET.
    items: Vec<Item>,
    totals: Totals,
}

impl View {
    pub(super) fn new(launches: &[Arc<Launch>], now: i64) -> View {
        let mut items: Vec<Item> = launches
            .iter()
            .filter_map(|launch| {
                let edit = launch.edit_at(now)?;
                let state = launch.life.edits[edit].state;
                let has_video = launch.has_video && state.status != status::TBD && now > state.net - VIDEO_LEAD;
                let attempts = Attempts::default();
                Some(Item { launch: Arc::clone(launch), edit, attempts, has_video, turnaround: None })
            })
            .collect();
        items.sort_unstable_by(|a, b| a.state().net.cmp(&b.state().net).then_with(|| a.launch.id.cmp(&b.launch.id)));
        let totals = count(&mut items);
        View { now, items, totals }
    }

    pub(crate) fn now(&self) -> i64 {
        self.now
    }

    /// Returns the rows of one list, with the values for filters and orderings.
    pub(crate) fn rows(&self, listing: Listing, seed: u64) -> Vec<Row<'_>> {
        let from = self.now - AFTERGLOW;
        let range = match listing {
            Listing::All => 0..self.items.len(),
            Listing::Upcoming => self.items.partition_point(|item| item.state().net <= from)..self.items.len(),
            Listing::Previous => 0..self.items.partition_point(|item| item.state().net <= self.now),
        };
        range
            .map(|key| {
                let item = &self.items[key];
                let state = item.state();
                Row {
                    key,
                    id: &item.launch.id,
                    name: &item.title().name,
                    net: state.net,
                    last_updated: item.edit().at,
                    status: state.status,
                    suborbital: item.launch.entry.orbit == SUBORBITAL,
                    recent: from < state.net && state.net <= self.now,
                    tie: scatter(seed, &item.launch.id),
                }
            })
            .collect()
    }

    /// Serializes one launch for an API version.
    pub(crate) fn launch(&self, key: usize, version: ApiVersion, mode: Mode) -> Vec<u8> {
        let item = &self.items[key];
        let json = match version {
            ApiVersion::V220 => v220::launch(item, &self.totals, mode),
            ApiVersion::V230 => v230::launch(item, &self.totals, mode),
        };
        json.expect("plain structs of numbers and text always become JSON")
    }

    /// Serializes one launch by id.
    pub(crate) fn find(&self, id: &str, version: ApiVersion, mode: Mode) -> Option<Vec<u8>> {
        let key = self.items.iter().position(|item| item.launch.id == id)?;
        Some(self.launch(key, version, mode))
    }
}
