use std::io::IsTerminal as _;

use tracing_subscriber::{EnvFilter, fmt, prelude::*};

/// Starts the log on standard error: readable, or JSON for machines. `filter` chooses what it holds; one that cannot be read is told of
/// and left aside, because the variable is shared with other programs.
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
        tracing::warn!(reason, "RUST_LOG cannot be read; the log holds what it holds by default");
    }
}

/// The last word of a failed command: one line, the whole chain of causes.
#[expect(clippy::print_stderr, reason = "the answer of a command belongs on standard error, whatever the log level")]
pub(crate) fn complain(error: &anyhow::Error) {
    eprintln!("mooncoon: {error:#}");
}
