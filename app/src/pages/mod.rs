//! One module per address.

pub mod board;
pub mod launch;
mod not_found;

pub use board::{BoardPage, provide_board_cache};
pub use launch::LaunchPage;
pub use not_found::*;
