use std::fmt;

use super::QueryError;

/// How long before a launch a calendar shows a reminder: a value of the key `alarm`, written as an RFC 5545 duration
/// (3.3.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Alarm {
    seconds: u32,
}

impl Alarm {
    /// The key of the query string.
    pub const KEY: &str = "alarm";
    /// Maximum number of alarms for each launch in a calendar; with more than a few, people ignore them.
    const MOST: usize = 5;
    /// Longest time before the launch, in seconds: four weeks.
    const LONGEST: u32 = 28 * 24 * 60 * 60;

    /// Adds the values of a comma-separated list to `alarms`, without duplicates, the earliest alarm first.
    pub fn add_all(alarms: &mut Vec<Self>, list: &str) -> Result<(), QueryError> {
        let refuse = |reason: String| QueryError { key: Self::KEY.to_owned(), reason };
        for one in list.split(',').filter(|one| !one.is_empty()) {
            let short: String = one.chars().take(40).collect();
            let like = "a time before the launch like PT1H, P1D or PT1H30M";
            let seconds = duration(one).ok_or_else(|| refuse(format!("{short:?} is not {like}")))?;
            let alarm = u32::try_from(seconds).ok().filter(|seconds| *seconds <= Self::LONGEST);
            let alarm = Self { seconds: alarm.ok_or_else(|| refuse(format!("{short:?} is more than four weeks")))? };
            if !alarms.contains(&alarm) {
                alarms.push(alarm);
            }
        }
        if alarms.len() > Self::MOST {
            return Err(refuse(format!("more than {} values", Self::MOST)));
        }
        alarms.sort_unstable_by(|one, other| other.cmp(one));
        Ok(())
    }
}

/// Writes the canonical form: days, hours, minutes, seconds, without zero values.
impl fmt::Display for Alarm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [days, hours, minutes, seconds] =
            [self.seconds / 86_400, self.seconds / 3_600 % 24, self.seconds / 60 % 60, self.seconds % 60];
        f.write_str("P")?;
        if days > 0 {
            write!(f, "{days}D")?;
        }
        if days == 0 || !self.seconds.is_multiple_of(86_400) {
            f.write_str("T")?;
        }
        // The grammar does not allow hours and seconds without minutes between them.
        let has_hours = hours > 0;
        if has_hours {
            write!(f, "{hours}H")?;
        }
        if minutes > 0 || (has_hours && seconds > 0) {
            write!(f, "{minutes}M")?;
        }
        if seconds > 0 || self.seconds == 0 {
            write!(f, "{seconds}S")?;
        }
        Ok(())
    }
}

/// Parses a duration without a sign to seconds: `"P" (weeks | days ["T" time] | "T" time)`, where a time has no gap
/// between two units.
fn duration(text: &str) -> Option<u64> {
    let text = text.to_ascii_uppercase();
    let rest = text.strip_prefix('P')?;
    if let Some(weeks) = rest.strip_suffix('W') {
        return number(weeks)?.checked_mul(7 * 86_400);
    }
    let (date, time) = rest.split_once('T').map_or((rest, None), |(date, time)| (date, Some(time)));
    let days = match date {
        "" if time.is_some() => 0,
        date => number(date.strip_suffix('D')?)?,
    };
    let mut total = days.checked_mul(86_400)?;
    if let Some(mut time) = time {
        let mut taken: Vec<usize> = Vec::new();
        for (place, (unit, seconds)) in [('H', 3_600), ('M', 60), ('S', 1)].into_iter().enumerate() {
            if let Some((count, rest)) = time.split_once(unit) {
                total = total.checked_add(number(count)?.checked_mul(seconds)?)?;
                time = rest;
                taken.push(place);
            }
        }
        let has_gap = taken.windows(2).any(|two| two[1] - two[0] > 1);
        if !time.is_empty() || taken.is_empty() || has_gap {
            return None;
        }
    }
    Some(total)
}

fn number(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}
