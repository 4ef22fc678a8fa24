//! The HTTP side: pages, API, pictures, health.

mod api;
mod canonical;
mod client;
mod contain;
mod cors;
mod head;
mod health;
mod media;
mod permits;
mod plain_page;
mod refusal;
#[cfg(test)]
mod route_table;
mod security;
mod server_functions;
mod site;
mod state;
mod static_files;

use std::sync::Arc;

use axum::{
    Router,
    extract::{OriginalUri, State},
    http::{HeaderMap, Method, StatusCode},
    middleware,
    response::{IntoResponse as _, Response},
    routing::get,
};
use leptos::{
    nonce::use_nonce,
    prelude::{provide_context, use_context},
};
use leptos_axum::{LeptosRoutes as _, ResponseOptions, generate_route_list_with_exclusions};
use tower_http::{compression::CompressionLayer, limit::RequestBodyLimitLayer};

use self::refusal::Refusal;

pub(crate) use client::Addressing;
pub(crate) use media::MediaStore;
pub(crate) use permits::worker_threads;
pub(crate) use site::Site;
pub(crate) use state::AppState;

/// No page or API takes a body larger than this; server functions send a few hundred bytes.
const BODY_LIMIT: usize = 64 * 1024;

/// Returns every route of the program. Without public reading only health is served: the safe interpretation of a setting whose other
/// half, accounts, does not exist yet.
///
/// The layers that a request passes on its way in, in the reverse order of the code: identification of the client (puts the request id in
/// every log line), response headers, the form of refusals, canonical paths, panics and the timeout, and then, except for health, the
/// host, the origin of writes, cross-origin reads of the API, and the body size. The response passes them in the opposite order.
pub(crate) fn router(state: AppState, addressing: Addressing, public_read: bool) -> Router {
    // Before Leptos is set up: it keeps the first executor that it gets.
    contain::watch_spawned_tasks();
    let addressing = Arc::new(addressing);
    let stylesheet: Arc<str> = state.site.assets().css.as_str().into();
    let content = if public_read { content(&state) } else { Router::new().fallback(security::members_only) };
    content
        .layer(RequestBodyLimitLayer::new(BODY_LIMIT))
        .layer(middleware::from_fn(cors::preflight))
        .layer(middleware::from_fn_with_state(Arc::clone(&addressing), security::same_origin))
        .layer(middleware::from_fn_with_state(Arc::clone(&addressing), security::known_host))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .layer(middleware::from_fn(contain::contain))
        .layer(middleware::from_fn(canonical::canonical_paths))
        .layer(middleware::from_fn_with_state(stylesheet, refusal::present))
        .layer(middleware::from_fn(head::head_like_get))
        .layer(middleware::from_fn(security::headers))
        .layer(middleware::from_fn_with_state(addressing, client::identify))
        .with_state(state)
}

/// The routes that need public reading.
fn content(state: &AppState) -> Router<AppState> {
    let context = page_context(state);
    let shell = {
        let assets = state.site.assets().clone();
        move || app::shell(assets.clone())
    };
    let pages = generate_route_list_with_exclusions(app::App, Some(server_functions::paths()));
    Router::new()
        .leptos_routes_with_context(state, pages, context.clone(), shell)
        .merge(server_functions::router(context))
        .merge(api::router())
        // Only responses made per request: static files are compressed at build time, and pictures are compressed formats.
        .layer(CompressionLayer::new())
        // Outside of the compression, which uses the CPU too.
        .layer(middleware::from_fn_with_state(permits::Permits::new(crate::runtime::cores()), permits::bound))
        .route("/media/{key}", get(media::picture))
        .fallback(file_or_nothing)
}

/// Returns a function that provides the context of every page and server function, and sets the page's own security policy.
fn page_context(state: &AppState) -> impl Fn() + Clone + Send + Sync + 'static {
    let (db, assets, blueprint) = (state.db.clone(), state.site.assets().clone(), Arc::clone(&state.blueprint));
    let tasks = state.tasks.clone();
    move || {
        provide_context(tasks.all());
        provide_context(db.clone());
        provide_context(assets.clone());
        provide_context(Arc::clone(&blueprint));
        if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) {
            security::allow_scripts_of(&nonce, &response);
        }
    }
}

/// Serves a file of the browser bundle, else a fixed 404. Never falls back to the application: its own router parses paths differently,
/// and would render any page at an address that no guard covers.
async fn file_or_nothing(
    State(state): State<AppState>,
    method: Method,
    // A nested router would show only its own part of the path.
    OriginalUri(uri): OriginalUri,
    asked: HeaderMap,
) -> Response {
    if let Some(file) = state.site.files().answer(uri.path(), &method, &asked).await {
        return file;
    }
    if refusal::is_of_api(uri.path()) {
        let path: String = uri.path().chars().take(200).collect();
        return Refusal::new(StatusCode::NOT_FOUND, "Not found", format!("there is no {path}")).into_response();
    }
    Refusal::not_found().into_response()
}
