//! A model of Postgres, as far as decisions need it: requests, runs, the lease, cursors, landed pages and published
//! launches.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    rc::Rc,
};

use chrono::{DateTime, TimeDelta, Utc};
use ingest::{
    Task,
    allowance::{Allowance, Told},
    plan::Situation,
};

use crate::ll2::{Address, HOUR, Launch, MINUTE, Millis, Page, SECOND};

pub(crate) const LEASE_LIFETIME: Millis = 6 * SECOND;

pub(crate) fn time(millis: Millis) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).expect("a date")
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Upcoming,
    Changed,
    FollowUp,
    History,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Sent,
    Accepted(u64),
    Gone,
    Throttled(Millis),
    Failed,
}

/// All times are the database's.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) run: u32,
    pub(crate) purpose: Purpose,
    pub(crate) address: Address,
    pub(crate) sent_at: Millis,
    pub(crate) finished_at: Millis,
    pub(crate) outcome: Outcome,
}

#[derive(Clone, Debug)]
pub(crate) struct Published {
    pub(crate) launch: Launch,
    pub(crate) is_upcoming: bool,
    pub(crate) is_deleted: bool,
    pub(crate) left_at: Option<Millis>,
    pub(crate) seen_at: Millis,
}

#[derive(Debug, Default)]
pub(crate) struct Lease {
    pub(crate) epoch: u64,
    /// The process that holds it.
    pub(crate) holder: Option<u64>,
    pub(crate) expires_at: Millis,
}

impl Lease {
    /// Models `ingest_lease_is_free`; `is_gone` if the holder's session has ended.
    pub(crate) fn is_free(&self, now: Millis, is_gone: bool) -> bool {
        self.holder.is_none() || is_gone || self.expires_at <= now || self.expires_at > now + 2 * LEASE_LIFETIME
    }
}

#[derive(Debug, Default)]
pub(crate) struct Cursors {
    pub(crate) changed: Option<Millis>,
    pub(crate) history: Option<Millis>,
    pub(crate) is_history_finished: bool,
}

#[derive(Debug)]
pub(crate) struct Store {
    /// The database's clock minus true time.
    pub(crate) offset: Millis,
    pub(crate) configured: u32,
    pub(crate) poll: Millis,
    /// By id; rows that can no longer matter are dropped from the front.
    pub(crate) requests: Vec<Request>,
    pub(crate) first_request: usize,
    pub(crate) silent_until: Option<Millis>,
    pub(crate) told: Option<(Millis, u32, u32)>,
    pub(crate) lease: Lease,
    pub(crate) cursors: Cursors,
    pub(crate) landed: HashMap<u64, Rc<Page>>,
    pub(crate) published: BTreeMap<u32, Published>,
    /// Published launches that are listed or have no outcome.
    pub(crate) open: BTreeSet<u32>,
    pub(crate) newest_edit: Millis,
    /// Launches per page; LL2's pages have a hundred.
    pub(crate) page_size: usize,
    pub(crate) last_run: u32,
    pub(crate) running: Vec<u32>,
    /// The last sweep whose pages may not be reused by another.
    pub(crate) sweep_floor: u32,
    pub(crate) last_good: u32,
    pub(crate) failures: u32,
    pub(crate) failed_at: Option<Millis>,
    pub(crate) swept_at: Option<Millis>,
    pub(crate) looked_at: Option<Millis>,
    pub(crate) ended_at: Option<Millis>,
}

impl Store {
    pub(crate) fn new(configured: u32, poll: Millis, page_size: usize) -> Self {
        Self {
            offset: 0,
            configured,
            poll,
            requests: Vec::new(),
            first_request: 0,
            silent_until: None,
            told: None,
            lease: Lease::default(),
            cursors: Cursors::default(),
            landed: HashMap::new(),
            published: BTreeMap::new(),
            open: BTreeSet::new(),
            newest_edit: 0,
            page_size,
            last_run: 0,
            running: Vec::new(),
            sweep_floor: 0,
            last_good: 0,
            failures: 0,
            failed_at: None,
            swept_at: None,
            looked_at: None,
            ended_at: None,
        }
    }

    pub(crate) fn allowance(&self, now: Millis) -> Allowance {
        let since = now - HOUR - MINUTE;
        let mut sent: Vec<_> =
            self.requests.iter().map(|request| request.sent_at).filter(|&sent_at| sent_at > since).collect();
        sent.sort_unstable();
        Allowance {
            configured: self.configured,
            has_key: false,
            sent: sent.into_iter().map(time).collect(),
            told: self.told.map(|(at, limit, foreign_use)| Told {
                at: time(at),
                request_limit: Some(limit),
                window: ingest::allowance::HOUR,
                foreign_use,
            }),
            silent_until: self.silent_until.map(time),
        }
    }

    /// Models `situation.sql`.
    pub(crate) fn situation(&self, now: Millis) -> Situation {
        let near = |published: &&Published| {
            published.is_upcoming
                && !published.launch.has_outcome
                && (now - 24 * HOUR..=now + 7 * HOUR).contains(&published.launch.net)
        };
        let pages = self.resumable(now).map(|request| request.address).collect::<HashSet<_>>().len();
        Situation {
            now: time(now),
            is_paused: false,
            allowance: self.allowance(now),
            poll_interval: TimeDelta::milliseconds(self.poll),
            listed: count(self.open().filter(|published| published.is_upcoming).count() * 100 / self.page_size),
            swept_at: self.swept_at.map(time),
            landed_pages: Some(count(pages)).filter(|&pages| pages > 0),
            looked_at: self.looked_at.map(time),
            near: self.open().filter(near).map(|published| time(published.launch.net)).collect(),
            follow_ups: count(self.due_follow_ups(now).count()).min(6),
            history_asked_at: self
                .requests
                .iter()
                .rev()
                .find(|request| request.purpose == Purpose::History)
                .map(|request| time(request.sent_at)),
            is_history_finished: self.cursors.is_history_finished,
            failures: self.failures,
            failed_at: self.failed_at.map(time),
            ended_at: self.ended_at.map(time),
        }
    }

    /// Models the part of `due_follow_ups.sql` about launches that left earlier.
    pub(crate) fn due_follow_ups(&self, now: Millis) -> impl Iterator<Item = u32> {
        self.open().filter_map(move |published| {
            let left_at = published.left_at?;
            let is_due = !published.is_upcoming
                && !published.launch.has_outcome
                && !published.is_deleted
                && left_at > now - 30 * 24 * HOUR
                && now - published.seen_at >= ((now - left_at) / 4).max(30 * MINUTE)
                && !self.requests.iter().any(|request| {
                    request.address == Address::One { id: published.launch.id } && request.sent_at > now - HOUR
                });
            is_due.then_some(published.launch.id)
        })
    }

    fn open(&self) -> impl Iterator<Item = &Published> {
        self.open.iter().filter_map(|id| self.published.get(id))
    }

    pub(crate) fn close_settled(&mut self) {
        let Self { open, published, .. } = self;
        open.retain(|id| {
            published
                .get(id)
                .is_some_and(|launch| launch.is_upcoming || (!launch.launch.has_outcome && !launch.is_deleted))
        });
    }

    fn resumable(&self, now: Millis) -> impl Iterator<Item = &Request> {
        self.requests.iter().filter(move |request| {
            request.purpose == Purpose::Upcoming
                && matches!(request.outcome, Outcome::Accepted(_))
                && request.sent_at > now - HOUR
                && request.run > self.sweep_floor
        })
    }

    /// Models `resume_page.sql`.
    pub(crate) fn resume(&self, now: Millis, run: u32, address: Address) -> Option<(Rc<Page>, Millis)> {
        let request = self.resumable(now).filter(|request| request.run != run && request.address == address).last()?;
        let Outcome::Accepted(sha) = request.outcome else { return None };
        Some((self.landed.get(&sha).cloned().expect("what was accepted is landed"), request.finished_at))
    }

    /// Models `note_throttle.sql`.
    pub(crate) fn note_throttle(&mut self, now: Millis, limit: u32, current_use: u32, was_clock_set: bool) {
        let ours = count(
            self.requests
                .iter()
                .filter(|request| request.sent_at > now - HOUR && request.outcome != Outcome::Sent)
                .count(),
        );
        let foreign_use = if was_clock_set { current_use } else { current_use.saturating_sub(ours) };
        self.told = Some((now, limit, foreign_use));
    }

    /// Models `should_consult.sql`.
    pub(crate) fn should_consult(&self, now: Millis, is_unsure: bool) -> bool {
        let told_at = self.told.map_or(Millis::MIN, |(at, ..)| at);
        let doubt = |request: &Request| {
            request.sent_at > now - HOUR
                && request.sent_at > told_at
                && match request.outcome {
                    Outcome::Throttled(_) => true,
                    Outcome::Sent => request.sent_at < now - 2 * MINUTE,
                    _ => false,
                }
        };
        (is_unsure || self.requests.iter().any(doubt)) && self.silent_until.is_none_or(|until| until <= now)
    }

    pub(crate) fn reserve(
        &mut self,
        now: Millis,
        run: u32,
        purpose: Purpose,
        address: Address,
    ) -> Result<usize, Millis> {
        let (at, limit) = self.allowance(now).free_at(time(now), 1);
        if limit.is_some() {
            return Err(at.timestamp_millis() - now);
        }
        self.requests.push(Request { run, purpose, address, sent_at: now, finished_at: now, outcome: Outcome::Sent });
        if self.requests.len() > 120 {
            // Older than any window and any clock jump.
            let old = self.requests.iter().take(60).take_while(|request| request.sent_at < now - 4 * HOUR).count();
            self.requests.drain(..old);
            self.first_request += old;
        }
        Ok(self.first_request + self.requests.len() - 1)
    }

    pub(crate) fn settle(&mut self, now: Millis, request: usize, outcome: Outcome) {
        let Some(request) = request.checked_sub(self.first_request) else { return };
        self.requests[request].finished_at = now;
        self.requests[request].outcome = outcome;
        if let Outcome::Throttled(pause) = outcome {
            self.silent_until = self.silent_until.max(Some(now + pause));
        }
    }

    /// Opens a run; any run that is still running was abandoned.
    pub(crate) fn open_run(&mut self, now: Millis) -> u32 {
        if !self.running.is_empty() {
            self.running.clear();
            self.ended_at = Some(now);
        }
        self.last_run += 1;
        self.running.push(self.last_run);
        self.last_run
    }

    pub(crate) fn fail(&mut self, now: Millis, run: u32, task: Task, is_resumable: bool, is_failure: bool) {
        if !self.running.contains(&run) {
            return;
        }
        self.running.retain(|&running| running != run);
        self.ended_at = Some(now);
        if is_failure && run > self.last_good {
            self.failures += 1;
            self.failed_at = Some(now);
        }
        if task == Task::Sweep && !is_resumable {
            self.sweep_floor = self.sweep_floor.max(run);
        }
    }

    pub(crate) fn succeed(&mut self, now: Millis, run: u32, task: Task, is_resumable: bool) {
        self.running.retain(|&running| running != run);
        self.ended_at = Some(now);
        self.last_good = run;
        self.failures = 0;
        if task == Task::Sweep && !is_resumable {
            self.sweep_floor = run;
            self.swept_at = Some(now);
        }
        if task == Task::Changed || (task == Task::Sweep && !is_resumable) {
            self.looked_at = Some(now);
        }
    }
}

pub(crate) fn count(number: usize) -> u32 {
    u32::try_from(number).expect("few")
}
