//! Test programs whose own output gives their counts.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use anyhow::{Context, Result};

use super::Count;
use crate::progress::say;

/// Runs a test program, passes its output through, and adds up the counts that `read` finds in its lines.
pub(super) fn counted(command: &mut Command, read: fn(&str) -> Option<Count>) -> Result<(Count, bool)> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().context("could not run the tests")?;
    let mut count = Count::default();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            let line = line.context("could not read the tests' output")?;
            let line = String::from_utf8_lossy(&line);
            if let Some(part) = read(&line) {
                count = count.plus(part);
            }
            say(&line);
        }
    }
    Ok((count, child.wait()?.success()))
}
