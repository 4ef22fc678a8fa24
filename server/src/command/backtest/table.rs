use std::{
    fs::File,
    io::{self, Write},
    path::Path,
};

use anyhow::Context as _;
use chrono::{DateTime, SecondsFormat, Utc};

/// Opens the output for the rows; `-` is standard output, and the summary then goes to standard error.
pub(super) fn writer(path: &Path) -> anyhow::Result<csv::Writer<Box<dyn Write>>> {
    let sink: Box<dyn Write> = if path == Path::new("-") {
        Box::new(io::stdout())
    } else {
        Box::new(File::create(path).with_context(|| format!("could not write {}", path.display()))?)
    };
    Ok(csv::Writer::from_writer(sink))
}

/// Prints the summary to a stream without rows.
#[expect(clippy::print_stdout, clippy::print_stderr, reason = "the command prints its summary")]
pub(super) fn say(summary: &str, csv: Option<&Path>) {
    if csv == Some(Path::new("-")) { eprint!("{summary}") } else { print!("{summary}") }
}

pub(super) fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

pub(super) fn chance(chance: f64) -> String {
    format!("{chance:.6}")
}

pub(super) fn days(days: f64) -> String {
    format!("{days:.4}")
}

pub(super) fn maybe<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
