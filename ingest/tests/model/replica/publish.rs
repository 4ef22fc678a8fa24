//! The end of a run: published, deferred, or released.

use ingest::Task;

use super::{HOUR, OVERLAP, Phase, Replica, Work};
use crate::{
    ll2::{Launch, Millis, SECOND},
    store::{Published, Purpose},
    world::{Verdict, World},
};

impl Replica {
    pub(super) fn deferred(&mut self, world: &mut World, work: &mut Work, wait: Millis) {
        if !self.cut_short(world, work) {
            world.store.fail(world.database_now(), work.run, work.task, true, false);
            self.release(world, work, wait.min(300 * SECOND));
        }
    }

    /// Publishes what the run has received so far, if that is worth it; returns whether it is.
    pub(super) fn cut_short(&mut self, world: &mut World, work: &mut Work) -> bool {
        let is_worth_publishing = match work.task {
            Task::Sweep if work.next.is_some() => work.is_any_fresh,
            Task::Backfill => false,
            _ => work.pages > 0,
        };
        work.is_list_cut = work.next.is_some();
        work.is_cut_short = true;
        if is_worth_publishing {
            work.next = None;
            self.begin_publishing(world, work);
        }
        is_worth_publishing
    }

    pub(super) fn begin_publishing(&mut self, world: &mut World, work: &mut Work) {
        work.phase = Phase::Publish;
        self.at = world.now + 50 + world.random.below(300);
    }

    pub(super) fn release(&mut self, world: &World, work: &mut Work, pause: Millis) {
        work.phase = Phase::Release { pause };
        self.at = world.now + 10;
    }

    /// The publishing transaction: the records, the cursor and the end of the run, all under the fence.
    pub(super) fn publish(&mut self, world: &mut World, work: &mut Work) -> Verdict {
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
                    let overlap = if work.is_cut_short { 0 } else { OVERLAP };
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
                        // A launch that became past within the last hour may not have been in the list yet.
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
