//! Launches as lines: under their day, or under their period if no day is known.

mod days;
mod line;
mod vague;

pub(super) use days::{by_day, days_of, on, today};
pub(super) use line::{When, launch_line};
pub(super) use vague::{Period, VagueLaunches, group};
