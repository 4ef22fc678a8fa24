use std::io::IsTerminal as _;

use tracing_subscriber::{EnvFilter, fmt, prelude::*};

/// Starts the log on standard error: readable, or JSON for machines. `RUST_LOG` chooses what it holds.
pub(crate) fn start(json: bool) {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,tower_http=warn,hyper=warn"));
    let registry = tracing_subscriber::registry().with(filter);
    if json {
        registry.with(fmt::layer().json().with_writer(std::io::stderr)).init();
    } else {
        let layer = fmt::layer().with_target(false).with_ansi(std::io::stderr().is_terminal());
        registry.with(layer.with_writer(std::io::stderr)).init();
    }
}

/// The last word of a failed command: one line, the whole chain of causes.
#[expect(clippy::print_stderr, reason = "the answer of a command belongs on standard error, whatever the log level")]
pub(crate) fn complain(error: &anyhow::Error) {
    eprintln!("mooncoon: {error:#}");
}
