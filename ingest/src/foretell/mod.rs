//! Forecasts of what is published.

mod memory;

pub use memory::{courses, flights};
