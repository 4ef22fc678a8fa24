//! LL2, Postgres and the replicas under one true clock, and the checks after every event.

use std::collections::HashSet;

use crate::{
    ll2::{HOUR, Launch, Ll2, MINUTE, Millis, SECOND},
    replica::Replica,
    store::Store,
};

/// The error is the reason why a sequence fails a check.
pub(crate) type Verdict = Result<(), String>;

/// Rates of random faults, per thousand requests.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Faults {
    pub(crate) lost: u64,
    pub(crate) failed: u64,
    pub(crate) throttled: u64,
}

/// A pause after a 429, and the process that received it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Silence {
    pub(crate) noted_at: Millis,
    pub(crate) until: Millis,
    pub(crate) process: u64,
}

#[derive(Debug)]
pub(crate) struct World {
    /// True time.
    pub(crate) now: Millis,
    pub(crate) ll2: Ll2,
    pub(crate) store: Store,
    pub(crate) replicas: Vec<Replica>,
    pub(crate) faults: Faults,
    /// A fault for the next request only.
    pub(crate) next_fault: Option<Fault>,
    pub(crate) is_throttle_endpoint_up: bool,
    pub(crate) random: Random,
    pub(crate) silence: Option<Silence>,
    /// When the database's clock was last set forward.
    pub(crate) forward_at: Option<Millis>,
    pub(crate) epochs: HashSet<u64>,
    pub(crate) processes: u64,
    /// Our arrivals, for statistics; none unless enabled.
    pub(crate) arrivals: Option<Vec<Millis>>,
    pub(crate) looks: Option<Vec<Millis>>,
    /// Start and end of each pause after a 429, for statistics.
    pub(crate) silences: Vec<(Millis, Millis)>,
    pub(crate) history_finished_at: Option<Millis>,
    pub(crate) commits_refused: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The request arrives, and the response is lost.
    Lost,
    /// The request does not arrive.
    Unsent,
    Failed,
    Throttled(Millis),
}

impl World {
    pub(crate) fn new(seed: u64, ll2: Ll2, store: Store, replicas: usize) -> Self {
        let mut world = Self {
            now: START,
            ll2,
            store,
            replicas: Vec::new(),
            faults: Faults::default(),
            next_fault: None,
            is_throttle_endpoint_up: true,
            random: Random(seed),
            silence: None,
            forward_at: None,
            epochs: HashSet::new(),
            processes: 0,
            arrivals: None,
            looks: None,
            silences: Vec::new(),
            history_finished_at: None,
            commits_refused: 0,
        };
        for _ in 0..replicas {
            let replica = world.start_process();
            world.replicas.push(replica);
        }
        world
    }

    pub(crate) fn start_process(&mut self) -> Replica {
        self.processes += 1;
        Replica::new(self.processes, self.now)
    }

    /// Returns the database's time.
    pub(crate) fn database_now(&self) -> Millis {
        self.now + self.store.offset
    }

    pub(crate) fn set_clock(&mut self, by: Millis) {
        self.renew();
        self.store.offset += by;
        if by > 0 {
            self.forward_at = Some(self.now);
        }
        // No replica sleeps for longer than the lifetime of a plan.
        for index in 0..self.replicas.len() {
            let wake = self.now + self.random.below(30 * SECOND);
            self.replicas[index].wake_by(wake);
        }
    }

    /// Renews the lease up to now, if its holder's renewal task is running.
    fn renew(&mut self) {
        let now = self.now;
        let Some(holder) = self.store.lease.holder else { return };
        let epoch = self.store.lease.epoch;
        if self.replicas.iter().any(|replica| replica.renews(holder, epoch)) {
            // Renewed at most one period ago.
            let last = now - now.rem_euclid(1500);
            self.store.lease.expires_at = last + self.store.offset + crate::store::LEASE_LIFETIME;
        }
    }

    /// Processes all events up to that time.
    pub(crate) fn run_until(&mut self, until: Millis) -> Verdict {
        while let Some((at, index)) = self
            .replicas
            .iter()
            .enumerate()
            .filter_map(|(index, replica)| replica.next_at().map(|at| (at, index)))
            .min()
            .filter(|&(at, _)| at <= until)
        {
            self.now = self.now.max(at);
            self.renew();
            self.act(index)?;
        }
        self.now = self.now.max(until);
        self.renew();
        Ok(())
    }

    /// Processes one event of one replica.
    fn act(&mut self, index: usize) -> Verdict {
        let epoch = self.store.lease.epoch;
        let mut replica = std::mem::replace(&mut self.replicas[index], Replica::absent());
        let result = replica.act(self);
        self.replicas[index] = replica;
        if self.store.lease.epoch != epoch {
            // A sleeping replica notices within two seconds that the lease has changed hands.
            for (other, replica) in self.replicas.iter_mut().enumerate() {
                if other != index {
                    replica.wake_by(self.now + 2 * SECOND);
                }
            }
        }
        result.map_err(|why| format!("at {} s, replica {index}: {why}", (self.now - START) / SECOND))
    }

    /// Returns the first difference between the published data and LL2's, if any.
    pub(crate) fn difference(&self) -> Option<String> {
        for launch in &self.ll2.launches {
            let published = self.store.published.get(&launch.id);
            match published {
                // A launch that left every list before our first read is in no feed until it is edited again.
                None if launch.is_deleted || launch.is_hidden => {}
                None => return Some(format!("launch {} is not published", launch.id)),
                Some(published) if launch.is_deleted && (published.is_deleted || !published.is_upcoming) => {}
                Some(_) if launch.is_deleted => return Some(format!("launch {} is deleted and published", launch.id)),
                Some(published) if published.launch.version != launch.version => {
                    return Some(format!(
                        "launch {} is published in version {}, LL2 has {}",
                        launch.id, published.launch.version, launch.version
                    ));
                }
                Some(published) if published.is_upcoming && !launch.is_upcoming(self.now) => {
                    return Some(format!("launch {} has left the list and is published as upcoming", launch.id));
                }
                Some(published) if !published.is_upcoming && launch.is_upcoming(self.now) => {
                    return Some(format!("launch {} is listed and not published as upcoming", launch.id));
                }
                Some(_) => {}
            }
        }
        (!self.store.cursors.is_history_finished).then(|| "history is not read to its beginning".to_owned())
    }

    /// Changes a launch in LL2.
    pub(crate) fn edit(&mut self, index: usize, change: impl FnOnce(&mut Launch, Millis)) {
        let now = self.now;
        if let Some(launch) = self.ll2.launches.get_mut(index) {
            change(launch, now);
            launch.version += 1;
            // In whole seconds, as LL2 writes it.
            launch.edited = now - now.rem_euclid(SECOND);
        }
    }
}

pub(crate) const START: Millis = 1_800_000_000 * SECOND;

/// SplitMix64: the seed determines the sequence.
#[derive(Clone, Debug)]
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    pub(crate) fn below(&mut self, bound: Millis) -> Millis {
        i64::try_from(self.next() % u64::try_from(bound.max(1)).expect("positive")).expect("below the bound")
    }
}

/// Returns the initial launches: some to come, some past, some with the same NET.
pub(crate) fn launches(random: &mut Random, upcoming: u32, past: u32) -> Vec<Launch> {
    (0..upcoming + past)
        .map(|id| {
            let has_outcome = id >= upcoming;
            let distance = if has_outcome {
                -25 * HOUR - random.below(i64::from(past) * 8) * HOUR
            } else {
                random.below(i64::from(upcoming) * 24 * 60) * MINUTE
            };
            Launch {
                id,
                net: START + distance,
                edited: START - 48 * HOUR - random.below(1000) * SECOND,
                version: 1,
                has_outcome,
                is_hidden: false,
                is_deleted: false,
            }
        })
        .collect()
}
