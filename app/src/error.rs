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
    /// There was no answer.
    #[error("the server could not be reached")]
    Unreachable,
    /// There was an answer, and not one that this program reads: another version of the server's, or something between us.
    #[error("the server's answer was not understood")]
    Misread,
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
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

#[cfg(feature = "ssr")]
impl From<warehouse::Error> for AppError {
    fn from(error: warehouse::Error) -> Self {
        // Logged here and nowhere else: the chain ends at this border.
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
            use leptos::server_fn::http_export::StatusCode;
            response.set_status(match self {
                Self::NotFound => StatusCode::NOT_FOUND,
                Self::BadRequest(_) => StatusCode::BAD_REQUEST,
                Self::Internal | Self::Unreachable | Self::Misread => StatusCode::INTERNAL_SERVER_ERROR,
            });
        }
    }
}
