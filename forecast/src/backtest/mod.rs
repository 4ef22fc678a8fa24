//! Walking forward through what is known: each forecast is made from what lay before it, and set beside what came.

mod slips;
mod success;

pub use self::{
    slips::{LEVELS, SlipRow, SlipSummary, slips, summarize_slips},
    success::{Flight, SuccessRow, SuccessSummary, success, summarize_success},
};
