use axum::{extract::State, http::StatusCode, response::IntoResponse};
use chrono::SecondsFormat;
use domain::{BackgroundState, BackgroundTask};

use super::state::AppState;

/// Liveness: the process is running.
pub(super) async fn healthz() -> &'static str {
    "ok\n"
}

/// Readiness: the database responds and has every table that this program knows; then one line with the state of each background task.
///
/// A background task that is down does not make this 503. The pages still work, with the last good data and its age. Its cause (a bug, an
/// unexpected record) is usually the same in every replica: a load balancer that removed them all would leave no data instead of old data.
/// For an alert, look for lines without `running`.
pub(super) async fn readyz(State(state): State<AppState>) -> impl IntoResponse {
    let (status, word) = match state.db.is_migrated().await {
        Ok(true) => (StatusCode::OK, "ready"),
        Ok(false) => (StatusCode::SERVICE_UNAVAILABLE, "the database is not migrated"),
        Err(error) => {
            tracing::warn!(error = &error as &dyn std::error::Error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not respond")
        }
    };
    (status, format!("{word}\n{}", lines(&state.tasks.all())))
}

fn lines(tasks: &[BackgroundTask]) -> String {
    let line = |task: &BackgroundTask| {
        let state = match task.state {
            BackgroundState::Running => "running",
            BackgroundState::Restarting => "restarting",
            BackgroundState::Failed => "failed",
        };
        let since = task.since.to_rfc3339_opts(SecondsFormat::Secs, true);
        let detail = task.detail.as_ref().map(|detail| format!(": {detail}")).unwrap_or_default();
        format!("{}: {state} since {since}{detail}\n", task.name)
    };
    tasks.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn every_task_has_a_line() {
        let task = |name: &str, state, detail: Option<&str>| BackgroundTask {
            name: name.to_owned(),
            state,
            since: DateTime::UNIX_EPOCH,
            detail: detail.map(str::to_owned),
        };
        let tasks = [
            task("ingest", BackgroundState::Restarting, Some("why")),
            task("listener", BackgroundState::Running, None),
        ];
        assert_eq!(
            lines(&tasks),
            "ingest: restarting since 1970-01-01T00:00:00Z: why\nlistener: running since 1970-01-01T00:00:00Z\n"
        );
    }
}
