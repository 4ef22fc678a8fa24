//! How far a ride leaves an agent from the lunar surface, and the evidence for it.
//!
//! [`MoonFacts`] contains LL2's data about where a launch goes. [`MoonFacts::reach`] returns the verdict, and
//! [`MoonFacts::evidence`] every piece of evidence, strongest first, including those that disagree. The rules and the
//! figures: ADR 0017.

mod evidence;
mod facts;
mod ladder;
pub mod transfer;
mod words;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

pub use self::{
    evidence::{Evidence, EvidenceKind, Stance},
    facts::MoonFacts,
};
use crate::Orbit;

/// How near to the Moon a launch goes, nearest first. `Unknown` is a value, not a rank.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum MoonTier {
    /// Lands on it.
    Surface,
    LunarOrbit,
    /// Flies by, or is put on a trajectory towards it.
    LunarTransfer,
    /// High enough that most of the velocity change is done.
    SteppingStone,
    EarthOrbit,
    /// Never in orbit, or on the way to another body.
    Cannot,
    Unknown,
}

impl MoonTier {
    pub const ALL: [Self; Self::VARIANTS.len()] = crate::variants(Self::VARIANTS);

    /// Returns the identifier used in the query string and the API.
    pub fn slug(self) -> &'static str {
        self.into()
    }

    /// Parses the result of [`MoonTier::slug`].
    pub fn from_slug(slug: &str) -> Option<Self> {
        slug.parse().ok()
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Surface => "Lands on the Moon",
            Self::LunarOrbit => "Lunar orbit",
            Self::LunarTransfer => "Lunar flyby",
            Self::SteppingStone => "Stepping stone",
            Self::EarthOrbit => "Earth orbit",
            Self::Cannot => "Out of reach",
            Self::Unknown => "Unknown",
        }
    }

    /// Returns whether the launch goes to the Moon: it lands, orbits or passes.
    pub fn is_moon_bound(self) -> bool {
        self <= Self::LunarTransfer
    }
}

/// A range of velocity change, km/s.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeltaV {
    pub low: f64,
    pub high: f64,
}

/// A tier with the velocity change left to the lunar surface, and the reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MoonReach {
    pub tier: MoonTier,
    /// From the end of the mission to the lunar surface. Null if it is unknown.
    pub delta_v_left_km_s: Option<DeltaV>,
    pub reason: String,
}

impl Default for MoonReach {
    fn default() -> Self {
        Self::judge(None, None)
    }
}

impl MoonReach {
    /// Judges by orbit and celestial bodies alone, if the other facts are not available. `leaves_from` is the body on
    /// which the pad is, if LL2 gives it.
    pub fn judge(orbit: Option<&Orbit>, leaves_from: Option<&str>) -> Self {
        MoonFacts { orbit, leaves_from, ..MoonFacts::default() }.reach()
    }

    fn new(tier: MoonTier, left: Option<(f64, f64)>, reason: impl Into<String>) -> Self {
        let delta_v_left_km_s = left.map(|(low, high)| DeltaV { low, high });
        Self { tier, delta_v_left_km_s, reason: reason.into() }
    }
}
