/// The counts of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Pages accepted.
    pub pages: usize,
    /// Records in them: changed, unchanged, late, quarantined and duplicate ones together.
    pub records: usize,
    /// Records that the run had already received.
    pub duplicates: usize,
    /// Distinct launches received.
    pub launches_seen: usize,
    /// Launches whose content is new or different.
    pub launches_changed: u64,
    /// Launches whose content is unchanged.
    pub launches_unchanged: u64,
    /// Launches that left the upcoming list or were found deleted.
    pub launches_closed: u64,
    /// Records older than the latest one of their launch.
    pub launches_late: u64,
    /// Quarantined records.
    pub quarantined: usize,
    /// Entries added to the NET ledger.
    pub net_changes: u64,
    /// Revisions opened.
    pub revisions: u64,
}

impl Counts {
    /// Adds the counts of a replayed run, without those of its pages and distinct launches.
    pub(crate) fn add(&mut self, other: Self) {
        self.records += other.records;
        self.duplicates += other.duplicates;
        self.quarantined += other.quarantined;
        self.launches_changed += other.launches_changed;
        self.launches_unchanged += other.launches_unchanged;
        self.launches_closed += other.launches_closed;
        self.launches_late += other.launches_late;
        self.net_changes += other.net_changes;
        self.revisions += other.revisions;
    }
}
