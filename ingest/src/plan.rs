//! Decides what to request from LL2 next. A plan is a pure function of the [`Situation`]; nothing is kept in memory, so
//! that all replicas make the same plan, and a simulation can make millions of them.
//!
//! The limiting resource is 15 requests an hour. In order of priority:
//!
//! 1. **Changes**, one request for all launches, past ones too. Every few minutes while a launch is near its T-0, once
//!    per poll interval otherwise.
//! 2. **Launches that left the list without an outcome**, by id.
//! 3. **A complete sweep**, for data that does not bump `last_updated` (updates, videos, counters) and for launches
//!    that left.
//! 4. **History**, page by page, with the remaining requests, spread evenly over the hour so that the other tasks need
//!    not wait for it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::RunKind;

use crate::allowance::{Allowance, HOUR};

/// A task, done as one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Task {
    /// Reads the launches edited since the last run.
    Changed,
    /// Requests launches that left the list without an outcome.
    FollowUp,
    /// Reads the complete upcoming list.
    Sweep,
    /// Reads a page of past launches.
    Backfill,
}

impl Task {
    /// Returns the kind of run for this task.
    pub fn kind(self) -> RunKind {
        match self {
            Self::Changed => RunKind::Changed,
            Self::FollowUp => RunKind::FollowUp,
            Self::Sweep => RunKind::Sweep,
            Self::Backfill => RunKind::Backfill,
        }
    }

    /// Returns the value used in `ingest_run.kind` and `ingest_plan.task`.
    pub fn as_str(self) -> &'static str {
        self.kind().into()
    }
}

/// The inputs of a plan.
#[derive(Clone, Debug)]
pub struct Situation {
    /// The database's time.
    pub now: DateTime<Utc>,
    /// Whether the job is paused.
    pub is_paused: bool,
    /// The allowance: what may be sent.
    pub allowance: Allowance,
    /// Longest interval between two reads of the upcoming list.
    pub poll_interval: TimeDelta,
    /// Launches listed as upcoming; a sweep reads them a hundred at a time.
    pub listed: u32,
    /// When the last sweep completed; none before the first.
    pub swept_at: Option<DateTime<Utc>>,
    /// The number of landed pages of a sweep that was cut short and can be continued.
    pub landed_pages: Option<u32>,
    /// When all changes were last known: after a sweep, or after a read of the changes.
    pub looked_at: Option<DateTime<Utc>>,
    /// NETs around now, known to the hour or better, of listed launches without an outcome.
    pub near: Vec<DateTime<Utc>>,
    /// Launches that left without an outcome and are due for a request.
    pub follow_ups: u32,
    /// When the last page of history was requested.
    pub history_asked_at: Option<DateTime<Utc>>,
    /// Whether the history is complete, or not wanted.
    pub is_history_finished: bool,
    /// Number of runs that failed since the last successful one.
    pub failures: u32,
    /// When the newest of them failed.
    pub failed_at: Option<DateTime<Utc>>,
    /// When the newest run ended.
    pub ended_at: Option<DateTime<Utc>>,
}

/// One task of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The task.
    pub task: Task,
    /// When it should start, and not before.
    pub due_at: DateTime<Utc>,
    /// Number of requests that it is expected to need.
    pub requests: u32,
    /// The reason for the time.
    pub reason: String,
}

/// Minimum time between the end of a run and the start of the next.
const MIN_PAUSE: TimeDelta = TimeDelta::seconds(5);

/// Pause after the first failure; doubled after each further one.
const INITIAL_BACKOFF: TimeDelta = TimeDelta::minutes(2);

/// Sweeps are this many poll intervals apart while the history is incomplete.
const POLLS_PER_SWEEP: i32 = 6;

/// Returns the steps in order of execution. Empty while paused.
pub fn plan(situation: &Situation) -> Vec<Step> {
    if situation.is_paused {
        return Vec::new();
    }
    let candidates = candidates(situation);
    let mut steps: Vec<Step> = Vec::with_capacity(candidates.len());
    // Requests that tasks of higher priority, due by then, will have used.
    let mut ahead = 0;
    for candidate in candidates {
        let not_before = candidate.due_at.max(earliest(situation));
        let asked_at = not_before.max(situation.now);
        let (due_at, limit) = situation.allowance.free_at(asked_at, candidate.requests.saturating_add(ahead));
        let reason = match limit {
            Some(limit) => format!("{}; {limit}", candidate.reason),
            None if not_before > candidate.due_at && situation.failures > 0 => {
                format!("{}; after {} failed in a row", candidate.reason, runs(situation.failures))
            }
            None => candidate.reason,
        };
        if candidate.due_at <= situation.now {
            ahead = candidate.requests.saturating_add(ahead);
        }
        steps.push(Step { task: candidate.task, due_at, requests: candidate.requests, reason });
    }
    // A stable sort: of two steps due at the same time, the one with higher priority goes first.
    steps.sort_by_key(|step| step.due_at);
    steps
}

fn runs(count: u32) -> String {
    if count == 1 { "a run".to_owned() } else { format!("{count} runs") }
}

/// Returns the earliest time for the next request: a pause after each run, and an exponential backoff after failures.
fn earliest(situation: &Situation) -> DateTime<Utc> {
    let pause =
        if_elapsed(situation.ended_at, situation.now).map(|ended| ended + MIN_PAUSE.min(situation.poll_interval));
    let failed_at = if_elapsed(situation.failed_at, situation.now).filter(|_| situation.failures > 0);
    let backoff = failed_at.map(|failed| {
        let factor = 1 << situation.failures.saturating_sub(1).min(10);
        failed + (INITIAL_BACKOFF * factor).min(situation.poll_interval)
    });
    pause.into_iter().chain(backoff).max().unwrap_or(situation.now)
}

/// Returns a moment if it is in the past. A moment in the future was written by a clock that was set back since, and is
/// ignored. If it were used, or replaced by a time relative to now, which moves along with now, nothing would be
/// requested until the clock has caught up.
fn if_elapsed(moment: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    moment.filter(|&moment| moment <= now)
}

/// Returns when each task would run if requests were free, in order of priority.
fn candidates(situation: &Situation) -> Vec<Step> {
    let mut candidates = Vec::with_capacity(4);
    let sweep = sweep(situation);
    // Before the first sweep there are no launches that could have changed.
    if situation.swept_at.is_some() && situation.landed_pages.is_none() {
        candidates.push(changed(situation));
    }
    if situation.follow_ups > 0 && situation.swept_at.is_some() {
        candidates.push(Step {
            task: Task::FollowUp,
            due_at: situation.now,
            requests: situation.follow_ups,
            reason: format!("{} left the list without an outcome", launches(situation.follow_ups)),
        });
    }
    // While launches follow one another closely, requests every few minutes would never leave a sweep enough of the
    // budget.
    let is_starved = situation.swept_at.is_none_or(|swept| situation.now - swept > sweep_interval(situation) * 2);
    candidates.insert(if is_starved { 0 } else { candidates.len() }, sweep);
    if !situation.is_history_finished && situation.swept_at.is_some() {
        candidates.push(backfill(situation));
    }
    candidates
}

fn launches(count: u32) -> String {
    if count == 1 { "a launch".to_owned() } else { format!("{count} launches") }
}

fn sweep_interval(situation: &Situation) -> TimeDelta {
    let polls = if situation.is_history_finished { 1 } else { POLLS_PER_SWEEP };
    situation.poll_interval * polls
}

fn sweep(situation: &Situation) -> Step {
    let whole = (situation.listed / 100 + 1).max(1);
    let (due_at, requests, reason) = match (situation.landed_pages, situation.swept_at) {
        (Some(pages), _) => {
            let left = whole.saturating_sub(pages).max(1);
            // Page by page: publishing half a list now is better than waiting until a whole one fits the budget.
            (situation.now, left.min(1), format!("the last sweep was cut short after {pages} of about {whole} pages"))
        }
        (None, None) => (situation.now, whole, "no sweep has succeeded yet".to_owned()),
        (None, Some(swept)) => {
            let reason = "only a sweep shows changed updates, videos and counters, and which launches left the list";
            let due_at =
                if_elapsed(Some(swept), situation.now).map_or(situation.now, |swept| swept + sweep_interval(situation));
            (due_at, whole, reason.to_owned())
        }
    };
    Step { task: Task::Sweep, due_at, requests, reason }
}

fn changed(situation: &Situation) -> Step {
    let (interval, reason) = cadence(situation);
    let due_at = if_elapsed(situation.looked_at, situation.now).map_or(situation.now, |looked| looked + interval);
    Step { task: Task::Changed, due_at, requests: 1, reason }
}

/// Returns how long the next read of changes may wait, determined by the most urgent launch: minutes around T-0, the
/// poll interval if no launch is near.
fn cadence(situation: &Situation) -> (TimeDelta, String) {
    // One of every five requests is left for the other tasks.
    let shortest = HOUR * 5 / 4 / i32::try_from(situation.allowance.limit().max(1)).unwrap_or(i32::MAX);
    let nearest = situation.near.iter().map(|&net| (wait_for(net - situation.now), net)).min();
    match nearest {
        Some((wait, net)) if wait < situation.poll_interval => {
            let to_go = net - situation.now;
            let when = match to_go.num_minutes() {
                minutes @ 0.. => format!("a launch is {minutes} min away"),
                minutes => format!("a launch without an outcome was due {} min ago", -minutes),
            };
            (wait.max(shortest).min(situation.poll_interval), when)
        }
        _ => (situation.poll_interval, "the poll interval".to_owned()),
    }
}

/// Returns how long the next read may wait for a launch this far from its NET.
fn wait_for(to_go: TimeDelta) -> TimeDelta {
    let minutes = match to_go.num_minutes() {
        -120..=10 => 5,
        11..=60 => 10,
        61..=360 | -1440..-120 => 20,
        _ => 60,
    };
    TimeDelta::minutes(minutes)
}

fn backfill(situation: &Situation) -> Step {
    // A tenth faster than evenly spread: the budget is the limit anyway. Otherwise requests that stayed unused, while a
    // sweep waited for enough free requests or LL2 failed, could never be caught up.
    let pace =
        situation.allowance.window() * 9 / 10 / i32::try_from(situation.allowance.limit().max(1)).unwrap_or(i32::MAX);
    let due_at = if_elapsed(situation.history_asked_at, situation.now).map_or(situation.now, |asked| asked + pace);
    Step {
        task: Task::Backfill,
        due_at,
        requests: 1,
        reason: "past launches, with the remaining requests of the hour".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).expect("a date")
    }

    fn minutes(minutes: i64) -> TimeDelta {
        TimeDelta::minutes(minutes)
    }

    fn quiet() -> Situation {
        Situation {
            now: now(),
            is_paused: false,
            allowance: Allowance { configured: 15, has_key: false, sent: Vec::new(), told: None, silent_until: None },
            poll_interval: minutes(60),
            listed: 363,
            swept_at: Some(now() - minutes(10)),
            landed_pages: None,
            looked_at: Some(now() - minutes(10)),
            near: Vec::new(),
            follow_ups: 0,
            history_asked_at: None,
            is_history_finished: true,
            failures: 0,
            failed_at: None,
            ended_at: Some(now() - minutes(10)),
        }
    }

    fn tasks(situation: &Situation) -> Vec<(Task, i64)> {
        plan(situation).iter().map(|step| (step.task, (step.due_at - now()).num_minutes())).collect()
    }

    #[test]
    fn a_new_database_is_swept_and_nothing_else() {
        let new = Situation { swept_at: None, looked_at: None, is_history_finished: false, ended_at: None, ..quiet() };
        assert_eq!(tasks(&new), [(Task::Sweep, 0)]);
        assert_eq!(plan(&new)[0].requests, 4);
    }

    #[test]
    fn an_idle_hour_has_one_read_of_changes() {
        assert_eq!(tasks(&quiet()), [(Task::Changed, 50), (Task::Sweep, 50)]);
    }

    #[test]
    fn a_launch_near_its_net_is_read_every_few_minutes() {
        let at = |to_go| tasks(&Situation { near: vec![now() + minutes(to_go)], ..quiet() })[0];
        assert_eq!(at(5), (Task::Changed, 0), "due every five minutes, the last was ten minutes ago");
        assert_eq!(at(30), (Task::Changed, 0));
        assert_eq!(at(200), (Task::Changed, 10));
        assert_eq!(at(2000), (Task::Changed, 50));
        assert_eq!(at(-60), (Task::Changed, 0), "no outcome yet");
    }

    #[test]
    fn history_uses_the_remaining_requests_evenly() {
        let asked = Situation { is_history_finished: false, history_asked_at: Some(now() - minutes(2)), ..quiet() };
        assert_eq!(tasks(&asked)[0], (Task::Backfill, 1), "216 seconds after the last");
        let late = Situation { looked_at: Some(now() - minutes(70)), history_asked_at: None, ..asked };
        assert_eq!(tasks(&late)[..2], [(Task::Changed, 0), (Task::Backfill, 0)], "changes have priority");
    }

    #[test]
    fn a_single_free_request_goes_to_the_most_important_task() {
        let mut scarce =
            Situation { looked_at: Some(now() - minutes(70)), is_history_finished: false, follow_ups: 2, ..quiet() };
        scarce.allowance.sent = (0..14).map(|_| now() - minutes(30)).collect();
        assert_eq!(
            tasks(&scarce),
            [(Task::Changed, 0), (Task::FollowUp, 30), (Task::Backfill, 30), (Task::Sweep, 350)]
        );
    }

    #[test]
    fn an_overdue_sweep_goes_first() {
        let mut starved = Situation { near: vec![now()], swept_at: Some(now() - minutes(130)), ..quiet() };
        starved.allowance.sent = (0..12).map(|_| now() - minutes(30)).collect();
        let steps = tasks(&starved);
        assert_eq!(steps[0], (Task::Sweep, 30));
        assert!(steps[1].1 >= 30, "its four requests must become free together: {steps:?}");
    }

    #[test]
    fn an_interrupted_sweep_continues_with_the_next_free_request() {
        let mut cut = Situation { landed_pages: Some(2), ..quiet() };
        cut.allowance.sent = (0..14).map(|_| now() - minutes(30)).collect();
        assert_eq!(tasks(&cut)[0], (Task::Sweep, 0));
    }

    #[test]
    fn failures_prolong_the_wait_up_to_the_poll_interval() {
        let failed = |failures| {
            let failed = Situation {
                failures,
                failed_at: Some(now()),
                looked_at: Some(now() - minutes(300)),
                ended_at: Some(now()),
                ..quiet()
            };
            tasks(&failed)[0].1
        };
        assert_eq!([1, 2, 3, 6, 40].map(failed), [2, 4, 8, 60, 60]);
    }

    #[test]
    fn times_of_a_clock_that_was_set_back_do_not_delay_the_plan() {
        let future = Some(now() + minutes(600));
        let back = Situation {
            ended_at: future,
            failed_at: future,
            failures: 1,
            swept_at: future,
            looked_at: future,
            history_asked_at: future,
            is_history_finished: false,
            ..quiet()
        };
        assert_eq!(tasks(&back), [(Task::Changed, 0), (Task::Sweep, 0), (Task::Backfill, 0)]);
    }

    #[test]
    fn extreme_numbers_do_not_break_the_plan() {
        for far in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            let mut huge = Situation {
                poll_interval: TimeDelta::days(30),
                listed: u32::MAX,
                follow_ups: u32::MAX,
                failures: u32::MAX,
                failed_at: Some(far),
                swept_at: Some(far),
                looked_at: Some(far),
                history_asked_at: Some(far),
                ended_at: Some(far),
                near: vec![far],
                is_history_finished: false,
                ..quiet()
            };
            huge.allowance.configured = u32::MAX;
            assert!(!plan(&huge).is_empty());
            huge.allowance.configured = 0;
            assert!(!plan(&huge).is_empty());
        }
    }

    #[test]
    fn a_paused_job_plans_nothing() {
        assert!(plan(&Situation { is_paused: true, ..quiet() }).is_empty());
    }
}
