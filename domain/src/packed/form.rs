use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Freshness, Movement, PastState};

/// A number, the index of a text, or the index of a row in a table. None if the source gives none.
pub(super) type Cell = Option<i64>;

/// One cell for each row of its table, or a single cell if all are equal.
pub(super) type Column = Vec<Cell>;

/// The serialized form.
#[derive(Serialize, Deserialize)]
pub(super) struct Packed {
    pub(super) now: DateTime<Utc>,
    pub(super) freshness: Freshness,
    pub(super) movement: Movement,
    pub(super) past_from: Option<u32>,
    pub(super) past_state: Option<PastState>,
    /// The launches' ids, 32 digits each.
    pub(super) ids: String,
    pub(super) texts: Vec<String>,
    /// The columns' names, "rocket.name" for the table of rockets and "launch.rocket" for the launches. One text is a
    /// tenth of a kilobyte shorter than a text for each.
    pub(super) names: String,
    pub(super) columns: Vec<Column>,
}

/// An invalid packed board: truncated, or from another version of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the packed board is damaged")]
pub(super) struct Damaged;
