use std::sync::{Mutex, MutexGuard, PoisonError};

use super::ledger::Ledger;
use crate::{Fault, InventedWorld, Options, Recording, Result, WorldSource, clock::Timeline, world::World};

/// The state that all requests share.
#[derive(Debug)]
pub(super) struct Stage {
    pub(super) world: World,
    pub(super) timeline: Timeline,
    pub(super) seed: u64,
    pub(super) throttle: Option<u32>,
    ledger: Mutex<Ledger>,
}

impl Stage {
    pub(super) fn new(options: Options) -> Result<Stage> {
        let Options { source, throttle, faults, seed, clock } = options;
        let (world, timeline) = match source {
            WorldSource::Replay(paths) => (World::Replay(Recording::load(&paths)?), Timeline::wall_only(clock)),
            WorldSource::Invented(invented) => {
                let timeline = Timeline::new(clock, invented.start, invented.speed);
                (World::Invented(InventedWorld::new(invented)?), timeline)
            }
        };
        Ok(Stage { world, timeline, seed, throttle, ledger: Mutex::new(Ledger::new(faults)) })
    }

    pub(super) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        // Every critical section is a few pushes, so a panic elsewhere cannot leave it half done.
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn set_faults(&self, faults: Vec<Fault>) {
        self.ledger().set_faults(faults);
    }
}
