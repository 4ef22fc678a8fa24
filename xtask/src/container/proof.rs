//! The transcript: what was looked at, and whether it is as it should be.

use std::fmt::Display;

use crate::progress::tell;

/// Counts what held.
#[derive(Debug, Default)]
pub(super) struct Proof {
    held: usize,
    failed: usize,
}

impl Proof {
    /// Writes down one thing with what was seen of it.
    pub(super) fn check(&mut self, claim: &str, holds: bool, seen: impl Display) {
        let seen = seen.to_string();
        // The seen is one line of a table.
        let seen = seen.split_whitespace().collect::<Vec<_>>().join(" ");
        tell(&format!("{}  {claim:<58} {seen}", if holds { "ok  " } else { "FAIL" }));
        *(if holds { &mut self.held } else { &mut self.failed }) += 1;
    }

    pub(super) fn held(&self) -> bool {
        self.failed == 0
    }

    pub(super) fn summary(&self) -> String {
        format!("{} of {} held", self.held, self.held + self.failed)
    }
}
