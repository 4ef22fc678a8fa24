use domain::QueryError;
use leptos::{
    prelude::FromServerFnError,
    server_fn::{codec::JsonEncoding, error::ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What a page can fail with. It crosses the wire, so it never carries database text.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum AppError {
    #[error("there is nothing at this address")]
    NotFound,
    /// The query string names a key or a value we do not know.
    #[error("the address asks for something the board does not know")]
    BadRequest(#[source] QueryError),
    /// Logged on the server with its cause; the visitor learns only that it happened.
    #[error("the board could not be read")]
    Internal,
    /// The database is out of reach or too busy: the same question may be answered a moment later.
    #[error("the database does not answer at the moment")]
    Unavailable,
    /// The question or its answer did not make it over the network.
    #[error("the server could not be reached")]
    Unreachable,
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::Unreachable,
            _ => Self::Internal,
        }
    }
}

#[cfg(feature = "ssr")]
impl From<warehouse::Error> for AppError {
    fn from(error: warehouse::Error) -> Self {
        // Logged here and nowhere else: the chain ends at this border.
        if error.is_unavailable() {
            // Once per outage is an error, by whoever watches the database; this is each page of it.
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "a page could not be read: the database does not answer"
            );
            // Here already: what a page reads later, through a server function, has no panel that would.
            Self::Unavailable.set_status();
            return Self::Unavailable;
        }
        tracing::error!(error = &error as &dyn std::error::Error, "a page could not be read from the warehouse");
        Self::Internal
    }
}

impl AppError {
    /// Tells HTTP what the page is about to tell people. Without a response (in the browser, or while the routes are
    /// listed at the start) there is nobody to tell.
    pub fn set_status(&self) {
        #[cfg(feature = "ssr")]
        if let Some(response) = leptos::prelude::use_context::<leptos_axum::ResponseOptions>() {
            use leptos::server_fn::http_export::{HeaderValue, StatusCode, header};
            if *self == Self::Unavailable {
                response.insert_header(header::RETRY_AFTER, HeaderValue::from_static("5"));
            }
            response.set_status(match self {
                Self::NotFound => StatusCode::NOT_FOUND,
                Self::BadRequest(_) => StatusCode::BAD_REQUEST,
                Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
                Self::Internal | Self::Unreachable => StatusCode::INTERNAL_SERVER_ERROR,
            });
        }
    }
}
