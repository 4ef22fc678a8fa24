//! The server functions of the application, called by its browser part under `/api/NAME`.

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderName, Method, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::{MethodFilter, on},
};
use leptos::server_fn::axum::server_fn_paths;
use serde::Deserialize;

use super::{refusal::Refusal, state::AppState};

/// The header with which `server_fn` marks a response as an error.
const ERROR: HeaderName = HeaderName::from_static("serverfnerror");
/// An error is a few hundred bytes.
const LONGEST_ERROR: usize = 64 * 1024;

/// Returns the paths of the server functions, which `leptos_axum` must not register itself.
pub(super) fn paths() -> Vec<String> {
    server_fn_paths().map(|(path, _)| path.to_owned()).collect()
}

pub(super) fn router(context: impl Fn() + Clone + Send + Sync + 'static) -> Router<AppState> {
    let mut router = Router::new();
    for (path, method) in server_fn_paths() {
        // Each of ours uses one of these two methods.
        let filter = if method == Method::POST { MethodFilter::POST } else { MethodFilter::GET };
        let context = context.clone();
        router = router.route(path, on(filter, move |request: Request| answer(context, request)));
    }
    router
}

async fn answer(context: impl Fn() + Clone + Send + 'static, mut request: Request) -> Response {
    // `server_fn` redirects an HTML form back to its Referer, which is under the control of the sender. We have no such forms, and this
    // server must not redirect to another site (open redirect).
    request.headers_mut().remove(header::ACCEPT);
    request.headers_mut().remove(header::REFERER);
    let response = leptos_axum::handle_server_fns_with_context(context, request).await.into_response();
    if response.headers().contains_key(ERROR) { with_status(response).await } else { response }
}

/// `server_fn` uses status 500 for every error; our body contains the real status.
async fn with_status(mut response: Response) -> Response {
    #[derive(Deserialize)]
    struct Status {
        status: u16,
    }
    let body = std::mem::take(response.body_mut());
    let Ok(body) = to_bytes(body, LONGEST_ERROR).await else { return Refusal::internal().into_response() };
    let said = serde_json::from_slice::<Status>(&body).ok().and_then(|said| StatusCode::from_u16(said.status).ok());
    *response.status_mut() = said.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    *response.body_mut() = Body::from(body);
    response.headers_mut().remove(ERROR);
    response
}
