use super::{Evidence, EvidenceKind, MoonReach, MoonTier, ladder, words::Words};
use crate::{Mission, Orbit, Program};

/// LL2's data about where a launch goes.
#[derive(Clone, Copy, Debug, Default)]
pub struct MoonFacts<'a> {
    /// The body on which the pad is.
    pub leaves_from: Option<&'a str>,
    /// The bodies of the landing sites of payloads and spacecraft; not those of boosters.
    pub landing_bodies: &'a [&'a str],
    pub orbit: Option<&'a Orbit>,
    /// The destinations of payloads and spacecraft. LL2 gives them in detailed records, and rarely.
    pub destinations: &'a [&'a str],
    pub programs: &'a [Program],
    pub mission: Option<&'a Mission>,
}

impl MoonReach {
    /// Judges by orbit and celestial bodies alone, if the other facts are not available. `leaves_from` is the body on
    /// which the pad is, if LL2 gives it.
    pub fn judge(orbit: Option<&Orbit>, leaves_from: Option<&str>) -> Self {
        MoonFacts { orbit, leaves_from, ..MoonFacts::default() }.reach()
    }
}

impl Default for MoonReach {
    fn default() -> Self {
        Self::judge(None, None)
    }
}

impl MoonFacts<'_> {
    /// Returns the verdict: the strongest evidence that implies a tier. Weaker evidence refines it only where a rule
    /// allows it (ADR 0017).
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
        let words = self.describe();
        let lands = words.lander || self.destined().any(|tier| tier == MoonTier::Surface);
        match filed.tier {
            MoonTier::Cannot | MoonTier::Surface => filed,
            MoonTier::LunarOrbit | MoonTier::LunarTransfer if lands => {
                let far = filed.delta_v_left_km_s.map_or(2.92, |left| left.high);
                let reason = format!("{} LL2 lists it under {}.", self.why_it_lands(words), self.orbit_name());
                MoonReach::new(MoonTier::Surface, Some((0.0, far)), reason)
            }
            // Either the lander or its companion may fly here: the range includes the landing, the tier does not.
            MoonTier::LunarOrbit if words.landing => {
                let reason = format!("{} LL2 does not say whether this launch carries a lander.", filed.reason);
                MoonReach::new(filed.tier, Some((0.0, 2.92)), reason)
            }
            // A lander that LL2 files under an orbit of Earth is still a lander, if the mission is one of exploration.
            MoonTier::SteppingStone | MoonTier::EarthOrbit if words.lander && self.explores() => {
                let far = filed.delta_v_left_km_s.map_or(6.2, |left| left.high);
                let reason = format!("A lander by its description, though LL2 lists it under {}.", self.orbit_name());
                MoonReach::new(MoonTier::Surface, Some((0.0, far)), reason)
            }
            MoonTier::Unknown => self.without_orbit(filed, words),
            _ => filed,
        }
    }

    /// Returns every piece of evidence, strongest first, including evidence that disagrees with the verdict.
    pub fn evidence(&self) -> Vec<Evidence> {
        let mut found = Vec::new();
        let mut note = |kind, tier, says: String| found.push(Evidence { kind, tier, says });
        for body in self.landing_bodies {
            let tier = if is(body, "moon") { MoonTier::Surface } else { MoonTier::Cannot };
            note(EvidenceKind::Landing, Some(tier).filter(|_| !is(body, "earth")), format!("Lands on {body}."));
        }
        if let Some(body) = self.leaves_from.filter(|body| !is(body, "earth")) {
            note(EvidenceKind::Landing, Some(MoonTier::Cannot), format!("Its pad is on {body}."));
        }
        let filed = ladder::of(self.orbit);
        let tier = Some(filed.tier).filter(|tier| *tier != MoonTier::Unknown);
        if let Some(body) = self.orbit.and_then(|orbit| orbit.celestial_body.as_deref()) {
            // LL2 gives Earth for nearly every orbit, including some that leave it: the orbit is more reliable.
            note(
                EvidenceKind::Body,
                tier.filter(|_| !is(body, "earth") && !is(body, "sun")),
                format!("Orbits: {body}."),
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
        let words = self.describe();
        if let Some(says) = words.says() {
            note(EvidenceKind::Words, words.hint(), says.to_owned());
        }
        found
    }

    /// Returns the verdict if there is no orbit, or one that implies no tier. Weaker evidence decides only if it names
    /// what flies; the name of a program alone is never sufficient.
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
            return MoonReach::new(tier, left, format!("{} Its payload's destination is more specific.", filed.reason));
        }
        match words.tier().filter(|_| self.explores()) {
            Some(MoonTier::Surface) => {
                let reason = format!("{} The description mentions a lunar lander.", filed.reason);
                MoonReach::new(MoonTier::Surface, Some((0.0, 2.92)), reason)
            }
            Some(MoonTier::LunarOrbit) => {
                let reason = format!("{} The description mentions lunar orbit.", filed.reason);
                MoonReach::new(MoonTier::LunarOrbit, Some((2.18, 2.92)), reason)
            }
            Some(MoonTier::LunarTransfer) => {
                let reason = format!("{} The description mentions passing the Moon.", filed.reason);
                MoonReach::new(MoonTier::LunarTransfer, Some((2.90, 2.90)), reason)
            }
            Some(_) if words.impactor => {
                MoonReach::new(MoonTier::Cannot, None, "An impactor: it crashes into the Moon.")
            }
            Some(_) => MoonReach::new(MoonTier::Cannot, None, "Its description names another destination."),
            None => match self.programs.iter().find(|program| names_the_moon(&program.name)) {
                Some(program) => {
                    let reason = format!("{} Its program {} alone is not sufficient.", filed.reason, program.name);
                    MoonReach::new(MoonTier::Unknown, None, reason)
                }
                None => filed,
            },
        }
    }

    fn describe(&self) -> Words {
        self.mission.map_or_else(Words::default, |mission| {
            Words::read(&mission.name, mission.description.as_deref().unwrap_or_default())
        })
    }

    fn destined(&self) -> impl Iterator<Item = MoonTier> {
        self.destinations.iter().filter_map(|destination| destined_for(destination))
    }

    /// Returns whether the mission is of a kind whose words about a lander describe the mission itself. A test flight
    /// or a weather satellite that mentions a lander means another one.
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

/// Returns the tier that a destination implies. None if it names no known place ("Orbit").
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

/// Returns whether the name of a program refers to the Moon. A single mission of the program may still go elsewhere.
fn names_the_moon(program: &str) -> bool {
    let name = program.to_ascii_lowercase();
    ["artemis", "lunar", "clps", "moon", "chang'e", "apollo"].iter().any(|word| name.contains(word))
}

fn is(text: &str, word: &str) -> bool {
    text.eq_ignore_ascii_case(word)
}
