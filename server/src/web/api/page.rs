//! Pages of lists other than boards: runs, changes, providers, rockets, pads.

use domain::{Freshness, QueryError, query_pairs};
use utoipa::ToSchema;

use super::view::{FromDomain as _, Listed, Source};

/// Entries of a page if the client sends no `limit`.
const DEFAULT_LIMIT: i64 = 50;
/// Most entries of a page; `next` leads to the rest.
const HIGHEST_LIMIT: i64 = 500;

/// Selects the entries of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) limit: i64,
    pub(super) offset: i64,
}

impl Page {
    /// All keys of the query string.
    pub(super) const KEYS: [&str; 2] = ["limit", "offset"];

    pub(super) fn parse(query: &str) -> Result<Self, QueryError> {
        let mut page = Self { limit: DEFAULT_LIMIT, offset: 0 };
        for (key, value) in query_pairs(query)? {
            let (key, value) = (key.as_str(), value.as_str());
            let refuse = |reason: String| Err(QueryError { key: key.chars().take(100).collect(), reason });
            let number = value.parse::<i64>().ok();
            match (key, number) {
                ("limit", Some(limit @ 1..=HIGHEST_LIMIT)) => page.limit = limit,
                ("limit", _) => return refuse(format!("a number from 1 to {HIGHEST_LIMIT}")),
                ("offset", Some(offset @ 0..)) => page.offset = offset,
                ("offset", _) => return refuse("a number from 0".to_owned()),
                _ => return refuse("not a key of this list; it knows limit and offset".to_owned()),
            }
        }
        Ok(page)
    }

    /// Returns the part of a complete list that is on this page.
    pub(super) fn slice<T>(self, all: &[T]) -> &[T] {
        let place = |number: i64| usize::try_from(number).unwrap_or(usize::MAX).min(all.len());
        &all[place(self.offset)..place(self.offset.saturating_add(self.limit))]
    }

    /// Returns the entries of this page in the API's list type. `count`: number of entries on all pages; `path`: address of the list.
    pub(super) fn listed<T: ToSchema>(
        self,
        path: &str,
        count: i64,
        results: Vec<T>,
        freshness: &Freshness,
    ) -> Listed<T> {
        let Self { limit, offset } = self;
        let page = |offset: i64| format!("{path}?limit={limit}&offset={offset}");
        let end = offset.saturating_add(limit);
        Listed {
            count: usize::try_from(count).unwrap_or_default(),
            next: (end < count).then(|| page(end)),
            previous: (offset > 0).then(|| page((offset - limit).max(0))),
            as_of: freshness.as_of,
            source: Source::from_domain(freshness.source),
            results,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Page;

    #[test]
    fn a_page_is_bounded_and_a_bad_key_is_named() {
        assert_eq!(Page::parse("").unwrap(), Page { limit: 50, offset: 0 });
        assert_eq!(Page::parse("offset=7&limit=3&fbclid=1").unwrap(), Page { limit: 3, offset: 7 });
        for (query, key) in [
            ("limit=0", "limit"),
            ("limit=501", "limit"),
            ("limit=", "limit"),
            ("offset=-1", "offset"),
            ("state=failed", "state"),
        ] {
            assert_eq!(Page::parse(query).unwrap_err().key, key, "{query}");
        }
    }
}
