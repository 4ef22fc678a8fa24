//! The state of the board: the query in the URL, the board that was read, and the rows that match. Filters, views, charts and the
//! overview depend on it; it depends on none of them.

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
