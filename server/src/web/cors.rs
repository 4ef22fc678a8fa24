//! Allows pages of other origins to read `/api/v1` and its description. Nothing else is open to them, including the server functions (`/api/board`).

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};

/// Returns whether a path may be read from any origin.
pub(super) fn is_open(path: &str) -> bool {
    path == "/api/v1" || path.starts_with("/api/v1/") || path == "/api/openapi.json"
}

/// Responds to `OPTIONS` on these paths, including the preflight request that a browser sends before some cross-origin reads.
pub(super) async fn preflight(request: Request, next: Next) -> Response {
    if *request.method() != Method::OPTIONS || !is_open(request.uri().path()) {
        return next.run(request).await;
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, OPTIONS"));
    if request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD, OPTIONS"));
        // For a request without credentials this allows any header except Authorization. No read uses any of them.
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("*"));
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    }
    response
}

/// Sets the headers of every response on these paths, including errors: a client must be able to read the reason.
///
/// `*` and no credentials: another origin reads only public data, whatever cookies the visitor has.
pub(super) fn open(headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("*"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
}
