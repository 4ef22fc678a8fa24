use std::convert::Infallible;

use axum::{
    body::{Body, Bytes, HttpBody as _},
    extract::Request,
    http::{Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use futures::stream;

/// Answers HEAD as GET without the body: with the same status and headers, whichever layer has set them. A router that drops the body
/// further in leaves its length to a layer that compresses nothing and calls it compressed.
pub(super) async fn head_like_get(mut request: Request, next: Next) -> Response {
    if *request.method() != Method::HEAD {
        return next.run(request).await;
    }
    *request.method_mut() = Method::GET;
    let mut response = next.run(request).await;
    // A length that is not known is not sent: the HTTP library would say 0 of an empty body.
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
