use serde::{Deserialize, Serialize};

use super::MoonTier;

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

impl MoonReach {
    pub(super) fn new(tier: MoonTier, left: Option<(f64, f64)>, reason: impl Into<String>) -> Self {
        let delta_v_left_km_s = left.map(|(low, high)| DeltaV { low, high });
        Self { tier, delta_v_left_km_s, reason: reason.into() }
    }
}
