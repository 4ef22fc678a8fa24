//! Everything that speaks HTTP: pages, API, pictures, health.

mod api;
mod health;
mod media;
mod security;
mod site;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{Request, State},
    http::StatusCode,
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};
use domain::Blueprint;
use leptos::{
    nonce::use_nonce,
    prelude::{LeptosOptions, provide_context, use_context},
};
use leptos_axum::{LeptosRoutes as _, ResponseOptions, generate_route_list};
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, limit::RequestBodyLimitLayer, timeout::TimeoutLayer,
    trace::TraceLayer,
};
use warehouse::Db;

use crate::{background::BackgroundTasks, news::News};

pub(crate) use media::MediaStore;
pub(crate) use site::Site;

/// No page or API takes a body larger than this; server functions send a few hundred bytes.
const BODY_LIMIT: usize = 64 * 1024;
/// A visitor who waits longer has left.
const TIMEOUT: Duration = Duration::from_secs(30);

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
pub(crate) fn router(state: AppState, public_read: bool) -> Router {
    let content = if public_read { content(&state) } else { Router::new().fallback(security::members_only) };
    content
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(security::headers))
        .layer(middleware::from_fn(security::same_origin))
        .layer(RequestBodyLimitLayer::new(BODY_LIMIT))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIMEOUT))
        .layer(CatchPanicLayer::new())
        .layer(TraceLayer::new_for_http())
        // Outside of all layers: the process is up even when nothing else works.
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .with_state(state)
}

/// What there is to read.
fn content(state: &AppState) -> Router<AppState> {
    let context = page_context(state);
    let shell = {
        let assets = state.site.assets().clone();
        move || app::shell(assets.clone())
    };
    Router::new()
        .leptos_routes_with_context(state, generate_route_list(app::App), context, shell)
        .nest("/api", api::router())
        .route("/media/{key}", get(media::picture))
        .merge(state.site.router())
        .fallback(not_found)
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

/// A file of `public/`, else the application's own 404 page.
async fn not_found(State(state): State<AppState>, request: Request) -> Response {
    if let Some(response) = state.site.file(request.uri().path()).await {
        return response;
    }
    let assets = state.site.assets().clone();
    let handler = leptos_axum::render_app_async_with_context(page_context(&state), move || app::shell(assets.clone()));
    let mut response = handler(request).await.into_response();
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}
