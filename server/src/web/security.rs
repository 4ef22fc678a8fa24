//! Headers on every answer, and a guard at the door.

use axum::{
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use leptos::nonce::Nonce;
use leptos_axum::ResponseOptions;

/// Style attributes are allowed, since bands are placed by an inline left and width; style elements are not, so that injected markup
/// cannot restyle the page or read from it by selectors. Browsers without `style-src-attr` (before Chrome 75, Firefox 108, Safari 15.4) go
/// by `style-src` and leave those attributes out; the program itself needs newer ones (`xtask/src/site/bundle.rs`), and there the page can
/// still be read. Scripts come from our own files, or carry the page's nonce (set by the shell, which knows it; this is the policy of
/// everything else).
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                      style-src-attr 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
                      form-action 'self'; frame-ancestors 'none'";

/// The policy of a page that carries its data in inline scripts: those with the page's nonce run, no others.
pub(super) fn allow_scripts_of(nonce: &Nonce, response: &ResponseOptions) {
    let policy = POLICY.replace("script-src 'self'", &format!("script-src 'self' 'nonce-{nonce}'"));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// Adds the headers that no answer may lack.
pub(super) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    // HTML carries live data, so it is asked for anew each time; the worker alone takes what the browser still has. Files set their own,
    // and an answer of the API is nobody's to keep.
    let is_page = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let keeping = if is_page { "private, no-cache" } else { "no-store" };
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(keeping));
    response
}

/// Refuses what a foreign page sends in the visitor's name.
///
/// Leptos does not guard server functions by design, and its decoders accept `text/plain` bodies, so that a foreign form
/// would pass without a preflight. Browsers tell where a request comes from; other programs send no such header.
pub(super) async fn same_origin(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let site = request.headers().get("sec-fetch-site").and_then(|value| value.to_str().ok());
    if !reads && matches!(site, Some("cross-site" | "same-site")) {
        return (StatusCode::FORBIDDEN, "refused: the request comes from another site\n").into_response();
    }
    next.run(request).await
}

/// Answers nothing to visitors: public reading is off, and there are no accounts yet to read with.
pub(super) async fn members_only() -> impl IntoResponse {
    let text = "This Mooncoon is not public, and accounts do not exist yet. \
                Whoever runs it can set MOONCOON_PUBLIC_READ=on.\n";
    (StatusCode::FORBIDDEN, text)
}
