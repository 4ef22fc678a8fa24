//! Flight totals by provider, rocket, pad and location.

use std::collections::HashMap;

use super::{
    calendar::year_of,
    codes::{SUBORBITAL, status},
    facts::Facts,
    item::{Attempts, Item},
};

/// Flights so far, by each dimension.
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

/// Numbers the launches in order of NET and computes the flight totals.
pub(super) fn count(items: &mut [Item]) -> Totals {
    /// Counters by kind and id.
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
