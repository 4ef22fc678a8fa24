//! What the board shows: the question in the address, the board that was read, and the rows that answer. The ground on which filters,
//! views, charts and the overview stand; it knows none of them.

mod api;
mod board_request;
mod change;
mod current;
mod filters;
#[cfg(feature = "hydrate")]
mod follow;
mod open_board;
mod past;
mod rows;

pub(super) use api::flown;
#[cfg(feature = "hydrate")]
pub(super) use api::moments;
pub(super) use board_request::BoardRequest;
pub(crate) use change::Change;
pub use current::CurrentBoard;
pub use filters::Filters;
#[cfg(feature = "hydrate")]
pub(super) use follow::follow;
pub(crate) use open_board::{OpenBoard, provide_open_board};
pub use past::State as PastLaunches;
pub use rows::{Catalog, KeyedRow, RowKey, Rows};
