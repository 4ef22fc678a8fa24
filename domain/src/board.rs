use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{BoardQuery, Freshness, Launch, Movement};

/// Everything that the board page needs, in one response. It is sent in a compact form: see `packed`.
#[derive(Clone, Debug, PartialEq)]
pub struct Board {
    /// Every upcoming launch in NET order, followed by the past launches if they were requested. The browser filters
    /// the whole list.
    pub launches: Vec<Launch>,
    /// Index in `launches` of the first launch that is no longer upcoming. None if past launches were not loaded.
    pub past_from: Option<usize>,
    pub freshness: Freshness,
    /// The server's clock when the page was made. Server and browser both render the first view from it, so that
    /// hydration finds identical text. After that the browser uses its own clock.
    pub now: DateTime<Utc>,
    /// How far the scores of launches move, as measured by then: for the time until which a decision can wait.
    pub movement: Movement,
    /// Set if this is the board at a past time. The freshness is always today's.
    pub past_state: Option<PastState>,
}

/// The time that a board of the past shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastState {
    /// The requested time.
    pub as_of: DateTime<Utc>,
    /// The newest observation of LL2 until then. None if the requested time is before the first one: then nothing is
    /// known.
    pub observed_at: Option<DateTime<Utc>>,
}

impl Board {
    /// Returns when LL2 sent the data that the board shows.
    pub fn observed_at(&self) -> Option<DateTime<Utc>> {
        match self.past_state {
            Some(past) => past.observed_at,
            None => self.freshness.as_of,
        }
    }

    /// Returns how many of `launches`, counted from the first, are upcoming.
    pub fn upcoming_count(&self) -> usize {
        self.past_from.map_or(self.launches.len(), |from| from.min(self.launches.len()))
    }

    /// Returns the upcoming launches.
    pub fn upcoming(&self) -> &[Launch] {
        &self.launches[..self.upcoming_count()]
    }

    /// Returns how many of `launches` the query covers.
    pub fn count_in(&self, query: &BoardQuery) -> usize {
        if query.past { self.launches.len() } else { self.upcoming_count() }
    }
}
