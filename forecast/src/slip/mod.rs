//! Predicts when launches really fly, from how far other launches moved from their announced dates.
//!
//! A move is measured from the announced period, so that a date that becomes more precise is not a move. The axis is
//! cut into bins. In each bin, a launch that has not flown yet flies with some probability: the hazard. Launches still
//! waiting are censored: they count only for the time that they have waited. A cell (precision of the date, whether it
//! is confirmed, how far ahead it lies) has its own hazards, shrunk towards a prior. The hazards of launches that have
//! slipped before, and of one provider, are shrunk towards their cell in the same way. Each launch has the same weight
//! in a cell, however often it was observed.

mod bins;
mod cell;
mod constants;
mod course;
mod curve;
mod features;
pub mod horizon;
mod look;
mod model;
mod multipliers;
mod prior;
mod shape;
pub mod weibull;

pub use self::{
    bins::days_between,
    constants::Constants,
    course::{Announcement, Course, Outcome},
    model::SlipModel,
    multipliers::Multipliers,
};
pub(crate) use self::{constants::COUNT, course::promised_at};
