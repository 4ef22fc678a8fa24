//! The OpenAPI document of the API: generated from its handlers and response types, served as `/api/openapi.json`.

mod answers;
mod parameters;
pub(super) mod reader;

use std::sync::Arc;

use axum::{Extension, extract::RawQuery, http::HeaderMap, response::Response};
use utoipa::OpenApi;

use super::{export::Export, launch, problem::Problem, question::takes_no_keys};
use crate::web::refusal;

pub(super) use self::{
    answers::{Refusals, Unchanged, UnknownLaunch},
    parameters::{AlarmKeys, CalendarKeys, ChangedKeys, CsvKeys, DecisionKeys, FeedKeys, ListKeys, PageKeys},
};

/// The parts that no handler declares: what the API is, and the format of its errors.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Mooncoon",
        description = "Upcoming rocket launches, what is predicted of them, and which one to board. Launch data: The Space Devs, \
                       Launch Library 2. Every response may be read from other origins. Keys that other sites append to shared links, \
                       such as fbclid and utm_source, are ignored; any other unknown key is refused.",
        license(name = "MIT OR Apache-2.0"),
    ),
    // Handled by the handler of `/api/v1/launches/{id}`: the router cannot distinguish the two addresses.
    paths(launch::calendar),
    components(schemas(refusal::Problem)),
)]
pub(super) struct Api;

/// The whole document. The router, which knows every route, passes it to the handlers.
#[derive(Clone)]
pub(super) struct Document(Arc<utoipa::openapi::OpenApi>);

impl Document {
    pub(super) fn new(document: utoipa::openapi::OpenApi) -> Self {
        Self(Arc::new(document))
    }
}

/// The OpenAPI document of this API.
#[utoipa::path(
    get,
    path = "/api/openapi.json",
    operation_id = "openapi",
    tag = "description",
    responses((status = 200, description = "An OpenAPI 3.1 document", body = serde_json::Value), Unchanged, Refusals)
)]
pub(super) async fn json(
    Extension(document): Extension<Document>,
    RawQuery(raw): RawQuery,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    takes_no_keys(raw.as_deref())?;
    Ok(Export::json(&*document.0)?.answer(&asked))
}

#[cfg(test)]
mod tests;
