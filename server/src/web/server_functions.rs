//! The server functions of the application, which its browser half asks under `/api/NAME`.

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

use super::{AppState, refusal::Refusal};

/// How `server_fn` marks an answer as an error.
const ERROR: HeaderName = HeaderName::from_static("serverfnerror");
/// An error is a few hundred bytes.
const LONGEST_ERROR: usize = 64 * 1024;

/// Their paths: `leptos_axum` is told to leave them to us.
pub(super) fn paths() -> Vec<String> {
    server_fn_paths().map(|(path, _)| path.to_owned()).collect()
}

pub(super) fn router(context: impl Fn() + Clone + Send + Sync + 'static) -> Router<AppState> {
    let mut router = Router::new();
    for (path, method) in server_fn_paths() {
        // All of ours are one or the other.
        let filter = if method == Method::POST { MethodFilter::POST } else { MethodFilter::GET };
        let context = context.clone();
        router = router.route(path, on(filter, move |request: Request| answer(context, request)));
    }
    router
}

async fn answer(context: impl Fn() + Clone + Send + 'static, mut request: Request) -> Response {
    // An HTML form that is sent to a server function is led back to where it came from, which is whatever its Referer says. We have no
    // such forms, and nobody is led to another site by us.
    request.headers_mut().remove(header::ACCEPT);
    request.headers_mut().remove(header::REFERER);
    let response = leptos_axum::handle_server_fns_with_context(context, request).await.into_response();
    if response.headers().contains_key(ERROR) { with_status(response).await } else { response }
}

/// `server_fn` answers every error with status 500; the body of ours says which it is.
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
