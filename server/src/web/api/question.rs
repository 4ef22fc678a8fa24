//! The query string of a list of launches: the board's filters, and the parameters of the score.

use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};
use domain::{Alarm, BoardQuery, Decision, DecisionQuery, Launch, QueryError, known_pairs};

/// The keys of `/choose` that are not filters of the board.
const WEIGHTS: [&str; 4] = ["prepare", "nearness", "window", "success"];
/// The keys with the same meaning in both: the days of the list are the days of the agent's window.
const DAYS: [&str; 2] = ["from", "to"];
/// Whether a CSV file begins with a byte order mark, which tells a spreadsheet that it is UTF-8.
const MARK: &str = "bom";

/// The format of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Json,
    Csv,
    Calendar,
    Feed,
}

/// Which launches to list, and how to score them.
///
/// The preferences of `/choose` (people aboard, country) are filters here: launches that do not meet them are not listed. Its bar changes
/// the decision but no score, and its rocket sizes are not filters of the board: both are refused, because they would have no effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) board: BoardQuery,
    pub(super) decision: DecisionQuery,
    /// Alarms of each launch in a calendar.
    pub(super) alarms: Vec<Alarm>,
    /// A CSV file begins with a byte order mark.
    pub(super) has_mark: bool,
}

impl Default for Question {
    fn default() -> Self {
        Self { board: BoardQuery::default(), decision: DecisionQuery::default(), alarms: Vec::new(), has_mark: true }
    }
}

impl Question {
    /// Returns the keys of one format of the list.
    pub(super) fn keys(form: Form) -> Vec<&'static str> {
        let mut keys = [BoardQuery::KEYS.as_slice(), WEIGHTS.as_slice()].concat();
        keys.extend(match form {
            Form::Csv => Some(MARK),
            Form::Calendar => Some(Alarm::KEY),
            Form::Json | Form::Feed => None,
        });
        keys
    }

    /// Parses a raw query string; each format of the list has additional keys of its own.
    pub(super) fn parse(query: &str, form: Form) -> Result<Self, QueryError> {
        let pairs = pairs(query, &Self::keys(form))?;
        let pairs = || pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        // The board first: its message is used for values that both refuse.
        let board = BoardQuery::from_pairs(pairs().filter(|(key, _)| BoardQuery::KEYS.contains(key)))?;
        let decision =
            DecisionQuery::from_pairs(pairs().filter(|(key, _)| WEIGHTS.contains(key) || DAYS.contains(key)))?;
        let mut question = Self { board, decision, ..Self::default() };
        for (key, value) in pairs() {
            match key {
                Alarm::KEY => Alarm::add_all(&mut question.alarms, value)?,
                MARK => question.has_mark = switch(key, value.trim())?.unwrap_or(true),
                _ => {}
            }
        }
        Ok(question)
    }

    /// Returns the canonical query string, without `?`: the board's keys, then those of the decision only, then those of one format only.
    pub(super) fn to_query_string(&self) -> String {
        let weights = DecisionQuery { from: None, to: None, ..self.decision.clone() };
        let alarms: Vec<String> = self.alarms.iter().map(ToString::to_string).collect();
        let alarms = if alarms.is_empty() { String::new() } else { format!("{}={}", Alarm::KEY, alarms.join(",")) };
        let mark = if self.has_mark { String::new() } else { format!("{MARK}=0") };
        let parts = [self.board.to_query_string(), weights.to_query_string(), alarms, mark];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&")
    }

    /// Returns the address of the same query.
    pub(super) fn address(&self, path: &str) -> String {
        match self.to_query_string() {
            query if query.is_empty() => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }

    /// Returns the same query from another row on.
    pub(super) fn part(&self, offset: usize) -> Self {
        Self { board: BoardQuery { offset, ..self.board.clone() }, ..self.clone() }
    }

    /// Returns the score of a launch, as of the whole hour; none if a value that it needs is not known.
    pub(super) fn score(&self, launch: &Launch, now: DateTime<Utc>) -> Option<f64> {
        Decision::score_of(launch, &self.decision, whole_hour(now))
    }
}

/// Returns the pairs of a query string that may contain these keys; the error for a key of another format names that format.
fn pairs(query: &str, known: &[&str]) -> Result<Vec<(String, String)>, QueryError> {
    known_pairs(query, known).map_err(|error| match error.key.as_str() {
        Alarm::KEY => QueryError { reason: "is for calendars: launches.ics, launches/{id}.ics".to_owned(), ..error },
        MARK => QueryError { reason: "is for CSV: launches.csv".to_owned(), ..error },
        _ => error,
    })
}

/// Refuses every key, for an address that has none.
pub(super) fn takes_no_keys(query: Option<&str>) -> Result<(), QueryError> {
    pairs(query.unwrap_or_default(), &[]).map(|_| ())
}

/// Returns the alarms, for an address that has no other key.
pub(super) fn only_alarms(query: Option<&str>) -> Result<Vec<Alarm>, QueryError> {
    let mut alarms = Vec::new();
    for (_, value) in pairs(query.unwrap_or_default(), &[Alarm::KEY])? {
        Alarm::add_all(&mut alarms, &value)?;
    }
    Ok(alarms)
}

fn switch(key: &str, value: &str) -> Result<Option<bool>, QueryError> {
    Ok(Some(match value {
        "" => return Ok(None),
        "1" | "on" | "true" => true,
        "0" | "off" | "false" => false,
        other => {
            let other: String = other.chars().take(40).collect();
            let reason = format!("{other:?} is not one of 1, 0, on, off, true, false");
            return Err(QueryError { key: key.to_owned(), reason });
        }
    }))
}

/// Returns the beginning of the hour. A score depends on the time: as of the hour, two responses within it are the same, and a client that
/// polls every few minutes gets a 304.
pub(super) fn whole_hour(now: DateTime<Utc>) -> DateTime<Utc> {
    now.duration_trunc(TimeDelta::hours(1)).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_and_filters_are_one_query_string_that_parses_back() {
        let text = "status=go&from=2026-04-01&to=2026-06-30&prepare=10&nearness=2&success=0.5";
        let question = Question::parse(text, Form::Json).expect("parses");
        assert_eq!(question.to_query_string(), text);
        assert_eq!((question.decision.from, question.decision.to), (question.board.from, question.board.to));
        assert_eq!(question.decision.weights.nearness, 200);
        assert_eq!(Question::parse("", Form::Json).expect("parses").address("/x"), "/x");
    }

    #[test]
    fn a_key_without_effect_is_refused() {
        for (query, key) in
            [("bar=20", "bar"), ("lift=heavy", "lift"), ("nearness=much", "nearness"), ("colour=red", "colour")]
        {
            let refused = Question::parse(query, Form::Json);
            assert_eq!(refused.map_err(|error| error.key), Err(key.to_owned()), "{query}");
        }
    }

    #[test]
    fn each_format_accepts_its_own_keys_and_refuses_those_of_the_others() {
        let text = |query: &str, form| {
            Question::parse(query, form).map(|question| question.to_query_string()).map_err(|error| error.to_string())
        };
        assert_eq!(text("alarm=PT60M&alarm=P1D&status=go", Form::Calendar), Ok("status=go&alarm=P1D,PT1H".to_owned()));
        assert_eq!(text("alarm=", Form::Calendar), Ok(String::new()));
        for (value, canonical) in
            [("0", "bom=0"), ("off", "bom=0"), ("false", "bom=0"), ("1", ""), ("on", ""), ("", "")]
        {
            assert_eq!(text(&format!("bom={value}"), Form::Csv), Ok(canonical.to_owned()), "{value}");
        }
        assert_eq!(
            text("bom=utf16", Form::Csv),
            Err("bom: \"utf16\" is not one of 1, 0, on, off, true, false".to_owned())
        );
        for form in [Form::Json, Form::Csv, Form::Feed] {
            let refused = text("alarm=PT1H", form).expect_err("it is for calendars");
            assert!(refused.starts_with("alarm: is for calendars"), "{form:?}: {refused}");
        }
        for form in [Form::Json, Form::Calendar, Form::Feed] {
            assert_eq!(text("bom=1", form), Err("bom: is for CSV: launches.csv".to_owned()), "{form:?}");
        }
        assert!(takes_no_keys(Some("utm_source=x&fbclid")).is_ok() && takes_no_keys(None).is_ok());
        assert!(takes_no_keys(Some("alarm=PT1H")).is_err() && takes_no_keys(Some("x")).is_err());
        assert_eq!(only_alarms(Some("alarm=PT1H&_ga=2")).map(|alarms| alarms.len()), Ok(1));
        assert!(only_alarms(Some("status=go")).is_err());
    }

    #[test]
    fn no_address_contains_appended_keys() {
        for form in [Form::Json, Form::Csv, Form::Calendar, Form::Feed] {
            let question = Question::parse("fbclid=1&status=go&UTM_source=%ff&limit=3", form).expect("parses");
            assert_eq!(question.address("/x"), "/x?status=go&limit=3");
        }
    }

    #[test]
    fn a_score_is_computed_for_the_whole_hour() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("a time");
        assert_eq!(whole_hour(at("2026-03-01T12:59:59.9Z")), at("2026-03-01T12:00:00Z"));
        assert_eq!(whole_hour(at("2026-03-01T13:00:00Z")), at("2026-03-01T13:00:00Z"));
    }
}
