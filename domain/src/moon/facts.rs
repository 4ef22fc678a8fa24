use super::{Evidence, EvidenceKind, MoonReach, MoonTier, ladder, words::Words};
use crate::{Mission, Orbit, Program};

/// What LL2 says of where a launch goes.
#[derive(Clone, Copy, Debug, Default)]
pub struct MoonFacts<'a> {
    /// The body the pad stands on.
    pub leaves_from: Option<&'a str>,
    /// The bodies of the landing sites of what is carried; not those of boosters.
    pub landing_bodies: &'a [&'a str],
    pub orbit: Option<&'a Orbit>,
    /// Where payloads and spacecraft are said to go. LL2 gives it in detailed records, and rarely.
    pub destinations: &'a [&'a str],
    pub programs: &'a [Program],
    pub mission: Option<&'a Mission>,
}

impl MoonFacts<'_> {
    /// The verdict: the strongest evidence that says something, refined by weaker evidence only where a rule says so (ADR 0017).
    pub fn reach(&self) -> MoonReach {
        if let Some(body) = self.leaves_from.filter(|body| !is(body, "earth")) {
            return MoonReach::new(MoonTier::Cannot, None, format!("Leaves from {body}, not from Earth."));
        }
        if self.landing_bodies.iter().any(|body| is(body, "moon")) {
            return MoonReach::new(MoonTier::Surface, Some((0.0, 0.0)), "LL2 gives a landing site on the Moon.");
        }
        if let Some(body) = self.landing_bodies.iter().find(|body| !is(body, "earth")) {
            return MoonReach::new(MoonTier::Cannot, None, format!("Lands on {body}, not on the Moon."));
        }
        let filed = ladder::of(self.orbit);
        let words = self.words();
        let lands = words.lander || self.destined().any(|tier| tier == MoonTier::Surface);
        match filed.tier {
            MoonTier::Cannot | MoonTier::Surface => filed,
            MoonTier::LunarOrbit | MoonTier::LunarTransfer if lands => {
                let far = filed.delta_v_left_km_s.map_or(2.92, |left| left.high);
                let reason = format!("{} LL2 files it under {}.", self.why_it_lands(words), self.orbit_name());
                MoonReach::new(MoonTier::Surface, Some((0.0, far)), reason)
            }
            // It may be the lander or its mate that flies here: the range says so, the tier does not.
            MoonTier::LunarOrbit if words.landing => {
                let reason = format!("{} Whether this launch carries a lander, LL2 does not say.", filed.reason);
                MoonReach::new(filed.tier, Some((0.0, 2.92)), reason)
            }
            // A lander filed under an orbit of Earth is still a lander, where the mission is one of exploration.
            MoonTier::SteppingStone | MoonTier::EarthOrbit if words.lander && self.explores() => {
                let far = filed.delta_v_left_km_s.map_or(6.2, |left| left.high);
                let reason = format!("A lander by its description, though LL2 files it under {}.", self.orbit_name());
                MoonReach::new(MoonTier::Surface, Some((0.0, far)), reason)
            }
            MoonTier::Unknown => self.without_orbit(filed, words),
            _ => filed,
        }
    }

    /// Every piece of evidence, strongest first, also what disagrees with the verdict.
    pub fn evidence(&self) -> Vec<Evidence> {
        let mut found = Vec::new();
        let mut note = |kind, tier, says: String| found.push(Evidence { kind, tier, says });
        for body in self.landing_bodies {
            let tier = if is(body, "moon") { MoonTier::Surface } else { MoonTier::Cannot };
            note(EvidenceKind::Landing, Some(tier).filter(|_| !is(body, "earth")), format!("Lands on {body}."));
        }
        if let Some(body) = self.leaves_from.filter(|body| !is(body, "earth")) {
            note(EvidenceKind::Landing, Some(MoonTier::Cannot), format!("Its pad stands on {body}."));
        }
        let filed = ladder::of(self.orbit);
        let tier = Some(filed.tier).filter(|tier| *tier != MoonTier::Unknown);
        if let Some(body) = self.orbit.and_then(|orbit| orbit.celestial_body.as_deref()) {
            // Earth is what LL2 puts beside nearly every orbit, also beside some that leave it: the orbit says more.
            note(
                EvidenceKind::Body,
                tier.filter(|_| !is(body, "earth") && !is(body, "sun")),
                format!("Goes around: {body}."),
            );
        }
        note(EvidenceKind::Orbit, tier, filed.reason);
        for destination in self.destinations {
            note(
                EvidenceKind::Destination,
                destined_for(destination),
                format!("A payload's destination: {destination}."),
            );
        }
        for program in self.programs {
            let tier = names_the_moon(&program.name).then_some(MoonTier::LunarTransfer);
            note(EvidenceKind::Program, tier, format!("Part of {}.", program.name));
        }
        if let Some(kind) = self.mission.and_then(|mission| mission.kind.as_deref()) {
            let tier = is(kind, "lunar exploration").then_some(MoonTier::LunarTransfer);
            note(EvidenceKind::MissionType, tier, format!("LL2 calls it {kind}."));
        }
        let words = self.words();
        if let Some(says) = words.says() {
            note(EvidenceKind::Words, words.hint(), says.to_owned());
        }
        found
    }

    /// No orbit, or one that says nothing: the weaker evidence may judge where it names what flies, and never by the name of a
    /// program alone.
    fn without_orbit(&self, filed: MoonReach, words: Words) -> MoonReach {
        let nearest = self.destined().min();
        if let Some(tier) = nearest {
            let left = match tier {
                MoonTier::Surface => Some((0.0, 2.92)),
                MoonTier::LunarOrbit => Some((2.18, 2.92)),
                MoonTier::LunarTransfer => Some((2.90, 2.90)),
                MoonTier::EarthOrbit => Some((5.9, 6.2)),
                _ => None,
            };
            return MoonReach::new(tier, left, format!("{} Its payload's destination says more.", filed.reason));
        }
        match words.tier().filter(|_| self.explores()) {
            Some(MoonTier::Surface) => {
                let reason = format!("{} The description speaks of a lunar lander.", filed.reason);
                MoonReach::new(MoonTier::Surface, Some((0.0, 2.92)), reason)
            }
            Some(MoonTier::LunarOrbit) => {
                let reason = format!("{} The description speaks of lunar orbit.", filed.reason);
                MoonReach::new(MoonTier::LunarOrbit, Some((2.18, 2.92)), reason)
            }
            Some(MoonTier::LunarTransfer) => {
                let reason = format!("{} The description speaks of passing the Moon.", filed.reason);
                MoonReach::new(MoonTier::LunarTransfer, Some((2.90, 2.90)), reason)
            }
            Some(_) if words.impactor => {
                MoonReach::new(MoonTier::Cannot, None, "An impactor: it arrives, its passengers do not.")
            }
            Some(_) => MoonReach::new(MoonTier::Cannot, None, "By its description it leaves for elsewhere."),
            None => match self.programs.iter().find(|program| names_the_moon(&program.name)) {
                Some(program) => {
                    let reason =
                        format!("{} That it belongs to {} is too little to judge by.", filed.reason, program.name);
                    MoonReach::new(MoonTier::Unknown, None, reason)
                }
                None => filed,
            },
        }
    }

    fn words(&self) -> Words {
        self.mission.map_or_else(Words::default, |mission| {
            Words::read(&mission.name, mission.description.as_deref().unwrap_or_default())
        })
    }

    fn destined(&self) -> impl Iterator<Item = MoonTier> {
        self.destinations.iter().filter_map(|destination| destined_for(destination))
    }

    /// The kinds of mission whose words about a lander are about themselves. A test flight or a weather satellite that speaks of
    /// one speaks of something else.
    fn explores(&self) -> bool {
        let kind = self.mission.and_then(|mission| mission.kind.as_deref()).unwrap_or_default();
        ["lunar exploration", "robotic exploration", "planetary science"].iter().any(|explores| is(kind, explores))
    }

    fn orbit_name(&self) -> &str {
        self.orbit.map_or("no orbit", |orbit| orbit.name.as_str())
    }

    fn why_it_lands(&self, words: Words) -> &'static str {
        if words.lander { "A lander by its description." } else { "Its payload's destination is the surface." }
    }
}

/// What a destination says; none when it names no place we know ("Orbit").
fn destined_for(destination: &str) -> Option<MoonTier> {
    let text = destination.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&["mars", "venus", "jupiter", "saturn", "mercury", "asteroid", "comet", "heliocentric", "suborbital"]) {
        Some(MoonTier::Cannot)
    } else if has(&["lunar surface", "moon surface", "surface of the moon"]) {
        Some(MoonTier::Surface)
    } else if has(&["lunar orbit", "orbit of the moon", "nrho", "lunar gateway"]) {
        Some(MoonTier::LunarOrbit)
    } else if has(&["lunar", "moon"]) {
        Some(MoonTier::LunarTransfer)
    } else if has(&["space station", "low earth orbit", "sun-synchronous"]) || text == "iss" || text == "leo" {
        Some(MoonTier::EarthOrbit)
    } else {
        None
    }
}

/// Programs whose name promises the Moon; what a single mission of theirs does is another matter.
fn names_the_moon(program: &str) -> bool {
    let name = program.to_ascii_lowercase();
    ["artemis", "lunar", "clps", "moon", "chang'e", "apollo"].iter().any(|word| name.contains(word))
}

fn is(text: &str, word: &str) -> bool {
    text.eq_ignore_ascii_case(word)
}
