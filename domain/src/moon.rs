//! How far a ride leaves an agent from the lunar surface. A first honest rule: LL2's orbit and the body it goes around.
//! Landing sites, payload destinations and programs are stronger evidence and come later.

use serde::{Deserialize, Serialize};

use crate::Orbit;

/// How near the Moon a launch goes, nearest first; `Unknown` is a value, not a rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    pub const ALL: [Self; 7] = [
        Self::Surface,
        Self::LunarOrbit,
        Self::LunarTransfer,
        Self::SteppingStone,
        Self::EarthOrbit,
        Self::Cannot,
        Self::Unknown,
    ];

    /// The word of the query string and of the API.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Surface => "surface",
            Self::LunarOrbit => "lunar_orbit",
            Self::LunarTransfer => "lunar_transfer",
            Self::SteppingStone => "stepping_stone",
            Self::EarthOrbit => "earth_orbit",
            Self::Cannot => "cannot",
            Self::Unknown => "unknown",
        }
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
    /// From where the rocket leaves its payload to the lunar surface; null when it cannot be said.
    pub delta_v_left_km_s: Option<DeltaV>,
    pub reason: String,
}

impl MoonReach {
    /// Judges by orbit and celestial bodies alone. `leaves_from` is the body the pad stands on, where LL2 says.
    ///
    /// The figures: vis-viva, coplanar, impulsive burns to an apogee of 384,400 km, plus 2.90 km/s from there to the surface
    /// (PMC7385728, table 4: TLI to surface 2.900, NRHO to low lunar orbit 0.740, low lunar orbit to surface 2.180). LL2
    /// gives no apogee, so a class of orbits is a range.
    pub fn judge(orbit: Option<&Orbit>, leaves_from: Option<&str>) -> Self {
        if let Some(body) = leaves_from.filter(|body| !is_earth(body)) {
            return Self::new(MoonTier::Cannot, None, format!("Leaves from {body}, not from Earth."));
        }
        let Some(orbit) = orbit else {
            return Self::new(MoonTier::Unknown, None, "LL2 gives no orbit.".to_owned());
        };
        let says = || format!("LL2 gives the orbit as {}.", orbit.name);
        let name = orbit.name.to_ascii_lowercase();
        if name.contains("lunar impactor") {
            let reason = "An impactor: it arrives, its passengers do not.".to_owned();
            return Self::new(MoonTier::Cannot, None, reason);
        }
        match orbit.id {
            11 => Self::new(MoonTier::LunarOrbit, Some((2.18, 2.92)), says()),
            9 => Self::new(MoonTier::LunarTransfer, Some((2.90, 2.90)), says()),
            5 | 16 => Self::new(MoonTier::SteppingStone, Some((2.9, 3.0)), says()),
            0 => Self::new(MoonTier::SteppingStone, Some((3.0, 3.6)), says()),
            2 | 4 => Self::new(MoonTier::SteppingStone, Some((3.3, 3.6)), says()),
            1 => Self::new(MoonTier::SteppingStone, Some((3.9, 4.0)), says()),
            12 => Self::new(MoonTier::EarthOrbit, Some((4.2, 4.4)), says()),
            13 | 17 => Self::new(MoonTier::EarthOrbit, Some((5.8, 6.0)), says()),
            8 => Self::new(MoonTier::EarthOrbit, Some((5.9, 6.2)), says()),
            15 => Self::new(MoonTier::Cannot, None, "Suborbital: it comes down again.".to_owned()),
            6 | 19 | 20 | 21 => Self::new(MoonTier::Cannot, None, format!("Leaves for elsewhere: {}.", orbit.name)),
            25 => Self::new(MoonTier::Unknown, None, "LL2 says the orbit is unknown.".to_owned()),
            _ => Self::by_name_or_body(orbit, &name),
        }
    }

    /// Orbits whose ids we have not met, by the words and the body that come with them.
    fn by_name_or_body(orbit: &Orbit, name: &str) -> Self {
        let says = || format!("LL2 gives the orbit as {}.", orbit.name);
        let body = orbit.celestial_body.as_deref();
        if name.contains("lunar flyby") {
            Self::new(MoonTier::LunarTransfer, Some((2.90, 2.90)), says())
        } else if name.contains("lunar") || body.is_some_and(|body| body.eq_ignore_ascii_case("moon")) {
            Self::new(MoonTier::LunarOrbit, Some((2.18, 2.92)), says())
        } else if name.contains("geostationary") || name.contains("geosynchronous") {
            Self::new(MoonTier::SteppingStone, Some((3.2, 4.0)), says())
        } else if name.contains("high earth") || name.contains("supersynchronous") {
            Self::new(MoonTier::SteppingStone, Some((3.0, 3.6)), says())
        } else if name.contains("solar escape") || body.is_some_and(|body| !is_earth(body)) {
            Self::new(MoonTier::Cannot, None, format!("Leaves for elsewhere: {}.", orbit.name))
        } else {
            Self::new(MoonTier::Unknown, None, format!("We do not know the orbit {}.", orbit.name))
        }
    }

    fn new(tier: MoonTier, left: Option<(f64, f64)>, reason: String) -> Self {
        let delta_v_left_km_s = left.map(|(low, high)| DeltaV { low, high });
        Self { tier, delta_v_left_km_s, reason }
    }
}

fn is_earth(body: &str) -> bool {
    body.eq_ignore_ascii_case("earth")
}
