use axum::{extract::State, http::StatusCode, response::IntoResponse};
use chrono::SecondsFormat;
use domain::{BackgroundState, BackgroundTask};

use super::AppState;

/// The process is up.
pub(super) async fn healthz() -> &'static str {
    "ok\n"
}

/// The database answers and holds every table we know; then how each background task is, a line each.
///
/// A background task that is down does not make this 503. The pages still answer, with the last good data and its age; and its cause (a bug,
/// a record nobody foresaw) is as a rule the same in every replica: a load balancer that took them all away would turn old data into none.
/// Whoever wants to be told looks for lines that do not say `running`.
pub(super) async fn readyz(State(state): State<AppState>) -> impl IntoResponse {
    let (status, word) = match state.db.is_migrated().await {
        Ok(true) => (StatusCode::OK, "ready"),
        Ok(false) => (StatusCode::SERVICE_UNAVAILABLE, "the database is not migrated"),
        Err(error) => {
            tracing::warn!(error = &error as &dyn std::error::Error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
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
    fn every_task_is_a_line() {
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
