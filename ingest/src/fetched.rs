use chrono::{DateTime, Utc};

use crate::{cursor::CursorMove, interruption::Interruption};

/// What a task received from LL2.
pub(crate) struct Fetched {
    pub(crate) observed_at: DateTime<Utc>,
    pub(crate) is_complete: bool,
    pub(crate) announced_count: Option<u64>,
    pub(crate) pages: usize,
    /// Why it stopped early.
    pub(crate) interruption: Option<Interruption>,
    /// Whether a list that was cut short can continue from its landed pages.
    pub(crate) is_resumable: bool,
    pub(crate) cursor: Option<CursorMove>,
}
