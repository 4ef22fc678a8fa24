//! One launch at a moment: the current edit, and the counters.

use std::sync::Arc;

use super::{
    launch::{Launch, Title},
    life::{Edit, State},
};

/// One launch at a moment.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) launch: Arc<Launch>,
    /// Index of the current edit.
    pub(super) edit: usize,
    pub(super) attempts: Attempts,
    /// The webcast has an address, from some days before a dated T-0. LL2 does not update `last_updated` for it.
    pub(super) has_video: bool,
    /// Seconds since the last launch from the same pad.
    pub(super) turnaround: Option<i64>,
}

/// LL2's eight counters: the ordinal numbers of this launch.
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

impl Item {
    pub(super) fn edit(&self) -> &Edit {
        &self.launch.life.edits[self.edit]
    }

    pub(super) fn state(&self) -> State {
        self.edit().state
    }

    /// Returns the edits so far, oldest first.
    pub(super) fn history(&self) -> &[Edit] {
        &self.launch.life.edits[..=self.edit]
    }

    pub(super) fn title(&self) -> &Title {
        if self.state().is_named { &self.launch.named } else { &self.launch.unnamed }
    }
}
