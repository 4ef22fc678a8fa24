//! The providers, rockets and pads of the launches in the database.

use axum::{
    extract::{RawQuery, State},
    http::HeaderMap,
    response::Response,
};

use super::{
    export::Export,
    openapi::{PageKeys, Refusals, Unchanged},
    page::Page,
    problem::Problem,
    view::{FromDomain as _, Listed, ListedPad, ProviderRecord, RocketRecord},
};
use crate::web::state::AppState;

/// The launch service providers, in the order of their names, a page at a time.
#[utoipa::path(
    get,
    path = "/api/v1/providers",
    operation_id = "providers",
    tag = "data",
    params(PageKeys),
    responses((status = 200, description = "A page of providers", body = Listed<ProviderRecord>), Unchanged, Refusals)
)]
pub(super) async fn providers(
    State(state): State<AppState>,
    RawQuery(raw): RawQuery,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let page = Page::parse(raw.as_deref().unwrap_or_default())?;
    let list = state.db.providers(page.limit, page.offset).await?;
    let freshness = state.db.freshness().await?;
    let providers = Vec::<ProviderRecord>::from_domain(list.entries);
    Ok(Export::json(&page.listed("/api/v1/providers", list.count, providers, &freshness))?.answer(&asked))
}

/// The configurations of rockets, in the order of their names, a page at a time.
#[utoipa::path(
    get,
    path = "/api/v1/rockets",
    operation_id = "rockets",
    tag = "data",
    params(PageKeys),
    responses((status = 200, description = "A page of rockets", body = Listed<RocketRecord>), Unchanged, Refusals)
)]
pub(super) async fn rockets(
    State(state): State<AppState>,
    RawQuery(raw): RawQuery,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let page = Page::parse(raw.as_deref().unwrap_or_default())?;
    let list = state.db.rockets(page.limit, page.offset).await?;
    let freshness = state.db.freshness().await?;
    let rockets = Vec::<RocketRecord>::from_domain(list.entries);
    Ok(Export::json(&page.listed("/api/v1/rockets", list.count, rockets, &freshness))?.answer(&asked))
}

/// The launch pads, in the order of their names, a page at a time.
#[utoipa::path(
    get,
    path = "/api/v1/pads",
    operation_id = "pads",
    tag = "data",
    params(PageKeys),
    responses((status = 200, description = "A page of pads", body = Listed<ListedPad>), Unchanged, Refusals)
)]
pub(super) async fn pads(
    State(state): State<AppState>,
    RawQuery(raw): RawQuery,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let page = Page::parse(raw.as_deref().unwrap_or_default())?;
    let list = state.db.pads(page.limit, page.offset).await?;
    let freshness = state.db.freshness().await?;
    let pads = Vec::<ListedPad>::from_domain(list.entries);
    Ok(Export::json(&page.listed("/api/v1/pads", list.count, pads, &freshness))?.answer(&asked))
}
