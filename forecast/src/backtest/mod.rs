//! Walk-forward backtests: each forecast is made only from earlier data, and compared with the outcome.

mod slips;
mod success;

pub use self::{
    slips::{Forecaster, LEVELS, SCORED, SlipRow, SlipSummary, slips, summarize_slips},
    success::{DRAWS, Flight, SuccessRow, SuccessSummary, fit_success, success, summarize_success},
};
