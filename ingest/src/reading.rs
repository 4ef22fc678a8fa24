//! Turns landed bodies into staged records: parses each record once, collects the unusable ones for quarantine, and
//! notes the shape of all.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use serde_json::value::RawValue;
use sqlx::PgPool;
use uuid::Uuid;

use crate::{
    counts::Counts,
    defect::Defects,
    drift::{self, Occasion, Shape},
    error::Error,
    landing::PageId,
    ll2::{ApiVersion, Mode},
    quarantine::{self, Digest, Reject, Sighting},
    staging::{Batch, Listing},
};

/// What a run has read so far.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) batch: Batch,
    pub(crate) rejects: Vec<Reject>,
    version: ApiVersion,
    /// Records parsed.
    record_count: usize,
    /// Records that the run had already received.
    duplicate_count: usize,
    /// Launches with a record, usable or not.
    named: HashSet<Uuid>,
    rejected: HashSet<Digest>,
    /// Unusable records without a launch id.
    nameless_count: usize,
    /// Shapes of `normal` and of `detailed` records; none in a replay, because LL2 does not send the records now.
    shapes: Option<[Shape; 2]>,
    defects: Defects,
    /// Quarantined records that a replay tries to parse; below, those it could.
    pub(crate) still_quarantined: HashSet<Digest>,
    pub(crate) recovered: Vec<Digest>,
}

/// The result of reading a page.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PageStats {
    /// Launches that this run received for the first time.
    pub(crate) new: usize,
    /// Unusable records that do not belong to a launch received before.
    pub(crate) rejected: usize,
}

impl Reading {
    pub(crate) fn new(version: ApiVersion) -> Self {
        Self { shapes: Some([Shape::new(), Shape::new()]), ..Self::for_replay(version) }
    }

    /// Returns a reading for records that were received earlier.
    pub(crate) fn for_replay(version: ApiVersion) -> Self {
        Self {
            batch: Batch::new(),
            rejects: Vec::new(),
            version,
            record_count: 0,
            duplicate_count: 0,
            named: HashSet::new(),
            rejected: HashSet::new(),
            nameless_count: 0,
            shapes: None,
            defects: Defects::default(),
            still_quarantined: HashSet::new(),
            recovered: Vec::new(),
        }
    }

    pub(crate) fn version(&self) -> ApiVersion {
        self.version
    }

    /// Returns the launches received so far, including those of unusable records.
    pub(crate) fn launch_ids(&self) -> impl Iterator<Item = Uuid> {
        self.named.iter().copied()
    }

    /// Returns how many launches the pages so far contain, for comparison with LL2's own count. A quarantined record
    /// counts, because it was listed; a repeated record counts once.
    pub(crate) fn received_count(&self) -> usize {
        self.named.len() + self.nameless_count
    }

    /// Adds the record counts to the counts of a run.
    pub(crate) fn count(&self, counts: &mut Counts) {
        counts.records = self.record_count;
        counts.duplicates = self.duplicate_count;
        counts.quarantined = self.rejects.len();
    }

    /// Stores what is kept whether or not the run publishes: unusable records, and the shape of all records.
    pub(crate) async fn note(
        &self,
        pool: &PgPool,
        run_id: i64,
        observed_at: DateTime<Utc>,
        is_complete: bool,
    ) -> Result<(), Error> {
        quarantine::store(pool, run_id, self.version, Sighting::New, &self.rejects).await?;
        let Some(shapes) = &self.shapes else { return Ok(()) };
        self.defects.save(pool, run_id, self.version, observed_at).await?;
        let record_count: i64 = shapes.iter().map(Shape::record_count).sum();
        for (mode, shape) in [Mode::Normal, Mode::Detailed].into_iter().zip(shapes) {
            // A few follow-ups in the other mode are not the complete list.
            let is_complete = is_complete && shape.record_count() * 2 > record_count;
            let occasion = Occasion { run_id, version: self.version, mode, observed_at, is_complete };
            drift::note(pool, occasion, shape).await?;
        }
        Ok(())
    }

    pub(crate) fn read(
        &mut self,
        page: PageId,
        records: &[&RawValue],
        listing: Listing,
        observed_at: DateTime<Utc>,
    ) -> PageStats {
        let mut brought = PageStats::default();
        for (position, record) in records.iter().enumerate() {
            self.record_count += 1;
            let batch = &mut self.batch;
            let read = self.version.read(record, |record| {
                (record.launch_id, batch.push(&record, listing, observed_at), record.detail.is_some())
            });
            if let Some(shapes) = &mut self.shapes {
                // By the same criterion as the parser; a record that it could not parse is searched for the key.
                let is_detailed = match &read {
                    Ok(((_, _, is_detailed), _)) => *is_detailed,
                    Err(_) => record.get().contains("\"updates\""),
                };
                shapes[usize::from(is_detailed)].add(record.get());
            }
            match read {
                Ok(((launch_id, is_new, _), defects)) => {
                    self.defects.add(launch_id, &defects);
                    brought.new += usize::from(self.named.insert(launch_id));
                    self.duplicate_count += usize::from(!is_new);
                    if !self.still_quarantined.is_empty() {
                        let digest = quarantine::digest(record.get());
                        if self.still_quarantined.remove(&digest) {
                            self.recovered.push(digest);
                        }
                    }
                }
                Err(reason) => {
                    let digest = quarantine::digest(record.get());
                    if !self.rejected.insert(digest) {
                        self.duplicate_count += 1;
                        continue;
                    }
                    let body = record.get().as_bytes().to_vec();
                    let reject = Reject { page, position, listing, reason, digest, body, seen_at: observed_at };
                    match reject.launch_id() {
                        Some(launch_id) => {
                            self.batch.push_unread(launch_id);
                            brought.rejected += usize::from(self.named.insert(launch_id));
                        }
                        None => {
                            self.nameless_count += 1;
                            brought.rejected += 1;
                        }
                    }
                    self.rejects.push(reject);
                }
            }
        }
        brought
    }
}
