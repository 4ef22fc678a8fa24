//! Responses with the texts of Django REST Framework.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde_json::json;

/// Creates a JSON response.
pub(crate) fn json_body(status: StatusCode, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// Creates `{"detail": …}`, the format of every LL2 error except the 400.
pub(crate) fn detail(status: StatusCode, text: &str) -> Response {
    json_body(status, json!({ "detail": text }).to_string())
}

/// Creates DRF's 429; `retry_after` is the value of the header, if it is sent.
pub(crate) fn throttled(seconds: i64, retry_after: Option<&str>) -> Response {
    let unit = if seconds == 1 { "second" } else { "seconds" };
    let text = format!("Request was throttled. Expected available in {seconds} {unit}.");
    let mut response = detail(StatusCode::TOO_MANY_REQUESTS, &text);
    if let Some(value) = retry_after.and_then(|value| HeaderValue::from_str(value).ok()) {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    response
}
