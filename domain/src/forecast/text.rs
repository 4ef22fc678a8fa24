//! Forecasts as lines of integers: launches of a packed board share equal lines, so that the board contains each only
//! once.

use std::str::FromStr;

use chrono::{DateTime, Utc};

use super::{Basis, Chance, DATE_LEVELS, DateForecast, RecordKnowledge, SUCCESS_RECORDS, SuccessForecast};

impl SuccessForecast {
    pub(crate) fn to_text(self) -> String {
        let [mean, low, high] = self.chance.units();
        let basis = self.rests_on as u8;
        let mut text = format!("{basis} {mean} {low} {high} {} {} {}", self.chance.n(), self.succeeded, self.partial);
        if let Some(records) = self.records {
            // The keys come first: they are equal for launches of one rocket, the rest may differ.
            let keys = records.map(RecordKnowledge::key);
            for number in keys.into_iter().chain(records.map(RecordKnowledge::hundredths)) {
                text.push_str(&format!(" {number}"));
            }
        }
        text
    }

    pub(crate) fn from_text(text: &str) -> Option<Self> {
        let mut numbers = text.split(' ');
        let rests_on = basis(next(&mut numbers)?)?;
        let (mean, low, high) = (next(&mut numbers)?, next(&mut numbers)?, next(&mut numbers)?);
        let chance = Chance::from_units(mean, low, high, next(&mut numbers)?)?;
        let (succeeded, partial) = (next(&mut numbers)?, next(&mut numbers)?);
        let records = match next(&mut numbers) {
            None => None,
            Some(first) => {
                let (mut keys, mut hundredths) = ([first; SUCCESS_RECORDS], [0; SUCCESS_RECORDS]);
                for number in keys.iter_mut().skip(1).chain(&mut hundredths) {
                    *number = next(&mut numbers)?;
                }
                Some(RecordKnowledge::all(keys, hundredths)?)
            }
        };
        Some(Self { chance, rests_on, succeeded, partial, records })
    }
}

impl DateForecast {
    /// Leaves out the announced time, because it differs between launches that share the rest. Minutes are written
    /// as differences.
    pub(crate) fn to_text(self) -> String {
        let precision = self.precision_id().unwrap_or(-1);
        let mut text = format!("{} {precision} {}", self.rests_on() as u8, self.n());
        let mut before = 0;
        for minutes in self.minutes() {
            text.push_str(&format!(" {}", minutes.saturating_sub(before)));
            before = *minutes;
        }
        text
    }

    pub(crate) fn from_text(text: &str, announced: DateTime<Utc>) -> Option<Self> {
        let mut numbers = text.split(' ');
        let rests_on = basis(next(&mut numbers)?)?;
        let precision: i32 = next(&mut numbers)?;
        let n = next(&mut numbers)?;
        let mut minutes = [0; DATE_LEVELS.len()];
        let mut before = 0_i32;
        for cell in &mut minutes {
            before = before.checked_add(next(&mut numbers)?)?;
            *cell = before;
        }
        Self::new(announced, (precision >= 0).then_some(precision), minutes, n, rests_on)
    }
}

fn basis(place: usize) -> Option<Basis> {
    Basis::ALL.get(place).copied()
}

fn next<'text, T: FromStr>(numbers: &mut impl Iterator<Item = &'text str>) -> Option<T> {
    numbers.next()?.parse().ok()
}
