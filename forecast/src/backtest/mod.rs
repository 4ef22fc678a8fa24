//! Walking forward through what is known: each forecast is made from what lay before it, and compared with the outcome.

mod slips;
mod success;

pub use self::{
    slips::{Forecaster, LEVELS, SCORED, SlipRow, SlipSummary, slips, summarize_slips},
    success::{DRAWS, Flight, SuccessRow, SuccessSummary, fit_success, success, summarize_success},
};
