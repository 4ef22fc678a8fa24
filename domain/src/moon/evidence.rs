use super::MoonTier;

/// What a piece of evidence is, strongest first.
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

/// How a piece of evidence stands to the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    Agrees,
    Disagrees,
    /// It points at the Moon, and is too little to judge by.
    NotEnough,
    /// It says nothing either way.
    Silent,
}

impl Stance {
    pub fn label(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Disagrees => "disagrees",
            Self::NotEnough => "not enough by itself",
            Self::Silent => "says nothing",
        }
    }
}

/// One thing that LL2 says of where a launch goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    pub kind: EvidenceKind,
    /// What it would say alone; none when it says nothing. A program and a mission type only ever mean "to the Moon", which is
    /// written as the farthest tier of those.
    pub tier: Option<MoonTier>,
    /// In LL2's words, or ours about them.
    pub says: String,
}

impl Evidence {
    /// Where it stands once the verdict is known.
    pub fn stance(&self, verdict: MoonTier) -> Stance {
        let Some(tier) = self.tier else { return Stance::Silent };
        let is_vague = matches!(self.kind, EvidenceKind::Program | EvidenceKind::MissionType);
        // A lander goes through lunar orbit: an orbit of the Moon does not contradict it.
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
