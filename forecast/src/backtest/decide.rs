use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{DecideBy, Movement, Stake};
use uuid::Uuid;

use super::SlipRow;
use crate::slip::days_between;

/// When an agent boards who has one launch to board.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BoardingRule {
    /// The deadline of a decision (ADR 0051), without another ride.
    DecideBy(Movement),
    /// The time by which the launch has left with this probability, minus the days to prepare.
    Fixed(f64),
}

/// How far ahead a launch must fly to count: the default window of a decision.
const WINDOW: TimeDelta = TimeDelta::days(365);

impl BoardingRule {
    /// Returns the time until which an agent waits who sees this forecast. None if the forecast names no time.
    fn deadline(self, row: &SlipRow, prepare: u16) -> Option<DateTime<Utc>> {
        // As if it landed on the Moon and were certain to succeed: only the date is replayed.
        let value = row.forecast.chance_by(row.made_at + WINDOW);
        let stake = Stake::new(value, 1.0, row.forecast);
        match self {
            Self::DecideBy(movement) => DecideBy::of_only_ride(&stake, movement, prepare, row.made_at),
            Self::Fixed(gone) => stake.boarding(gone, TimeDelta::days(i64::from(prepare))),
        }
    }
}

/// What happened to an agent who waited for one launch.
#[derive(Clone, Debug, PartialEq)]
pub struct Boarding {
    pub launch_id: Uuid,
    /// The first forecast: the earliest time at which the agent could begin to prepare.
    pub first_seen_at: DateTime<Utc>,
    /// When the agent began to prepare. None if the launch flew before the deadline.
    pub boarded_at: Option<DateTime<Utc>>,
    pub flown_at: DateTime<Utc>,
    /// Days from being ready to the flight; negative if the agent was not ready in time. None if the agent never began
    /// to prepare.
    pub spare_days: Option<f64>,
    /// The launch was announced so late that nobody could be ready.
    pub is_too_late: bool,
}

impl Boarding {
    /// Returns whether the launch left without the agent.
    pub fn is_missed(&self) -> bool {
        self.spare_days.is_none_or(|days| days < 0.0)
    }
}

/// Replays the launches that flew: an agent looks at each forecast, made a day after the one before, and begins to
/// prepare at its deadline if that is before the next look.
pub fn boardings(rows: &[SlipRow], rule: BoardingRule, prepare: u16) -> Vec<Boarding> {
    let mut by_launch: BTreeMap<Uuid, Vec<&SlipRow>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.flown_at.is_some()) {
        by_launch.entry(row.launch_id).or_default().push(row);
    }
    by_launch.into_values().filter_map(|looks| board(&looks, rule, prepare)).collect()
}

/// `looks` are the forecasts of one launch, in the order in which they were made.
fn board(looks: &[&SlipRow], rule: BoardingRule, prepare: u16) -> Option<Boarding> {
    let first = looks.first()?;
    let flown_at = first.flown_at?;
    let days = f64::from(prepare);
    let boarded_at = looks.iter().find_map(|look| {
        let deadline = rule.deadline(look, prepare)?.max(look.made_at);
        (deadline < look.made_at + TimeDelta::days(1)).then_some(deadline)
    });
    Some(Boarding {
        launch_id: first.launch_id,
        first_seen_at: first.made_at,
        boarded_at,
        flown_at,
        spare_days: boarded_at.map(|at| days_between(at, flown_at) - days),
        is_too_late: days_between(first.made_at, flown_at) < days,
    })
}

/// The result of a rule over several launches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BoardingSummary {
    pub count: usize,
    pub missed: usize,
    /// Launches that every rule misses.
    pub too_late: usize,
    /// Quartiles of the days to spare of those that were not missed. None if all were.
    pub spare_days: Option<[f64; 3]>,
}

/// Summarizes the launches of one rule.
pub fn summarize_boardings(boardings: &[Boarding]) -> BoardingSummary {
    let mut spare: Vec<f64> =
        boardings.iter().filter(|one| !one.is_missed()).filter_map(|one| one.spare_days).collect();
    spare.sort_by(f64::total_cmp);
    let quartile = |quarters: usize| spare.get((spare.len().saturating_sub(1) * quarters + 2) / 4).copied();
    BoardingSummary {
        count: boardings.len(),
        missed: boardings.iter().filter(|one| one.is_missed()).count(),
        too_late: boardings.iter().filter(|one| one.is_too_late).count(),
        spare_days: quartile(1).zip(quartile(2)).zip(quartile(3)).map(|((low, middle), high)| [low, middle, high]),
    }
}
