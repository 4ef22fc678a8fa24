//! Our own names and descriptions of missions.

use rand::{Rng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

use super::facts::Entry;

/// Part of every description, so that no text of this world can be mistaken for news.
pub(super) const DISCLAIMER: &str = "Invented mission of the simulator.";

/// The mission part of a launch's name until its payload is known.
pub(super) const UNNAMED: &str = "Unknown Payload";

const BIRDS: [&str; 24] = [
    "Avocet",
    "Bittern",
    "Corncrake",
    "Dunlin",
    "Egret",
    "Fieldfare",
    "Goldcrest",
    "Harrier",
    "Ibis",
    "Jackdaw",
    "Kestrel",
    "Lapwing",
    "Merlin",
    "Nightjar",
    "Osprey",
    "Plover",
    "Quail",
    "Redstart",
    "Siskin",
    "Tern",
    "Umbrette",
    "Vireo",
    "Whimbrel",
    "Yellowhammer",
];

/// The name and description of a mission.
#[derive(Debug)]
pub(super) struct Mission {
    pub(super) name: String,
    pub(super) description: String,
}

/// Invents a mission for a manifest row.
pub(super) fn invent(rng: &mut ChaCha8Rng, entry: &Entry, year: i32) -> Mission {
    let bird = BIRDS.choose(rng).copied().unwrap_or("Wren");
    let number: u32 = rng.random_range(1..100);
    let flies_for = |program: &str| entry.programs.split_whitespace().any(|id| id == program);
    let (name, purpose) = if flies_for("25") {
        let group = rng.random_range(4..18);
        (format!("Starlink Group {group}-{number}"), "A batch of broadband satellites for a constellation.")
    } else if flies_for("27") {
        (format!("Amazon Leo {number}"), "A batch of broadband satellites for a constellation.")
    } else if flies_for("26") {
        (format!("OneWeb {number}"), "A batch of broadband satellites for a constellation.")
    } else {
        match (entry.mission_type.as_str(), entry.orbit) {
            ("Human Exploration", 9 | 11) => {
                (format!("{bird} Crew {number}"), "A crew travels around the Moon and back.")
            }
            ("Human Exploration" | "Tourism" | "Mission Extension", _) => {
                (format!("{bird} Crew {number}"), "A crew travels to space and back.")
            }
            ("Resupply", _) => (format!("{bird} Cargo {number}"), "Food, water and experiments for a station."),
            ("Navigation", _) => (format!("{bird} Nav {number}"), "A navigation satellite."),
            ("Communications", _) => (format!("{bird}sat {number}"), "A communication satellite."),
            ("Earth Science", _) => (format!("{bird} Observer {number}"), "Instruments that watch land, sea and air."),
            ("Government/Top Secret", _) => {
                (format!("{bird} Reserved {number}"), "The customer has not published the purpose.")
            }
            ("Test Flight", _) => (format!("Test Flight {}", 1 + number % 9), "The rocket itself is under test."),
            ("Dedicated Rideshare", _) => {
                (format!("{bird} Rideshare {number}"), "Many small satellites share one rocket.")
            }
            ("Lunar Exploration" | "Robotic Exploration", 11) => {
                (format!("{bird} Lunar Lander {number}"), "A lander that sets instruments down on the Moon.")
            }
            (_, 9) => (format!("{bird} Lunar Flyby {number}"), "A probe that swings by the Moon."),
            (_, 11) => (format!("{bird} Lunar Orbiter {number}"), "A probe that goes into orbit around the Moon."),
            ("Planetary Science" | "Robotic Exploration", _) => {
                (format!("{bird} Explorer {number}"), "A probe to another planet.")
            }
            ("Astrophysics" | "Heliophysics", _) => (format!("{bird} Observatory {number}"), "A space telescope."),
            ("Test Target" | "Suborbital", _) => (format!("{bird} Target {number}"), "A suborbital flight."),
            _ => (format!("{bird} {number}"), "A spacecraft of unknown purpose."),
        }
    };
    Mission { name, description: format!("{purpose} Planned in {year}. {DISCLAIMER}") }
}
