use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What the program does beside answering requests, and how it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackgroundTask {
    /// Such as `ingest scheduler` or `embedded Postgres`.
    pub name: String,
    pub state: BackgroundState,
    /// Since when it is in this state, by this process's clock.
    pub since: DateTime<Utc>,
    /// Why it is not running, in words for everybody: no database text, no address, no credential.
    pub detail: Option<String>,
}

/// How a background task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackgroundState {
    Running,
    /// It ended or failed, and is started again after a pause.
    Restarting,
    /// It is not started again without a person.
    Failed,
}
