use std::{backtrace::Backtrace, backtrace::BacktraceStatus, io::IsTerminal as _, panic};

use tracing_subscriber::{EnvFilter, fmt, prelude::*};

/// Starts the log on standard error: as text, or as JSON for machines. `filter` selects the lines; an invalid filter causes a warning and
/// is ignored, because other programs share the variable.
pub(crate) fn start(json: bool, filter: Option<&str>) {
    let chosen = filter.map(EnvFilter::try_new);
    let misread = chosen.as_ref().and_then(|chosen| chosen.as_ref().err()).map(ToString::to_string);
    let filter = chosen.and_then(Result::ok);
    let filter = filter.unwrap_or_else(|| EnvFilter::new("info,sqlx=warn,tower_http=warn,hyper=warn"));
    let registry = tracing_subscriber::registry().with(filter);
    if json {
        registry.with(fmt::layer().json().with_writer(std::io::stderr)).init();
    } else {
        let layer = fmt::layer().with_target(false).with_ansi(std::io::stderr().is_terminal());
        registry.with(layer.with_writer(std::io::stderr)).init();
    }
    if let Some(reason) = misread {
        tracing::warn!(reason, "could not parse RUST_LOG; using the default log level");
    }
    log_panics();
}

/// Logs a panic like any other error: with the path and the id of the request in which it happened, and in JSON if the log is. Code that
/// catches the panic need not log it again.
fn log_panics() {
    panic::set_hook(Box::new(|panic| {
        let location = panic.location().map(ToString::to_string).unwrap_or_default();
        let message = panic.payload_as_str().unwrap_or("no message");
        let backtrace = Backtrace::capture();
        let backtrace = (backtrace.status() == BacktraceStatus::Captured).then(|| backtrace.to_string());
        tracing::error!(%location, backtrace, "panicked: {message}");
    }));
}

/// Prints the final error of a failed command: one line with the whole chain of causes.
#[expect(clippy::print_stderr, reason = "the error of a command is printed to standard error at every log level")]
pub(crate) fn print_error(error: &anyhow::Error) {
    eprintln!("mooncoon: {error:#}");
}
