use axum::{
    extract::{RawQuery, State},
    http::HeaderMap,
    response::Response,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{Board, Decision, DecisionQuery, Factor, MoonReach, Source, overtaken_by_slip, overtaken_by_weight};
use serde::Serialize;
use uuid::Uuid;

use super::{export::Export, problem::Problem, question::whole_hour};
use crate::web::AppState;

/// The answer to the question of the page at `/choose`, which takes the same query string.
#[derive(Serialize)]
struct Answer<'board> {
    /// The launch to board; null: stay home.
    board: Option<Uuid>,
    /// Why to stay home, as a word and as a sentence.
    stay_home: Option<StayHome>,
    as_of: Option<DateTime<Utc>>,
    source: Source,
    window: Window,
    weights: Weights,
    /// The score a ride must reach.
    bar: f64,
    decide_by: Option<DecideBy>,
    changes: Changes,
    ranked: Vec<Ride<'board>>,
    /// What may go to the Moon and has no rank.
    apart: Vec<Excluded<'board>>,
    /// How many upcoming launches do not go there; they score 0.
    elsewhere: usize,
}

#[derive(Serialize)]
struct StayHome {
    because: &'static str,
    reason: String,
}

#[derive(Serialize)]
struct Window {
    /// From when the agent is ready and the window has begun.
    from: DateTime<Utc>,
    last_day: NaiveDate,
    prepare_days: u16,
}

#[derive(Serialize)]
struct Weights {
    nearness: f64,
    window: f64,
    success: f64,
}

#[derive(Serialize)]
struct DecideBy {
    at: DateTime<Utc>,
    held_by: Option<Uuid>,
    fallback: Option<Uuid>,
    /// Others that reach the bar and leave before that.
    let_go: Vec<Uuid>,
}

/// What would put another launch first; null where nothing of its kind does.
#[derive(Serialize)]
struct Changes {
    slip: Option<Slip>,
    weight: Option<Weight>,
}

#[derive(Serialize)]
struct Slip {
    days: i64,
    leader: Option<Uuid>,
}

#[derive(Serialize)]
struct Weight {
    factor: &'static str,
    weight: f64,
    leader: Option<Uuid>,
}

#[derive(Serialize)]
struct Ride<'board> {
    id: Uuid,
    name: &'board str,
    rank: usize,
    score: Interval,
    nearness: Interval,
    in_window: Interval,
    success: Interval,
    /// Why it stands there and what would change it.
    reason: String,
    moon: &'board MoonReach,
}

/// The ends are those of the 80 % interval.
#[derive(Serialize)]
struct Interval {
    estimate: f64,
    low: f64,
    high: f64,
}

impl From<Factor> for Interval {
    fn from(factor: Factor) -> Self {
        Self { estimate: factor.estimate(), low: factor.low(), high: factor.high() }
    }
}

#[derive(Serialize)]
struct Excluded<'board> {
    id: Uuid,
    name: &'board str,
    because: &'static str,
    reason: &'static str,
}

/// Which launch to board, with every other that was weighed.
pub(super) async fn json(
    State(state): State<AppState>,
    RawQuery(raw): RawQuery,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let query = DecisionQuery::parse(raw.as_deref().unwrap_or_default())?;
    let board = state.db.board().await?;
    let answer = answer(&board, &query);
    let body = serde_json::to_vec(&answer).map_err(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, "could not write the decision as JSON");
        Problem::Internal
    })?;
    Ok(Export { kind: "application/json", name: None, next: None, body }.answer(&asked))
}

fn answer<'board>(board: &'board Board, query: &DecisionQuery) -> Answer<'board> {
    let launches = board.upcoming();
    let now = whole_hour(board.now);
    let decision = Decision::make(launches, query, now);
    let id = |at: usize| launches.get(at).map(|launch| launch.id);
    let hundredths = |weight: u16| f64::from(weight) / 100.0;
    let ranked = decision.ranked.iter().enumerate().filter_map(|(rank, one)| {
        let launch = launches.get(one.at)?;
        Some(Ride {
            id: launch.id,
            name: &launch.name,
            rank: rank + 1,
            score: one.score.into(),
            nearness: one.nearness.into(),
            in_window: one.in_window.into(),
            success: one.success.into(),
            reason: decision.sentence(rank, launches, query),
            moon: &launch.moon,
        })
    });
    let excluded = decision.excluded.iter().filter_map(|excluded| {
        let launch = launches.get(excluded.at)?;
        Some(Excluded { id: launch.id, name: &launch.name, because: excluded.why.slug(), reason: excluded.why.words() })
    });
    Answer {
        board: decision.best().and_then(|best| id(best.at)),
        stay_home: decision.home.and_then(|home| {
            let reason = decision.why_stay(launches, query, now)?;
            Some(StayHome { because: home.slug(), reason })
        }),
        as_of: board.observed_at(),
        source: board.freshness.source,
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
            fallback: by.fallback.and_then(id),
            let_go: by.let_go.iter().filter_map(|at| id(*at)).collect(),
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
        ranked: ranked.collect(),
        apart: excluded.collect(),
        elsewhere: decision.elsewhere,
    }
}
