use std::collections::BTreeMap;

use chrono::{Datelike as _, Days, NaiveDate, TimeDelta};
use domain::{BoardQuery, Launch};

use super::{
    Figure, Mark, Remainder, Row, Select, Table, dates,
    matrix::{Cell, Matrix},
    paint::{launches as count_of, two_names},
};

/// Maximum number of weeks shown: with more, the cells are too small to point at.
const MOST_WEEKS: i64 = 40;
/// Weeks shown before the current one if past launches are requested.
const WEEKS_BACK: i64 = 26;

const WEEKDAYS: [(&str, &str); 7] = [
    ("Monday", "Mon"),
    ("Tuesday", ""),
    ("Wednesday", "Wed"),
    ("Thursday", ""),
    ("Friday", "Fri"),
    ("Saturday", ""),
    ("Sunday", "Sun"),
];

/// How densely launches follow each other: one cell per day, one column per week.
///
/// Only launches whose date names a day have a cell. The days are in UTC, as everywhere in the filters: a launch known to the
/// day has no time that could move it to another day.
///
/// The launches are those that pass every filter except the dates.
pub fn launches_per_day(launches: &[&Launch], query: &BoardQuery, today: NaiveDate) -> Figure {
    let mut days: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    for launch in launches.iter().filter(|launch| launch.granularity().names_a_day()) {
        *days.entry(launch.net.naive_utc().date()).or_default() += 1;
    }
    let dated: usize = days.values().sum();
    let vague = launches.len() - dated;
    let weeks = weeks(&days, query, today);
    let shown: Vec<(NaiveDate, usize)> = weeks
        .iter()
        .flat_map(|monday| (0..7).filter_map(|day| monday.checked_add_days(Days::new(day))))
        .map(|day| (day, days.get(&day).copied().unwrap_or(0)))
        .collect();
    let placed: usize = shown.iter().map(|(_, count)| count).sum();

    let matrix = Matrix {
        columns: week_names(&weeks),
        rows: WEEKDAYS.iter().map(|(full, short)| two_names(full, short)).collect(),
        cells: shown.iter().map(|(day, count)| cell(*day, *count, query, today)).collect(),
        left: 34,
    };
    Figure {
        finding: finding(&shown, launches, query, placed),
        unit: "Launches by day in UTC, one column per week; stronger colour: more launches. Select a day to filter."
            .to_owned(),
        sentence: sentence(&shown, launches.len()),
        option: matrix.option(),
        keys: Vec::new(),
        remainder: (placed < launches.len()).then(|| Remainder {
            placed,
            left: launches.len() - placed,
            placed_label: format!("{placed} on these days"),
            left_label: left_label(vague, dated - placed),
        }),
        marks: matrix.marks(),
        column: WEEKDAYS.len(),
        table: table(&days, vague),
    }
}

/// Returns the number of launches that are not shown, with the reasons.
fn left_label(vague: usize, elsewhere: usize) -> String {
    let mut parts = Vec::new();
    if vague > 0 {
        parts.push(format!("{vague} vaguer than a day"));
    }
    if elsewhere > 0 {
        parts.push(format!("{elsewhere} on other days"));
    }
    parts.join(", ")
}

/// Returns the Mondays of the weeks shown.
fn weeks(days: &BTreeMap<NaiveDate, usize>, query: &BoardQuery, today: NaiveDate) -> Vec<NaiveDate> {
    let (Some(first), Some(last)) = (days.keys().next(), days.keys().next_back()) else { return Vec::new() };
    let (first, last, this) = (monday(*first), monday(*last), monday(today));
    let back = if query.past { WEEKS_BACK } else { 4 };
    // With a date filter in the past, its weeks are shown, else those around today.
    let start = match query.from {
        Some(from) if query.past => monday(from).checked_sub_signed(TimeDelta::weeks(4)),
        _ => this.checked_sub_signed(TimeDelta::weeks(back)),
    };
    let start = start.unwrap_or(first).clamp(first, last);
    let end = start.checked_add_signed(TimeDelta::weeks(MOST_WEEKS - 1)).unwrap_or(last).min(last);
    start.iter_weeks().take_while(|week| *week <= end).collect()
}

fn monday(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))).unwrap_or(day)
}

/// Names a month at its first week, and the year at its first month.
fn week_names(weeks: &[NaiveDate]) -> Vec<String> {
    let mut named: Option<NaiveDate> = None;
    let mut columns_since = usize::MAX;
    let names = weeks.iter().map(|monday| {
        let is_new = named.is_none_or(|named| (named.year(), named.month()) != (monday.year(), monday.month()));
        columns_since = columns_since.saturating_add(1);
        // Leaves room for the name of the month before.
        let short = if is_new && columns_since > 2 {
            let with_year = named.is_none_or(|named| named.year() != monday.year());
            named = Some(*monday);
            columns_since = 0;
            monday.format(if with_year { "%b\n%Y" } else { "%b" }).to_string()
        } else {
            String::new()
        };
        two_names(&monday.format("week of %-d %B %Y").to_string(), &short)
    });
    names.collect()
}

fn cell(day: NaiveDate, count: usize, query: &BoardQuery, today: NaiveDate) -> Cell {
    let is_today = day == today;
    let words = format!("{}{}: {}", day.format("%a %-d %b %Y"), if is_today { ", today" } else { "" }, count_of(count));
    let select = Select::Days(day, day);
    let can_be_selected = count > 0 || select.is_selected(query);
    Cell {
        count,
        mark: Mark { words, select: can_be_selected.then_some(select) },
        dimmed: dates::are_asked_for(query) && !dates::touch(day, day, query),
        outlined: is_today,
    }
}

fn finding(shown: &[(NaiveDate, usize)], launches: &[&Launch], query: &BoardQuery, placed: usize) -> String {
    let total = launches.len();
    if let (Some(from), Some(to)) = (query.from, query.to)
        && from == to
    {
        let touched = dates::count_touched(launches, query);
        return format!("{} may go on {}", count_of(touched), from.format("%-d %B %Y"));
    }
    let most = shown.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let fullest: Vec<_> = shown.iter().filter(|(_, count)| *count == most).collect();
    match (total, placed, fullest.as_slice()) {
        (0, ..) => "No launches, no days".to_owned(),
        (1, 0, _) => "The only one names no day here".to_owned(),
        (_, 0, _) => format!("None of {total} names a day here"),
        (1, _, [(day, _)]) => format!("The only one is listed for {}", day.format("%-d %B %Y")),
        (_, 1, [(day, _)]) => format!("1 of {total} names a day: {}", day.format("%-d %B %Y")),
        (_, _, [(day, _)]) => format!("{} is the busiest day with {most}", day.format("%-d %B %Y")),
        _ if most == 1 => "No day has more than one launch".to_owned(),
        (_, _, days) => format!("The busiest {} days have {most} each", days.len()),
    }
}

fn sentence(shown: &[(NaiveDate, usize)], total: usize) -> String {
    let used = shown.iter().filter(|(_, count)| *count > 0).count();
    match (shown.first(), shown.last()) {
        (Some((first, _)), Some((last, _))) => format!(
            "Grid of days from {} to {}: {used} {} a launch, of {} in all.",
            first.format("%-d %B %Y"),
            last.format("%-d %B %Y"),
            if used == 1 { "day has" } else { "days have" },
            count_of(total)
        ),
        _ => "Grid without days: no launch under these filters names one.".to_owned(),
    }
}

fn table(days: &BTreeMap<NaiveDate, usize>, vague: usize) -> Table {
    let mut rows: Vec<_> = days
        .iter()
        .map(|(day, count)| Row::of(&day.format("%-d %b %Y").to_string(), &[*count], Some(Select::Days(*day, *day))))
        .collect();
    if vague > 0 {
        rows.push(Row::of("No day given", &[vague], None));
    }
    Table { head: vec!["Day".to_owned(), "Launches".to_owned()], rows }
}
