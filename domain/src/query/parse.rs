use std::fmt::Write as _;

use chrono::SecondsFormat;

use super::{
    BoardQuery, Facet, Order, QueryError, Sort, View,
    error::{error, quoted},
    literal::{date, extend, flag, listed, moment, month, one_of, text, whole},
    pairs::{query_pairs, unknown_key},
};

/// Maximum number of sort columns; more than a few is not useful.
const MOST_SORTS: usize = 4;
/// Maximum number of rows in one page of the API; `next` links to the rest.
const HIGHEST_LIMIT: usize = 1_000;

/// The keys that are not facets: the search, the days, the rest.
const SEARCH: [&str; 1] = ["q"];
const DAYS: [&str; 2] = ["from", "to"];
const REST: [&str; 11] =
    ["past", "view", "columns", "lanes", "month", "day", "sort", "order", "limit", "offset", "as_of"];

/// Returns every key in the order in which errors list them: the days before the precision, everything else after the
/// facets.
const fn keys() -> [&'static str; SEARCH.len() + DAYS.len() + REST.len() + Facet::ALL.len()] {
    let mut keys = [SEARCH[0]; SEARCH.len() + DAYS.len() + REST.len() + Facet::ALL.len()];
    let (mut at, mut facet, mut rest) = (1, 0, 0);
    while facet < Facet::ALL.len() {
        if matches!(Facet::ALL[facet], Facet::Precision) {
            (keys[at], keys[at + 1]) = (DAYS[0], DAYS[1]);
            at += DAYS.len();
        }
        keys[at] = Facet::ALL[facet].key();
        (at, facet) = (at + 1, facet + 1);
    }
    while rest < REST.len() {
        keys[at] = REST[rest];
        (at, rest) = (at + 1, rest + 1);
    }
    keys
}

impl BoardQuery {
    /// Every accepted key.
    pub const KEYS: [&str; keys().len()] = keys();

    /// Parses a query string, with or without the leading `?`.
    pub fn parse(query: &str) -> Result<Self, QueryError> {
        let pairs = query_pairs(query)?;
        Self::from_pairs(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())))
    }

    /// Parses decoded keys and values. Multi-valued keys may be repeated or comma-separated. An empty value is no
    /// filter: an HTML form sends it for an empty field.
    pub fn from_pairs<'pairs>(pairs: impl IntoIterator<Item = (&'pairs str, &'pairs str)>) -> Result<Self, QueryError> {
        let mut query = Self::default();
        // Sort and order depend on each other, and either may come first.
        let (mut sorts, mut orders) = (Vec::new(), Vec::new());
        for (key, value) in pairs {
            let value = value.trim();
            match key {
                "sort" => sorts = listed(key, value)?,
                "order" => orders = listed(key, value)?,
                _ => query.take(key, value)?,
            }
        }
        query.order_by(&sorts, &orders)?;
        if let (Some(from), Some(to)) = (query.from, query.to)
            && from > to
        {
            return Err(error("to", format!("{to} is before from={from}")));
        }
        Ok(query)
    }

    fn take(&mut self, key: &str, value: &str) -> Result<(), QueryError> {
        if let Some(facet) = Facet::from_key(key) {
            return extend(self.facets.of_mut(facet), key, value, |one| {
                facet.read(one).map_err(|reason| error(key, reason))
            });
        }
        match key {
            "q" => self.q = text(key, value)?,
            _ if value.is_empty() && Self::KEYS.contains(&key) => {}
            "past" => {
                self.past = match flag(value) {
                    Some(Some(past)) => past,
                    _ => return Err(error(key, format!("{} is neither true nor false", quoted(value)))),
                };
            }
            "from" => self.from = Some(date(key, value)?),
            "to" => self.to = Some(date(key, value)?),
            "view" => self.view = one_of(key, value)?,
            "columns" => extend(&mut self.columns, key, value, |one| one_of(key, one))?,
            "lanes" => self.lanes = Some(one_of(key, value)?),
            "month" => self.month = Some(month(key, value)?),
            "day" => self.day = Some(date(key, value)?),
            "limit" => {
                let limit = whole(key, value)?;
                if !(1..=HIGHEST_LIMIT).contains(&limit) {
                    return Err(error(key, format!("{limit} is not between 1 and {HIGHEST_LIMIT}")));
                }
                self.limit = Some(limit);
            }
            "offset" => self.offset = whole(key, value)?,
            "as_of" => self.as_of = Some(moment(key, value)?),
            unknown => return Err(unknown_key(unknown, &Self::KEYS)),
        }
        Ok(())
    }

    /// Pairs sorts with orders: the first of each is the main one. A sort without an order is ascending.
    fn order_by(&mut self, sorts: &[Sort], orders: &[Order]) -> Result<(), QueryError> {
        if orders.len() > sorts.len().max(1) {
            return Err(error("order", format!("{} orders for {} sorts", orders.len(), sorts.len())));
        }
        if sorts.len() > MOST_SORTS {
            return Err(error("sort", format!("more than {MOST_SORTS} values")));
        }
        if let Some(twice) = sorts.iter().enumerate().find(|(at, sort)| sorts[..*at].contains(sort)) {
            return Err(error("sort", format!("{} occurs twice", twice.1.slug())));
        }
        let mut orders = orders.iter().copied();
        self.sort = sorts.first().copied().unwrap_or_default();
        self.order = orders.next().unwrap_or_default();
        self.then = sorts.iter().skip(1).map(|sort| (*sort, orders.next().unwrap_or_default())).collect();
        Ok(())
    }

    /// Returns the canonical query string, without `?`: keys in a fixed order, defaults left out. Parsing it returns
    /// `self` again.
    pub fn to_query_string(&self) -> String {
        let mut out = String::new();
        let mut put = |key: &str, value: String| {
            if !value.is_empty() {
                let separator = if out.is_empty() { "" } else { "&" };
                // Writing to a String cannot fail.
                let _ = write!(out, "{separator}{key}={value}");
            }
        };
        put("q", urlencoding::encode(&self.q).into_owned());
        for facet in Facet::ALL {
            let selected = facet.selected(self);
            let selected =
                selected.iter().map(|one| urlencoding::encode(&Facet::spelled(one)).into_owned()).collect::<Vec<_>>();
            put(facet.key(), selected.join(","));
        }
        put("from", self.from.map(|from| from.to_string()).unwrap_or_default());
        put("to", self.to.map(|to| to.to_string()).unwrap_or_default());
        put("past", if self.past { "true".to_owned() } else { String::new() });
        let unless_default = |is_default: bool, slug: &str| if is_default { String::new() } else { slug.to_owned() };
        put("view", unless_default(self.view == View::default(), self.view.slug()));
        let slugs = |slugs: Vec<&str>| slugs.join(",");
        put("columns", slugs(self.columns.iter().map(|column| column.slug()).collect()));
        put("lanes", self.lanes.map(|lanes| lanes.slug().to_owned()).unwrap_or_default());
        put("month", self.month.map(|month| month.format("%Y-%m").to_string()).unwrap_or_default());
        put("day", self.day.map(|day| day.to_string()).unwrap_or_default());
        let sorting = self.sorting();
        let is_default = sorting.len() == 1 && self.sort == Sort::default();
        put("sort", unless_default(is_default, &slugs(sorting.iter().map(|(sort, _)| sort.slug()).collect())));
        let ascends = sorting.iter().all(|(_, order)| *order == Order::default());
        put("order", unless_default(ascends, &slugs(sorting.iter().map(|(_, order)| order.slug()).collect())));
        put("limit", self.limit.map(|limit| limit.to_string()).unwrap_or_default());
        put("offset", if self.offset == 0 { String::new() } else { self.offset.to_string() });
        put("as_of", self.as_of.map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true)).unwrap_or_default());
        out
    }

    /// Returns the address of the board with this query.
    pub fn address(&self) -> String {
        let query = self.to_query_string();
        if query.is_empty() { "/".to_owned() } else { format!("/?{query}") }
    }
}
