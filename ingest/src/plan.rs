//! What to ask LL2 next. A plan is a pure function of the [`Situation`]; nothing is kept in memory, so that any replica makes the
//! same plan, and a simulation makes millions of them.
//!
//! Fifteen requests an hour is the scarce good. In the order of their worth:
//!
//! 1. **What changed**, one request for all launches, past ones too. Every few minutes while a launch is near its T-0, once a poll
//!    interval otherwise.
//! 2. **Launches that left the list without an outcome**, by id.
//! 3. **A complete sweep**, for what `last_updated` does not bump (updates, videos, counters) and for launches that left.
//! 4. **History**, page by page, with what is left, spread evenly over the hour so that the others need not wait for it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::RunKind;

use crate::allowance::{Allowance, HOUR};

/// Something to ask, as one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Task {
    /// Launches edited since the last look.
    Changed,
    /// Launches that left the list without an outcome.
    FollowUp,
    /// The complete upcoming list.
    Sweep,
    /// A page of past launches.
    Backfill,
}

impl Task {
    /// The kind of the run that does it.
    pub fn kind(self) -> RunKind {
        match self {
            Self::Changed => RunKind::Changed,
            Self::FollowUp => RunKind::FollowUp,
            Self::Sweep => RunKind::Sweep,
            Self::Backfill => RunKind::Backfill,
        }
    }

    /// As `ingest_run.kind` and `ingest_plan.task` spell it.
    pub fn as_str(self) -> &'static str {
        self.kind().into()
    }
}

/// All that a plan depends on.
#[derive(Clone, Debug)]
pub struct Situation {
    /// The database's time.
    pub now: DateTime<Utc>,
    /// Somebody told the job to rest.
    pub is_paused: bool,
    /// What may be sent.
    pub allowance: Allowance,
    /// Longest pause between looks at the upcoming list.
    pub poll_interval: TimeDelta,
    /// Launches listed as upcoming; a sweep reads them a hundred at a time.
    pub listed: u32,
    /// When a sweep last came to its end; none before the first.
    pub swept_at: Option<DateTime<Utc>>,
    /// A sweep was cut short and can go on from the pages it landed; the pages it has.
    pub landed_pages: Option<u32>,
    /// When we last knew of every change: a sweep, or a look at what changed.
    pub looked_at: Option<DateTime<Utc>>,
    /// NETs to the hour or better of listed launches without an outcome, around now.
    pub near: Vec<DateTime<Utc>>,
    /// Launches that left without an outcome and are due to be asked for.
    pub follow_ups: u32,
    /// When the last page of history was asked for.
    pub history_asked_at: Option<DateTime<Utc>>,
    /// History is held to its beginning, or nobody wants it.
    pub is_history_finished: bool,
    /// Runs that failed since the last good one, and when the newest of them did.
    pub failures: u32,
    /// When the newest of them failed.
    pub failed_at: Option<DateTime<Utc>>,
    /// When the newest run ended.
    pub ended_at: Option<DateTime<Utc>>,
}

/// One task of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What.
    pub task: Task,
    /// When it may and should start.
    pub due_at: DateTime<Utc>,
    /// Requests it is expected to take.
    pub requests: u32,
    /// Why then.
    pub reason: String,
}

/// Between the end of a run and the start of the next, whatever anybody says.
const MIN_PAUSE: TimeDelta = TimeDelta::seconds(5);

/// After the first failure; doubled with each further one.
const INITIAL_BACKOFF: TimeDelta = TimeDelta::minutes(2);

/// Sweeps are this many poll intervals apart while history still wants requests.
const POLLS_PER_SWEEP: i32 = 6;

/// The steps in the order in which they will be taken. Empty while paused.
pub fn plan(situation: &Situation) -> Vec<Step> {
    if situation.is_paused {
        return Vec::new();
    }
    let candidates = candidates(situation);
    let mut steps: Vec<Step> = Vec::with_capacity(candidates.len());
    // Requests that tasks of more worth, due by then, will have taken.
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
    // A stable sort: of two that are due at once the one of more worth goes first.
    steps.sort_by_key(|step| step.due_at);
    steps
}

fn runs(count: u32) -> String {
    if count == 1 { "a run".to_owned() } else { format!("{count} runs") }
}

/// Before this nothing is asked: a pause after each run, and a growing backoff from failures.
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

/// A time that has come. One to come was written down by a clock since set back and tells nothing: were it believed, or cut to "a while
/// from now", which recedes with now, nobody would ask until the clock has caught up.
fn if_elapsed(moment: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    moment.filter(|&moment| moment <= now)
}

/// What each task would like, as if requests were free; those of more worth first.
fn candidates(situation: &Situation) -> Vec<Step> {
    let mut candidates = Vec::with_capacity(4);
    let sweep = sweep(situation);
    // Without a sweep there is nothing that could have changed.
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
    // While launches fly one after the other, looks every few minutes would never leave a sweep its share.
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
            // Page by page: half a list that grows beats a whole one that waits.
            (situation.now, left.min(1), format!("the last sweep was cut short after {pages} of about {whole} pages"))
        }
        (None, None) => (situation.now, whole, "nothing was ever swept".to_owned()),
        (None, Some(swept)) => {
            let reason = "updates, videos and counters change without a sign; so does what leaves the list";
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

/// How long a look may wait, by the launch that cannot: minutes around T-0, the poll interval when nothing is near.
fn cadence(situation: &Situation) -> (TimeDelta, String) {
    // Of every five requests one is left to the others.
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

/// How long a look may wait for a launch this far from its NET.
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
    // A tenth faster than even: the budget bounds it all the same, and what was left unused, while a sweep waited for its requests to come
    // together or LL2 failed, would otherwise never be made up for.
    let pace =
        situation.allowance.window() * 9 / 10 / i32::try_from(situation.allowance.limit().max(1)).unwrap_or(i32::MAX);
    let due_at = if_elapsed(situation.history_asked_at, situation.now).map_or(situation.now, |asked| asked + pace);
    Step {
        task: Task::Backfill,
        due_at,
        requests: 1,
        reason: "past launches, with what is left of the hour".to_owned(),
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
    fn an_idle_hour_is_one_look() {
        assert_eq!(tasks(&quiet()), [(Task::Changed, 50), (Task::Sweep, 50)]);
    }

    #[test]
    fn a_launch_near_its_net_is_watched_by_the_minute() {
        let at = |to_go| tasks(&Situation { near: vec![now() + minutes(to_go)], ..quiet() })[0];
        assert_eq!(at(5), (Task::Changed, 0), "five minutes, and ten have passed");
        assert_eq!(at(30), (Task::Changed, 0));
        assert_eq!(at(200), (Task::Changed, 10));
        assert_eq!(at(2000), (Task::Changed, 50));
        assert_eq!(at(-60), (Task::Changed, 0), "no outcome yet");
    }

    #[test]
    fn history_takes_what_is_left_evenly() {
        let asked = Situation { is_history_finished: false, history_asked_at: Some(now() - minutes(2)), ..quiet() };
        assert_eq!(tasks(&asked)[0], (Task::Backfill, 1), "216 seconds after the last");
        let late = Situation { looked_at: Some(now() - minutes(70)), history_asked_at: None, ..asked };
        assert_eq!(tasks(&late)[..2], [(Task::Changed, 0), (Task::Backfill, 0)], "what changed goes first");
    }

    #[test]
    fn one_free_request_goes_to_the_task_of_most_worth() {
        let mut scarce =
            Situation { looked_at: Some(now() - minutes(70)), is_history_finished: false, follow_ups: 2, ..quiet() };
        scarce.allowance.sent = (0..14).map(|_| now() - minutes(30)).collect();
        assert_eq!(
            tasks(&scarce),
            [(Task::Changed, 0), (Task::FollowUp, 30), (Task::Backfill, 30), (Task::Sweep, 350)]
        );
    }

    #[test]
    fn a_starved_sweep_goes_first() {
        let mut starved = Situation { near: vec![now()], swept_at: Some(now() - minutes(130)), ..quiet() };
        starved.allowance.sent = (0..12).map(|_| now() - minutes(30)).collect();
        let steps = tasks(&starved);
        assert_eq!(steps[0], (Task::Sweep, 30));
        assert!(steps[1].1 >= 30, "or its four requests would never come together: {steps:?}");
    }

    #[test]
    fn a_sweep_cut_short_goes_on_with_the_next_free_request() {
        let mut cut = Situation { landed_pages: Some(2), ..quiet() };
        cut.allowance.sent = (0..14).map(|_| now() - minutes(30)).collect();
        assert_eq!(tasks(&cut)[0], (Task::Sweep, 0));
    }

    #[test]
    fn failures_make_it_wait_longer_but_never_longer_than_the_poll_interval() {
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
    fn what_a_clock_since_set_back_wrote_down_holds_nobody_up() {
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
    fn the_largest_numbers_make_a_plan_like_any_other() {
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
    fn paused_means_nothing_at_all() {
        assert!(plan(&Situation { is_paused: true, ..quiet() }).is_empty());
    }
}
