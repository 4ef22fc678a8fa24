use chrono::{DateTime, Utc};
use strum::IntoStaticStr;

use super::{
    DecideBy, DecisionQuery, Excluded, ExclusionReason, Movement, Ranked, deadline,
    excluded::has_left,
    rank::{Judged, judge},
};
use crate::Launch;

/// Why no launch is recommended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum NoRecommendation {
    /// The window is in the past.
    WindowPast,
    /// The window ends before the agent is ready.
    WindowTooSoon,
    /// All weights are zero.
    NoWeights,
    /// No launch on the list is known to go to the Moon.
    NothingGoes,
    /// The agent's filters exclude every launch that goes there.
    RuledOut,
    /// The launches that go there have no forecast.
    NothingPredicted,
    /// The best score is below the threshold.
    BelowBar,
}

impl NoRecommendation {
    /// Returns the identifier used in the API.
    pub fn slug(self) -> &'static str {
        self.into()
    }
}

/// The result of a decision query.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// From the first time at which the agent can board to the end of its last day.
    pub window: (DateTime<Utc>, DateTime<Utc>),
    /// Best first. Launches with equal scores keep their order.
    pub ranked: Vec<Ranked>,
    /// Launches that may go to the Moon but have no rank.
    pub excluded: Vec<Excluded>,
    /// Number of launches that are known not to go there.
    pub elsewhere: usize,
    /// Why no launch is recommended. None if the first of `ranked` is the one to board.
    pub no_recommendation: Option<NoRecommendation>,
    pub decide_by: Option<DecideBy>,
}

impl Decision {
    /// Ranks the launches that go to the Moon under the agent's query. `movement` is how far scores move, for the time
    /// until which the decision can wait.
    pub fn make(launches: &[Launch], query: &DecisionQuery, movement: Movement, now: DateTime<Utc>) -> Self {
        let window = query.window(now);
        let mut decision = Self {
            window,
            ranked: Vec::new(),
            excluded: Vec::new(),
            elsewhere: 0,
            no_recommendation: None,
            decide_by: None,
        };
        decision.no_recommendation = unanswerable(query, window, now);
        let is_answerable = decision.no_recommendation.is_none();
        for (at, launch) in launches.iter().enumerate() {
            match judge(launch, at, query, window, now) {
                Judged::Elsewhere => decision.elsewhere += 1,
                Judged::Excluded(why) => decision.excluded.push(Excluded { at, why }),
                Judged::Ranked(ranked) if is_answerable => decision.ranked.push(ranked),
                Judged::Ranked(_) => {}
            }
        }
        decision.ranked.sort_by(|one, other| other.score.estimate().total_cmp(&one.score.estimate()));
        if is_answerable {
            decision.no_recommendation = decision.why_none_is_best(query);
        }
        if decision.no_recommendation.is_none() {
            decision.decide_by = deadline::of(launches, &decision.ranked, query, movement, now);
        }
        decision
    }

    /// Returns the ride to board, or None if no ride reaches the threshold.
    pub fn best(&self) -> Option<&Ranked> {
        if self.no_recommendation.is_some() { None } else { self.ranked.first() }
    }

    /// Returns the score of one launch: 0 if it does not go to the Moon. None if a factor is unknown, if the launch has
    /// left, or if the query has no answer.
    pub fn score_of(launch: &Launch, query: &DecisionQuery, now: DateTime<Utc>) -> Option<f64> {
        let window = query.window(now);
        if has_left(launch, now) {
            return None;
        }
        match judge(launch, 0, query, window, now) {
            Judged::Ranked(_) if unanswerable(query, window, now).is_some() => None,
            Judged::Ranked(ranked) => Some(ranked.score.estimate()),
            Judged::Elsewhere => Some(0.0),
            Judged::Excluded(_) => None,
        }
    }

    fn why_none_is_best(&self, query: &DecisionQuery) -> Option<NoRecommendation> {
        let Some(best) = self.ranked.first() else {
            let known = || self.excluded.iter().map(|excluded| excluded.why);
            return Some(if known().any(|why| matches!(why, ExclusionReason::NoDate | ExclusionReason::NoSuccess)) {
                NoRecommendation::NothingPredicted
            } else if known().any(ExclusionReason::is_ruled_out) {
                NoRecommendation::RuledOut
            } else {
                NoRecommendation::NothingGoes
            });
        };
        (best.score.estimate() * 100.0 < f64::from(query.bar)).then_some(NoRecommendation::BelowBar)
    }
}

/// Returns why a query has no answer, whatever the launches are.
fn unanswerable(
    query: &DecisionQuery,
    window: (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Option<NoRecommendation> {
    if query.last_day(now) < now.date_naive() {
        Some(NoRecommendation::WindowPast)
    } else if window.0 >= window.1 {
        Some(NoRecommendation::WindowTooSoon)
    } else {
        query.weights.are_zero().then_some(NoRecommendation::NoWeights)
    }
}
