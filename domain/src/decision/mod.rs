//! Which rocket to board, how sure that is, and until when the choice can wait.
//!
//! score = nearness ^ a × chance to fly in my window ^ b × chance of success ^ c, with the agent's weights a, b, c. Rules and
//! reasons: ADR 0018. Pure: the page's server and the browser rank with the same functions, over the same launches.

mod deadline;
mod excluded;
mod factor;
mod lift;
mod query;
mod rank;
mod sensitivity;
mod words;

pub use self::{
    deadline::DecideBy,
    excluded::{Excluded, Why},
    factor::{Factor, nearness},
    lift::Lift,
    query::{DecisionQuery, Weights},
    rank::{Decision, Home, Ranked},
    sensitivity::{FactorKind, Overtaking, WindowEnd, overtaken_by_slip, overtaken_by_weight, shares_by_window_end},
};
