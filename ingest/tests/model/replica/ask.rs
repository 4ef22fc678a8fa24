//! One request, from its reservation to the processing of its response.

use ingest::allowance::SEND_WITHIN;

use super::{ATTEMPTS, OWN_WINDOW, Phase, Replica, Work, purpose};
use crate::{
    ll2::{Address, Answer, MINUTE, Millis, Page, SECOND},
    store::{Outcome, Purpose},
    world::{Fault, Faults, Silence, Verdict, World},
};

impl Replica {
    pub(super) fn ask(&mut self, world: &mut World, work: &mut Work, attempt: u8) {
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
                // Time until sending; the process may be stopped in between.
                self.at = world.now + 5;
            }
            Err(wait) => self.deferred(world, work, wait),
        }
    }

    pub(super) fn send(
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
        // The request is on its way; it counts when it arrives.
        let arrives_at = world.now + 50 + world.random.below(400);
        let answer = if fault == Some(Fault::Unsent) {
            Answer::Failed
        } else {
            if let Some(silence) = world.silence
                && arrives_at < silence.until
                && reserved_at > silence.noted_at
                && (silence.process == self.process || world.forward_at.is_none_or(|at| at < silence.noted_at))
            {
                return Err(format!("sent {} s before the end of Retry-After", (silence.until - arrives_at) / SECOND));
            }
            if let Some(arrivals) = &mut world.arrivals {
                arrivals.push(arrives_at);
            }
            let counted = world.ll2.arrive(arrives_at);
            // LL2 does not count refused requests, so it cannot report them to processes without a record of them.
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

    pub(super) fn answered(
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
                world.silences.push((world.now, until));
                if world.silence.is_none_or(|silence| silence.until < until) {
                    world.silence = Some(Silence { noted_at: world.now, until, process: self.process });
                }
                self.deferred(world, work, pause);
                if let Phase::Release { .. } = work.phase {
                    // A run that LL2 refused has failed.
                    world.store.failures += u32::from(world.store.last_good < work.run);
                    world.store.failed_at = Some(now);
                }
            }
            Answer::Failed => {
                world.store.settle(now, request, Outcome::Failed);
                if attempt >= ATTEMPTS {
                    if purpose(address) == Purpose::FollowUp && work.has_failed {
                        work.follow_ups.clear();
                        if !self.cut_short(world, work) {
                            world.store.fail(now, work.run, work.task, true, true);
                            self.release(world, work, 0);
                        }
                    } else if purpose(address) == Purpose::FollowUp {
                        work.has_failed = true;
                        work.follow_ups.pop_front();
                        work.phase = Phase::Ask { attempt: 1 };
                        self.at = world.now;
                    } else if !self.cut_short(world, work) {
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

    /// Processes a page, and determines the next address.
    pub(super) fn read(
        &mut self,
        world: &mut World,
        work: &mut Work,
        address: Address,
        page: &Page,
        observed_at: Millis,
    ) {
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
}
