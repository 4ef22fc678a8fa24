//! Security headers of every response, and guards against foreign requests.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use leptos::nonce::Nonce;
use leptos_axum::ResponseOptions;

use super::{
    client::{Addressing, Client},
    cors,
    refusal::Refusal,
};

/// Style attributes are allowed, because bands are placed by an inline left and width. Style elements are not, so that injected markup
/// cannot restyle the page or read from it by selectors. Browsers without `style-src-attr` (before Chrome 75, Firefox 108, Safari 15.4)
/// use `style-src` and ignore those attributes; the browser program itself needs newer ones (`site/src/bundle.rs`), and in the older ones
/// the page can still be read. Scripts come from our own files, or have the page's nonce (the shell sets that policy, because it knows the
/// nonce; this is the policy of all other responses).
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                      style-src-attr 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
                      form-action 'self'; frame-ancestors 'none'";

/// Sets the policy of a page that carries its data in inline scripts: only those with the page's nonce run.
pub(super) fn allow_scripts_of(nonce: &Nonce, response: &ResponseOptions) {
    let policy = POLICY.replace("script-src 'self'", &format!("script-src 'self' 'nonce-{nonce}'"));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// No page of ours uses any of these features, and an injected script must not use them either. Only names that browsers know: others
/// cause warnings in their consoles.
const UNUSED_FEATURES: &str =
    "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=()";

/// Adds the headers that every response must have, whichever layer made it.
pub(super) async fn headers(request: Request, next: Next) -> Response {
    let is_open = cors::is_open(request.uri().path());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        // For browsers that do not support the policy's `frame-ancestors`.
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), UNUSED_FEATURES),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if is_open {
        cors::open(headers);
    }
    // HTML contains live data, so it is revalidated each time; only the service worker uses a copy that the browser still has. Static
    // files set their own header. A response of the API is never cached.
    let is_page = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let keeping = if is_page { "private, no-cache" } else { "no-store" };
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(keeping));
    response
}

/// Refuses a host that is not ours. A foreign name that leads here is a mistake, or a site that has pointed its own name at this address,
/// to read through a visitor's browser what the visitor may see (DNS rebinding).
pub(super) async fn known_host(State(addressing): State<Arc<Addressing>>, request: Request, next: Next) -> Response {
    let refused = match request.extensions().get::<Client>().map(|client| &client.host) {
        Some(Ok(authority)) if addressing.answers_for(&authority.host) => None,
        Some(Ok(authority)) => Some(Refusal::new(
            StatusCode::MISDIRECTED_REQUEST,
            "Unknown host",
            format!(
                "this server does not serve the host {:?}; if that is its public name, set MOONCOON_PUBLIC_URL to its address, \
                 such as https://{}",
                authority.host.to_string().chars().take(200).collect::<String>(),
                authority.host.to_string().chars().take(200).collect::<String>(),
            ),
        )),
        Some(Err(reason)) => Some(Refusal::new(StatusCode::BAD_REQUEST, "Bad host", (*reason).to_owned())),
        None => Some(Refusal::internal()),
    };
    match refused {
        Some(refusal) => refusal.into_response(),
        None => next.run(request).await,
    }
}

/// Refuses writes that a page of another site sends on behalf of the visitor (CSRF).
///
/// Leptos does not guard server functions by design, and its decoders accept `text/plain` bodies, so that a form on another site would
/// pass without a preflight. Browsers send the origin of a request, old ones only in `Origin`; other programs send neither header.
pub(super) async fn same_origin(State(addressing): State<Arc<Addressing>>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || comes_from_us(&addressing, &request) {
        return next.run(request).await;
    }
    let detail = "refused: the request is from another site".to_owned();
    Refusal::new(StatusCode::FORBIDDEN, "Cross-site request", detail).into_response()
}

fn comes_from_us(addressing: &Addressing, request: &Request) -> bool {
    let headers = request.headers();
    if headers.contains_key("sec-fetch-site") {
        // `none`: the visitor started the request. An unknown value is not trusted.
        return headers
            .get_all("sec-fetch-site")
            .iter()
            .all(|site| matches!(site.as_bytes(), b"same-origin" | b"none"));
    }
    let client = request.extensions().get::<Client>();
    headers.get_all(header::ORIGIN).iter().all(|origin| {
        let origin = origin.to_str().ok();
        client.zip(origin).is_some_and(|(client, origin)| addressing.is_own_origin(origin, client))
    })
}

/// Refuses every request: public reading is off, and there are no accounts yet.
pub(super) async fn members_only() -> Refusal {
    let detail = "This server is not public, and there are no accounts. The operator can set MOONCOON_PUBLIC_READ=on.";
    Refusal::new(StatusCode::FORBIDDEN, "Not public", detail.to_owned())
}
