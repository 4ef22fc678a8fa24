//! Errors as RFC 9457 `application/problem+json`.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use domain::QueryError;
use serde::Serialize;

/// An answer that is not what was asked for, and why.
#[derive(Debug)]
pub(super) enum Problem {
    BadQuery(QueryError),
    NotFound(String),
    MethodNotAllowed,
    /// The database is out of reach or too busy; the same question may be answered a moment later.
    Unavailable,
    /// As many listen as can be served.
    NoPlace,
    /// The cause is in the log; a client never reads about our database.
    Internal,
}

#[derive(Serialize)]
struct Body<'problem> {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    detail: &'problem str,
    /// The key of the query string that was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<&'problem str>,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, title, detail, key) = match &self {
            Self::BadQuery(error) => {
                (StatusCode::BAD_REQUEST, "Bad query", error.to_string(), Some(error.key.as_str()))
            }
            Self::NotFound(detail) => (StatusCode::NOT_FOUND, "Not found", detail.clone(), None),
            Self::MethodNotAllowed => {
                (StatusCode::METHOD_NOT_ALLOWED, "Method not allowed", "only GET is answered here".to_owned(), None)
            }
            Self::Unavailable => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Database unavailable",
                "the database does not answer at the moment; the upcoming launches, without past or as_of, are served as they were last read"
                    .to_owned(),
                None,
            ),
            Self::NoPlace => (
                StatusCode::SERVICE_UNAVAILABLE,
                "No place left",
                "as many browsers as can be served listen already; ask /api/v1/freshness, or come again later"
                    .to_owned(),
                None,
            ),
            Self::Internal => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "Internal error",
                "the request was understood, but could not be answered; the log says why".to_owned(),
                None,
            ),
        };
        let body = Body { r#type: "about:blank", title, status: status.as_u16(), detail: &detail, key };
        let mut response = (status, Json(body)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        let retry_after = match self {
            Self::NoPlace => Some("60"),
            Self::Unavailable => Some("5"),
            _ => None,
        };
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(seconds));
        }
        response
    }
}

impl From<QueryError> for Problem {
    fn from(error: QueryError) -> Self {
        Self::BadQuery(error)
    }
}

impl From<warehouse::Error> for Problem {
    fn from(error: warehouse::Error) -> Self {
        if error.is_unavailable() {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "could not answer an API request: the database does not answer"
            );
            return Self::Unavailable;
        }
        tracing::error!(error = &error as &dyn std::error::Error, "could not answer an API request");
        Self::Internal
    }
}

pub(super) async fn no_such_resource(uri: Uri) -> Problem {
    Problem::NotFound(format!("there is no {}", uri.path()))
}

pub(super) async fn method_not_allowed() -> Problem {
    Problem::MethodNotAllowed
}
