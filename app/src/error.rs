use bytes::Bytes;
use domain::QueryError;
use leptos::{
    prelude::FromServerFnError,
    server_fn::{ContentType, Decodes, Encodes, Format, FormatType, error::ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The error of a page. It is sent to the browser, so it never contains database text.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum AppError {
    #[error("there is no page at this address")]
    NotFound,
    /// The query string contains a key or a value that we do not know.
    #[error("the address has an invalid parameter")]
    BadRequest(#[source] QueryError),
    /// Logged on the server with its cause; the visitor learns only that it happened.
    #[error("the board could not be read")]
    Internal,
    /// The database is out of reach or too busy: the same request may succeed a moment later.
    #[error("the database does not respond at the moment")]
    Unavailable,
    /// There was no response.
    #[error("the server could not be reached")]
    Unreachable,
    /// The response could not be read by this program: the server has another version, or a proxy responded.
    #[error("the server's response could not be read")]
    Misread,
}

impl FromServerFnError for AppError {
    type Encoder = ProblemJson;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            // Only on the server, and only for other clients: ours sends valid arguments.
            ServerFnErrorErr::Args(reason) | ServerFnErrorErr::MissingArg(reason) => {
                Self::BadRequest(QueryError { key: "arguments".to_owned(), reason: reason.chars().take(200).collect() })
            }
            ServerFnErrorErr::Request(_) => Self::Unreachable,
            ServerFnErrorErr::Response(_) | ServerFnErrorErr::Deserialization(_) => {
                #[cfg(feature = "hydrate")]
                crate::version::doubt();
                Self::Misread
            }
            _ => Self::Internal,
        }
    }
}

#[cfg(feature = "hydrate")]
impl From<crate::version::Missing> for AppError {
    fn from(missing: crate::version::Missing) -> Self {
        match missing {
            crate::version::Missing::Unreachable => Self::Unreachable,
            crate::version::Missing::Unusable => Self::Misread,
        }
    }
}

#[cfg(feature = "ssr")]
impl From<warehouse::Error> for AppError {
    fn from(error: warehouse::Error) -> Self {
        // Logged only here: the error chain ends at this boundary.
        if error.is_unavailable() {
            // The database watcher logs one error per outage; this warning is per page.
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "cannot read a page: the database does not respond"
            );
            // Set here already: a server function called later has no error panel that would set the status.
            Self::Unavailable.set_status();
            return Self::Unavailable;
        }
        tracing::error!(error = &error as &dyn std::error::Error, "a page could not be read from the warehouse");
        Self::Internal
    }
}

impl AppError {
    /// Returns the HTTP status of a page or a response with this error.
    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::BadRequest(_) => 400,
            Self::Unavailable => 503,
            Self::Internal | Self::Unreachable | Self::Misread => 500,
        }
    }

    /// Sets the HTTP status of the response. Does nothing without a response (in the browser, or while the routes are listed at
    /// startup).
    pub fn set_status(&self) {
        #[cfg(feature = "ssr")]
        if let Some(response) = leptos::prelude::use_context::<leptos_axum::ResponseOptions>() {
            use leptos::server_fn::http_export::{HeaderValue, StatusCode, header};
            if *self == Self::Unavailable {
                response.insert_header(header::RETRY_AFTER, HeaderValue::from_static("5"));
            }
            if let Ok(status) = StatusCode::from_u16(self.status()) {
                response.set_status(status);
            }
        }
    }
}

/// How a server function encodes an error: a problem (RFC 9457) that any program can read, with the error itself as an additional
/// member, which the browser half decodes.
pub struct ProblemJson;

#[derive(Serialize)]
struct Problem<'error> {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    detail: String,
    error: &'error AppError,
}

#[derive(Deserialize)]
struct Carried {
    error: AppError,
}

impl ContentType for ProblemJson {
    const CONTENT_TYPE: &'static str = "application/problem+json";
}

impl FormatType for ProblemJson {
    const FORMAT_TYPE: Format = Format::Text;
}

impl Encodes<AppError> for ProblemJson {
    type Error = serde_json::Error;

    fn encode(error: &AppError) -> Result<Bytes, Self::Error> {
        let title = match error {
            AppError::NotFound => "Not found",
            AppError::BadRequest(_) => "Bad request",
            AppError::Unavailable => "Unavailable",
            _ => "Internal error",
        };
        let detail = match error {
            AppError::BadRequest(query) => query.to_string(),
            other => other.to_string(),
        };
        let problem = Problem { r#type: "about:blank", title, status: error.status(), detail, error };
        serde_json::to_vec(&problem).map(Bytes::from)
    }
}

impl Decodes<AppError> for ProblemJson {
    type Error = serde_json::Error;

    /// Decodes as text, like every other response (`crate::wire`): a reader for bytes would be compiled only for this.
    fn decode(bytes: Bytes) -> Result<AppError, Self::Error> {
        let text = std::str::from_utf8(&bytes).map_err(serde::de::Error::custom)?;
        serde_json::from_str::<Carried>(text).map(|carried| carried.error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_serializes_as_a_problem_and_deserializes_to_itself() {
        let bad = QueryError { key: "as_of".to_owned(), reason: "\"soon\" is not a date".to_owned() };
        for (error, status) in [
            (AppError::NotFound, 404),
            (AppError::BadRequest(bad), 400),
            (AppError::Internal, 500),
            (AppError::Unavailable, 503),
            (AppError::Unreachable, 500),
        ] {
            let body = error.ser();
            let problem: serde_json::Value = serde_json::from_slice(&body).unwrap();
            assert_eq!(problem["status"], status);
            assert!(problem["title"].is_string() && problem["detail"].is_string());
            assert_eq!(AppError::de(body), error);
        }
    }

    #[test]
    fn a_response_of_another_format_is_misread() {
        for body in ["", "<html>", "{}", r#"{"status": 503}"#, "\u{fffd}"] {
            assert_eq!(AppError::de(Bytes::from(body.to_owned())), AppError::Misread, "{body}");
        }
    }

    #[test]
    fn bad_arguments_are_client_errors_of_bounded_length() {
        let error = AppError::from_server_fn_error(ServerFnErrorErr::Args("x".repeat(9000)));
        assert_eq!(error.status(), 400);
        assert!(error.ser().len() < 1000);
    }
}
