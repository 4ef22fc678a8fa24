use axum::{extract::State, http::StatusCode, response::IntoResponse};

use super::AppState;

/// The process is up.
pub(super) async fn healthz() -> &'static str {
    "ok\n"
}

/// The database answers and holds every table we know.
pub(super) async fn readyz(State(state): State<AppState>) -> impl IntoResponse {
    match state.db.is_migrated().await {
        Ok(true) => (StatusCode::OK, "ready\n"),
        Ok(false) => (StatusCode::SERVICE_UNAVAILABLE, "the database is not migrated\n"),
        Err(error) => {
            tracing::warn!(error = &error as &dyn std::error::Error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}
