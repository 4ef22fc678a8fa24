use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{BoardQuery, Facet, Freshness, Index, Launch};

/// Everything the board page needs, in one trip. It crosses the wire in a compact form: see `packed`.
#[derive(Clone, Debug, PartialEq)]
pub struct Board {
    /// Every upcoming launch in NET order, and after them, where they were asked for, the others: filters work on the whole,
    /// in the browser.
    pub launches: Vec<Launch>,
    /// Where in `launches` those begin that are no longer upcoming; none while they are not here.
    pub past_from: Option<usize>,
    pub freshness: Freshness,
    /// The server's clock when the page was made. The first view is drawn from it on both sides, so that hydration finds
    /// the very same text; the browser's own clock takes over afterwards.
    pub now: DateTime<Utc>,
    /// Set when this is the board as it once stood; the freshness is today's in any case.
    pub past_state: Option<PastState>,
}

/// Of which time a board of the past is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastState {
    /// The time that was asked for.
    pub as_of: DateTime<Utc>,
    /// The newest look at LL2 until then; none when that lies before the first one: then nothing is known.
    pub observed_at: Option<DateTime<Utc>>,
}

impl Board {
    /// When LL2 told what the board shows.
    pub fn observed_at(&self) -> Option<DateTime<Utc>> {
        match self.past_state {
            Some(past) => past.observed_at,
            None => self.freshness.as_of,
        }
    }

    /// How many of `launches`, from the first, are upcoming.
    pub fn upcoming_count(&self) -> usize {
        self.past_from.map_or(self.launches.len(), |from| from.min(self.launches.len()))
    }

    /// The upcoming launches.
    pub fn upcoming(&self) -> &[Launch] {
        &self.launches[..self.upcoming_count()]
    }

    /// How many of `launches` the question is about.
    pub fn count_in(&self, query: &BoardQuery) -> usize {
        if query.past { self.launches.len() } else { self.upcoming_count() }
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
    let index = Index::new(launches);
    let answer = index.ask(launches, launches.len(), query);
    index.options(launches, &answer, query, facet)
}
