//! One process: looks, takes the lease, asks, lands, publishes, gives back; each a moment of its own, between which anything may happen.

use std::{collections::VecDeque, rc::Rc};

use ingest::{
    Task,
    allowance::{CLOCK_DOUBT, LONGEST_GAP, SEND_WITHIN},
    plan::plan,
};

use crate::{
    ll2::{Address, Answer, HOUR, Launch, MINUTE, Millis, Page, SECOND},
    store::{LEASE_LIFETIME, Outcome, Published, Purpose},
    world::{Fault, Faults, Silence, Verdict, World},
};

/// `MARGIN` and `HOUR` of the allowance.
const OWN_WINDOW: Millis = HOUR + 10 * SECOND;
const OVERLAP: Millis = 15 * MINUTE;
const ATTEMPTS: u8 = 3;

#[derive(Debug)]
pub(crate) struct Replica {
    process: u64,
    is_alive: bool,
    is_stopped: bool,
    stopped_at: Millis,
    /// It stood still for too long to have seen what the database's clock did.
    has_gap: bool,
    at: Millis,
    doubted_at: Option<Millis>,
    was_clock_set: bool,
    /// The database's time and true time, when last looked.
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
    is_deferred: bool,
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

    /// Stands in while the real one acts.
    pub(crate) fn absent() -> Self {
        Self { is_alive: false, ..Self::new(0, 0) }
    }

    pub(crate) fn is_alive(&self) -> bool {
        self.is_alive
    }

    /// SIGKILL: its sessions end, and so does its lease.
    pub(crate) fn kill(&mut self) {
        self.is_alive = false;
        self.work = None;
    }

    /// SIGSTOP: its sessions stay.
    pub(crate) fn stop(&mut self, now: Millis) {
        if !self.is_stopped {
            self.is_stopped = true;
            self.stopped_at = now;
        }
    }

    /// SIGCONT. What it was about to do it may do before its keeper finds the lease gone.
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

    /// Dead it is none; stopped it does nothing, but its session holds the lease.
    pub(crate) fn next_at(&self) -> Option<Millis> {
        (self.is_alive && !self.is_stopped).then_some(self.at)
    }

    pub(crate) fn act(&mut self, world: &mut World) -> Verdict {
        match self.work.take() {
            None => self.look(world),
            Some(work) => self.go_on_working(world, work),
        }
    }

    /// `ingest::clocks`. Awake it looks at least every half a minute, whatever it waits for.
    fn compare_clocks(&mut self, world: &World) {
        let (database, own) = (world.database_now(), world.now);
        match self.clocks {
            None => self.doubted_at = Some(own),
            Some((then, instant)) if ((database - then) - (own - instant)).abs() > CLOCK_DOUBT.num_milliseconds() => {
                self.doubted_at = Some(own);
                self.was_clock_set = true;
            }
            Some(_) => {
                if std::mem::take(&mut self.has_gap) {
                    self.is_unsure(own);
                    self.doubted_at = Some(own);
                }
                return;
            }
        }
        self.has_gap = false;
        self.clocks = Some((database, own));
    }

    fn is_unsure(&mut self, now: Millis) -> bool {
        let is_unsure = self.doubted_at.is_some_and(|at| now - at <= OWN_WINDOW);
        self.was_clock_set &= is_unsure;
        is_unsure
    }

    fn consult(&mut self, world: &mut World, is_unsure: bool) {
        let now = world.database_now();
        if world.store.should_consult(now, is_unsure) && world.is_throttle_endpoint_up {
            let used = world.ll2.current_use(world.now);
            let limit = crate::store::count(world.ll2.limit);
            world.store.note_throttle(now, limit, used, is_unsure && self.was_clock_set);
        }
    }

    fn look(&mut self, world: &mut World) -> Verdict {
        self.compare_clocks(world);
        let now = world.database_now();
        let steps = plan(&world.store.situation(now));
        let due_in = steps.first().map_or(30 * SECOND, |step| step.due_at.timestamp_millis() - now);
        if due_in > 0 {
            self.at = world.now + due_in;
            return Ok(());
        }
        let store = &mut world.store;
        let is_gone = store.lease.holder.is_some_and(|holder| {
            // Its session ended with it.
            !world.replicas.iter().any(|replica| replica.process == holder && replica.is_alive)
        });
        let is_free = store.lease.holder.is_none()
            || is_gone
            || store.lease.expires_at <= now
            || store.lease.expires_at > now + 2 * LEASE_LIFETIME;
        if !is_free {
            self.at = world.now + 250;
            return Ok(());
        }
        store.lease.epoch += 1;
        store.lease.holder = Some(self.process);
        store.lease.expires_at = now + LEASE_LIFETIME;
        let epoch = store.lease.epoch;
        if !world.epochs.insert(epoch) {
            return Err(format!("epoch {epoch} was held before"));
        }
        let task = steps[0].task;
        let run = store.open_run(now);
        self.consult(world, false);
        let mut work = Work {
            epoch,
            run,
            task,
            is_lost: false,
            phase: Phase::Ask { attempt: 1 },
            next: None,
            edge: None,
            began_at: None,
            observed_at: None,
            records: Vec::new(),
            gone: Vec::new(),
            follow_ups: VecDeque::new(),
            is_complete: false,
            is_any_fresh: false,
            is_deferred: false,
            is_list_cut: false,
            pages: 0,
            announced: 0,
            finished_history: false,
        };
        match task {
            Task::Sweep => work.next = Some(Address::Upcoming { offset: 0 }),
            Task::Changed => {
                let since = world.store.cursors.changed.unwrap_or(now).min(now - OVERLAP);
                let since = since - since.rem_euclid(SECOND);
                work.edge = Some(since);
                work.next = Some(Address::Changed { since, offset: 0 });
            }
            Task::Backfill => {
                work.edge = world.store.cursors.history;
                work.next = Some(Address::History { until: world.store.cursors.history, offset: 0 });
            }
            Task::FollowUp => work.follow_ups = world.store.due_follow_ups(now).take(6).collect(),
        }
        self.at = world.now + 20;
        self.work = Some(work);
        Ok(())
    }

    fn go_on_working(&mut self, world: &mut World, mut work: Work) -> Verdict {
        let now = world.database_now();
        // The keeper renews every second and a half; it finds out by then.
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
        // Noticed after this step at the earliest.
        work.is_lost |= !is_ours;
        self.work = Some(work);
        Ok(())
    }

    fn ask(&mut self, world: &mut World, work: &mut Work, attempt: u8) {
        let now = world.database_now();
        let address = match work.next {
            Some(address) => address,
            None => match work.follow_ups.front() {
                Some(&id) => Address::One { id },
                None => {
                    self.begin_publishing(world, work);
                    return;
                }
            },
        };
        if attempt == 1
            && purpose(address) == Purpose::Upcoming
            && let Some((page, observed_at)) = world.store.resume(now, work.run, address)
        {
            self.read(world, work, address, &page, observed_at);
            return;
        }
        self.compare_clocks(world);
        if self.is_unsure(world.now) {
            self.consult(world, true);
        }
        while self.sent.front().is_some_and(|&sent| world.now - sent >= OWN_WINDOW) {
            self.sent.pop_front();
        }
        let limit = world.store.configured as usize;
        let own = self.sent.len().checked_sub(limit).map(|index| OWN_WINDOW - (world.now - self.sent[index]));
        let silent = self.silent_until.map(|until| until - world.now).filter(|&wait| wait > 0);
        if let Some(wait) = own.max(silent) {
            self.deferred(world, work, wait);
            return;
        }
        match world.store.reserve(now, work.run, purpose(address), address) {
            Ok(request) => {
                work.phase = Phase::Reserved { attempt, request, address, reserved_at: world.now };
                // To the moment of sending; a stop comes in between.
                self.at = world.now + 5;
            }
            Err(wait) => self.deferred(world, work, wait),
        }
    }

    fn send(
        &mut self,
        world: &mut World,
        work: &mut Work,
        attempt: u8,
        request: usize,
        address: Address,
        reserved_at: Millis,
    ) -> Verdict {
        if world.now - reserved_at > SEND_WITHIN.num_milliseconds() {
            work.phase = Phase::Ask { attempt };
            self.at = world.now;
            return Ok(());
        }
        self.sent.push_back(world.now);
        let fault = world.next_fault.take().or_else(|| {
            let dice = world.random.next() % 1000;
            let Faults { lost, failed, throttled } = world.faults;
            match dice {
                dice if dice < lost => Some(Fault::Lost),
                dice if dice < lost + failed => Some(Fault::Failed),
                dice if dice < lost + failed + throttled => Some(Fault::Throttled(world.random.below(30) * MINUTE)),
                _ => None,
            }
        });
        // On its way; it counts when it arrives.
        let arrives_at = world.now + 50 + world.random.below(400);
        let answer = if fault == Some(Fault::Unsent) {
            Answer::Failed
        } else {
            if let Some(silence) = world.silence
                && arrives_at < silence.until
                && reserved_at > silence.noted_at
                && (silence.process == self.process || world.forward_at.is_none_or(|at| at < silence.noted_at))
            {
                return Err(format!("asked {} s before Retry-After was over", (silence.until - arrives_at) / SECOND));
            }
            if let Some(arrivals) = &mut world.arrivals {
                arrivals.push(arrives_at);
            }
            let counted = world.ll2.arrive(arrives_at);
            // What LL2 refused it does not count, and so cannot tell to those who have forgotten it.
            let most = if world.forward_at.is_some() { world.ll2.most_counted } else { world.ll2.most_of_ours };
            if most > world.store.configured as usize {
                return Err(format!("{most} requests in an hour"));
            }
            match (counted, fault) {
                (Err(pause), _) | (Ok(()), Some(Fault::Throttled(pause))) => Answer::Throttled(pause),
                (Ok(()), Some(_)) => Answer::Failed,
                (Ok(()), None) => world.ll2.answer(arrives_at, address),
            }
        };
        work.phase = Phase::Answered { attempt, request, address, answer };
        let wait = if fault == Some(Fault::Lost) { MINUTE } else { 50 + world.random.below(2000) };
        self.at = arrives_at + wait;
        Ok(())
    }

    fn answered(
        &mut self,
        world: &mut World,
        work: &mut Work,
        attempt: u8,
        request: usize,
        address: Address,
        answer: Answer,
    ) -> Verdict {
        let now = world.database_now();
        match answer {
            Answer::Page(page) => {
                let sha = page.sha;
                if let Some(landed) = world.store.landed.get(&sha) {
                    if landed.launches != page.launches {
                        return Err("two bodies with one hash".to_owned());
                    }
                } else {
                    world.store.landed.insert(sha, page.clone());
                }
                work.phase = Phase::Landed { request, address, page };
                self.at = world.now + 10;
            }
            Answer::Gone => {
                world.store.settle(now, request, Outcome::Gone);
                if let Address::One { id } = address {
                    work.gone.push(id);
                    work.follow_ups.pop_front();
                    work.observed_at = work.observed_at.max(Some(now));
                    work.pages += 1;
                }
                work.phase = Phase::Ask { attempt: 1 };
                self.at = world.now + 10;
            }
            Answer::Throttled(pause) => {
                world.store.settle(now, request, Outcome::Throttled(pause));
                let until = world.now + pause;
                self.silent_until = self.silent_until.max(Some(until));
                if world.silence.is_none_or(|silence| silence.until < until) {
                    world.silence = Some(Silence { noted_at: world.now, until, process: self.process });
                }
                self.deferred(world, work, pause);
                if let Phase::Release { .. } = work.phase {
                    // Turned away by LL2 it has failed.
                    world.store.failures += u32::from(world.store.last_good < work.run);
                    world.store.failed_at = Some(now);
                }
            }
            Answer::Failed => {
                world.store.settle(now, request, Outcome::Failed);
                if attempt >= ATTEMPTS {
                    if purpose(address) == Purpose::FollowUp {
                        work.follow_ups.pop_front();
                        work.phase = Phase::Ask { attempt: 1 };
                        self.at = world.now;
                    } else {
                        world.store.fail(now, work.run, work.task, true, true);
                        self.release(world, work, 0);
                    }
                } else {
                    let pause = (2 * SECOND) << (attempt - 1);
                    work.phase = Phase::Ask { attempt: attempt + 1 };
                    self.at = world.now + pause + world.random.below(pause);
                }
            }
        }
        Ok(())
    }

    fn release(&mut self, world: &World, work: &mut Work, pause: Millis) {
        work.phase = Phase::Release { pause };
        self.at = world.now + 10;
    }

    fn deferred(&mut self, world: &mut World, work: &mut Work, wait: Millis) {
        let is_worth_publishing = match work.task {
            Task::Sweep if work.next.is_some() => work.is_any_fresh,
            Task::Backfill => false,
            _ => work.pages > 0,
        };
        work.is_list_cut = work.next.is_some();
        work.is_deferred = true;
        if is_worth_publishing {
            work.next = None;
            self.begin_publishing(world, work);
        } else {
            world.store.fail(world.database_now(), work.run, work.task, true, false);
            self.release(world, work, wait.min(300 * SECOND));
        }
    }

    fn begin_publishing(&mut self, world: &mut World, work: &mut Work) {
        work.phase = Phase::Publish;
        self.at = world.now + 50 + world.random.below(300);
    }

    /// What a page brings, and where to go on.
    fn read(&mut self, world: &mut World, work: &mut Work, address: Address, page: &Page, observed_at: Millis) {
        let now = world.database_now();
        let purpose = purpose(address);
        work.records.extend(page.launches.iter().map(|launch| (launch.clone(), purpose, observed_at)));
        work.pages += 1;
        work.observed_at = work.observed_at.max(Some(observed_at));
        let newest = work.records.iter().map(|(launch, ..)| launch.edited).max();
        let oldest = work.records.iter().map(|(launch, ..)| launch.net).min();
        match purpose {
            Purpose::Upcoming => {
                work.is_any_fresh |= observed_at == now;
                work.began_at = work.began_at.or(Some(observed_at));
                work.announced = page.count;
                work.next = page.next;
                if page.next.is_none() {
                    let listed: std::collections::BTreeSet<u32> =
                        work.records.iter().map(|(launch, ..)| launch.id).collect();
                    work.is_complete = listed.len() == page.count;
                    if work.is_complete {
                        let missing = world.store.published.values().filter(|published| {
                            published.is_upcoming
                                && !published.launch.has_outcome
                                && !listed.contains(&published.launch.id)
                        });
                        work.follow_ups = missing.map(|published| published.launch.id).take(6).collect();
                    }
                    let left = 6 - work.follow_ups.len();
                    let due: Vec<u32> =
                        world.store.due_follow_ups(now).filter(|id| !listed.contains(id)).take(left).collect();
                    work.follow_ups.extend(due);
                }
            }
            Purpose::Changed => {
                work.next = page.next.map(|link| {
                    let edge = work.edge.unwrap_or(0);
                    let reached = newest.unwrap_or(edge).max(edge);
                    work.edge = Some(reached);
                    if reached > edge { Address::Changed { since: reached, offset: 0 } } else { link }
                });
            }
            Purpose::History => {
                let reached = oldest.or(work.edge);
                work.next = page.next.filter(|_| reached == work.edge);
                work.finished_history = page.next.is_none();
            }
            Purpose::FollowUp => {
                work.follow_ups.pop_front();
            }
        }
        work.phase = Phase::Ask { attempt: 1 };
        self.at = world.now + 5;
    }

    /// The publishing transaction: what was read, the cursor, the run's end, all under the fence.
    fn publish(&mut self, world: &mut World, work: &mut Work) -> Verdict {
        let now = world.database_now();
        let lease = &world.store.lease;
        if lease.epoch != work.epoch || lease.holder != Some(self.process) {
            world.commits_refused += 1;
            work.is_lost = true;
            return Ok(());
        }
        if !world.store.running.contains(&work.run) {
            return Err("a run committed that another had closed".to_owned());
        }
        let newest = work.records.iter().map(|(launch, ..)| launch.edited).max();
        let oldest = work.records.iter().map(|(launch, ..)| launch.net).min();
        let mut listed = std::collections::BTreeSet::new();
        for (launch, purpose, observed_at) in work.records.drain(..) {
            if purpose == Purpose::Upcoming {
                listed.insert(launch.id);
            }
            let own_rule = launch.is_upcoming(world.now);
            let published = world.store.published.entry(launch.id).or_insert_with(|| Published {
                launch: launch.clone(),
                is_upcoming: own_rule,
                is_deleted: false,
                left_at: None,
                seen_at: observed_at,
            });
            published.seen_at = published.seen_at.max(observed_at);
            published.is_deleted = false;
            if launch.version >= published.launch.version {
                published.launch = launch;
            }
            let is_upcoming = match purpose {
                Purpose::Upcoming => true,
                Purpose::FollowUp => own_rule,
                Purpose::Changed | Purpose::History => published.is_upcoming,
            };
            if published.is_upcoming && !is_upcoming {
                published.left_at = Some(now);
            }
            published.is_upcoming = is_upcoming;
            world.store.newest_edit = world.store.newest_edit.max(published.launch.edited);
            world.store.open.insert(published.launch.id);
        }
        for id in work.gone.drain(..) {
            if let Some(published) = world.store.published.get_mut(&id) {
                published.is_deleted = true;
                published.is_upcoming = false;
            }
        }
        if work.is_complete {
            for id in &world.store.open {
                let Some(published) = world.store.published.get_mut(id) else { continue };
                if published.is_upcoming && published.launch.has_outcome && !listed.contains(&published.launch.id) {
                    published.is_upcoming = false;
                    published.left_at = Some(now);
                }
            }
        }
        world.store.close_settled();
        let cursors = &mut world.store.cursors;
        match work.task {
            Task::Sweep => {
                let begins = work.began_at.map(|began_at| newest.map_or(began_at, |newest| newest.min(began_at)));
                cursors.changed = cursors.changed.or(begins.map(|at| at - OVERLAP));
            }
            Task::Changed => {
                if let (Some(newest), Some(observed_at)) = (newest, work.observed_at) {
                    let overlap = if work.is_deferred { 0 } else { OVERLAP };
                    cursors.changed = Some(newest.min(observed_at) - overlap);
                }
            }
            Task::Backfill => {
                cursors.history = oldest.or(work.edge);
                cursors.is_history_finished = work.finished_history;
                if work.finished_history {
                    world.history_finished_at = world.history_finished_at.or(Some(world.now));
                }
                let unread = |launch: &&Launch| {
                    !launch.is_deleted
                        && launch.has_outcome
                        // What became past a moment ago was not there to be read.
                        && launch.edited < world.now - HOUR
                        && oldest.is_some_and(|oldest| launch.net > oldest)
                };
                if work.pages > 0
                    && let Some(launch) = world
                        .ll2
                        .launches
                        .iter()
                        .filter(unread)
                        .find(|launch| !world.store.published.contains_key(&launch.id))
                    && launch.version == 1
                {
                    return Err(format!("the cursor of history passed launch {}, which is not published", launch.id));
                }
            }
            Task::FollowUp => {}
        }
        if let Some(cursor) = cursors.changed
            && cursor > world.store.newest_edit
        {
            return Err("the cursor of changes is beyond every edit that is published".to_owned());
        }
        if work.task == Task::Changed
            && let Some(looks) = &mut world.looks
        {
            looks.push(world.now);
        }
        let is_resumable = work.task == Task::Sweep && work.is_list_cut;
        world.store.succeed(now, work.run, work.task, is_resumable);
        self.release(world, work, 0);
        Ok(())
    }
}
