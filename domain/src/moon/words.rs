//! Reads the free text of a launch. It is the weakest evidence: it counts only sentence by sentence, and only with a
//! word that names what flies. "Moon" alone is a name as often as a place ("Blue Moon", a crew member, one of Mars's
//! two), and "lunar" alone describes instruments, programs and related missions.

use super::MoonTier;

/// The findings, as flags: several may be set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// A lander flies, or the payload lands or delivers to the surface.
    pub(super) lander: bool,
    /// The program includes a landing, which this launch may not carry.
    pub(super) landing: bool,
    pub(super) orbiter: bool,
    pub(super) flyby: bool,
    pub(super) impactor: bool,
    /// The text mentions a body other than Earth and Moon.
    pub(super) elsewhere: bool,
    /// The text mentions the Moon.
    pub(super) moon: bool,
}

impl Words {
    /// Reads the mission's name and description.
    pub(super) fn read(name: &str, description: &str) -> Self {
        let name = name.to_ascii_lowercase();
        let text = description.to_ascii_lowercase();
        let sibling = sibling_stem(&name);
        let mut found = Self::default();
        for sentence in std::iter::once(name.as_str()).chain(sentences(&text)) {
            if sibling.is_none_or(|own| !names_a_sibling(sentence, own)) {
                found.sentence(sentence);
            }
        }
        // "Demonstration flight of the Griffin lander": the destination is in another sentence.
        found.lander &= found.moon;
        // "Queqiao (Chang'e 4 relay satellite)": everything that its text says about a lander refers to another one.
        // This does not apply with a second passenger in the name ("Nova-C IM-4 & 2 Lunar Data Relay Satellites").
        if has_word(&name, "relay") && !name.contains('&') {
            found.landing |= found.lander;
            found.lander = false;
        }
        found
    }

    fn sentence(&mut self, sentence: &str) {
        let has = |word: &str| has_word(sentence, word);
        if ELSEWHERE.iter().any(|word| has(word)) {
            self.elsewhere = true;
            return;
        }
        let lunar = ["lunar", "moon", "selene", "circumlunar", "nrho"].iter().any(|word| has(word));
        self.moon |= lunar;
        // The lander of another spacecraft: met, served or announced, not carried.
        let of_another =
            ["dock", "docks", "docking", "rendezvous", "relay", "future", "scout"].iter().any(|word| has(word));
        let lands = (has("land") || has("lands")) && (has("on") || has("at"));
        // A station in lunar orbit serves "lunar surface expeditions" and receives deliveries.
        let to_the_surface =
            ["to the lunar surface", "to the surface of the moon"].iter().any(|to| sentence.contains(to));
        if !of_another {
            self.lander |= has("lander") || has("landers");
            self.lander |= lunar && (lands || to_the_surface);
        }
        self.landing |= has("landing") || has("touchdown");
        if lunar {
            // "Beyond the Moon's orbit" is a distance.
            let phrases = [
                "lunar orbit",
                "lunar-orbit",
                "orbit the moon",
                "orbits the moon",
                "orbiting the moon",
                "orbit around the moon",
            ];
            self.orbiter |= has("orbiter") || has("nrho") || phrases.iter().any(|phrase| sentence.contains(phrase));
            self.flyby |= has("flyby")
                || has("circumlunar")
                || sentence.contains("around the moon")
                || sentence.contains("fly by");
            self.impactor |= has("impactor") || has("impact") || has("impacting");
        }
    }

    /// Returns the tier that the words alone imply.
    pub(super) fn tier(self) -> Option<MoonTier> {
        if self.lander {
            Some(MoonTier::Surface)
        } else if self.moon && self.orbiter {
            // Checked before an impact: many orbiters end in one, after years.
            Some(MoonTier::LunarOrbit)
        } else if self.impactor {
            Some(MoonTier::Cannot)
        } else if self.flyby {
            Some(MoonTier::LunarTransfer)
        } else if self.elsewhere && !self.moon {
            Some(MoonTier::Cannot)
        } else {
            None
        }
    }

    /// Returns the tier that the words suggest, even if they are not sufficient for a verdict.
    pub(super) fn hint(self) -> Option<MoonTier> {
        self.tier().or((self.moon && self.landing).then_some(MoonTier::Surface))
    }

    /// Returns the findings as a sentence. None if there are none.
    pub(super) fn says(self) -> Option<&'static str> {
        Some(match self.tier() {
            Some(MoonTier::Surface) => "The description mentions a lander.",
            Some(MoonTier::LunarOrbit) if self.landing => {
                "The description mentions an orbit of the Moon, and a landing."
            }
            Some(MoonTier::LunarOrbit) => "The description mentions an orbit of the Moon.",
            Some(MoonTier::LunarTransfer) => "The description mentions passing the Moon.",
            Some(_) if self.impactor => "The description mentions an impact on the Moon.",
            Some(_) => "The description mentions a body other than the Moon.",
            None if self.moon && self.landing => "The description mentions a landing, but no lander aboard.",
            None if self.moon => "The description mentions the Moon, but not how close this launch gets.",
            None => return None,
        })
    }
}

/// Bodies other than the Moon, with their own moons.
const ELSEWHERE: [&str; 21] = [
    "mars",
    "martian",
    "phobos",
    "deimos",
    "venus",
    "mercury",
    "jupiter",
    "jovian",
    "europa",
    "ganymede",
    "callisto",
    "saturn",
    "titan",
    "enceladus",
    "uranus",
    "neptune",
    "triton",
    "asteroid",
    "asteroids",
    "comet",
    "apophis",
];

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\r']).flat_map(|line| line.split(". "))
}

/// Returns whether the sentence contains the word by itself: "lunar" does not match "cislunar", nor "moon" as half of a
/// name.
fn has_word(sentence: &str, word: &str) -> bool {
    sentence.match_indices(word).any(|(at, _)| {
        let before = &sentence[..at];
        let after = &sentence[at + word.len()..];
        !before.ends_with(char::is_alphanumeric)
            && !after.starts_with(char::is_alphanumeric)
            && !(word == "moon" && (before.ends_with("blue ") || before.ends_with("sun ")))
    })
}

/// Returns the name's last word or words before its number, with the number: "luna" and "26".
fn sibling_stem(name: &str) -> Option<(&str, &str)> {
    let (stem, number) = name.trim().rsplit_once([' ', '-'])?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some((stem, number))
}

/// Returns whether the sentence is about a related mission: "luna 27" in the description of "luna 26".
fn names_a_sibling(sentence: &str, (stem, number): (&str, &str)) -> bool {
    sentence.match_indices(stem).any(|(at, _)| {
        let after = sentence[at + stem.len()..].trim_start_matches([' ', '-']);
        let digits = after.len() - after.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
        digits > 0 && &after[..digits] != number
    })
}
