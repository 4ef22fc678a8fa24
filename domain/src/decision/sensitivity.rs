//! Which changes would change the result.

use chrono::{DateTime, Days, Months, NaiveDate, TimeDelta, Utc};
use strum::{IntoStaticStr, VariantArray};

use super::{Decision, DecisionQuery, Factor, Ranked, Weights};
use crate::{Launch, net::midnight};

/// A change after which another launch ranks first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overtaking<T> {
    pub when: T,
    /// The launch that ranks first then, as an index into the launches of the query.
    pub leader: usize,
}

/// Longest slip that is tried: a launch two years later counts as a different one.
const LONGEST_SLIP_DAYS: i64 = 730;

/// Returns by how many days the best launch must slip for another to rank first, everything else unchanged. None if no
/// slip is enough.
pub fn overtaken_by_slip(decision: &Decision, launches: &[Launch], query: &DecisionQuery) -> Option<Overtaking<i64>> {
    let (first, second) = (decision.best()?, decision.ranked.get(1)?);
    let date = launches.get(first.at)?.forecast.as_deref()?.date?;
    let (from, to) = decision.window;
    let slipped = |days: i64| {
        let by = TimeDelta::days(days);
        // A launch that slips by ten days flies in the window if it would have flown in the same window ten days
        // earlier.
        let chance = date.chance_within(from.checked_sub_signed(by)?, to.checked_sub_signed(by)?)?;
        let factors = [first.nearness, Factor::of(chance), first.success];
        Some(Ranked::new(first.at, factors, query.weights).score.estimate())
    };
    let passed = |days: &i64| slipped(*days).is_some_and(|score| score < second.score.estimate());
    (1..=LONGEST_SLIP_DAYS).find(passed).map(|when| Overtaking { when, leader: second.at })
}

/// Returns the factor and its weight (in hundredths), nearest to the current one, at which another launch ranks first.
/// Tried in tenths.
pub fn overtaken_by_weight(decision: &Decision, query: &DecisionQuery) -> Option<Overtaking<(FactorKind, u16)>> {
    let first = decision.best()?.at;
    let tried =
        FactorKind::ALL.into_iter().flat_map(|share| (0..=Weights::MOST / 10).map(move |tenths| (share, tenths * 10)));
    let change = |(share, weight): (FactorKind, u16)| {
        let weights = share.set(query.weights, weight);
        let leader = decision
            .ranked
            .iter()
            .map(|one| (Ranked::new(one.at, one.factors(), weights).score.estimate(), one.at))
            // On a tie the first stays: an unchanged order is not an overtaking.
            .reduce(|best, one| if one.0 > best.0 { one } else { best })?;
        (leader.1 != first && !weights.are_zero()).then_some(Overtaking { when: (share, weight), leader: leader.1 })
    };
    tried.filter_map(change).min_by_key(|change| change.when.0.get(query.weights).abs_diff(change.when.1))
}

/// One of the three factors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum FactorKind {
    Nearness,
    Window,
    Success,
}

impl FactorKind {
    pub const ALL: [Self; Self::VARIANTS.len()] = crate::variants(Self::VARIANTS);

    /// Returns the key of its weight in the query string.
    pub fn slug(self) -> &'static str {
        self.into()
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Nearness => "Nearness",
            Self::Window => "In window",
            Self::Success => "Succeeds",
        }
    }

    pub fn get(self, weights: Weights) -> u16 {
        match self {
            Self::Nearness => weights.nearness,
            Self::Window => weights.window,
            Self::Success => weights.success,
        }
    }

    pub fn set(self, mut weights: Weights, weight: u16) -> Weights {
        match self {
            Self::Nearness => weights.nearness = weight,
            Self::Window => weights.window = weight,
            Self::Success => weights.success = weight,
        }
        weights
    }
}

/// Scores for a window that ends on another day.
#[derive(Clone, Debug, PartialEq)]
pub struct WindowEnd {
    pub day: NaiveDate,
    /// In the order of the ranking. None if the launch could not be ranked.
    pub scores: Vec<Option<f64>>,
}

/// Returns the scores of the first `count` ranked launches for windows that end at each month's end: for twelve months,
/// or up to the last day of the query's window if that is later.
pub fn shares_by_window_end(
    decision: &Decision,
    launches: &[Launch],
    query: &DecisionQuery,
    now: DateTime<Utc>,
    count: usize,
) -> Vec<WindowEnd> {
    let first_of_month = |day: NaiveDate| chrono::Datelike::with_day(&day, 1);
    let Some(start) = first_of_month(now.date_naive()) else { return Vec::new() };
    let last = query.last_day(now);
    let ends =
        (1..=24_u32).filter_map(|months| start.checked_add_months(Months::new(months))?.checked_sub_days(Days::new(1)));
    let shown: Vec<_> = decision.ranked.iter().take(count).collect();
    let mut points = Vec::new();
    for day in ends {
        if points.len() >= 12 && day > last {
            break;
        }
        let Some(end) = day.checked_add_days(Days::new(1)).map(midnight) else { break };
        let scores = shown.iter().map(|one| {
            let date = launches.get(one.at)?.forecast.as_deref()?.date?;
            let chance = date.chance_within(decision.window.0, end)?;
            let factors = [one.nearness, Factor::of(chance), one.success];
            Some(Ranked::new(one.at, factors, query.weights).score.estimate())
        });
        points.push(WindowEnd { day, scores: scores.collect() });
    }
    points
}
