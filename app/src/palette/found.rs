//! Launches by name, from the server's list (`/api/v1/launches`): a page other than the board has only its own launches.

use chrono::{DateTime, Utc};
use domain::{BoardQuery, Granularity, NetSpan, Subject};
use serde::Deserialize;

use super::{
    entries::profile,
    entry::{Action, Entry},
    rank::rank,
};

/// Maximum number of launches shown; the board shows the rest.
const MOST: usize = 7;

/// Returns the address that lists the launches that match the words. `as_of` is the time that the board shows instead of the present.
pub(super) fn address(words: &str, as_of: Option<DateTime<Utc>>) -> String {
    let query = BoardQuery { q: words.to_owned(), limit: Some(MOST), as_of, ..BoardQuery::default() };
    format!("/api/v1/launches?{}", query.to_query_string())
}

/// The part of the response that is shown.
#[derive(Debug, Deserialize)]
pub(super) struct Found {
    /// The number of all matches, not only of the returned ones.
    pub count: usize,
    results: Vec<Launch>,
}

#[derive(Debug, Deserialize)]
struct Launch {
    id: String,
    name: String,
    net: DateTime<Utc>,
    net_precision: Option<Precision>,
    status: Status,
    provider: Named,
    rocket: Named,
    pad: Named,
}

#[derive(Debug, Deserialize)]
struct Precision {
    id: i32,
}

#[derive(Debug, Deserialize)]
struct Status {
    abbrev: String,
}

#[derive(Debug, Deserialize)]
struct Named {
    id: i32,
    name: String,
}

impl Found {
    pub(super) fn launches(&self) -> Vec<Entry> {
        let entry = |launch: &Launch| {
            let hint = format!("{}, {}", launch.status.abbrev, launch.day());
            Entry::new(launch.name.clone(), hint, Action::go(format!("/launches/{}", launch.id)))
        };
        self.results.iter().map(entry).collect()
    }

    /// Providers, rockets and pads of these launches whose names match what was typed, each once.
    pub(super) fn profiles(&self, typed: &str) -> Vec<Entry> {
        let mut found: Vec<Entry> = Vec::new();
        for launch in &self.results {
            for subject in Subject::ALL {
                let Named { id, name } = launch.part(subject);
                let entry = profile(subject, *id, name);
                if rank(&entry.folded, typed).is_some() && !found.contains(&entry) {
                    found.push(entry);
                }
            }
        }
        found
    }
}

impl Launch {
    fn part(&self, subject: Subject) -> &Named {
        match subject {
            Subject::Provider => &self.provider,
            Subject::Rocket => &self.rocket,
            Subject::Pad => &self.pad,
        }
    }

    /// Formats the date in UTC, to the day or as vague as it is known.
    fn day(&self) -> String {
        let granularity = Granularity::of(self.net_precision.as_ref().map(|precision| precision.id));
        let span = NetSpan::new(self.net, granularity);
        let day = span.day(chrono::Offset::fix(&Utc));
        day.map_or_else(|| span.label_utc(), |day| day.format("%-d %b %Y").to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, address};

    fn found(precision: &str) -> Found {
        let text = format!(
            r#"{{"count": 12, "next": null, "results": [{{"id": "1f4b", "name": "Falcon 9 | Crew-12", "net": "2026-04-01T22:24:00Z",
                "net_precision": {precision}, "status": {{"id": 1, "name": "Go for Launch", "abbrev": "Go"}},
                "provider": {{"id": 121, "name": "SpaceX", "abbrev": "SpX"}}, "rocket": {{"id": 164, "name": "Falcon 9"}},
                "pad": {{"id": 80, "name": "SLC-40"}}}}]}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn a_launch_has_its_status_and_a_date_no_finer_than_its_precision() {
        let hint = |precision| found(precision).launches()[0].hint.clone();
        assert_eq!(hint(r#"{"id": 1}"#), "Go, 1 Apr 2026");
        assert_eq!(hint(r#"{"id": 7}"#), "Go, April 2026");
        assert_eq!(hint(r#"{"id": 9}"#), "Go, Q2 2026");
        assert_eq!(hint("null"), "Go, 2026, precision not given");
    }

    #[test]
    fn profiles_match_the_typed_name() {
        let found = found("null");
        assert_eq!(found.count, 12);
        let profiles = found.profiles("space");
        assert_eq!(profiles.iter().filter_map(|entry| entry.address()).collect::<Vec<_>>(), ["/providers/121"]);
        assert_eq!(found.profiles("vostok"), []);
    }

    #[test]
    fn the_words_are_percent_encoded() {
        assert_eq!(address("a & b", None), "/api/v1/launches?q=a%20%26%20b&limit=7");
    }
}
