//! An idle replica: decides whether there is anything to do, and tries to take the lease.

use std::collections::VecDeque;

use ingest::{Task, allowance::CLOCK_DOUBT, plan::plan};

use super::{OVERLAP, OWN_WINDOW, Phase, Replica, Work};
use crate::{
    ll2::{Address, Millis, SECOND},
    store::LEASE_LIFETIME,
    world::{Verdict, World},
};

impl Replica {
    /// Models `ingest::clocks`. An active process compares at least every half a minute, whatever it waits for.
    pub(super) fn compare_clocks(&mut self, world: &World) {
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

    pub(super) fn is_unsure(&mut self, now: Millis) -> bool {
        let is_unsure = self.doubted_at.is_some_and(|at| now - at <= OWN_WINDOW);
        self.was_clock_set &= is_unsure;
        is_unsure
    }

    pub(super) fn consult(&mut self, world: &mut World, is_unsure: bool) {
        let now = world.database_now();
        if world.store.should_consult(now, is_unsure) && world.is_throttle_endpoint_up {
            let used = world.ll2.current_use(world.now);
            let limit = crate::store::count(world.ll2.limit);
            world.store.note_throttle(now, limit, used, is_unsure && self.was_clock_set);
        }
    }

    pub(super) fn look(&mut self, world: &mut World) -> Verdict {
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
            // The holder's session ended with its process.
            !world.replicas.iter().any(|replica| replica.process == holder && replica.is_alive)
        });
        if !store.lease.is_free(now, is_gone) {
            self.at = world.now + 250;
            return Ok(());
        }
        store.lease.epoch += 1;
        store.lease.holder = Some(self.process);
        store.lease.expires_at = now + LEASE_LIFETIME;
        let epoch = store.lease.epoch;
        if !world.epochs.insert(epoch) {
            return Err(format!("epoch {epoch} was used before"));
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
            is_cut_short: false,
            has_failed: false,
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
}
