use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, Utc};
use domain::{Board, BoardQuery};

use super::api;
use crate::AppError;

/// The board that a query needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages::board) struct BoardRequest {
    /// The time; `None` for now.
    pub(in crate::pages::board) as_of: Option<DateTime<Utc>>,
    /// Whether past launches are included.
    pub(in crate::pages::board) past: bool,
}

impl BoardRequest {
    pub(in crate::pages::board) fn of(query: &BoardQuery) -> Self {
        Self { as_of: query.as_of, past: query.past }
    }

    /// Returns whether a board has the requested data. A board with past launches also has the upcoming ones.
    pub(in crate::pages::board) fn is_served_by(&self, board: &Board) -> bool {
        board.past_state.map(|then| then.as_of) == self.as_of && (!self.past || board.past_from.is_some())
    }

    pub(in crate::pages::board) async fn read(self) -> Result<Arc<Board>, AppError> {
        let as_of = self.as_of.map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true));
        api::board(as_of.unwrap_or_default(), self.past).await
    }
}
