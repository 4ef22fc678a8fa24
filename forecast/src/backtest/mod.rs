//! Walk-forward backtests: each forecast is made only from earlier data, and compared with the outcome.

mod decide;
mod slip_fit;
mod slip_score;
mod slips;
mod success;

pub use self::{
    decide::{Boarding, BoardingRule, BoardingSummary, boardings, summarize_boardings},
    slip_fit::{FittedSlips, fit_slips},
    slip_score::{
        BOUNDS, FEWEST_LAUNCHES, Loss, PINBALL_LEVELS, ReliabilityBin, Share, SlipScore, Verdict, WITHIN_DAYS,
        coverage, reliability, score_slips,
    },
    slips::{Ahead, Forecaster, SlipRow, slips},
    success::{DRAWS, Flight, SuccessRow, SuccessSummary, fit_success, success, summarize_success},
};
