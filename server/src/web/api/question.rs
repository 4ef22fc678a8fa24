//! The one query string of a list of launches: the board's filters, and the question under which each launch is scored.

use chrono::{DateTime, Utc};
use domain::{Board, BoardQuery, Decision, DecisionQuery, Launch, QueryError};
use serde::Serialize;

/// What `/choose` asks that is no filter of the board.
const WEIGHTS: [&str; 4] = ["prepare", "nearness", "window", "success"];
/// What both ask, and mean the same by: the days of the list are the days of the agent's window.
const DAYS: [&str; 2] = ["from", "to"];

/// Which launches, and how they are weighed.
///
/// The wishes of `/choose` (people aboard, country) are filters here: what does not meet them is not listed. Its bar changes an
/// answer and no score, and its sizes of rocket are no filter of the board: both are refused, since nothing would come of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) board: BoardQuery,
    pub(super) decision: DecisionQuery,
}

impl Question {
    /// Reads a raw query string.
    pub(super) fn parse(query: &str) -> Result<Self, QueryError> {
        let (mut board, mut decision) = (Vec::new(), Vec::new());
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let key = pair.split_once('=').map_or(pair, |(key, _)| key);
            let is_of_decision = WEIGHTS.contains(&key);
            if is_of_decision || DAYS.contains(&key) {
                decision.push(pair);
            }
            if !is_of_decision {
                board.push(pair);
            }
        }
        // The board first: what both would refuse is refused in its words.
        let board = BoardQuery::parse(&board.join("&"))?;
        Ok(Self { board, decision: DecisionQuery::parse(&decision.join("&"))? })
    }

    /// The canonical query string, without `?`: the board's, then what only the decision asks.
    pub(super) fn to_query_string(&self) -> String {
        let weights = DecisionQuery { from: None, to: None, ..self.decision.clone() };
        let parts = [self.board.to_query_string(), weights.to_query_string()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&")
    }

    /// The address of the same question.
    pub(super) fn address(&self, path: &str) -> String {
        match self.to_query_string() {
            query if query.is_empty() => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }

    /// Scores every launch of the board.
    pub(super) fn weigh(&self, board: &mut Board) {
        let now = board.now;
        for launch in &mut board.launches {
            launch.score = Decision::score_of(launch, &self.decision, now);
        }
    }
}

/// A launch of a list in JSON, with the dates that are foretold of it.
#[derive(Serialize)]
pub(super) struct Weighed {
    #[serde(flatten)]
    launch: Launch,
    #[serde(flatten)]
    foretold: Foretold,
}

impl Weighed {
    /// Without the forecast's wire form, which is for our own browser half: the API has it, in words, at an address of its own.
    pub(super) fn new(launch: &Launch) -> Self {
        Self { foretold: Foretold::of(launch), launch: Launch { forecast: None, ..launch.clone() } }
    }
}

/// By when a launch has flown; null where nothing is foretold, or where it is later than can be said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Foretold {
    /// As likely before as after.
    pub(super) date_p50: Option<DateTime<Utc>>,
    /// Four of five such launches have flown by then.
    pub(super) date_p80: Option<DateTime<Utc>>,
}

impl Foretold {
    pub(super) fn of(launch: &Launch) -> Self {
        let Some(date) = launch.forecast.as_deref().and_then(|forecast| forecast.date) else { return Self::default() };
        Self { date_p50: date.p50(), date_p80: date.p80() }
    }

    /// For a reader of a calendar or a feed; to the day, since no more is foretold.
    pub(super) fn in_words(self) -> Option<String> {
        let day = |at: DateTime<Utc>| at.format("%-d %b %Y").to_string();
        let p50 = self.date_p50?;
        let by = self.date_p80.map(|p80| format!("; four of five such launches have flown by {}", day(p80)));
        Some(format!("As likely before {} as after it{}.", day(p50), by.unwrap_or_default()))
    }
}

/// "Score: 42 of 100", of a launch that [`Question::weigh`] has weighed; none of one that goes elsewhere, or of which too little is known.
pub(super) fn score_in_words(launch: &Launch) -> Option<String> {
    let score = launch.score.filter(|_| launch.moon.tier.is_moon_bound())?;
    let points = match (score * 100.0).round() {
        0.0 if score > 0.0 => "less than 1".to_owned(),
        whole => format!("{whole:.0}"),
    };
    Some(format!("Score: {points} of 100."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_and_filters_are_one_query_string_that_reads_back() {
        let text = "status=go&from=2026-04-01&to=2026-06-30&prepare=10&nearness=2&success=0.5";
        let question = Question::parse(text).expect("parses");
        assert_eq!(question.to_query_string(), text);
        assert_eq!((question.decision.from, question.decision.to), (question.board.from, question.board.to));
        assert_eq!(question.decision.weights.nearness, 200);
        assert_eq!(Question::parse("").expect("parses").address("/x"), "/x");
    }

    #[test]
    fn what_would_change_nothing_is_refused_by_its_key() {
        for (query, key) in
            [("bar=20", "bar"), ("lift=heavy", "lift"), ("nearness=much", "nearness"), ("colour=red", "colour")]
        {
            assert_eq!(Question::parse(query).map_err(|error| error.key), Err(key.to_owned()), "{query}");
        }
    }
}
