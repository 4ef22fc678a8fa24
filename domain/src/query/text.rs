//! The texts that a search reads, prepared once: every distinct text is stored once and in lower case. Each typed
//! letter then checks each distinct text once, and nothing is copied.

use std::collections::HashMap;

use crate::Launch;

use super::{Words, mask::Mask};

/// Calls `take` with every text of the launch that a search reads.
pub(super) fn each<'launch>(launch: &'launch Launch, mut take: impl FnMut(&'launch str)) {
    let mission = launch.mission.as_ref();
    let orbit = launch.orbit.as_ref();
    let some = [
        mission.map(|mission| mission.name.as_str()),
        mission.and_then(|mission| mission.kind.as_deref()),
        mission.and_then(|mission| mission.description.as_deref()),
        launch.provider.abbrev.as_deref(),
        launch.rocket.family.as_deref(),
        orbit.map(|orbit| orbit.name.as_str()),
        orbit.map(|orbit| orbit.abbrev.as_str()),
    ];
    let all = [&launch.name, &launch.provider.name, &launch.rocket.name, &launch.pad.name, &launch.location.name];
    some.into_iter().flatten().for_each(&mut take);
    all.into_iter().map(String::as_str).for_each(&mut take);
    launch.programs.iter().map(|program| program.name.as_str()).for_each(take);
}

/// The texts of many launches.
#[derive(Debug)]
pub(super) struct Texts {
    /// Every distinct text, in lower case, concatenated.
    whole: String,
    /// The end of each text in `whole`.
    ends: Vec<usize>,
    /// The texts of all launches, as indexes into `ends`.
    fields: Vec<u32>,
    /// The end of each launch's texts in `fields`.
    rows: Vec<usize>,
}

impl Texts {
    pub(super) fn of(launches: &[Launch]) -> Self {
        let mut known: HashMap<&str, u32> = HashMap::new();
        let (mut whole, mut ends, mut fields) = (String::new(), Vec::new(), Vec::new());
        let mut rows = Vec::with_capacity(launches.len());
        for launch in launches {
            each(launch, |text| {
                fields.push(*known.entry(text).or_insert_with(|| {
                    whole.push_str(&text.to_lowercase());
                    ends.push(whole.len());
                    u32::try_from(ends.len() - 1).unwrap_or(u32::MAX)
                }));
            });
            rows.push(fields.len());
        }
        Self { whole, ends, fields, rows }
    }

    /// Sets the bit of the launches in which a word does not occur.
    pub(super) fn mark_misses(&self, words: &Words, masks: &mut [Mask], bit: Mask) {
        for word in words.iter() {
            let mut start = 0;
            let holds: Vec<bool> = self
                .ends
                .iter()
                .map(|end| {
                    let text = &self.whole[start..*end];
                    start = *end;
                    text.contains(word)
                })
                .collect();
            let mut first = 0;
            for (mask, end) in masks.iter_mut().zip(&self.rows) {
                if !self.fields[first..*end].iter().any(|text| holds[*text as usize]) {
                    *mask |= bit;
                }
                first = *end;
            }
        }
    }
}
