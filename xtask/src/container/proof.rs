//! The transcript: each check and its result.

use std::fmt::Display;

use crate::progress::tell;

/// Counts the checks that passed and failed.
#[derive(Debug, Default)]
pub(super) struct Proof {
    held: usize,
    failed: usize,
}

impl Proof {
    /// Records one check with what was observed.
    pub(super) fn check(&mut self, claim: &str, holds: bool, seen: impl Display) {
        let seen = seen.to_string();
        // The observation is one line of a table.
        let seen = seen.split_whitespace().collect::<Vec<_>>().join(" ");
        tell(&format!("{}  {claim:<58} {seen}", if holds { "ok  " } else { "FAIL" }));
        *(if holds { &mut self.held } else { &mut self.failed }) += 1;
    }

    pub(super) fn held(&self) -> bool {
        self.failed == 0
    }

    pub(super) fn summary(&self) -> String {
        format!("{} of {} passed", self.held, self.held + self.failed)
    }
}
