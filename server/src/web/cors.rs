//! Reads of `/api/v1` are open to pages of other origins. Nothing else is, the server functions beside them (`/api/board`) included.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};

/// What may be read from anywhere.
pub(super) fn is_open(path: &str) -> bool {
    path == "/api/v1" || path.starts_with("/api/v1/")
}

/// Answers `OPTIONS` there, the question that a browser asks before some reads of a foreign page among them.
pub(super) async fn preflight(request: Request, next: Next) -> Response {
    if *request.method() != Method::OPTIONS || !is_open(request.uri().path()) {
        return next.run(request).await;
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, OPTIONS"));
    if request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD, OPTIONS"));
        // For a request without credentials this is any header but Authorization, of which none means anything to a read.
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("*"));
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    }
    response
}

/// The headers of every answer there, errors included: a client must be able to read why.
///
/// `*` and no credentials: whoever reads from elsewhere reads what anybody may read, whatever cookies the visitor has.
pub(super) fn open(headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("*"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
}
