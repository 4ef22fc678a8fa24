use chrono::{DateTime, TimeDelta, Utc};

use super::{
    DecisionQuery, Movement, Ranked,
    waiting::{LATEST, Stake, Step, Steps, wait_until},
};
use crate::Launch;

/// The time until which the decision can wait.
#[derive(Clone, Debug, PartialEq)]
pub struct DecideBy {
    /// After this time, waiting costs more than it can gain. Never before now.
    pub at: DateTime<Utc>,
    /// Index of the launch that sets the deadline: the best one, or one that leaves before it and is then worth more
    /// than waiting.
    pub held_by: usize,
    /// The probability that `held_by` has left before an agent who boards at `at` is ready.
    pub gone: f64,
    /// The best of the other launches that reach the threshold and can still be boarded at `at`. None if there is no
    /// fallback.
    pub fallback: Option<usize>,
    /// Other launches that reach the threshold but must be boarded before `at`: they are lost by waiting.
    pub let_go: Vec<usize>,
}

impl DecideBy {
    /// Returns whether the deadline has been reached.
    pub fn is_now(&self, now: DateTime<Utc>) -> bool {
        self.at <= now
    }

    /// Returns the deadline of an agent for whom `best` is the only ride. None if its forecast does not say.
    pub fn of_only_ride(best: &Stake, movement: Movement, prepare: u16, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let prepare = TimeDelta::days(i64::from(prepare));
        let none = Steps::new([], movement, now);
        wait_until(best, &none, movement, prepare, now).map(|(at, _)| at.max(now))
    }
}

/// Returns the last moment at which waiting pays: for the best ride, or for an earlier one that is then worth more than
/// waiting.
///
/// The boarding time of another ride is the time by which it has flown with a probability of [`LATEST`], minus the days
/// to prepare.
pub(super) fn of(
    launches: &[Launch],
    ranked: &[Ranked],
    query: &DecisionQuery,
    movement: Movement,
    now: DateTime<Utc>,
) -> Option<DecideBy> {
    let (best, others) = ranked.split_first()?;
    let prepare = TimeDelta::days(i64::from(query.prepare));
    let stake = |one: &Ranked| {
        let date = launches.get(one.at)?.forecast.as_deref()?.date?;
        Some(Stake::new(one.score.estimate(), one.scale(query.weights), date))
    };
    let reaches_bar = |one: &&Ranked| one.score.estimate() * 100.0 >= f64::from(query.bar);
    // Best first, with their boarding times. A ride that can no longer be boarded is not among them.
    let others: Vec<Step> = others
        .iter()
        .filter(reaches_bar)
        .filter_map(|one| {
            let stake = stake(one)?;
            Some(Step { launch: one.at, at: stake.boarding(LATEST, prepare)?, stake, gone: LATEST })
        })
        .filter(|step| step.at > now)
        .collect();
    let stake = stake(best)?;
    let steps = Steps::new(others.iter().copied(), movement, now);
    let (at, gone) = wait_until(&stake, &steps, movement, prepare, now)?;
    let boarding = Step { launch: best.at, at, stake, gone };
    let held_by = if at <= now {
        Step { at: now, gone: stake.gone_by(now, prepare), ..boarding }
    } else {
        let all = Steps::new(others.iter().copied().chain([boarding]), movement, now);
        all.first_worth_boarding(at).unwrap_or(boarding)
    };
    Some(DecideBy {
        at: held_by.at,
        held_by: held_by.launch,
        gone: held_by.gone,
        fallback: others.iter().find(|other| other.at >= held_by.at).map(|other| other.launch),
        let_go: others.iter().filter(|other| other.at < held_by.at).map(|other| other.launch).collect(),
    })
}
