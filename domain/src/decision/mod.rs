//! Which rocket to board, how certain that is, and until when the decision can wait.
//!
//! score = nearness ^ a × chance to fly in the window ^ b × chance of success ^ c, with the agent's weights a, b, c.
//! Rules and reasons: ADR 0018. The functions are pure: server and browser rank the same launches with the same code.

mod clearness;
mod deadline;
mod excluded;
mod factor;
mod lift;
mod movement;
mod query;
mod rank;
mod recommendation;
mod sensitivity;
mod waiting;
mod words;

pub use self::{
    clearness::{BestChance, Clearness, Draws},
    deadline::DecideBy,
    excluded::{Excluded, ExclusionReason},
    factor::{Factor, nearness},
    lift::Lift,
    movement::Movement,
    query::{DecisionQuery, Weights},
    rank::Ranked,
    recommendation::{Decision, NoRecommendation},
    sensitivity::{FactorKind, Overtaking, WindowEnd, overtaken_by_slip, overtaken_by_weight, shares_by_window_end},
    waiting::{EARLIEST, LATEST, Stake},
};

#[cfg(test)]
pub(crate) use self::clearness::{DRAWS, FactorErrors, Stream, chances, group, ln_chances, normals};
