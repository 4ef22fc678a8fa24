use std::time::Duration;

/// The result of a replay.
#[derive(Clone, Debug)]
pub struct ReplayReport {
    /// Runs that were not replayed, because their responses may be deleted: the checkpoint that the replay started from
    /// contains them.
    pub settled_runs: i64,
    /// Runs replayed; for a replay of the quarantine only, the number of observation times.
    pub runs: usize,
    /// Bodies read.
    pub bodies: usize,
    /// Records read.
    pub records: usize,
    /// Records that are still unusable.
    pub quarantined: usize,
    /// Records of the quarantine that could be parsed and are resolved.
    pub resolved: usize,
    /// `content_hash()` before and after.
    pub hashes: (String, String),
    /// From the lock to the commit.
    pub took: Duration,
}
