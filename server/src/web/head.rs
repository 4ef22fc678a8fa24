use axum::{
    body::{Body, HttpBody as _},
    extract::Request,
    http::{Method, StatusCode, header},
    middleware::Next,
    response::Response,
};

/// Answers HEAD as GET without the body: with the same status and headers, whichever layer has set them. A router that drops the body
/// further in leaves its length to a layer that compresses nothing and calls it compressed.
pub(super) async fn head_like_get(mut request: Request, next: Next) -> Response {
    if *request.method() != Method::HEAD {
        return next.run(request).await;
    }
    *request.method_mut() = Method::GET;
    let mut response = next.run(request).await;
    let has_body = !matches!(response.status(), StatusCode::NOT_MODIFIED | StatusCode::NO_CONTENT);
    if let Some(length) = response.body().size_hint().exact().filter(|_| has_body) {
        response.headers_mut().entry(header::CONTENT_LENGTH).or_insert(length.into());
    }
    *response.body_mut() = Body::empty();
    response
}
