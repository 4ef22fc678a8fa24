//! Landed bodies to staged records: each record parsed once, the unusable ones collected for quarantine.

use chrono::{DateTime, Utc};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::{
    landing::{PageId, Reject},
    ll2::ApiVersion,
    staging::{Batch, Listing},
};

/// What a run has read so far.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) batch: Batch,
    pub(crate) rejects: Vec<Reject>,
    version: ApiVersion,
}

/// What a page brought.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Yield {
    /// Launches met for the first time in this run.
    pub(crate) new: usize,
    pub(crate) rejected: usize,
}

impl Reading {
    pub(crate) fn new(version: ApiVersion) -> Self {
        Self { batch: Batch::new(), rejects: Vec::new(), version }
    }

    pub(crate) fn version(&self) -> ApiVersion {
        self.version
    }

    /// The launches met so far, those of unusable records among them.
    pub(crate) fn launch_ids(&self) -> impl Iterator<Item = Uuid> {
        self.batch.launch_ids().chain(self.rejects.iter().filter_map(Reject::launch_id))
    }

    pub(crate) fn read(
        &mut self,
        page: PageId,
        records: &[&RawValue],
        listing: Listing,
        observed_at: DateTime<Utc>,
    ) -> Yield {
        let mut brought = Yield::default();
        for (position, record) in records.iter().enumerate() {
            match self.version.read(record, |record| self.batch.push(&record, listing, observed_at)) {
                Ok(is_new) => brought.new += usize::from(is_new),
                Err(reason) => {
                    brought.rejected += 1;
                    let reject =
                        Reject { page, position, reason, body: record.get().as_bytes().to_vec(), seen_at: observed_at };
                    if let Some(launch_id) = reject.launch_id() {
                        self.batch.push_unread(launch_id);
                    }
                    self.rejects.push(reject);
                }
            }
        }
        brought
    }
}
