//! Answers in the wording of Django REST Framework.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde_json::json;

/// A JSON answer.
pub(crate) fn json_body(status: StatusCode, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// `{"detail": …}`, the shape of every error of LL2 but the 400.
pub(crate) fn detail(status: StatusCode, text: &str) -> Response {
    json_body(status, json!({ "detail": text }).to_string())
}

/// The 429 of DRF; `retry_after` is the header as it is to be sent, if at all.
pub(crate) fn throttled(seconds: i64, retry_after: Option<&str>) -> Response {
    let unit = if seconds == 1 { "second" } else { "seconds" };
    let text = format!("Request was throttled. Expected available in {seconds} {unit}.");
    let mut response = detail(StatusCode::TOO_MANY_REQUESTS, &text);
    if let Some(value) = retry_after.and_then(|value| HeaderValue::from_str(value).ok()) {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    response
}
