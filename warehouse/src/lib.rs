//! Memory.

pub mod embedded;
