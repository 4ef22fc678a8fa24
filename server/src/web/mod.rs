//! Everything that speaks HTTP: pages, API, pictures, health.

mod api;
mod canonical;
mod client;
mod contain;
mod cors;
mod head;
mod health;
mod media;
mod permits;
mod refusal;
#[cfg(test)]
mod route_table;
mod security;
mod server_functions;
mod site;
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
use domain::Blueprint;
use leptos::{
    nonce::use_nonce,
    prelude::{LeptosOptions, provide_context, use_context},
};
use leptos_axum::{LeptosRoutes as _, ResponseOptions, generate_route_list_with_exclusions};
use tower_http::{compression::CompressionLayer, limit::RequestBodyLimitLayer};
use warehouse::Db;

use self::refusal::Refusal;
use crate::{background::BackgroundTasks, news::News};

pub(crate) use client::Addressing;
pub(crate) use media::MediaStore;
pub(crate) use permits::worker_threads;
pub(crate) use site::Site;

/// No page or API takes a body larger than this; server functions send a few hundred bytes.
const BODY_LIMIT: usize = 64 * 1024;

/// What handlers share.
#[derive(Clone)]
pub(crate) struct AppState {
    pub(crate) db: Db,
    pub(crate) site: Site,
    pub(crate) media: MediaStore,
    pub(crate) news: News,
    pub(crate) tasks: BackgroundTasks,
    blueprint: Arc<Blueprint>,
    leptos: LeptosOptions,
}

impl AppState {
    /// `blueprint` is what the ingest job says of itself; pages show it and know no more of the job.
    pub(crate) fn new(
        db: Db,
        site: Site,
        media: MediaStore,
        news: News,
        tasks: BackgroundTasks,
        blueprint: Blueprint,
    ) -> Self {
        let leptos = LeptosOptions::builder().output_name("mooncoon").build();
        Self { db, site, media, news, tasks, blueprint: Arc::new(blueprint), leptos }
    }
}

impl axum::extract::FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}

/// Every route of the program. Without public reading nothing but health is answered: the safe reading of a setting whose
/// other half, accounts, does not exist yet.
///
/// What a request passes on its way in, from below upwards: who asks (with the request's id in every line of the log), the headers of
/// every answer, the forms of refusals, the one spelling of paths, panics and the timeout, and then, except for health, the host, the
/// origin of writes, foreign reads of the API, and the size of the body. Its answer passes them in the opposite order.
pub(crate) fn router(state: AppState, addressing: Addressing, public_read: bool) -> Router {
    // Before anything of Leptos is set up: it keeps the first executor that it is given.
    contain::watch_spawned_tasks();
    let addressing = Arc::new(addressing);
    let stylesheet: Arc<str> = state.site.assets().css.as_str().into();
    let content = if public_read { content(&state) } else { Router::new().fallback(security::members_only) };
    content
        .layer(RequestBodyLimitLayer::new(BODY_LIMIT))
        .layer(middleware::from_fn(cors::preflight))
        .layer(middleware::from_fn_with_state(Arc::clone(&addressing), security::same_origin))
        .layer(middleware::from_fn_with_state(Arc::clone(&addressing), client::known_host))
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

/// What there is to read.
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
        // Only what is made for the asker: files were compressed beforehand, and pictures are.
        .layer(CompressionLayer::new())
        // Outside of the compression, which is work too.
        .layer(middleware::from_fn_with_state(permits::Permits::new(crate::runtime::cores()), permits::bound))
        .route("/media/{key}", get(media::picture))
        .fallback(file_or_nothing)
}

/// What every page and server function finds in its context; sets the page's own security policy on the way.
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

/// A file of the browser bundle, else a fixed answer. Never the application: its own router reads a path in its own way, and would
/// render any page at an address that no rule knows it by.
async fn file_or_nothing(
    State(state): State<AppState>,
    method: Method,
    // A nested router would show its own part of the path only.
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
