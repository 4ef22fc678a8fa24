//! `/api/v1`: the same question as the board's, answered for programs.

mod atom;
mod changed;
mod changes;
mod csv;
mod decision;
mod events;
mod export;
mod forecast;
mod freshness;
mod ics;
mod launch;
mod launches;
mod openapi;
mod page;
mod part;
mod problem;
mod question;
mod runs;
#[cfg(test)]
mod sample;
mod scorecard;
mod subjects;
mod view;

use axum::{Router, routing::get};
use utoipa::OpenApi as _;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::AppState;

/// Every route of the API, each with its description. What each reads is said by [`domain::route::API`]; a test holds the two equal
/// (`super::route_table`).
fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(openapi::Api::openapi())
        .routes(routes!(launches::json))
        .routes(routes!(launches::named_json))
        .routes(routes!(launches::csv))
        .routes(routes!(launches::ics))
        .routes(routes!(launches::atom))
        .routes(routes!(changed::json))
        .routes(routes!(launch::one))
        .routes(routes!(forecast::one))
        .routes(routes!(changes::json))
        .routes(routes!(decision::json))
        .routes(routes!(scorecard::json))
        .routes(routes!(subjects::providers))
        .routes(routes!(subjects::rockets))
        .routes(routes!(subjects::pads))
        .routes(routes!(events::stream))
        .routes(routes!(freshness::json))
        .routes(routes!(runs::json))
        .routes(routes!(openapi::json))
}

pub(super) fn router() -> Router<AppState> {
    let (router, _) = routes().split_for_parts();
    // A page for people, and no part of what is described.
    router.route("/api/docs", get(openapi::reader::page)).method_not_allowed_fallback(problem::method_not_allowed)
}

/// The paths that the description names.
#[cfg(test)]
pub(super) fn described() -> Vec<String> {
    routes().into_openapi().paths.paths.into_keys().collect()
}
