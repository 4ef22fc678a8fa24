//! One recorded launch: its bytes, and the values by which lists are filtered and sorted.

use chrono::{DateTime, Utc};
use serde::{Deserialize, de::IgnoredAny};
use serde_json::value::RawValue;

use super::{completion, container::Origin};
use crate::{ApiVersion, listing::Listing, query::Row};

/// LL2's ids of the final statuses.
const FINAL: [i64; 3] = [3, 4, 7];
/// LL2's id of the suborbital "orbit".
const SUBORBITAL: i64 = 15;

#[derive(Debug)]
pub(super) struct Record {
    pub(super) id: String,
    pub(super) version: ApiVersion,
    pub(super) last_updated: i64,
    pub(super) upcoming: bool,
    /// The time of the newest dated upcoming list that contained it.
    pub(super) seen_upcoming: Option<DateTime<Utc>>,
    pub(super) raw: Vec<u8>,
    previous: bool,
    name: String,
    net: i64,
    status: i64,
    suborbital: bool,
}

/// A field of which only the presence matters: it distinguishes the versions.
type Mark = Option<IgnoredAny>;

#[derive(Deserialize)]
struct Probe {
    id: String,
    name: String,
    net: DateTime<Utc>,
    status: Id,
    last_updated: Option<DateTime<Utc>>,
    mission: Option<Mission>,
    response_mode: Mark,
    vid_urls: Mark,
    #[serde(default)]
    url: String,
}

#[derive(Deserialize)]
struct Id {
    id: i64,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Mission {
    Full { orbit: Option<Id> },
    // 2.2.0 in list mode has the mission's name here.
    Other(IgnoredAny),
}

impl Record {
    /// Reads a launch of either version; `None` if a required key is missing.
    pub(super) fn read(raw: &RawValue) -> Option<Record> {
        let probe: Probe = serde_json::from_str(raw.get()).ok()?;
        let is_230 = probe.response_mode.is_some() || probe.vid_urls.is_some() || probe.url.contains("/2.3.0/");
        let suborbital = matches!(&probe.mission, Some(Mission::Full { orbit: Some(orbit) }) if orbit.id == SUBORBITAL);
        let net = probe.net.timestamp();
        let (last_updated, raw) = match probe.last_updated {
            Some(moment) => (moment.timestamp(), raw.get().as_bytes().to_vec()),
            // The collector of the outcomes kept only some keys.
            None => (net, completion::complete(raw)?),
        };
        Some(Record {
            id: probe.id,
            version: if is_230 { ApiVersion::V230 } else { ApiVersion::V220 },
            last_updated,
            upcoming: false,
            seen_upcoming: None,
            raw,
            previous: false,
            name: probe.name,
            net,
            status: probe.status.id,
            suborbital,
        })
    }

    /// Assigns the launch to the list that it was recorded from, otherwise to the list that matches its status.
    pub(super) fn place(&mut self, origin: Origin, taken_at: Option<DateTime<Utc>>) {
        let is_final = FINAL.contains(&self.status);
        self.upcoming = origin == Origin::Upcoming || (origin == Origin::Unsaid && !is_final);
        self.previous = origin == Origin::Previous || is_final;
        if origin == Origin::Upcoming {
            self.seen_upcoming = taken_at;
        }
    }

    /// Adopts what another recording of the same launch knew about its lists.
    pub(super) fn inherit(&mut self, other: &Record) {
        self.seen_upcoming = self.seen_upcoming.max(other.seen_upcoming);
        self.upcoming |= other.seen_upcoming.is_some() && other.upcoming;
        self.previous |= other.previous;
    }

    pub(super) fn is_in(&self, listing: Listing) -> bool {
        match listing {
            Listing::All => true,
            Listing::Upcoming => self.upcoming,
            Listing::Previous => self.previous,
        }
    }

    pub(super) fn row(&self, key: usize) -> Row<'_> {
        Row {
            key,
            id: &self.id,
            name: &self.name,
            net: self.net,
            last_updated: self.last_updated,
            status: self.status,
            suborbital: self.suborbital,
            // A recording has no present: the list tells which launches had just flown.
            recent: self.upcoming && FINAL.contains(&self.status),
            // Equals keep the order in which they were recorded, because the database returned them in that order.
            tie: key as u64,
        }
    }
}
