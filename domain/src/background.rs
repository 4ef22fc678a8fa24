use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A task that the program runs in addition to answering requests, with its state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackgroundTask {
    /// For example `ingest scheduler` or `embedded Postgres`.
    pub name: String,
    pub state: BackgroundState,
    /// Start of the current state, by this process's clock.
    pub since: DateTime<Utc>,
    /// Why it is not running, in words that are safe to publish: no database text, no address, no credential.
    pub detail: Option<String>,
}

/// The state of a background task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackgroundState {
    Running,
    /// It ended or failed, and is restarted after a pause.
    Restarting,
    /// It is not restarted until a person acts.
    Failed,
}
