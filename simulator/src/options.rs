use std::path::PathBuf;

use crate::{Clock, Fault, InventedOptions};

/// The configuration of a simulator.
#[derive(Clone, Debug)]
pub struct Options {
    /// The source of its launches.
    pub source: WorldSource,
    /// Requests allowed in any sliding hour, all clients together; `None` never throttles.
    pub throttle: Option<u32>,
    /// Faults to inject from the first request on.
    pub faults: Vec<Fault>,
    /// Determines the order of launches with an equal sort key; in the real API that order comes from Postgres.
    pub seed: u64,
    /// The clock for the world and for the throttle.
    pub clock: Clock,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            source: WorldSource::Invented(InventedOptions::default()),
            throttle: None,
            faults: Vec::new(),
            seed: 1,
            clock: Clock::Real,
        }
    }
}

/// The source of a simulator's launches.
#[derive(Clone, Debug)]
pub enum WorldSource {
    /// Recorded responses: `.json` and `.json.gz` files; folders are searched.
    Replay(Vec<PathBuf>),
    /// A world generated from a seed, whose time runs while it is served.
    Invented(InventedOptions),
}
