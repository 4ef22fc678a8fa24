//! The date filter in charts of dates: what lies outside the filter is dimmed and stays comparable.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use domain::{BoardQuery, Launch};

pub(super) fn are_asked_for(query: &BoardQuery) -> bool {
    query.from.is_some() || query.to.is_some()
}

/// Returns whether any day from `first` to `last`, both included, is within the date filter.
pub(super) fn touch(first: NaiveDate, last: NaiveDate, query: &BoardQuery) -> bool {
    query.from.is_none_or(|from| last >= from) && query.to.is_none_or(|to| first <= to)
}

/// Counts the launches that may fly on the days of the filter.
pub(super) fn count_touched(launches: &[&Launch], query: &BoardQuery) -> usize {
    let start = query.from.map_or(DateTime::<Utc>::MIN_UTC, midnight);
    let end = query.to.and_then(|to| to.checked_add_days(Days::new(1))).map_or(DateTime::<Utc>::MAX_UTC, midnight);
    launches.iter().filter(|launch| launch.span().overlaps(start, end)).count()
}

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}
