//! Errors as RFC 9457 `application/problem+json`.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::QueryError;

use crate::web::refusal::Refusal;

/// The reason for an error response.
#[derive(Debug)]
pub(super) enum Problem {
    BadQuery(QueryError),
    NotFound(String),
    MethodNotAllowed,
    /// The database is unreachable or too busy; the same request may succeed a moment later.
    Unavailable,
    /// All places for event streams are taken.
    NoPlace,
    /// The cause is in the log; a client gets no details about our database.
    Internal,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, title, detail, key) = match &self {
            Self::BadQuery(error) => {
                (StatusCode::BAD_REQUEST, "Bad query", error.to_string(), Some(error.key.as_str()))
            }
            Self::NotFound(detail) => (StatusCode::NOT_FOUND, "Not found", detail.clone(), None),
            Self::MethodNotAllowed => (
                StatusCode::METHOD_NOT_ALLOWED,
                "Method not allowed",
                "only GET, HEAD and OPTIONS are supported here".to_owned(),
                None,
            ),
            Self::Unavailable => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Database unavailable",
                "the database does not respond at the moment; upcoming launches, without past or as_of, are served from the last read"
                    .to_owned(),
                None,
            ),
            Self::NoPlace => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Too many streams",
                "the maximum number of event streams is reached; poll /api/v1/freshness, or try again later"
                    .to_owned(),
                None,
            ),
            Self::Internal => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "Internal error",
                "the server failed to process the request; the log has the reason".to_owned(),
                None,
            ),
        };
        let retry_after = match self {
            Self::NoPlace => Some(60),
            Self::Unavailable => Some(5),
            _ => None,
        };
        Refusal::new(status, title, detail).about(key).retry_after(retry_after).into_response()
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
                "could not process an API request: the database does not respond"
            );
            return Self::Unavailable;
        }
        tracing::error!(error = &error as &dyn std::error::Error, "could not process an API request");
        Self::Internal
    }
}

pub(super) async fn method_not_allowed() -> Problem {
    Problem::MethodNotAllowed
}
