//! Progress at the terminal: one line when a step starts, one when it ends.

use std::{
    fmt::Display,
    time::{Duration, Instant},
};

use anyhow::Result;

/// Writes a line to standard error, because standard output is for results.
#[expect(clippy::print_stderr, reason = "this tool prints its progress")]
pub(crate) fn say(line: &str) {
    eprintln!("{line}");
}

/// Writes a result to standard output.
#[expect(clippy::print_stdout, reason = "this tool prints its results")]
pub(crate) fn tell(line: &str) {
    println!("{line}");
}

/// Runs a step, and prints its title and how long it took.
pub(crate) fn step<T>(title: impl Display, work: impl FnOnce() -> Result<T>) -> Result<T> {
    say(&format!("==> {title}"));
    let start = Instant::now();
    let outcome = work();
    let verdict = if outcome.is_ok() { "done" } else { "failed" };
    // With its title again: another step may have begun meanwhile.
    say(&format!("    {verdict} after {}: {title}", seconds(start.elapsed())));
    outcome
}

/// Formats a duration: "0.4 s", "95 s".
pub(crate) fn seconds(duration: Duration) -> String {
    if duration < Duration::from_secs(10) {
        format!("{:.1} s", duration.as_secs_f64())
    } else {
        format!("{} s", duration.as_secs())
    }
}
