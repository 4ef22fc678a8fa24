use std::time::Duration;

use axum::http::StatusCode;
use tower_http::classify::ServerErrorsFailureClass;
use tracing::Span;

use crate::once_a_second::OnceASecond;

/// What the log says of an answer that is a failure. Refusals (503) are what a flood brings about by itself, so that they are one line a
/// second; any other failure is a fault of ours and has a line of its own.
pub(super) fn log(class: ServerErrorsFailureClass, latency: Duration, _span: &Span) {
    static REFUSALS: OnceASecond = OnceASecond::new();
    let latency_ms = latency.as_millis();
    if matches!(class, ServerErrorsFailureClass::StatusCode(StatusCode::SERVICE_UNAVAILABLE)) {
        if let Some(unsaid) = REFUSALS.allow() {
            tracing::warn!(latency_ms, unsaid, "refused with 503");
        }
    } else {
        tracing::error!(classification = %class, latency_ms, "response failed");
    }
}
