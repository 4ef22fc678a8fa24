//! The probability that a flight succeeds, from earlier flights.
//!
//! A cascade of records, each of which corrects the one above it: the world, rockets as new as this one, the maker,
//! LL2's family, rockets of one kind by name, the configuration. Each compares the observed failures with those that
//! the record above expected: `(seen + k) / (expected + k)` multiplies the failure rate. If the expectation is
//! constant, this is the mean of a Beta distribution whose prior has a weight of `k` failures. If it is not constant (a
//! maker flies old and new rockets), an early failure of a new rocket was expected, and does not raise the maker's
//! rate.
//!
//! New kinds of rocket fail for separate reasons, which the world's progress does not reduce: they have a separate
//! probability, which falls with the flights flown. Older flights count less, by half-lives. Partial failures are a
//! separate outcome and do not count as success.

mod constants;
pub mod family;
mod fit;
mod levels;
mod model;
mod names;
mod outcome;
mod record;
mod ride;
pub mod rules;

pub use self::{
    constants::Constants,
    fit::{Fitted, fit},
    model::SuccessModel,
    outcome::Outcome,
    ride::Ride,
};
