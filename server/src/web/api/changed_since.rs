//! The query of `/api/v1/launches/changed`.

use domain::{QueryError, query_pairs};
use uuid::Uuid;
use warehouse::Shown;

/// The most launch ids in one request.
const MOST_IDS: usize = 200;

/// What an open page shows, and the run that it was drawn from.
pub(super) struct ChangedSince {
    pub(super) since: i64,
    pub(super) shown: Shown,
}

impl ChangedSince {
    /// All keys of the query string.
    pub(super) const KEYS: [&str; 5] = ["since", "id", "provider", "rocket", "pad"];

    pub(super) fn parse(query: &str) -> Result<Self, QueryError> {
        let mut since = None;
        let mut shown = Shown::default();
        let mut is_about_something = false;
        for (key, value) in query_pairs(query)? {
            let (key, value) = (key.as_str(), value.as_str());
            let refuse = |reason: &str| QueryError { key: key.chars().take(100).collect(), reason: reason.to_owned() };
            let number = || value.parse::<i32>().map(Some).map_err(|_| refuse("not the number of one"));
            match key {
                "since" => {
                    let run = value.parse::<i64>().ok().filter(|run| *run >= 0);
                    since = Some(run.ok_or_else(|| refuse("not the number of a run"))?);
                }
                "id" => {
                    for id in value.split(',').filter(|id| !id.is_empty()) {
                        shown.launches.push(Uuid::try_parse(id).map_err(|_| refuse("not the ids of launches"))?);
                    }
                    if shown.launches.len() > MOST_IDS {
                        return Err(refuse("more than 200 launches"));
                    }
                }
                "provider" => shown.provider = number()?,
                "rocket" => shown.rocket = number()?,
                "pad" => shown.pad = number()?,
                _ => return Err(refuse("no such key")),
            }
            is_about_something |= key != "since";
        }
        let since = since.ok_or_else(|| QueryError { key: "since".to_owned(), reason: "is missing".to_owned() })?;
        // An empty response to a request without a subject would mean "nothing has changed".
        if !is_about_something {
            return Err(QueryError {
                key: "id".to_owned(),
                reason: "is missing, and so are provider, rocket and pad".to_owned(),
            });
        }
        Ok(Self { since, shown })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::ChangedSince;

    #[test]
    fn a_query_names_a_run_and_launches() {
        let id = Uuid::from_u128(7);
        let query = format!("since=12&id={id}%2C{id}&pad=80");
        let ChangedSince { since, shown } = ChangedSince::parse(&query).expect("parses");
        assert_eq!((since, shown.launches, shown.pad, shown.provider), (12, vec![id, id], Some(80), None));
    }

    #[test]
    fn a_bad_query_is_refused_with_its_key() {
        for (query, key) in [
            ("", "since"),
            ("since=soon", "since"),
            ("since=-1&id=", "since"),
            ("since=1", "id"),
            ("since=1&id=x", "id"),
            ("since=1&rocket=Falcon", "rocket"),
            ("since=1&colour=red&fbclid=1", "colour"),
        ] {
            assert_eq!(
                ChangedSince::parse(query).map(|_| ()).map_err(|error| error.key),
                Err(key.to_owned()),
                "{query}"
            );
        }
        assert!(ChangedSince::parse("since=1&id=&utm_source=x").is_ok(), "the query of a page without launches");
        let many = vec![Uuid::nil().to_string(); 201].join(",");
        assert!(ChangedSince::parse(&format!("since=1&id={many}")).is_err());
    }
}
