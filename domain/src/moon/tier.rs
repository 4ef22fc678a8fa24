use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

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
