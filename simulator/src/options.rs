use std::path::PathBuf;

use crate::{Clock, Fault, InventedOptions};

/// Everything that decides what a simulator answers.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where its launches come from.
    pub source: WorldSource,
    /// Requests allowed in any sliding hour, all clients together; `None` never throttles.
    pub throttle: Option<u32>,
    /// Faults to inject from the first request on.
    pub faults: Vec<Fault>,
    /// Decides in which order launches with an equal sort key come, as Postgres does behind the real API.
    pub seed: u64,
    /// What time it is, for the world and for the throttle.
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

/// Where the launches of a simulator come from.
#[derive(Clone, Debug)]
pub enum WorldSource {
    /// Recorded answers: `.json` and `.json.gz` files, folders are searched.
    Replay(Vec<PathBuf>),
    /// A world made from a seed that lives on while it is served.
    Invented(InventedOptions),
}
