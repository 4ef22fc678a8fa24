//! How far a ride leaves an agent from the lunar surface, and what that judgement rests on.
//!
//! [`MoonFacts`] gathers what LL2 says of a launch, strongest evidence first; [`MoonFacts::reach`] gives the verdict and
//! [`MoonFacts::evidence`] every piece of it, also the ones that disagree. The rules and the figures: ADR 0017.

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

/// How near the Moon a launch goes, nearest first; `Unknown` is a value, not a rank.
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
    /// Flies by, or is thrown towards it.
    LunarTransfer,
    /// High enough that most of the climb is done.
    SteppingStone,
    EarthOrbit,
    /// Never in orbit, or on the way to somewhere else.
    Cannot,
    Unknown,
}

impl MoonTier {
    pub const ALL: [Self; Self::VARIANTS.len()] = crate::variants(Self::VARIANTS);

    /// The word of the query string and of the API.
    pub fn slug(self) -> &'static str {
        self.into()
    }

    /// From [`MoonTier::slug`].
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

    /// The launch goes to the Moon: it lands, orbits or passes.
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

/// A tier with what is left to the lunar surface and why we think so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MoonReach {
    pub tier: MoonTier,
    /// From where the mission ends to the lunar surface; null when it cannot be said.
    pub delta_v_left_km_s: Option<DeltaV>,
    pub reason: String,
}

impl MoonReach {
    /// Judges by orbit and celestial bodies alone, for want of the other facts. `leaves_from` is the body the pad stands on,
    /// where LL2 says.
    pub fn judge(orbit: Option<&Orbit>, leaves_from: Option<&str>) -> Self {
        MoonFacts { orbit, leaves_from, ..MoonFacts::default() }.reach()
    }

    fn new(tier: MoonTier, left: Option<(f64, f64)>, reason: impl Into<String>) -> Self {
        let delta_v_left_km_s = left.map(|(low, high)| DeltaV { low, high });
        Self { tier, delta_v_left_km_s, reason: reason.into() }
    }
}
