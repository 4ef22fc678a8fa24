//! Recorded responses, served again byte for byte.

mod completion;
mod container;
mod files;
mod record;

use std::{
    collections::{HashMap, hash_map::Entry},
    path::PathBuf,
};

use chrono::{DateTime, Utc};

use crate::{
    ApiVersion, Error, Result,
    listing::{Listing, Refusal, Selection, page_of},
    query::{Query, Row},
};
use container::Origin;
use record::Record;

/// Launches read from recorded responses.
#[derive(Debug, Default)]
pub struct Recording {
    records: Vec<Record>,
    /// For each version and list: the count of the recorded envelopes, if it is higher than what was recorded.
    promised: HashMap<(ApiVersion, Origin), usize>,
}

/// How many launches of one list were read, and how many its envelopes announced.
#[derive(Debug, Default)]
struct Tally {
    read: usize,
    promised: usize,
}

impl Recording {
    /// Reads every `.json` and `.json.gz` among `paths`; folders are searched.
    pub fn load(paths: &[PathBuf]) -> Result<Recording> {
        let mut recording = Recording::default();
        let mut position_of: HashMap<(ApiVersion, String), usize> = HashMap::new();
        let mut latest: HashMap<(ApiVersion, Origin), DateTime<Utc>> = HashMap::new();
        let mut tallies: HashMap<(ApiVersion, Origin, Option<DateTime<Utc>>), Tally> = HashMap::new();

        for path in files::find(paths)? {
            let text = files::read(&path)?;
            let lists = container::parse(&path, &text)?;
            if lists.is_empty() {
                tracing::info!(path = %path.display(), "skipped: contains no launches");
            }
            for list in lists {
                for raw in &list.records {
                    let Some(mut record) = Record::read(raw) else {
                        tracing::warn!(path = %path.display(), "skipped a record that is not a launch");
                        continue;
                    };
                    record.place(list.origin, list.taken_at);
                    if let Some(taken_at) = list.taken_at {
                        let newest = latest.entry((record.version, list.origin)).or_insert(taken_at);
                        *newest = taken_at.max(*newest);
                    }
                    let tally = tallies.entry((record.version, list.origin, list.taken_at)).or_default();
                    tally.read += 1;
                    tally.promised = tally.promised.max(list.count.unwrap_or(0));
                    recording.add(record, &mut position_of);
                }
            }
        }
        if recording.records.is_empty() {
            return Err(Error::NothingRecorded(paths.to_vec()));
        }
        for ((version, origin, taken_at), tally) in tallies {
            // Of several dated recordings of a list, only the newest determines the length of that list.
            let is_current = taken_at.is_none() || latest.get(&(version, origin)).copied() == taken_at;
            if is_current && tally.promised > tally.read {
                let promised = recording.promised.entry((version, origin)).or_default();
                *promised = tally.promised.max(*promised);
            }
        }
        recording.retire_superseded(&latest);
        for &version in ApiVersion::ALL {
            let count = |listing| recording.rows(version, listing).len();
            tracing::info!(
                %version, upcoming = count(Listing::Upcoming), previous = count(Listing::Previous),
                all = count(Listing::All), "recording loaded"
            );
        }
        Ok(recording)
    }

    /// Returns how many launches are served under a version.
    pub fn len(&self, version: ApiVersion) -> usize {
        self.rows(version, Listing::All).len()
    }

    /// Returns whether no launch is served under a version.
    pub fn is_empty(&self, version: ApiVersion) -> bool {
        !self.records.iter().any(|record| record.version == version)
    }

    /// Adds a record. Of two recordings of one launch the one updated last is kept; if equal, the one read last.
    fn add(&mut self, mut record: Record, position_of: &mut HashMap<(ApiVersion, String), usize>) {
        match position_of.entry((record.version, record.id.clone())) {
            Entry::Vacant(entry) => {
                entry.insert(self.records.len());
                self.records.push(record);
            }
            Entry::Occupied(entry) => {
                let known = &mut self.records[*entry.get()];
                record.inherit(known);
                if record.last_updated >= known.last_updated {
                    *known = record;
                } else {
                    known.inherit(&record);
                }
            }
        }
    }

    /// Removes launches from the upcoming list that are only in older recordings of it: they had left it by the newest
    /// one.
    fn retire_superseded(&mut self, latest: &HashMap<(ApiVersion, Origin), DateTime<Utc>>) {
        for record in &mut self.records {
            let newest = latest.get(&(record.version, Origin::Upcoming));
            if let (Some(newest), Some(seen)) = (newest, record.seen_upcoming)
                && seen < *newest
            {
                record.upcoming = false;
            }
        }
    }

    fn rows(&self, version: ApiVersion, listing: Listing) -> Vec<Row<'_>> {
        self.records
            .iter()
            .enumerate()
            .filter(|(_, record)| record.version == version && record.is_in(listing))
            .map(|(key, record)| record.row(key))
            .collect()
    }

    pub(crate) fn select(
        &self,
        version: ApiVersion,
        listing: Listing,
        query: &Query,
        _now: DateTime<Utc>,
    ) -> Result<Selection, Refusal> {
        if self.is_empty(version) {
            return Err(Refusal::WrongVersion);
        }
        let rows = self.rows(version, listing);
        let recorded = rows.len();
        let (mut count, keys) = page_of(query, rows, listing);
        let origin = match listing {
            Listing::All => Origin::Unsaid,
            Listing::Upcoming => Origin::Upcoming,
            Listing::Previous => Origin::Previous,
        };
        // The count under a filter is unknown for a partial recording; the unfiltered count was recorded.
        if let Some(&promised) = self.promised.get(&(version, origin))
            && query.is_unfiltered()
            && promised > recorded
        {
            if query.offset >= recorded && query.offset < promised {
                return Err(Refusal::BeyondRecording);
            }
            count = promised;
        }
        let records = keys.iter().map(|&key| self.records[key].raw.clone()).collect();
        Ok(Selection { count, records })
    }

    pub(crate) fn find(&self, version: ApiVersion, id: &str) -> Result<Vec<u8>, Refusal> {
        if self.is_empty(version) {
            return Err(Refusal::WrongVersion);
        }
        self.records
            .iter()
            .find(|record| record.version == version && record.id == id)
            .map(|record| record.raw.clone())
            .ok_or(Refusal::NotFound)
    }
}
