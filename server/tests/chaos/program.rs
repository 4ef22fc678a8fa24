//! Runs the binary as a user would.

#![expect(clippy::disallowed_methods, reason = "the environment configures the tests")]

use std::{
    ffi::OsString,
    num::NonZeroU32,
    process::{ExitStatus, Stdio},
    time::Duration,
};

use tempfile::TempDir;
use tokio::process::Command;

/// Far more requests than any test sends, so that the budget never matters unless a test is about it.
pub(crate) const BUDGET: NonZeroU32 = NonZeroU32::new(1000).unwrap();

/// The exit status and the output.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    pub(crate) log: String,
}

impl Ended {
    /// Returns whether the program panicked, which is a bug whatever fault was injected.
    pub(crate) fn panicked(&self) -> bool {
        self.log.contains("panicked at") || self.log.contains("stack overflow")
    }
}

/// A site folder for a program that serves no browser: it has a manifest without files.
pub(crate) fn bare_site() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let manifest = r#"{"js": "", "wasm": "", "charts": "", "css": "", "world": "",
        "parts": {"pages": [], "views": [], "palette": []}}"#;
    std::fs::write(folder.path().join("manifest.json"), manifest).expect("the folder is ours");
    folder
}

/// Returns a `mooncoon` command without the developer's own settings.
pub(crate) fn mooncoon(database_url: &str, ll2_url: &str) -> Command {
    // The build directory is shared with other builds; a copy of the program cannot change during a long test.
    let program = std::env::var_os("MOONCOON_BINARY").unwrap_or_else(|| OsString::from(env!("CARGO_BIN_EXE_mooncoon")));
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("MOONCOON_") {
            command.env_remove(name);
        }
    }
    command
        .current_dir(std::env::temp_dir())
        .env("DATABASE_URL", database_url)
        .env("MOONCOON_SOURCE", "simulated")
        .env("MOONCOON_LL2_URL", ll2_url)
        .env("MOONCOON_LL2_BUDGET", BUDGET.to_string())
        .env("MOONCOON_LL2_BACKOFF_SECONDS", "0.01")
        .env("RUST_LOG", "info,sqlx=warn")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

/// Runs `mooncoon ingest --once`.
pub(crate) async fn ingest_once(database_url: &str, ll2_url: &str) -> Ended {
    finish(mooncoon(database_url, ll2_url).args(["ingest", "--once"]).env("MOONCOON_LL2_TIMEOUT_SECONDS", "8")).await
}

/// Waits until the command ends.
pub(crate) async fn finish(command: &mut Command) -> Ended {
    let output = command.output().await.expect("the program was built");
    let log = [output.stderr, output.stdout].concat();
    Ended { status: output.status, log: String::from_utf8_lossy(&log).into_owned() }
}

/// Returns a setting of the tests, such as the number of kills.
pub(crate) fn variable<T: std::str::FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok().map(|value| value.parse().ok().unwrap_or_else(|| panic!("{name} is {value:?}")))
}

/// Formats the median and the 99th percentile.
pub(crate) fn spread(sorted: &[Duration]) -> String {
    let at = |hundredths: usize| sorted.get((sorted.len() * hundredths / 100).min(sorted.len().saturating_sub(1)));
    match (at(50), at(99)) {
        (Some(median), Some(p99)) => {
            format!("median {} ms, p99 {} ms of {}", median.as_millis(), p99.as_millis(), sorted.len())
        }
        _ => "not seen".to_owned(),
    }
}

/// Sends a signal to a process.
pub(crate) async fn signal(signal: &str, id: u32) {
    let sent = Command::new("kill").args([signal, &id.to_string()]).status().await;
    assert!(sent.is_ok_and(|status| status.success()), "kill {signal} {id}");
}
