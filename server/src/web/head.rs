use std::convert::Infallible;

use axum::{
    body::{Body, Bytes, HttpBody as _},
    extract::Request,
    http::{Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use futures::stream;

/// Handles HEAD as GET without the body: with the same status and headers, whichever layer has set them. If a router further in dropped
/// the body, its length would be left to the compression layer, which compresses nothing and labels it as compressed.
pub(super) async fn head_like_get(mut request: Request, next: Next) -> Response {
    if *request.method() != Method::HEAD {
        return next.run(request).await;
    }
    *request.method_mut() = Method::GET;
    let mut response = next.run(request).await;
    // An unknown length is not sent: the HTTP library would send 0 for an empty body.
    let length = response.body().size_hint().exact();
    *response.body_mut() = match length {
        _ if matches!(response.status(), StatusCode::NOT_MODIFIED | StatusCode::NO_CONTENT) => Body::empty(),
        Some(length) => {
            response.headers_mut().entry(header::CONTENT_LENGTH).or_insert(length.into());
            Body::empty()
        }
        None => Body::from_stream(stream::empty::<Result<Bytes, Infallible>>()),
    };
    response
}
