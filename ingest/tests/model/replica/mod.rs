//! One process: plans, takes the lease, requests, lands, publishes, releases. Each step is a separate event; anything
//! may happen in between.

mod ask;
mod look;
mod publish;

use std::{collections::VecDeque, rc::Rc};

use ingest::{Task, allowance::LONGEST_GAP};

use crate::{
    ll2::{Address, Answer, HOUR, Launch, MINUTE, Millis, Page, SECOND},
    store::{Outcome, Purpose},
    world::{Verdict, World},
};

/// `HOUR` and `MARGIN` of the allowance.
const OWN_WINDOW: Millis = HOUR + 10 * SECOND;
const OVERLAP: Millis = 15 * MINUTE;
const ATTEMPTS: u8 = 3;

#[derive(Debug)]
pub(crate) struct Replica {
    process: u64,
    is_alive: bool,
    is_stopped: bool,
    stopped_at: Millis,
    /// Whether it was stopped for too long to observe the database's clock.
    has_gap: bool,
    at: Millis,
    doubted_at: Option<Millis>,
    was_clock_set: bool,
    /// The database's time and true time at the last comparison.
    clocks: Option<(Millis, Millis)>,
    sent: VecDeque<Millis>,
    silent_until: Option<Millis>,
    work: Option<Work>,
}

#[derive(Debug)]
struct Work {
    epoch: u64,
    run: u32,
    task: Task,
    is_lost: bool,
    phase: Phase,
    next: Option<Address>,
    edge: Option<Millis>,
    began_at: Option<Millis>,
    observed_at: Option<Millis>,
    records: Vec<(Launch, Purpose, Millis)>,
    gone: Vec<u32>,
    follow_ups: VecDeque<u32>,
    is_complete: bool,
    is_any_fresh: bool,
    is_cut_short: bool,
    /// Whether a launch could not be requested by id.
    has_failed: bool,
    is_list_cut: bool,
    pages: usize,
    announced: usize,
    finished_history: bool,
}

#[derive(Debug)]
enum Phase {
    Ask { attempt: u8 },
    Reserved { attempt: u8, request: usize, address: Address, reserved_at: Millis },
    Answered { attempt: u8, request: usize, address: Address, answer: Answer },
    Landed { request: usize, address: Address, page: Rc<Page> },
    Publish,
    Release { pause: Millis },
}

fn purpose(address: Address) -> Purpose {
    match address {
        Address::Upcoming { .. } => Purpose::Upcoming,
        Address::Changed { .. } => Purpose::Changed,
        Address::History { .. } => Purpose::History,
        Address::One { .. } => Purpose::FollowUp,
    }
}

impl Replica {
    pub(crate) fn new(process: u64, now: Millis) -> Self {
        Self {
            process,
            is_alive: true,
            is_stopped: false,
            stopped_at: now,
            has_gap: false,
            at: now,
            doubted_at: None,
            was_clock_set: false,
            clocks: None,
            sent: VecDeque::new(),
            silent_until: None,
            work: None,
        }
    }

    /// A placeholder while the real replica acts.
    pub(crate) fn absent() -> Self {
        Self { is_alive: false, ..Self::new(0, 0) }
    }

    pub(crate) fn is_alive(&self) -> bool {
        self.is_alive
    }

    /// SIGKILL: its sessions end, and its lease with them.
    pub(crate) fn kill(&mut self) {
        self.is_alive = false;
        self.work = None;
    }

    /// SIGSTOP: its sessions stay open.
    pub(crate) fn stop(&mut self, now: Millis) {
        if !self.is_stopped {
            self.is_stopped = true;
            self.stopped_at = now;
        }
    }

    /// SIGCONT. Its next step may happen before its renewal task detects that the lease is lost.
    pub(crate) fn go_on(&mut self, now: Millis, is_keeper_first: bool, lease: &crate::store::Lease) {
        if self.is_stopped {
            self.is_stopped = false;
            self.has_gap |= u128::try_from(now - self.stopped_at).expect("later") > LONGEST_GAP.as_millis();
            self.at = self.at.max(now);
            if let Some(work) = self.work.as_mut().filter(|_| is_keeper_first) {
                work.is_lost |= lease.holder != Some(self.process) || lease.epoch != work.epoch;
            }
        }
    }

    pub(crate) fn wake_by(&mut self, at: Millis) {
        if self.work.is_none() {
            self.at = self.at.min(at);
        }
    }

    pub(crate) fn renews(&self, holder: u64, epoch: u64) -> bool {
        self.is_alive
            && !self.is_stopped
            && self.process == holder
            && self.work.as_ref().is_some_and(|work| work.epoch == epoch && !work.is_lost)
    }

    /// Returns the time of its next event; none if it is dead or stopped. A stopped process does nothing, but its
    /// session holds the lease.
    pub(crate) fn next_at(&self) -> Option<Millis> {
        (self.is_alive && !self.is_stopped).then_some(self.at)
    }

    pub(crate) fn act(&mut self, world: &mut World) -> Verdict {
        match self.work.take() {
            None => self.look(world),
            Some(work) => self.go_on_working(world, work),
        }
    }

    fn go_on_working(&mut self, world: &mut World, mut work: Work) -> Verdict {
        let now = world.database_now();
        // The renewal task runs every 1.5 seconds and has detected it by then.
        if work.is_lost {
            world.store.fail(now, work.run, work.task, true, true);
            self.at = world.now;
            return Ok(());
        }
        let is_ours = world.store.lease.holder == Some(self.process) && world.store.lease.epoch == work.epoch;
        match std::mem::replace(&mut work.phase, Phase::Publish) {
            Phase::Ask { attempt } => self.ask(world, &mut work, attempt),
            Phase::Reserved { attempt, request, address, reserved_at } => {
                self.send(world, &mut work, attempt, request, address, reserved_at)?;
            }
            Phase::Answered { attempt, request, address, answer } => {
                self.answered(world, &mut work, attempt, request, address, answer)?;
            }
            Phase::Landed { request, address, page } => {
                world.store.settle(now, request, Outcome::Accepted(page.sha));
                self.read(world, &mut work, address, &page, now);
            }
            Phase::Publish => self.publish(world, &mut work)?,
            Phase::Release { pause } => {
                if is_ours {
                    world.store.lease.holder = None;
                    world.store.lease.expires_at = 0;
                }
                self.at = world.now + pause;
                return Ok(());
            }
        }
        // Detected after this step at the earliest.
        work.is_lost |= !is_ours;
        self.work = Some(work);
        Ok(())
    }
}
