//! How far a ride leaves an agent from the lunar surface, and the evidence for it.
//!
//! [`MoonFacts`] contains LL2's data about where a launch goes. [`MoonFacts::reach`] returns the verdict, and
//! [`MoonFacts::evidence`] every piece of evidence, strongest first, including those that disagree. The rules and the
//! figures: ADR 0017.

mod evidence;
mod facts;
mod ladder;
mod reach;
mod tier;
pub mod transfer;
mod words;

pub use self::{
    evidence::{Evidence, EvidenceKind, Stance},
    facts::MoonFacts,
    reach::{DeltaV, MoonReach},
    tier::MoonTier,
};
