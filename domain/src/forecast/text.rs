//! Forecasts as lines of integers: many launches share one, so that a board writes it once.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::{Chance, DATE_LEVELS, DateForecast, Ground, LaunchForecast, SuccessForecast};

impl SuccessForecast {
    pub(crate) fn to_text(self) -> String {
        let [mean, low, high] = self.chance.units();
        let ground = self.rests_on as u8;
        format!("{ground} {mean} {low} {high} {} {} {}", self.chance.n(), self.succeeded, self.partial)
    }

    pub(crate) fn from_text(text: &str) -> Option<Self> {
        let mut numbers = text.split(' ');
        let rests_on = ground(next(&mut numbers)?)?;
        let (mean, low, high) = (next(&mut numbers)?, next(&mut numbers)?, next(&mut numbers)?);
        let chance = Chance::from_units(mean, low, high, next(&mut numbers)?)?;
        Some(Self { chance, rests_on, succeeded: next(&mut numbers)?, partial: next(&mut numbers)? })
    }
}

impl DateForecast {
    /// Without the announced time, in which launches differ that share the rest. Hours are written as steps.
    pub(crate) fn to_text(self) -> String {
        let precision = self.precision_id().unwrap_or(-1);
        let mut text = format!("{} {precision} {}", self.rests_on() as u8, self.n());
        let mut before = 0;
        for hours in self.hours() {
            text.push_str(&format!(" {}", hours.saturating_sub(before)));
            before = *hours;
        }
        text
    }

    pub(crate) fn from_text(text: &str, announced: DateTime<Utc>) -> Option<Self> {
        let mut numbers = text.split(' ');
        let rests_on = ground(next(&mut numbers)?)?;
        let precision: i32 = next(&mut numbers)?;
        let n = next(&mut numbers)?;
        let mut hours = [0; DATE_LEVELS.len()];
        let mut before = 0_i32;
        for cell in &mut hours {
            before = before.checked_add(next(&mut numbers)?)?;
            *cell = before;
        }
        Self::new(announced, (precision >= 0).then_some(precision), hours, n, rests_on)
    }
}

impl LaunchForecast {
    /// One line: the database keeps it so, too.
    pub fn to_text(&self) -> String {
        let success = self.success.map(SuccessForecast::to_text).unwrap_or_default();
        let (announced, date) = match self.date {
            Some(date) => (date.announced().timestamp_micros().to_string(), date.to_text()),
            None => Default::default(),
        };
        format!("{};{success};{announced};{date}", self.made_at.timestamp_micros())
    }

    /// From [`LaunchForecast::to_text`]; none when it is damaged.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut parts = text.split(';');
        let made_at = DateTime::from_timestamp_micros(parts.next()?.parse().ok()?)?;
        let (success, announced, date) = (parts.next()?, parts.next()?, parts.next()?);
        let success = if success.is_empty() { None } else { Some(SuccessForecast::from_text(success)?) };
        let date = if date.is_empty() {
            None
        } else {
            let announced = DateTime::from_timestamp_micros(announced.parse().ok()?)?;
            Some(DateForecast::from_text(date, announced)?)
        };
        Some(Self { made_at, success, date })
    }
}

impl Serialize for LaunchForecast {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_text())
    }
}

impl<'de> Deserialize<'de> for LaunchForecast {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_text(&text).ok_or_else(|| D::Error::custom("the forecast is damaged"))
    }
}

fn ground(place: usize) -> Option<Ground> {
    Ground::ALL.get(place).copied()
}

fn next<'text, T: FromStr>(numbers: &mut impl Iterator<Item = &'text str>) -> Option<T> {
    numbers.next()?.parse().ok()
}
