//! `/api/v1`: the same question as the board's, answered for programs.

mod atom;
mod changed;
mod csv;
mod decision;
mod events;
mod export;
mod forecast;
mod freshness;
mod ics;
mod launch;
mod launches;
mod page;
mod part;
mod problem;
mod question;
mod runs;
#[cfg(test)]
mod sample;
mod scorecard;
mod view;

use axum::{Router, routing::get};

use super::AppState;

pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route("/v1/launches", get(launches::json))
        .route("/v1/launches.json", get(launches::json))
        .route("/v1/launches.csv", get(launches::csv))
        .route("/v1/launches.ics", get(launches::ics))
        .route("/v1/launches.atom", get(launches::atom))
        .route("/v1/launches/changed", get(changed::json))
        .route("/v1/launches/{id}", get(launch::one))
        .route("/v1/decision", get(decision::json))
        .route("/v1/launches/{id}/forecast", get(forecast::one))
        .route("/v1/scorecard", get(scorecard::json))
        .route("/v1/events", get(events::stream))
        .route("/v1/freshness", get(freshness::json))
        .route("/v1/pipeline/runs", get(runs::json))
        .method_not_allowed_fallback(problem::method_not_allowed)
}
