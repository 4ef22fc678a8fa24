//! One invented launch: provider, rocket, pad, mission and life.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

use super::{
    calendar::{DAY, start_of_year, year_of},
    codes::{precision, status},
    facts::{Entry, Facts},
    hardware::{self, Hardware},
    life::{self, Life, LifePlan},
    mission::{self, Mission, UNNAMED},
};

/// The data of a launch that no edit changes, and the edits.
#[derive(Debug)]
pub(super) struct Launch {
    pub(super) id: String,
    /// Base of the integer ids that belong to this launch.
    pub(super) serial: u64,
    pub(super) entry: &'static Entry,
    pub(super) mission: Mission,
    pub(super) life: Life,
    /// Name with the mission; `unnamed` is the name while the mission is unknown.
    pub(super) named: Title,
    pub(super) unnamed: Title,
    /// No mission is entered until the payload is known.
    pub(super) lacks_mission: bool,
    pub(super) has_video: bool,
    pub(super) hardware: Hardware,
}

/// A launch's name and the slug derived from it.
#[derive(Debug)]
pub(super) struct Title {
    pub(super) name: String,
    pub(super) slug: String,
}

/// First serial of upcoming launches, above any possible past launch.
pub(super) const UPCOMING_SERIALS: u64 = 10_000_000;

/// Weighted random choice of a manifest row.
#[derive(Debug)]
pub(super) struct Lottery {
    entries: Vec<(&'static Entry, f64)>,
    total: f64,
}

impl Lottery {
    pub(super) fn new(weigh: impl Fn(&Entry) -> f64) -> Lottery {
        let entries: Vec<(&'static Entry, f64)> = Facts::get()
            .manifest
            .iter()
            .map(|entry| (entry, weigh(entry)))
            .filter(|(_, weight)| *weight > 0.0)
            .collect();
        let total = entries.iter().map(|(_, weight)| weight).sum();
        Lottery { entries, total }
    }

    fn draw(&self, rng: &mut ChaCha8Rng) -> &'static Entry {
        let mut ticket = rng.random_range(0.0..self.total);
        for (entry, weight) in &self.entries {
            if ticket < *weight {
                return entry;
            }
            ticket -= weight;
        }
        // Because of rounding, the ticket can be just above the last weight.
        self.entries.last().expect("the manifest has lines of every kind: a unit test checks it").0
    }
}

/// The lotteries from which launches are generated.
#[derive(Debug)]
pub(super) struct Lotteries {
    past: Lottery,
    /// Combinations that fly often and are listed late.
    routine: Lottery,
    /// Combinations as they are on the recorded list.
    planned: Lottery,
}

impl Lotteries {
    pub(super) fn new() -> Lotteries {
        Lotteries {
            // The table contains only the frequent combinations: six in ten flights before 2019, five in six later.
            past: Lottery::new(|entry| f64::from(entry.flown) * if entry.first_year < 2019 { 1.64 } else { 1.2 }),
            routine: Lottery::new(|entry| if entry.last_year >= 2026 { f64::from(entry.flown) } else { 0.0 }),
            planned: Lottery::new(|entry| f64::from(entry.listed)),
        }
    }

    /// Generates launch number `index` of those that flew before `anchor`.
    pub(super) fn past(&self, seed: u64, index: u64, anchor: i64) -> Launch {
        let mut rng = generator(seed, index);
        let entry = self.past.draw(&mut rng);
        let from = start_of_year(entry.first_year);
        // An entry that begins after the anchor is used for the year before the anchor.
        let to = start_of_year(entry.last_year + 1).min(anchor);
        let flies_at = rng.random_range(from.min(to - 365 * DAY)..to);
        let rate = f64::from(entry.failed) / f64::from(entry.flown.max(1));
        let outcome = outcome(&mut rng, rate);
        // The precision of old dates is not recorded.
        let precision_id = (year_of(flies_at) >= 2000).then_some(precision::SECOND);
        Launch::new(&mut rng, index, entry, life::flown(flies_at, outcome, precision_id), Quirks::NONE)
    }

    /// Generates launch number `generation` of a place on the list; `after` is when the previous one left.
    pub(super) fn upcoming(&self, seed: u64, slot: u64, generation: u64, slots: u64, after: Opening) -> Launch {
        let serial = UPCOMING_SERIALS + generation * slots + slot;
        let mut rng = generator(seed, serial);
        let is_first = matches!(after, Opening::Anchor(_));
        // At a single moment, long waits are more frequent than over time: each is counted in proportion to its length.
        let (routine, medium) = if is_first { (0.056, 0.40) } else { (0.35, 0.80) };
        let dice: f64 = rng.random();
        let (entry, wait) = if dice < routine {
            (self.routine.draw(&mut rng), rng.random_range(30 * DAY..120 * DAY))
        } else if dice < medium {
            (self.planned.draw(&mut rng), rng.random_range(120 * DAY..600 * DAY))
        } else {
            (self.planned.draw(&mut rng), rng.random_range(600 * DAY..2200 * DAY))
        };
        let listed_at = match after {
            Opening::Anchor(anchor) => anchor - rng.random_range(0..wait),
            Opening::After(left) => left + rng.random_range(0..4 * DAY),
        };
        let rocket = &Facts::get().rockets[&entry.rocket];
        // Laplace's rule with a lenient prior: a first flight fails about one time in three.
        let rate = (f64::from(rocket.failed) + 0.7) / (f64::from(rocket.flown) + 2.0);
        let is_american = Facts::get().pad(entry.pad).is_some_and(|pad| pad.country == "USA");
        let is_chinese = Facts::get().pad(entry.pad).is_some_and(|pad| pad.country == "CHN");
        let lacks_mission = rng.random_bool(0.025);
        let plan = LifePlan {
            listed_at,
            flies_at: listed_at + wait,
            outcome: outcome(&mut rng, rate.min(0.45)),
            has_forecast: is_american && rng.random_bool(0.6),
            is_withdrawn: rng.random_bool(0.015),
            is_vague: rng.random_bool(0.02),
            is_named: !(lacks_mission || is_chinese && rng.random_bool(0.5)),
            is_secretive: is_chinese && rng.random_bool(0.08),
        };
        let life = life::write(&mut rng, plan);
        let quirks = Quirks { lacks_mission, has_video: rng.random_bool(0.6) };
        Launch::new(&mut rng, serial, entry, life, quirks)
    }
}

/// When a place on the list becomes free.
#[derive(Clone, Copy, Debug)]
pub(super) enum Opening {
    /// It was taken some time before this moment, at which the world starts.
    Anchor(i64),
    /// The previous launch left at this moment.
    After(i64),
}

struct Quirks {
    lacks_mission: bool,
    has_video: bool,
}

impl Quirks {
    const NONE: Quirks = Quirks { lacks_mission: false, has_video: false };
}

impl Launch {
    fn new(rng: &mut ChaCha8Rng, serial: u64, entry: &'static Entry, life: Life, quirks: Quirks) -> Launch {
        let id = uuid::Builder::from_random_bytes(rng.random()).into_uuid();
        let rocket = &Facts::get().rockets[&entry.rocket];
        let year = year_of(life.leaves_at);
        let mission = mission::invent(rng, entry, year);
        Launch {
            id: Uuid::to_string(&id),
            serial,
            entry,
            named: Title::new(&rocket.full_name, &mission.name),
            unnamed: Title::new(&rocket.full_name, UNNAMED),
            mission,
            life,
            lacks_mission: quirks.lacks_mission,
            has_video: quirks.has_video,
            hardware: hardware::equip(rng, entry),
        }
    }

    /// Returns the edit that is current at a moment; `None` before the launch is listed and after it is withdrawn.
    pub(super) fn edit_at(&self, now: i64) -> Option<usize> {
        if self.life.withdrawn_at.is_some_and(|withdrawn| withdrawn <= now) {
            return None;
        }
        self.life.edits.partition_point(|edit| edit.at <= now).checked_sub(1)
    }
}

impl Title {
    fn new(rocket: &str, mission: &str) -> Title {
        let name = format!("{rocket} | {mission}");
        Title { slug: slug(&name), name }
    }
}

/// Converts a name to a slug as in LL2's URLs: lower case, dashes, at most 50 characters.
pub(crate) fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for character in name.chars() {
        if character.is_ascii_alphanumeric() {
            slug.push(character.to_ascii_lowercase());
        } else if matches!(character, ' ' | '-' | '_' | '|') && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(50);
    slug.trim_end_matches('-').to_owned()
}

/// Creates a separate random number generator for each launch, so that launches do not depend on one another.
fn generator(seed: u64, serial: u64) -> ChaCha8Rng {
    // The odd factor of the golden ratio keeps neighbouring serials far apart.
    ChaCha8Rng::seed_from_u64(seed ^ serial.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

fn outcome(rng: &mut ChaCha8Rng, failure_rate: f64) -> i64 {
    if !rng.random_bool(failure_rate.clamp(0.0, 1.0)) {
        status::SUCCESS
    } else if rng.random_bool(0.1) {
        status::PARTIAL_FAILURE
    } else {
        status::FAILURE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lottery_has_entries() {
        let lotteries = Lotteries::new();
        for lottery in [&lotteries.past, &lotteries.routine, &lotteries.planned] {
            assert!(lottery.entries.len() > 30 && lottery.total > 100.0);
        }
    }

    #[test]
    fn edits_of_a_launch_are_in_time_order_and_keep_the_net_within_the_window() {
        let lotteries = Lotteries::new();
        for slot in 0..2000 {
            let opening = if slot % 2 == 0 { Opening::Anchor(1_767_225_600) } else { Opening::After(1_767_225_600) };
            let launch = lotteries.upcoming(7, slot, slot % 3, 2000, opening);
            assert!(launch.life.edits.is_sorted_by(|a, b| a.at < b.at), "{launch:?}");
            for edit in &launch.life.edits {
                let state = edit.state;
                assert!(state.window_start <= state.net && state.net <= state.window_end, "{launch:?}");
                let is_precise = state.precision.is_some_and(|id| id <= precision::HOUR);
                assert_eq!(is_precise, state.status != status::TBD, "{launch:?}");
                if !is_precise {
                    assert_eq!(state.net % DAY, 0, "{launch:?}");
                }
            }
        }
    }

    #[test]
    fn a_slug_has_no_double_dashes_and_at_most_fifty_characters() {
        assert_eq!(slug("Falcon 9 Block 5 | Starlink Group 6-97"), "falcon-9-block-5-starlink-group-6-97");
        assert_eq!(slug(&"long name ".repeat(10)).len(), 49);
    }
}
