//! Launches that are no longer upcoming. There are thousands of them, and few readers need them: they are added to the list when the
//! query first includes them. Meanwhile the switch shows their loading state.

use domain::Board;

use crate::AppError;

/// Loading state of the past launches.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "only the browser loads past launches into an existing page")
)]
pub enum State {
    /// Not requested yet, or requested again.
    Away,
    Coming,
    Here,
    Failed(AppError),
}

impl State {
    pub(super) fn of(board: &Board) -> Self {
        if board.past_from.is_some() { Self::Here } else { Self::Away }
    }
}
