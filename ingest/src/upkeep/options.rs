use std::time::Duration;

/// How long rows are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retention {
    /// They are never deleted.
    Forever,
    /// They may be deleted after this number of days.
    Days(u32),
}

/// When landed bodies are moved into segments.
#[derive(Clone, Copy, Debug)]
pub struct CompactionOptions {
    /// Bodies that together have at least this number of bytes, unpacked, fill a segment. Fewer wait for more.
    pub segment_bytes: u64,
    /// Bodies that were observed within this time stay as they are: a sweep that is continued reads them again.
    pub min_age: Duration,
}

impl Default for CompactionOptions {
    /// 64 MiB and one day. Two and a half times as much in a segment would save a seventh of the rest, and a reader that needs one
    /// body may have to unpack all that is before it.
    fn default() -> Self {
        Self { segment_bytes: 64 << 20, min_age: Duration::from_secs(24 * 3600) }
    }
}

/// Options of the upkeep.
#[derive(Clone, Copy, Debug)]
pub struct UpkeepOptions {
    /// How long the details of runs are kept: steps, statements, test results, questions about the allowance.
    pub audit_retention: Retention,
    /// How long landed bodies are kept. Deleting any settles the history until then: replays start after it.
    pub raw_retention: Retention,
    /// None: bodies stay as they were landed.
    pub compaction: Option<CompactionOptions>,
    /// As in [`crate::ReplayOptions`].
    pub poll_interval: Duration,
}
