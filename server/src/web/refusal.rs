//! Error responses: one type for all of them, presented in the form that the client accepts.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    client::Client,
    plain_page::{escaped, plain_page},
};
use crate::once_a_second::OnceASecond;

/// Why a request is refused. A handler returns it as plain text; [`present`] converts it to the form that the client accepts.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    title: &'static str,
    detail: String,
    key: Option<String>,
    retry_after: Option<u16>,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, title: &'static str, detail: String) -> Self {
        Self { status, title, detail, key: None, retry_after: None }
    }

    /// Sets the key of the query string that was refused.
    pub(super) fn about(self, key: Option<&str>) -> Self {
        Self { key: key.map(|key| key.chars().take(200).collect()), ..self }
    }

    pub(super) fn retry_after(self, seconds: Option<u16>) -> Self {
        Self { retry_after: seconds, ..self }
    }

    pub(super) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Not found", "There is no page at this address.".to_owned())
    }

    pub(super) fn method_not_allowed() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "Method not allowed",
            "only GET and HEAD are supported here".to_owned(),
        )
    }

    /// For internal errors. The cause is in the log, under the request id.
    pub(super) fn internal() -> Self {
        let detail = "the server failed to process the request; the log has the reason".to_owned();
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "Internal error", detail)
    }

    /// For a response that has an error status and no [`Refusal`]: from the router, or from a layer that is not ours.
    fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::not_found(),
            StatusCode::METHOD_NOT_ALLOWED => Self::method_not_allowed(),
            StatusCode::PAYLOAD_TOO_LARGE => {
                Self::new(status, "Body too large", "the request body exceeds the limit".to_owned())
            }
            _ => {
                let title = status.canonical_reason().unwrap_or("Error");
                Self::new(status, title, "could not process the request".to_owned())
            }
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, format!("{}\n", self.detail)).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// The form in which a client reads an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// RFC 9457.
    Problem,
    Html,
    Text,
}

impl Form {
    fn of(path: &str, headers: &HeaderMap, status: StatusCode) -> Self {
        let accept: Vec<_> = headers.get_all(header::ACCEPT).iter().filter_map(|line| line.to_str().ok()).collect();
        let accept = accept.join(",").to_ascii_lowercase();
        let takes_html = accept.contains("text/html");
        if is_of_api(path) || (accept.contains("json") && !takes_html) {
            return Self::Problem;
        }
        // Programs without a preference read text more easily; a 404 is a page for every client.
        let takes_all = accept.is_empty() || accept.contains("*/*");
        if takes_html || (takes_all && status == StatusCode::NOT_FOUND) { Self::Html } else { Self::Text }
    }
}

/// Returns whether the path belongs to the API.
pub(super) fn is_of_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

/// A refusal in the format of RFC 9457 (`application/problem+json`).
#[derive(Serialize, ToSchema)]
pub(super) struct Problem<'answer> {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    detail: &'answer str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    key: Option<&'answer str>,
    /// The requested path.
    instance: &'answer str,
    request_id: &'answer str,
}

/// A flood of requests causes many refusals with 503: at most one log line a second. Any other failure is logged where it happens.
fn log_refused() {
    static LINES: OnceASecond = OnceASecond::new();
    if let Some(suppressed) = LINES.allow() {
        tracing::warn!(suppressed, "refused with 503");
    }
}

/// Presents each [`Refusal`] in the form that its client accepts, and also any other error response that is empty or plain text.
pub(super) async fn present(State(stylesheet): State<Arc<str>>, request: Request, next: Next) -> Response {
    let uri = request.uri().clone();
    let asked = request.headers().clone();
    let request_id = request.extensions().get::<Client>().map(|client| Arc::clone(&client.request_id));
    let mut response = next.run(request).await;
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    if status == StatusCode::SERVICE_UNAVAILABLE {
        log_refused();
    }
    let refusal = response.extensions_mut().remove::<Refusal>();
    let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    if refusal.is_none() && kind.is_some_and(|kind| !kind.starts_with(b"text/plain")) {
        // A page of the application, or a response with its own content.
        return response;
    }
    let refusal = refusal.unwrap_or_else(|| Refusal::of_status(status));
    let path: String = uri.path().chars().take(200).collect();
    let (kept, _) = response.into_parts();
    let mut answer = match Form::of(&path, &asked, status) {
        Form::Problem => {
            let body = Problem {
                r#type: "about:blank",
                title: refusal.title,
                status: status.as_u16(),
                detail: &refusal.detail,
                key: refusal.key.as_deref(),
                instance: &path,
                request_id: request_id.as_deref().unwrap_or_default(),
            };
            let mut answer = Json(body).into_response();
            let kind = HeaderValue::from_static("application/problem+json");
            answer.headers_mut().insert(header::CONTENT_TYPE, kind);
            answer
        }
        Form::Html => Html(page(&refusal, &stylesheet)).into_response(),
        Form::Text => format!("{}\n", refusal.detail).into_response(),
    };
    *answer.status_mut() = status;
    for (name, value) in &kept.headers {
        if !matches!(*name, header::CONTENT_TYPE | header::CONTENT_LENGTH | header::CONTENT_ENCODING) {
            answer.headers_mut().append(name, value.clone());
        }
    }
    answer.headers_mut().append(header::VARY, HeaderValue::from_static("accept"));
    answer
}

/// Builds a complete page without the application: a page that the application rendered at an unknown address would bypass every rule that
/// depends on the address.
fn page(refusal: &Refusal, stylesheet: &str) -> String {
    let (title, detail) = (escaped(refusal.title), escaped(&refusal.detail));
    let body = format!(
        "<main class=\"wrap\"><section class=\"panel pad state\"><h1>{title}</h1><p class=\"m\">{detail}</p>\
         <p class=\"row\"><a class=\"btn\" href=\"/\">Back to the board</a></p></section></main>"
    );
    plain_page(refusal.title, stylesheet, &body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_receives_the_format_that_it_accepts() {
        let form = |path: &str, accept: Option<&'static str>, status| {
            let mut headers = HeaderMap::new();
            headers.extend(accept.map(|accept| (header::ACCEPT, HeaderValue::from_static(accept))));
            Form::of(path, &headers, status)
        };
        let browser = Some("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        let (lost, refused) = (StatusCode::NOT_FOUND, StatusCode::FORBIDDEN);
        assert_eq!(form("/x", browser, lost), Form::Html);
        assert_eq!(form("/x", browser, refused), Form::Html);
        assert_eq!(form("/x", None, lost), Form::Html);
        assert_eq!(form("/x", Some("*/*"), lost), Form::Html);
        assert_eq!(form("/x", Some("*/*"), refused), Form::Text);
        assert_eq!(form("/x", Some("application/json"), refused), Form::Problem);
        assert_eq!(form("/x", Some("application/problem+json, */*"), lost), Form::Problem);
        for path in ["/api", "/api/v2/x", "/api/v1/launches/x"] {
            assert_eq!(form(path, browser, lost), Form::Problem, "{path}");
        }
        assert_eq!(form("/apiary", browser, lost), Form::Html);
    }

    #[test]
    fn the_page_escapes_all_markup() {
        let refusal = Refusal::new(StatusCode::NOT_FOUND, "Not found", "<script>'\"&".to_owned());
        let page = page(&refusal, "/pkg/main.css");
        assert!(page.contains("&lt;script&gt;&#39;&quot;&amp;"));
        assert!(page.contains("href=\"/pkg/main.css\""));
        assert!(page.len() < 2000);
    }
}
