use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use super::Lift;
use crate::{
    QueryError,
    net::midnight,
    query::{day, query_pairs, unknown_key},
};

/// The weight of each factor: its exponent. 1 leaves the factor unchanged, 0 removes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weights {
    /// All weights are in hundredths, so that a weight is never NaN and survives a round trip through text.
    pub nearness: u16,
    pub window: u16,
    pub success: u16,
}

impl Weights {
    pub const PLAIN: u16 = 100;
    pub const MOST: u16 = 300;

    pub(super) fn exponents(self) -> [f64; 3] {
        [self.nearness, self.window, self.success].map(|weight| f64::from(weight) / 100.0)
    }

    /// Returns whether nothing is left to rank by.
    pub fn are_zero(self) -> bool {
        self.nearness == 0 && self.window == 0 && self.success == 0
    }

    /// Returns whether all three weights are 1: the score is then nearness times two probabilities.
    pub fn are_plain(self) -> bool {
        self == Self::default()
    }
}

impl Default for Weights {
    fn default() -> Self {
        Self { nearness: Self::PLAIN, window: Self::PLAIN, success: Self::PLAIN }
    }
}

/// The agent's query. Page and API share one query string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionQuery {
    /// First day of the agent's window. None: as soon as the agent is ready.
    pub from: Option<NaiveDate>,
    /// Last day of the window. None: a year from now.
    pub to: Option<NaiveDate>,
    /// Days that the agent needs before boarding: a launch that flies sooner is missed.
    pub prepare: u16,
    pub weights: Weights,
    /// The minimum score of a ride, in percent. If no ride reaches it, no launch is recommended.
    pub bar: u16,
    /// Only launches with people aboard (`true`), or only launches without (`false`).
    pub crewed: Option<bool>,
    /// Accepted countries of the pads, ISO 3166-1 alpha-3. Empty for all.
    pub country: Vec<String>,
    /// Accepted sizes of rocket. Empty for all.
    pub lift: Vec<Lift>,
}

/// Default number of days to prepare: to get to a pad and aboard.
const PREPARE: u16 = 2;
/// Default of the minimum score, in percent: a less likely ride does not count.
const BAR: u16 = 10;
/// Default length of the window.
const WINDOW_DAYS: u64 = 365;
/// Maximum number of countries; fewer have pads.
const MOST_COUNTRIES: usize = 50;

impl Default for DecisionQuery {
    fn default() -> Self {
        Self {
            from: None,
            to: None,
            prepare: PREPARE,
            weights: Weights::default(),
            bar: BAR,
            crewed: None,
            country: Vec::new(),
            lift: Vec::new(),
        }
    }
}

impl DecisionQuery {
    /// Every accepted key.
    pub const KEYS: [&str; 10] =
        ["from", "to", "prepare", "nearness", "window", "success", "bar", "crewed", "country", "lift"];

    /// Parses a query string, with or without the leading `?`. An empty value means the default, because HTML forms
    /// send empty fields.
    pub fn parse(query: &str) -> Result<Self, QueryError> {
        let pairs = query_pairs(query)?;
        Self::from_pairs(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())))
    }

    /// Parses decoded keys and values.
    pub fn from_pairs<'pairs>(pairs: impl IntoIterator<Item = (&'pairs str, &'pairs str)>) -> Result<Self, QueryError> {
        let mut asked = Self::default();
        for (key, value) in pairs {
            asked.take(key, value.trim())?;
        }
        if let (Some(from), Some(to)) = (asked.from, asked.to)
            && from > to
        {
            return Err(error("to", format!("{to} is before from={from}")));
        }
        Ok(asked)
    }

    fn take(&mut self, key: &str, value: &str) -> Result<(), QueryError> {
        if value.is_empty() && Self::KEYS.contains(&key) {
            return Ok(());
        }
        match key {
            "from" => self.from = Some(date(key, value)?),
            "to" => self.to = Some(date(key, value)?),
            "prepare" => self.prepare = whole(key, value, 365)?,
            "nearness" => self.weights.nearness = weight(key, value)?,
            "window" => self.weights.window = weight(key, value)?,
            "success" => self.weights.success = weight(key, value)?,
            "bar" => self.bar = whole(key, value, 100)?,
            "crewed" => {
                self.crewed = match value {
                    "true" => Some(true),
                    "false" => Some(false),
                    _ => return Err(error(key, format!("{:?} is neither true nor false", short(value)))),
                };
            }
            "country" => {
                for code in listed(value) {
                    let code = code.to_ascii_uppercase();
                    if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'?') {
                        return Err(error(key, format!("{:?} is not an ISO 3166-1 alpha-3 code", short(&code))));
                    }
                    if !self.country.contains(&code) {
                        self.country.push(code);
                    }
                }
                if self.country.len() > MOST_COUNTRIES {
                    return Err(error(key, format!("more than {MOST_COUNTRIES} values")));
                }
            }
            "lift" => {
                for one in listed(value) {
                    let known = Lift::ALL.into_iter().find(|lift| lift.slug() == one);
                    let lift = known.ok_or_else(|| {
                        error(key, format!("{:?} is not one of {}", short(one), Lift::ALL.map(Lift::slug).join(", ")))
                    })?;
                    if !self.lift.contains(&lift) {
                        self.lift.push(lift);
                    }
                }
            }
            unknown => return Err(unknown_key(unknown, &Self::KEYS)),
        }
        Ok(())
    }

    /// Returns the canonical query string, without `?`: keys in a fixed order, defaults left out. Parsing it returns
    /// `self` again.
    pub fn to_query_string(&self) -> String {
        let mut pairs: Vec<String> = Vec::new();
        let mut put = |key: &str, value: Option<String>| pairs.extend(value.map(|value| format!("{key}={value}")));
        let plain = Self::default();
        put("from", self.from.map(|day| day.to_string()));
        put("to", self.to.map(|day| day.to_string()));
        put("prepare", (self.prepare != plain.prepare).then(|| self.prepare.to_string()));
        for (key, weight) in
            [("nearness", self.weights.nearness), ("window", self.weights.window), ("success", self.weights.success)]
        {
            put(key, (weight != Weights::PLAIN).then(|| weight_text(weight)));
        }
        put("bar", (self.bar != plain.bar).then(|| self.bar.to_string()));
        put("crewed", self.crewed.map(|crewed| crewed.to_string()));
        let list = |list: Vec<&str>| (!list.is_empty()).then(|| list.join(","));
        put("country", list(self.country.iter().map(String::as_str).collect()));
        put("lift", list(self.lift.iter().map(|lift| lift.slug()).collect()));
        pairs.join("&")
    }

    /// Returns the address of the page for this query.
    pub fn address(&self) -> String {
        let query = self.to_query_string();
        if query.is_empty() { "/choose".to_owned() } else { format!("/choose?{query}") }
    }

    /// Returns the last day of the window.
    pub fn last_day(&self, now: DateTime<Utc>) -> NaiveDate {
        let a_year_on = || now.date_naive().checked_add_days(Days::new(WINDOW_DAYS)).unwrap_or(NaiveDate::MAX);
        self.to.unwrap_or_else(a_year_on)
    }

    /// Returns when the agent is ready: a launch that leaves sooner cannot be boarded.
    pub fn ready_at(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now + TimeDelta::days(i64::from(self.prepare))
    }

    /// Returns the window: from when the agent is ready, or from its first day if that is later, to the end of its last
    /// day. If the window is empty, the start is after the end.
    pub(super) fn window(&self, now: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
        let start = self.from.map_or(now, midnight).max(self.ready_at(now));
        let end = self.last_day(now).checked_add_days(Days::new(1)).map_or(DateTime::<Utc>::MAX_UTC, midnight);
        (start, end)
    }
}

/// Formats a weight: "0.4", "1.25".
fn weight_text(hundredths: u16) -> String {
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn weight(key: &str, value: &str) -> Result<u16, QueryError> {
    let most = f64::from(Weights::MOST) / 100.0;
    let number = value.parse::<f64>().ok().filter(|number| (0.0..=most).contains(number));
    let number = number.ok_or_else(|| error(key, format!("{:?} is not a number from 0 to {most}", short(value))))?;
    Ok((number * 100.0).round() as u16)
}

fn whole(key: &str, value: &str, most: u16) -> Result<u16, QueryError> {
    let number = value.parse::<u16>().ok().filter(|number| *number <= most);
    number.ok_or_else(|| error(key, format!("{:?} is not a whole number from 0 to {most}", short(value))))
}

fn date(key: &str, value: &str) -> Result<NaiveDate, QueryError> {
    day(value, value, "a date like 2026-04-01").map_err(|reason| error(key, reason))
}

fn listed(value: &str) -> impl Iterator<Item = &str> {
    value.split(',').map(str::trim).filter(|one| !one.is_empty())
}

fn error(key: &str, reason: String) -> QueryError {
    QueryError { key: key.to_owned(), reason }
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}
