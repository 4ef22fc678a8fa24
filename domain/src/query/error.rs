use thiserror::Error;

/// An invalid query string: the key, and the reason with the accepted values.
#[derive(Clone, Debug, PartialEq, Eq, Error, serde::Serialize, serde::Deserialize)]
#[error("{key}: {reason}")]
pub struct QueryError {
    pub key: String,
    pub reason: String,
}

/// Creates the error for an invalid value.
pub(super) fn error(key: &str, reason: String) -> QueryError {
    QueryError { key: key.to_owned(), reason }
}

/// Quotes input for an error message: long enough to recognize it, with a limit that includes the escapes.
pub(super) fn quoted(text: &str) -> String {
    let start: String = text.chars().take(40).collect();
    format!("{start:?}").chars().take(200).collect()
}
