//! How clear a decision is: the chance of each ride of being the best, and the group of rides that cannot be told apart.
//!
//! Every factor is drawn [`DRAWS`] times, and the score of each draw is that of the decision with the agent's weights.
//! Errors that rides share are drawn once for all of them. Model and reasons: ADR 0050.
//!
//! The random numbers are the same for every query, on the server and in the browser: a ride whose factor rises keeps
//! its draws, so that its chance never falls.

mod beta;
mod chances;
mod draws;
mod random;
mod words;

#[cfg(test)]
pub(crate) use self::{
    beta::ln_chances,
    chances::{chances, group},
    draws::FactorErrors,
    random::{DRAWS, Stream, normals},
};
pub use self::{
    chances::{BestChance, Clearness},
    draws::Draws,
};
