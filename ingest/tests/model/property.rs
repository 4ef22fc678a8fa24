//! Ten thousand random sequences of events.

#![expect(clippy::disallowed_methods, reason = "the environment configures the tests")]
#![expect(clippy::print_stdout, reason = "the number of sequences is part of the result")]

use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{RngAlgorithm, TestError, TestRng, TestRunner},
};

use crate::{
    ll2::{HOUR, Ll2, MINUTE, Millis, SECOND},
    replica::Replica,
    store::Store,
    world::{Fault, Random, Verdict, World, launches},
};

/// `MOONCOON_MODEL_SEQUENCES` sets another number.
const SEQUENCES: u32 = 10_000;

/// The same sequences in every test run, so that a failure is reproducible. `MOONCOON_MODEL_SEED` sets another seed.
const SEED: u64 = 1;

const PAGE_SIZE: usize = 4;

#[derive(Clone, Debug)]
enum Happening {
    Pass(Millis),
    NextRequest(Fault),
    Kill(usize),
    Start(usize),
    Stop(usize),
    GoOn { replica: usize, is_keeper_first: bool },
    SetClock(Millis),
    Foreign(u8),
    Edit(usize),
    Fly(usize),
    Delete(usize),
    Hide(usize),
    Add(Millis),
}

fn happening() -> impl Strategy<Value = Happening> {
    let replica = 0..3_usize;
    let fault = prop_oneof![
        Just(Fault::Lost),
        Just(Fault::Unsent),
        Just(Fault::Failed),
        (0..120_i64).prop_map(|minutes| Fault::Throttled(minutes * MINUTE)),
        Just(Fault::Throttled(0)),
    ];
    let jump = prop_oneof![-2 * HOUR..2 * HOUR, Just(-2 * HOUR), Just(2 * HOUR), -20 * SECOND..20 * SECOND];
    prop_oneof![
        // Short passes leave a replica in the middle of a run.
        6 => (0..400_i64).prop_map(Happening::Pass),
        4 => (0..20 * SECOND).prop_map(Happening::Pass),
        5 => (0..HOUR).prop_map(Happening::Pass),
        3 => fault.prop_map(Happening::NextRequest),
        2 => replica.clone().prop_map(Happening::Kill),
        2 => replica.clone().prop_map(Happening::Start),
        2 => replica.clone().prop_map(Happening::Stop),
        3 => (replica, any::<bool>()).prop_map(|(replica, is_keeper_first)| Happening::GoOn { replica, is_keeper_first }),
        2 => jump.prop_map(Happening::SetClock),
        1 => (1..16_u8).prop_map(Happening::Foreign),
        3 => (0..30_usize).prop_map(Happening::Edit),
        2 => (0..12_usize).prop_map(Happening::Fly),
        1 => (0..12_usize).prop_map(Happening::Delete),
        1 => (0..12_usize).prop_map(Happening::Hide),
        1 => (-HOUR..72 * HOUR).prop_map(Happening::Add),
    ]
}

fn happen(world: &mut World, happening: &Happening) -> Verdict {
    let now = world.now;
    match *happening {
        Happening::Pass(millis) => return world.run_until(now + millis),
        Happening::NextRequest(fault) => world.next_fault = Some(fault),
        Happening::Kill(replica) => world.replicas[replica].kill(),
        Happening::Start(replica) => {
            if !world.replicas[replica].is_alive() {
                let started: Replica = world.start_process();
                world.replicas[replica] = started;
            }
        }
        Happening::Stop(replica) => world.replicas[replica].stop(now),
        Happening::GoOn { replica, is_keeper_first } => {
            world.replicas[replica].go_on(now, is_keeper_first, &world.store.lease);
        }
        Happening::SetClock(by) => world.set_clock(by),
        Happening::Foreign(requests) => (0..requests).for_each(|_| world.ll2.foreign(now)),
        Happening::Edit(index) => world.edit(index, |_, _| {}),
        Happening::Fly(index) => world.edit(index, |launch, now| {
            if !launch.has_outcome {
                launch.net = now - 10 * MINUTE;
            }
            launch.has_outcome = true;
        }),
        Happening::Delete(index) => {
            // If a launch is past or hidden, its deletion would never be detected.
            if let Some(launch) = world.ll2.launches.get_mut(index).filter(|launch| launch.is_upcoming(now)) {
                launch.is_deleted = !launch.has_outcome;
            }
        }
        Happening::Hide(index) => world.edit(index, |launch, _| launch.is_hidden = !launch.has_outcome),
        Happening::Add(distance) => {
            let id = crate::store::count(world.ll2.launches.len());
            let mut launch = launches(&mut world.random, 1, 0).remove(0);
            launch.id = id;
            launch.net = now + distance;
            launch.edited = now - now.rem_euclid(SECOND);
            world.ll2.launches.push(launch);
        }
    }
    Ok(())
}

/// Lets one replica run without further events: the published data must become equal to LL2's.
fn settle(world: &mut World) -> Verdict {
    world.next_fault = None;
    for index in 0..world.replicas.len() {
        let lease = &world.store.lease;
        world.replicas[index].go_on(world.now, true, lease);
    }
    if !world.replicas.iter().any(Replica::is_alive) {
        let started = world.start_process();
        world.replicas[0] = started;
    }
    let until = world.now + 72 * HOUR;
    while world.now < until {
        world.run_until(world.now + 20 * MINUTE)?;
        if world.difference().is_none() {
            return Ok(());
        }
    }
    Err(format!("three quiet days later {}", world.difference().unwrap_or_default()))
}

fn play(seed: u64, budget: u32, happenings: &[Happening]) -> Verdict {
    let mut random = Random(seed);
    let ll2 = Ll2::new(launches(&mut random, 9, 18), 15, PAGE_SIZE);
    let mut world = World::new(seed, ll2, Store::new(budget, HOUR, PAGE_SIZE), 3);
    happenings.iter().try_for_each(|happening| happen(&mut world, happening))?;
    settle(&mut world)
}

#[test]
fn a_stopped_process_does_not_notice_a_clock_set_and_set_back() {
    let happenings = [
        Happening::Fly(3),
        Happening::Pass(814_459),
        Happening::Stop(0),
        Happening::Pass(7226),
        Happening::SetClock(-2 * HOUR),
        Happening::Pass(336_801),
        Happening::Edit(4),
        Happening::Pass(275),
        Happening::Hide(4),
        Happening::Foreign(1),
        Happening::Delete(0),
        Happening::NextRequest(Fault::Lost),
        Happening::Foreign(1),
        Happening::Pass(1_772_846 + 1_571_101),
        Happening::SetClock(2 * HOUR),
        Happening::Foreign(1),
    ];
    assert_eq!(play(0, 8, &happenings), Ok(()));
}

fn asked<T: std::str::FromStr>(variable: &str) -> Option<T> {
    std::env::var(variable).ok()?.parse().ok()
}

// About 45 s in a debug build.
#[test]
fn budget_lease_and_cursors_are_correct_after_any_sequence_of_faults() {
    let count = asked("MOONCOON_MODEL_SEQUENCES").unwrap_or(SEQUENCES);
    let seed = asked("MOONCOON_MODEL_SEED").unwrap_or(SEED);
    let config = ProptestConfig { cases: count, failure_persistence: None, ..ProptestConfig::default() };
    let seed_of_rng: Vec<u8> = seed.to_le_bytes().repeat(4);
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed_of_rng));
    let sequences = (any::<u64>(), 8..16_u32, vec(happening(), 20..40));
    let outcome = runner
        .run(&sequences, |(seed, budget, happenings)| play(seed, budget, &happenings).map_err(TestCaseError::fail));
    match outcome {
        Ok(()) => println!("{count} sequences of seed {seed} held"),
        Err(TestError::Fail(why, (seed, budget, happenings))) => {
            let told: Vec<_> = happenings.iter().filter(|happening| !matches!(happening, Happening::Pass(0))).collect();
            panic!("{why}: seed {seed}, budget {budget}, {told:?}");
        }
        Err(TestError::Abort(why)) => panic!("{why}"),
    }
}
