//! The query parameters of a list, as in Django REST Framework and django-filter: unknown parameters and invalid paging
//! numbers are ignored, an invalid date is a 400.

mod page;

use std::cmp::Ordering;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use strum::{EnumString, IntoStaticStr};

pub(crate) use page::{Page, links};

/// Number of launches on a page by default.
const DEFAULT_LIMIT: usize = 10;
/// LL2 silently clamps a larger `limit` to this.
const MAX_LIMIT: usize = 100;

/// The level of detail of a launch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub(crate) enum Mode {
    List,
    Normal,
    Detailed,
}

impl Mode {
    /// Returns the value of 2.3.0's `response_mode` and 2.2.0's `type`.
    pub(crate) fn as_str(self) -> &'static str {
        self.into()
    }
}

/// The values for filters and orderings; borrowed from a world for the duration of one request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    /// The world's index of the whole launch.
    pub(crate) key: usize,
    pub(crate) id: &'a str,
    pub(crate) name: &'a str,
    pub(crate) net: i64,
    pub(crate) last_updated: i64,
    pub(crate) status: i64,
    pub(crate) suborbital: bool,
    /// Flown within the last day and therefore still listed as upcoming.
    pub(crate) recent: bool,
    /// The order among equals if no other key decides: stable, and meaningless to the client.
    pub(crate) tie: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Id,
    LastUpdated,
    Name,
    Net,
}

/// One parsed query string.
#[derive(Debug)]
pub(crate) struct Query {
    pub(crate) limit: usize,
    pub(crate) offset: usize,
    pub(crate) mode: Option<Mode>,
    ordering: Vec<(Key, bool)>,
    filters: Vec<Filter>,
    /// Every pair as received, for the links.
    pub(crate) pairs: Vec<(String, String)>,
}

#[derive(Debug)]
enum Filter {
    Ids(Vec<String>),
    Statuses(Vec<i64>),
    Net(Bound, i64),
    LastUpdated(Bound, i64),
    NoSuborbital,
    NoRecent,
}

#[derive(Clone, Copy, Debug)]
enum Bound {
    Gt,
    Gte,
    Lt,
    Lte,
}

impl Bound {
    fn holds(self, value: i64, limit: i64) -> bool {
        match self {
            Bound::Gt => value > limit,
            Bound::Gte => value >= limit,
            Bound::Lt => value < limit,
            Bound::Lte => value <= limit,
        }
    }
}

/// A parameter for which the real API responds with a 400.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BadParameter {
    pub(crate) name: String,
    pub(crate) complaint: &'static str,
}

impl Query {
    /// Parses a raw query string.
    pub(crate) fn parse(raw: &str) -> Result<Query, BadParameter> {
        let pairs: Vec<(String, String)> = url::form_urlencoded::parse(raw.as_bytes()).into_owned().collect();
        let mut query = Query {
            limit: DEFAULT_LIMIT,
            offset: 0,
            mode: None,
            ordering: Vec::new(),
            filters: Vec::new(),
            pairs: Vec::new(),
        };
        for (name, value) in &pairs {
            query.take(name, value)?;
        }
        query.pairs = pairs;
        Ok(query)
    }

    /// Returns whether the query has no filter.
    pub(crate) fn is_unfiltered(&self) -> bool {
        self.filters.is_empty()
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), BadParameter> {
        if value.is_empty() {
            return Ok(());
        }
        match name {
            "limit" => {
                self.limit = value.parse().ok().filter(|&limit| limit > 0).unwrap_or(DEFAULT_LIMIT).min(MAX_LIMIT)
            }
            "offset" => self.offset = value.parse().unwrap_or(0),
            "mode" => self.mode = value.parse().ok(),
            "ordering" => self.ordering = value.split(',').filter_map(ordering_key).collect(),
            "id" => self.filters.push(Filter::Ids(value.split(',').map(|id| id.trim().to_owned()).collect())),
            "status" | "status__ids" => {
                let ids = value.split(',').filter_map(|id| id.trim().parse().ok()).collect();
                self.filters.push(Filter::Statuses(ids));
            }
            "include_suborbital" if is_false(value) => self.filters.push(Filter::NoSuborbital),
            "hide_recent_previous" if !is_false(value) => self.filters.push(Filter::NoRecent),
            _ => {
                let Some((field, bound)) = name.split_once("__") else { return Ok(()) };
                let bound = match bound {
                    "gt" => Bound::Gt,
                    "gte" => Bound::Gte,
                    "lt" => Bound::Lt,
                    "lte" => Bound::Lte,
                    _ => return Ok(()),
                };
                match (field, bound) {
                    ("net", _) => self.filters.push(Filter::Net(bound, moment(name, value)?)),
                    // LL2 has no strict bounds here: they are an unknown filter, which is ignored.
                    ("last_updated", Bound::Gte | Bound::Lte) => {
                        self.filters.push(Filter::LastUpdated(bound, moment(name, value)?));
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// Returns whether the launch passes every filter.
    pub(crate) fn accepts(&self, row: &Row<'_>) -> bool {
        self.filters.iter().all(|filter| match filter {
            Filter::Ids(ids) => ids.iter().any(|id| id == row.id),
            Filter::Statuses(ids) => ids.contains(&row.status),
            Filter::Net(bound, limit) => bound.holds(row.net, *limit),
            Filter::LastUpdated(bound, limit) => bound.holds(row.last_updated, *limit),
            Filter::NoSuborbital => !row.suborbital,
            Filter::NoRecent => !row.recent,
        })
    }

    /// Sorts by the requested keys, otherwise by NET. Equals keep the arbitrary order of `tie`, as rows do in the real
    /// database.
    pub(crate) fn sort(&self, rows: &mut [Row<'_>], newest_first: bool) {
        let default = [(Key::Net, newest_first)];
        let keys = if self.ordering.is_empty() { &default[..] } else { &self.ordering[..] };
        rows.sort_unstable_by(|a, b| {
            keys.iter()
                .map(|&(key, descending)| {
                    let order = match key {
                        Key::Id => a.id.cmp(b.id),
                        Key::LastUpdated => a.last_updated.cmp(&b.last_updated),
                        Key::Name => a.name.cmp(b.name),
                        Key::Net => a.net.cmp(&b.net),
                    };
                    if descending { order.reverse() } else { order }
                })
                .find(|order| order.is_ne())
                .unwrap_or(Ordering::Equal)
                .then(a.tie.cmp(&b.tie))
                .then(a.key.cmp(&b.key))
        });
    }
}

fn ordering_key(text: &str) -> Option<(Key, bool)> {
    let text = text.trim();
    let (name, descending) = text.strip_prefix('-').map_or((text, false), |name| (name, true));
    let key = match name {
        "id" => Key::Id,
        "last_updated" => Key::LastUpdated,
        "name" => Key::Name,
        "net" => Key::Net,
        _ => return None,
    };
    Some((key, descending))
}

fn is_false(value: &str) -> bool {
    matches!(value, "false" | "False" | "0")
}

fn moment(name: &str, value: &str) -> Result<i64, BadParameter> {
    let parsed = DateTime::parse_from_rfc3339(value)
        .map(|moment| moment.with_timezone(&Utc))
        .or_else(|_| NaiveDateTime::parse_from_str(value, "%Y-%m-%dT%H:%M:%S").map(|naive| naive.and_utc()))
        .or_else(|_| NaiveDate::parse_from_str(value, "%Y-%m-%d").map(|date| date.and_time(NaiveTime::MIN).and_utc()));
    parsed
        .map(|moment| moment.timestamp())
        .map_err(|_| BadParameter { name: name.to_owned(), complaint: "Enter a valid date/time." })
}
