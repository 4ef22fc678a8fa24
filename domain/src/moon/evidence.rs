use super::MoonTier;

/// The kind of a piece of evidence, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EvidenceKind {
    /// The body of a landing site, or of the pad it leaves from.
    Landing,
    /// The body that the orbit goes around.
    Body,
    Orbit,
    Destination,
    Program,
    MissionType,
    Words,
}

impl EvidenceKind {
    pub fn label(self) -> &'static str {
        match self {
            Self::Landing => "Landing site",
            Self::Body => "Orbited body",
            Self::Orbit => "Orbit",
            Self::Destination => "Destination",
            Self::Program => "Program",
            Self::MissionType => "Mission type",
            Self::Words => "Words",
        }
    }
}

/// How a piece of evidence relates to the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    Agrees,
    Disagrees,
    /// It points at the Moon, but is not sufficient for a verdict.
    NotEnough,
    /// It does not support any tier.
    Silent,
}

impl Stance {
    pub fn label(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Disagrees => "disagrees",
            Self::NotEnough => "not sufficient alone",
            Self::Silent => "implies no tier",
        }
    }
}

/// One statement by LL2 about where a launch goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    pub kind: EvidenceKind,
    /// The tier that it would imply alone. None if it implies none. A program and a mission type only ever mean "to the
    /// Moon", which is represented by the farthest of those tiers.
    pub tier: Option<MoonTier>,
    /// LL2's words, or our summary of them.
    pub says: String,
}

impl Evidence {
    /// Returns how it relates to the verdict.
    pub fn stance(&self, verdict: MoonTier) -> Stance {
        let Some(tier) = self.tier else { return Stance::Silent };
        let is_vague = matches!(self.kind, EvidenceKind::Program | EvidenceKind::MissionType);
        // A lander goes through lunar orbit: an orbit of the Moon does not contradict a landing.
        let on_the_way =
            verdict == MoonTier::Surface && tier.is_moon_bound() && self.kind != EvidenceKind::Words || tier == verdict;
        if on_the_way || is_vague && verdict.is_moon_bound() {
            Stance::Agrees
        } else if verdict == MoonTier::Unknown {
            Stance::NotEnough
        } else {
            Stance::Disagrees
        }
    }
}
