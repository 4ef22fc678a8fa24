//! The invented world at one moment: which launches there are, in which state, with all their counters.

use std::{collections::HashMap, sync::Arc};

use super::{
    calendar::{DAY, year_of},
    codes::{SUBORBITAL, status},
    launch::{Launch, Title},
    life::{AFTERGLOW, Edit, State},
    v220, v230,
};
use crate::{
    ApiVersion,
    query::{Mode, Row},
    world::{Listing, scatter},
};

/// How long before T-0 the address of the stream is known.
const VIDEO_LEAD: i64 = 6 * DAY;

/// The world at a moment.
#[derive(Debug)]
pub(crate) struct View {
    now: i64,
    /// In order of NET.
    items: Vec<Item>,
    pub(super) totals: Totals,
}

/// One launch at a moment.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) launch: Arc<Launch>,
    /// Index of the edit in force.
    edit: usize,
    pub(super) attempts: Attempts,
    /// The stream has an address, as it has from some days before a dated T-0. LL2 does not bump `last_updated` for it.
    pub(super) has_video: bool,
    /// Seconds since the last launch from the same pad.
    pub(super) turnaround: Option<i64>,
}

/// LL2's eight counters: the how-manieth launch this is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Attempts {
    pub(super) orbital: Option<u32>,
    pub(super) location: u32,
    pub(super) pad: u32,
    pub(super) agency: u32,
    pub(super) orbital_year: Option<u32>,
    pub(super) location_year: u32,
    pub(super) pad_year: u32,
    pub(super) agency_year: u32,
}

/// Flights so far, by whatever one counts them by.
#[derive(Debug, Default)]
pub(super) struct Totals {
    providers: HashMap<i64, Flights>,
    rockets: HashMap<i64, Flights>,
    pads: HashMap<i64, Flights>,
    locations: HashMap<i64, Flights>,
    pub(super) world: Flights,
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Flights {
    pub(super) succeeded: u32,
    pub(super) failed: u32,
    pub(super) pending: u32,
    pub(super) orbital: u32,
    pub(super) in_a_row: u32,
}

impl Flights {
    pub(super) fn total(self) -> u32 {
        self.succeeded + self.failed
    }

    fn count(&mut self, status_id: i64, is_orbital: bool) {
        match status_id {
            status::SUCCESS => {
                self.succeeded += 1;
                self.in_a_row += 1;
            }
            status::FAILURE | status::PARTIAL_FAILURE => {
                self.failed += 1;
                self.in_a_row = 0;
            }
            _ => self.pending += 1,
        }
        self.orbital += u32::from(is_orbital && status::is_final(status_id));
    }
}

impl Totals {
    pub(super) fn provider(&self, id: i64) -> Flights {
        self.providers.get(&id).copied().unwrap_or_default()
    }

    pub(super) fn rocket(&self, id: i64) -> Flights {
        self.rockets.get(&id).copied().unwrap_or_default()
    }

    pub(super) fn pad(&self, id: i64) -> Flights {
        self.pads.get(&id).copied().unwrap_or_default()
    }

    pub(super) fn location(&self, id: i64) -> Flights {
        self.locations.get(&id).copied().unwrap_or_default()
    }
}

impl Item {
    pub(super) fn edit(&self) -> &Edit {
        &self.launch.life.edits[self.edit]
    }

    pub(super) fn state(&self) -> State {
        self.edit().state
    }

    /// The edits so far, oldest first.
    pub(super) fn history(&self) -> &[Edit] {
        &self.launch.life.edits[..=self.edit]
    }

    pub(super) fn title(&self) -> &Title {
        if self.state().is_named { &self.launch.named } else { &self.launch.unnamed }
    }
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

    /// What filters and orderings look at, for one list.
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
                    recent: state.net <= self.now,
                    tie: scatter(seed, &item.launch.id),
                }
            })
            .collect()
    }

    /// One launch as an API version shows it.
    pub(crate) fn launch(&self, key: usize, version: ApiVersion, mode: Mode) -> Vec<u8> {
        let item = &self.items[key];
        let json = match version {
            ApiVersion::V220 => v220::launch(item, &self.totals, mode),
            ApiVersion::V230 => v230::launch(item, &self.totals, mode),
        };
        json.expect("plain structs of numbers and text always become JSON")
    }

    /// One launch by id.
    pub(crate) fn find(&self, id: &str, version: ApiVersion, mode: Mode) -> Option<Vec<u8>> {
        let key = self.items.iter().position(|item| item.launch.id == id)?;
        Some(self.launch(key, version, mode))
    }
}

/// Numbers the launches in order of NET and adds up what has flown.
fn count(items: &mut [Item]) -> Totals {
    use super::facts::Facts;

    /// What is counted: a kind and an id.
    type Counters = HashMap<(u8, i64), (u32, u32, i32)>;
    let mut counters: Counters = HashMap::new();
    let mut next = |kind: u8, id: i64, year: i32| {
        let (ever, in_year, of_year) = counters.entry((kind, id)).or_default();
        if *of_year != year {
            (*in_year, *of_year) = (0, year);
        }
        *ever += 1;
        *in_year += 1;
        (*ever, *in_year)
    };
    let mut totals = Totals::default();
    let mut last_from_pad: HashMap<i64, i64> = HashMap::new();
    for item in items {
        let state = item.state();
        let entry = item.launch.entry;
        let year = year_of(state.net);
        let location_id = Facts::get().pad(entry.pad).map_or(0, |pad| pad.location);
        let is_orbital = entry.orbit != SUBORBITAL;
        let orbital = is_orbital.then(|| next(0, 0, year));
        let (location, location_year) = next(1, location_id, year);
        let (pad, pad_year) = next(2, entry.pad, year);
        let (agency, agency_year) = next(3, entry.provider, year);
        item.attempts = Attempts {
            orbital: orbital.map(|(ever, _)| ever),
            location,
            pad,
            agency,
            orbital_year: orbital.map(|(_, in_year)| in_year),
            location_year,
            pad_year,
            agency_year,
        };
        item.turnaround = last_from_pad.insert(entry.pad, state.net).map(|before| state.net - before);
        totals.world.count(state.status, is_orbital);
        for flights in [
            totals.providers.entry(entry.provider).or_default(),
            totals.rockets.entry(entry.rocket).or_default(),
            totals.pads.entry(entry.pad).or_default(),
            totals.locations.entry(location_id).or_default(),
        ] {
            flights.count(state.status, is_orbital);
        }
    }
    totals
}
