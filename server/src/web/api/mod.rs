//! `/api/v1`: the board's queries, for other programs.

mod atom;
mod changed;
mod changed_since;
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

use axum::{Extension, Router, routing::get};
use utoipa::OpenApi as _;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::state::AppState;

/// Returns every route of the API, each with its description. [`domain::route::API`] declares what each route reads; a test checks that
/// the two match (`super::route_table`).
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
    let (router, document) = routes().split_for_parts();
    router
        // A page for people that is not part of the OpenAPI document.
        .route("/api/docs", get(openapi::reader::page))
        .method_not_allowed_fallback(problem::method_not_allowed)
        .layer(Extension(openapi::Document::new(document)))
}

/// Returns the paths in the OpenAPI document.
#[cfg(test)]
pub(super) fn described() -> Vec<String> {
    routes().into_openapi().paths.paths.into_keys().collect()
}
