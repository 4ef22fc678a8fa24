//! The random crew and landing boosters of a launch.

use rand::{Rng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

use super::facts::Entry;

/// Number of invented astronauts.
pub(super) const PEOPLE: usize = 80;

/// The rockets whose boosters land, with the number of boosters: Falcon 9 Block 5 and Falcon Heavy.
const LANDING_ROCKETS: [(i64, u64); 2] = [(164, 1), (161, 3)];

/// The crew and boosters that are chosen when a launch is generated.
#[derive(Debug)]
pub(super) struct Hardware {
    /// Numbers of astronauts, commander first.
    pub(super) crew: Vec<usize>,
    pub(super) boosters: Vec<Booster>,
}

#[derive(Debug)]
pub(super) struct Booster {
    pub(super) serial: u32,
    pub(super) flight: u32,
    pub(super) lands: bool,
}

/// Chooses the crew and boosters of a launch.
pub(super) fn equip(rng: &mut ChaCha8Rng, entry: &Entry) -> Hardware {
    let people: Vec<usize> = (0..PEOPLE).collect();
    let size = match entry.mission_type.as_str() {
        "Human Exploration" | "Mission Extension" => rng.random_range(2..=4),
        "Tourism" => 4,
        _ => 0,
    };
    let crew = people.choose_multiple(rng, size).copied().collect();
    let count = LANDING_ROCKETS.iter().find(|(rocket, _)| *rocket == entry.rocket).map_or(0, |(_, count)| *count);
    let boosters = (0..count)
        .map(|_| Booster {
            serial: 9000 + rng.random_range(1..60),
            flight: rng.random_range(1..30),
            lands: rng.random_bool(0.97),
        })
        .collect();
    Hardware { crew, boosters }
}
