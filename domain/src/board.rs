use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{BoardQuery, Facet, Freshness, Launch};

/// Everything the board page needs, in one trip.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Board {
    /// Every upcoming launch in NET order: filters work on the whole, in the browser.
    pub launches: Vec<Launch>,
    pub freshness: Freshness,
    /// The server's clock when the page was made. The first view is drawn from it on both sides, so that hydration finds
    /// the very same text; the browser's own clock takes over afterwards.
    pub now: DateTime<Utc>,
    /// Set when this is the board as it once stood; the freshness is today's in any case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub then: Option<Then>,
}

/// Of which time a board of the past is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Then {
    /// The time that was asked for.
    pub as_of: DateTime<Utc>,
    /// The newest look at LL2 until then; none when that lies before the first one: then nothing is known.
    pub observed_at: Option<DateTime<Utc>>,
}

impl Board {
    /// When LL2 told what the board shows.
    pub fn observed_at(&self) -> Option<DateTime<Utc>> {
        match self.then {
            Some(past) => past.observed_at,
            None => self.freshness.as_of,
        }
    }
}

/// A choice beside a filter, with how many launches it would show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetOption {
    /// The value for the query string.
    pub key: String,
    pub label: String,
    /// Launches with this value under all the other filters.
    pub count: usize,
    pub selected: bool,
}

/// The choices of a facet with their counts under the *other* filters, most frequent first.
///
/// A choice without any launch stays (count 0): a filter that vanishes while one uses it cannot be undone.
pub fn facet_options(launches: &[Launch], query: &BoardQuery, facet: Facet) -> Vec<FacetOption> {
    let mut options: BTreeMap<String, FacetOption> = BTreeMap::new();
    for launch in launches {
        let counts = query.matches_except(launch, Some(facet));
        for (key, label) in facet.values(launch) {
            let option = options.entry(key).or_insert_with_key(|key| FacetOption {
                selected: query.selects(facet, key),
                key: key.clone(),
                label,
                count: 0,
            });
            option.count += usize::from(counts);
        }
    }
    let mut options: Vec<_> = options.into_values().collect();
    options.sort_by(|left, right| right.count.cmp(&left.count).then_with(|| left.label.cmp(&right.label)));
    options
}
