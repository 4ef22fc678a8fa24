//! Launches that are no longer upcoming. They are thousands, and few ask for them: they join the list when the question first
//! names them, and the switch says where they are meanwhile.

use domain::Board;

use crate::AppError;

/// How the past launches stand.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "only the browser reads past launches into a page that stands")
)]
pub enum State {
    /// Nobody has asked for them, or somebody asks again.
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
