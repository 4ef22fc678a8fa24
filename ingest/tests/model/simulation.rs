//! Simulates a month five hundred times. Checks whether the budget holds and is used, and measures how old the data is
//! when a launch is due.

#![expect(clippy::disallowed_methods, reason = "the environment configures the tests")]
#![expect(clippy::print_stdout, reason = "the figures are what a simulation is for")]

use crate::{
    ll2::{HOUR, Launch, Ll2, MINUTE, Millis, SECOND},
    store::Store,
    world::{Faults, Random, START, World, launches},
};

/// For ordinary test runs; `MOONCOON_SIMULATED_MONTHS=500` for the full number.
const SEEDS: u64 = 20;
const DAYS: i64 = 30;
const BUDGET: u32 = 15;

/// A tenth of LL2's launches, with a tenth of its page size: the same number of requests for a tenth of the work.
const PAGE_SIZE: usize = 10;
const UPCOMING: u32 = 36;
const PAST: u32 = 760;

#[derive(Debug)]
struct Month {
    most_in_an_hour: usize,
    /// Per cent of each sliding hour's budget, on average until the history was complete.
    used: f64,
    /// The same for hours without a pause after a 429.
    used_while_allowed: f64,
    history_hours: f64,
    /// Minutes since the last read of changes when a launch was due.
    ages: Vec<f64>,
    requests: usize,
}

fn month(seed: u64) -> Result<Month, String> {
    let mut random = Random(seed);
    let mut all = launches(&mut random, UPCOMING, PAST);
    // One per day on average, at random times.
    all.iter_mut().take(UPCOMING as usize).for_each(|launch| launch.net = START + random.below(36 * 24 * 60) * MINUTE);
    let mut world = World::new(seed, Ll2::new(all, BUDGET as usize, PAGE_SIZE), Store::new(BUDGET, HOUR, PAGE_SIZE), 1);
    world.faults = Faults { lost: 2, failed: 10, throttled: 2 };
    world.arrivals = Some(Vec::new());
    world.looks = Some(Vec::new());
    let end = START + DAYS * 24 * HOUR;
    let mut ages = Vec::new();
    let mut pending: Vec<(Millis, usize, Happening)> =
        (0..UPCOMING as usize).map(|index| (world.ll2.launches[index].net, index, Happening::Due)).collect();
    pending.extend((0..DAYS * 10).map(|_| {
        (START + random.below(DAYS * 24 * 60) * MINUTE, random.below(i64::from(UPCOMING)) as usize, Happening::Slip)
    }));
    // A restart every few days.
    pending.extend((0..DAYS / 3).map(|_| (START + random.below(DAYS * 24 * 60) * MINUTE, 0, Happening::Restart)));
    pending.sort_unstable();
    pending.reverse();
    while let Some((at, index, happening)) = pending.pop().filter(|&(at, ..)| at < end) {
        world.run_until(at)?;
        let mut later = None;
        match happening {
            Happening::Restart => {
                world.replicas[0].kill();
                let started = world.start_process();
                world.replicas[0] = started;
            }
            Happening::Slip => world.edit(index, |launch, now| {
                if !launch.has_outcome && launch.net > now {
                    launch.net += 24 * HOUR;
                }
            }),
            Happening::Due => {
                let launch = &world.ll2.launches[index];
                if launch.has_outcome {
                } else if launch.net > at {
                    later = Some((launch.net, index, Happening::Due));
                } else {
                    let looked = world.looks.as_ref().and_then(|looks| looks.last().copied()).unwrap_or(START);
                    if at > START + 6 * HOUR {
                        ages.push((at - looked) as f64 / MINUTE as f64);
                    }
                    later = Some((at + (5 + random.below(35)) * MINUTE, index, Happening::Outcome));
                }
            }
            Happening::Outcome => {
                world.edit(index, |launch, _| launch.has_outcome = true);
                let id = crate::store::count(world.ll2.launches.len());
                let net = at + random.below(40 * 24 * 60) * MINUTE;
                let edited = at - at.rem_euclid(SECOND);
                world.ll2.launches.push(Launch {
                    id,
                    net,
                    edited,
                    version: 1,
                    has_outcome: false,
                    is_hidden: false,
                    is_deleted: false,
                });
                later = Some((net, id as usize, Happening::Due));
            }
        }
        if let Some(later) = later {
            let place = pending.partition_point(|other| *other > later);
            pending.insert(place, later);
        }
    }
    world.run_until(end)?;
    let arrivals = world.arrivals.take().unwrap_or_default();
    let finished = world.history_finished_at.ok_or("history was not read in a month")?;
    // The share of each hour's budget that was used, minute by minute, from the end of the first hour until the history
    // was complete.
    let minutes = (finished - START - HOUR) / MINUTE;
    let (mut from, mut to) = (0, 0);
    let (mut used, mut used_while_allowed) = (Share::default(), Share::default());
    for minute in 0..minutes {
        let until = START + HOUR + minute * MINUTE;
        to += arrivals[to..].iter().take_while(|&&at| at <= until).count();
        from += arrivals[from..to].iter().take_while(|&&at| at <= until - HOUR).count();
        used.add(to - from);
        // Requests that a 429 prevented cannot be caught up within the following hour either.
        if !world.silences.iter().any(|&(silent_from, silent_until)| silent_from < until && silent_until > until - HOUR)
        {
            used_while_allowed.add(to - from);
        }
    }
    Ok(Month {
        most_in_an_hour: world.ll2.most_of_ours,
        used: used.per_cent(),
        used_while_allowed: used_while_allowed.per_cent(),
        history_hours: (finished - START) as f64 / HOUR as f64,
        ages,
        requests: arrivals.len(),
    })
}

/// Requests, relative to the full budgets of a number of hours.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    hours: usize,
    requests: usize,
}

impl Share {
    fn add(&mut self, requests: usize) {
        self.hours += 1;
        self.requests += requests;
    }

    fn per_cent(self) -> f64 {
        self.requests as f64 * 100.0 / (self.hours as f64 * f64::from(BUDGET))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Happening {
    Due,
    Slip,
    Outcome,
    Restart,
}

#[test]
fn a_month_stays_within_the_budget_and_uses_it() {
    let seeds = std::env::var("MOONCOON_SIMULATED_MONTHS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(SEEDS);
    let months: Vec<Month> =
        (0..seeds).map(|seed| month(seed).unwrap_or_else(|why| panic!("seed {seed}: {why}"))).collect();
    let mean = |numbers: &[f64]| numbers.iter().sum::<f64>() / numbers.len() as f64;
    let used: Vec<f64> = months.iter().map(|month| month.used).collect();
    let hours: Vec<f64> = months.iter().map(|month| month.history_hours).collect();
    let ages: Vec<f64> = months.iter().flat_map(|month| month.ages.iter().copied()).collect();
    let allowed: Vec<f64> = months.iter().map(|month| month.used_while_allowed).collect();
    let lowest = |numbers: &[f64]| numbers.iter().copied().fold(f64::MAX, f64::min);
    println!(
        "{seeds} months of {DAYS} days, {} requests a month",
        months.iter().map(|month| month.requests).sum::<usize>() / months.len()
    );
    println!("most requests in any hour: {}", months.iter().map(|month| month.most_in_an_hour).max().unwrap_or(0));
    println!("used while history waited: lowest {:.1} %, mean {:.1} %", lowest(&used), mean(&used));
    println!(
        "the same without hours in which LL2 throttled: lowest {:.1} %, mean {:.1} %",
        lowest(&allowed),
        mean(&allowed)
    );
    println!(
        "history was read after {:.1} h (mean), {:.1} h (longest)",
        mean(&hours),
        hours.iter().copied().fold(0.0, f64::max)
    );
    println!("minutes since the last look at T-0: mean {:.1}, {} launches", mean(&ages), ages.len());
    assert!(months.iter().all(|month| month.most_in_an_hour <= BUDGET as usize));
    assert!(mean(&used) >= 95.0, "including faults and pauses");
}
