use axum::{
    extract::{RawQuery, State},
    http::HeaderMap,
    response::Response,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{BestChance, Board, Clearness, DecisionQuery, Draws, Factor, overtaken_by_slip, overtaken_by_weight};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    export::Export,
    openapi::{DecisionKeys, Refusals, Unchanged},
    problem::Problem,
    question::whole_hour,
    view::{FromDomain as _, MoonReach, Source},
};
use crate::web::state::AppState;

/// The decision that the page at `/choose` shows; it has the same query string.
#[derive(Serialize, ToSchema)]
pub(super) struct Decision<'board> {
    /// The launch to board; null: no launch is recommended.
    #[schema(required = true)]
    board: Option<Uuid>,
    /// Why no launch is recommended, as an identifier and as a sentence.
    #[schema(required = true)]
    stay_home: Option<StayHome>,
    #[schema(required = true)]
    as_of: Option<DateTime<Utc>>,
    source: Source,
    window: Window,
    weights: Weights,
    /// The score that a ride must reach.
    bar: f64,
    #[schema(required = true)]
    decide_by: Option<DecideBy>,
    changes: Changes,
    /// The fewest rides that together include the best one with a probability of at least 80 %, the most probable first.
    /// One id: the answer is clear. More: the data does not tell which of them is the best. Empty if no ride is ranked.
    /// It need not contain `board`, which has the highest score.
    cannot_be_told_apart: Vec<Uuid>,
    ranked: Vec<Ride<'board>>,
    /// Launches that may go to the Moon and have no rank.
    apart: Vec<Excluded<'board>>,
    /// Number of upcoming launches that do not go there; they score 0.
    elsewhere: usize,
}

#[derive(Serialize, ToSchema)]
struct StayHome {
    because: &'static str,
    reason: String,
}

#[derive(Serialize, ToSchema)]
struct Window {
    /// The time from which the agent is ready and the window has begun.
    from: DateTime<Utc>,
    last_day: NaiveDate,
    prepare_days: u16,
}

#[derive(Serialize, ToSchema)]
struct Weights {
    nearness: f64,
    window: f64,
    success: f64,
}

#[derive(Serialize, ToSchema)]
struct DecideBy {
    /// The last time at which waiting pays. Never before the time of the answer.
    at: DateTime<Utc>,
    /// The launch that sets the time: the one to board, or one that must be boarded before it and is then worth more
    /// than waiting.
    #[schema(required = true)]
    held_by: Option<Uuid>,
    /// The probability that `held_by` has left before an agent who begins to prepare at that time is ready. At most
    /// 0.1, unless it is greater already now.
    gone: f64,
    /// The best of the others that reach the threshold and can still be boarded at that time.
    #[schema(required = true)]
    fallback: Option<Uuid>,
    /// Others that reach the threshold and must be boarded before that time: waiting misses them.
    let_go: Vec<Uuid>,
    movement: Movement,
}

/// How far scores move: what waiting can teach.
#[derive(Serialize, ToSchema)]
struct Movement {
    /// Standard deviation of the change of a score (0 to 1) in one day, for a mission that lands; in d days it is this
    /// times the square root of d.
    per_root_day: f64,
    /// The number of launches that it was measured on; 0: it is an assumption.
    launches: u32,
}

/// Changes that would put another launch first; null if no change of this kind does.
#[derive(Serialize, ToSchema)]
struct Changes {
    #[schema(required = true)]
    slip: Option<Slip>,
    #[schema(required = true)]
    weight: Option<Weight>,
}

#[derive(Serialize, ToSchema)]
struct Slip {
    days: i64,
    #[schema(required = true)]
    leader: Option<Uuid>,
}

#[derive(Serialize, ToSchema)]
struct Weight {
    factor: &'static str,
    weight: f64,
    #[schema(required = true)]
    leader: Option<Uuid>,
}

#[derive(Serialize, ToSchema)]
struct Ride<'board> {
    id: Uuid,
    name: &'board str,
    rank: usize,
    score: Estimate,
    nearness: Estimate,
    in_window: Estimate,
    success: Estimate,
    /// The probability that no other ranked ride has a higher score, given what is uncertain about the factors; the
    /// probabilities of all rides add up to 1. Null beyond the first hundred rides.
    #[schema(required = true)]
    p_best: Option<f64>,
    /// The expected lead of the best ride over this one, in points of 100. Null beyond the first hundred rides.
    #[schema(required = true)]
    regret: Option<f64>,
    /// Why it has this rank and what would change it.
    reason: String,
    moon: MoonReach,
}

/// `low` and `high` are the bounds of the 80 % interval.
#[derive(Serialize, ToSchema)]
struct Estimate {
    estimate: f64,
    low: f64,
    high: f64,
}

impl From<Factor> for Estimate {
    fn from(factor: Factor) -> Self {
        Self { estimate: factor.estimate(), low: factor.low(), high: factor.high() }
    }
}

#[derive(Serialize, ToSchema)]
struct Excluded<'board> {
    id: Uuid,
    name: &'board str,
    because: &'static str,
    reason: &'static str,
}

/// The logarithms of two processors may differ in the last digits: without them, replicas give one answer, and one ETag.
fn ten_decimals(number: f64) -> f64 {
    const UNIT: f64 = 1e10;
    (number * UNIT).round() / UNIT
}

/// Which launch to board, with all other candidates.
#[utoipa::path(
    get,
    path = "/api/v1/decision",
    operation_id = "decision",
    tag = "decision",
    params(DecisionKeys),
    responses((status = 200, description = "The answer", body = Decision), Unchanged, Refusals)
)]
pub(super) async fn json(
    State(state): State<AppState>,
    RawQuery(raw): RawQuery,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let query = DecisionQuery::parse(raw.as_deref().unwrap_or_default())?;
    let board = state.db.board().await?;
    let answer = answer(&board, &query);
    Ok(Export::json(&answer)?.answer(&asked))
}

fn answer<'board>(board: &'board Board, query: &DecisionQuery) -> Decision<'board> {
    let launches = board.upcoming();
    let now = whole_hour(board.now);
    let decision = domain::Decision::make(launches, query, board.movement, now);
    let clearness = Clearness::of(&decision, &Draws::make(launches, query, now), query.weights);
    let id = |at: usize| launches.get(at).map(|launch| launch.id);
    let hundredths = |weight: u16| f64::from(weight) / 100.0;
    let ranked = decision.ranked.iter().enumerate().filter_map(|(rank, one)| {
        let launch = launches.get(one.at)?;
        let best = clearness.rides.get(rank).copied().flatten();
        Some(Ride {
            id: launch.id,
            name: &launch.name,
            rank: rank + 1,
            score: one.score.into(),
            nearness: one.nearness.into(),
            in_window: one.in_window.into(),
            success: one.success.into(),
            p_best: best.map(|BestChance { p_best, .. }| ten_decimals(p_best)),
            regret: best.map(|BestChance { regret, .. }| ten_decimals(regret)),
            reason: decision.sentence(rank, launches, query),
            moon: MoonReach::from_domain(launch.moon.clone()),
        })
    });
    let excluded = decision.excluded.iter().filter_map(|excluded| {
        let launch = launches.get(excluded.at)?;
        Some(Excluded {
            id: launch.id,
            name: &launch.name,
            because: excluded.why.slug(),
            reason: excluded.why.describe(),
        })
    });
    Decision {
        board: decision.best().and_then(|best| id(best.at)),
        stay_home: decision.no_recommendation.and_then(|home| {
            let reason = decision.why_none_recommended(launches, query, now)?;
            Some(StayHome { because: home.slug(), reason })
        }),
        as_of: board.observed_at(),
        source: Source::from_domain(board.freshness.source),
        window: Window { from: decision.window.0, last_day: query.last_day(now), prepare_days: query.prepare },
        weights: Weights {
            nearness: hundredths(query.weights.nearness),
            window: hundredths(query.weights.window),
            success: hundredths(query.weights.success),
        },
        bar: hundredths(query.bar),
        decide_by: decision.decide_by.as_ref().map(|by| DecideBy {
            at: by.at,
            held_by: id(by.held_by),
            // More digits than the forecast has would only be noise.
            gone: (by.gone * 10_000.0).round() / 10_000.0,
            fallback: by.fallback.and_then(id),
            let_go: by.let_go.iter().filter_map(|at| id(*at)).collect(),
            movement: Movement { per_root_day: board.movement.per_root_day(), launches: board.movement.launch_count() },
        }),
        changes: Changes {
            slip: overtaken_by_slip(&decision, launches, query)
                .map(|change| Slip { days: change.when, leader: id(change.leader) }),
            weight: overtaken_by_weight(&decision, query).map(|change| Weight {
                factor: change.when.0.slug(),
                weight: hundredths(change.when.1),
                leader: id(change.leader),
            }),
        },
        cannot_be_told_apart: clearness.group.iter().filter_map(|place| id(decision.ranked.get(*place)?.at)).collect(),
        ranked: ranked.collect(),
        apart: excluded.collect(),
        elsewhere: decision.elsewhere,
    }
}
