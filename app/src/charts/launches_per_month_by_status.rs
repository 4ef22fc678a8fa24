use charming::{
    Chart,
    component::{Aria, Decal},
    element::EmphasisFocus,
    series::Bar,
};
use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use domain::{BoardQuery, Granularity, Launch, StatusKind};

use super::{
    Figure, Key, Remainder, Row, Select, Table,
    figure::to_json,
    paint::{
        bar, category_axis, count_axis, grid, launches as count_of, status_texture, status_token, tooltip, two_names,
    },
};

/// Months ahead that get a bar of their own; what names a later month stands in one more.
const MONTHS_AHEAD: u32 = 15;

/// Months back that do: recorded lists keep launches whose outcome nobody entered.
const MONTHS_BACK: u32 = 3;

struct Place {
    full: String,
    short: String,
    counts: Vec<usize>,
    select: Option<Select>,
}

/// When they go: one bar per month, stacked by status.
///
/// Only launches whose date names a month have a bar. The others (most of a complete list) are stored by LL2 on the last day
/// of their quarter or year; counting them there would make every December a mountain of placeholders. They are the
/// [`Remainder`], and a row of the table.
pub fn launches_per_month_by_status(launches: &[&Launch], query: &BoardQuery, now: DateTime<Utc>) -> Figure {
    let statuses = statuses(launches);
    let (dated, vague): (Vec<&Launch>, Vec<&Launch>) =
        launches.iter().copied().partition(|launch| launch.granularity() <= Granularity::Month);
    let places = places(&dated, &statuses, now);
    let any_selected = places.iter().any(|place| place.is_selected(query));

    let names = places.iter().map(|place| two_names(&place.full, &place.short)).collect();
    let mut option = Chart::new()
        .tooltip(tooltip())
        .grid(grid(28, 12, 4, 40))
        .x_axis(category_axis(names))
        .y_axis(count_axis())
        .aria(Aria::new().enabled(true).decal(
            Decal::new().show(true).decals(statuses.iter().map(|kind| status_texture(*kind)).collect::<Vec<_>>()),
        ));
    for (at, kind) in statuses.iter().enumerate() {
        let bars = places
            .iter()
            .map(|place| bar(place.counts[at], status_token(*kind), any_selected && !place.is_selected(query)));
        option = option.series(
            Bar::new()
                .name(label(*kind, launches))
                .stack("status")
                .bar_width("72%")
                .emphasis(charming::element::Emphasis::new().focus(EmphasisFocus::None))
                .data(bars.collect::<Vec<_>>()),
        );
    }

    Figure {
        finding: finding(&places, dated.len(), launches.len()),
        unit: "Launches by listed month and status. Select a month to filter.".to_owned(),
        sentence: sentence(&places, dated.len(), launches.len()),
        option: to_json(&option),
        keys: statuses
            .iter()
            .map(|kind| Key {
                status: *kind,
                label: label(*kind, launches),
                count: dated.iter().filter(|launch| launch.status_kind() == *kind).count(),
            })
            .collect(),
        remainder: (!vague.is_empty()).then(|| Remainder {
            placed: dated.len(),
            left: vague.len(),
            placed_label: format!("{} with a month", dated.len()),
            left_label: format!("{} without: quarter, half or year only", vague.len()),
        }),
        marks: places.iter().map(|place| place.select.clone()).collect(),
        table: table(&places, &vague, &statuses, launches),
    }
}

/// The statuses present, in the board's order, unknown ones last.
fn statuses(launches: &[&Launch]) -> Vec<StatusKind> {
    let mut statuses: Vec<_> = StatusKind::KNOWN.to_vec();
    statuses.retain(|kind| launches.iter().any(|launch| launch.status_kind() == *kind));
    for launch in launches {
        let kind = launch.status_kind();
        if !statuses.contains(&kind) {
            statuses.push(kind);
        }
    }
    statuses
}

fn label(kind: StatusKind, launches: &[&Launch]) -> String {
    let named = launches.iter().find(|launch| launch.status_kind() == kind);
    named.map_or_else(|| kind.id().to_string(), |launch| launch.status.abbrev.clone())
}

fn places(dated: &[&Launch], statuses: &[StatusKind], now: DateTime<Utc>) -> Vec<Place> {
    let months: Vec<_> = dated.iter().map(|launch| month_of(launch.span().start)).collect();
    let (Some(first), Some(last)) = (months.iter().min().copied(), months.iter().max().copied()) else {
        return Vec::new();
    };
    let this_month = month_of(now);
    let from = first.max(minus(this_month, MONTHS_BACK));
    let to = last.min(plus(this_month, MONTHS_AHEAD));
    let counts = |accepts: &dyn Fn(NaiveDate) -> bool| -> Vec<usize> {
        let count = |kind: &StatusKind| {
            let rows = dated.iter().zip(&months);
            rows.filter(|(launch, month)| launch.status_kind() == *kind && accepts(**month)).count()
        };
        statuses.iter().map(count).collect()
    };

    let mut places = Vec::new();
    let mut month = from;
    while month <= to {
        let next = plus(month, 1);
        places.push(Place {
            full: month.format("%B %Y").to_string(),
            short: String::new(),
            counts: counts(&|one| one == month),
            select: next.pred_opt().map(|last_day| Select::Days(month, last_day)),
        });
        month = next;
    }
    name_some(&mut places, from);
    if first < from {
        let full = format!("before {}", from.format("%B %Y"));
        places.insert(0, Place { full, short: "before".to_owned(), counts: counts(&|one| one < from), select: None });
    }
    if last > to {
        let full = format!("after {}", to.format("%B %Y"));
        places.push(Place { full, short: "later".to_owned(), counts: counts(&|one| one > to), select: None });
    }
    places
}

/// Every month has its name when they are few; else the quarters do, and the year stands where it begins.
fn name_some(places: &mut [Place], from: NaiveDate) {
    let few = places.len() <= 10;
    let mut year = None;
    let mut month = from;
    for place in places {
        if few || month.month() % 3 == 1 {
            let name = month.format("%b");
            place.short =
                if year == Some(month.year()) { name.to_string() } else { format!("{name}\n{}", month.year()) };
            year = Some(month.year());
        }
        month = plus(month, 1);
    }
}

fn month_of(instant: DateTime<Utc>) -> NaiveDate {
    let day = instant.date_naive();
    day.with_day(1).unwrap_or(day)
}

fn plus(month: NaiveDate, count: u32) -> NaiveDate {
    month.checked_add_months(Months::new(count)).unwrap_or(NaiveDate::MAX)
}

fn minus(month: NaiveDate, count: u32) -> NaiveDate {
    month.checked_sub_months(Months::new(count)).unwrap_or(NaiveDate::MIN)
}

impl Place {
    fn total(&self) -> usize {
        self.counts.iter().sum()
    }

    fn is_selected(&self, query: &BoardQuery) -> bool {
        self.select.as_ref().is_some_and(|select| select.is_selected(query))
    }
}

fn finding(places: &[Place], dated: usize, total: usize) -> String {
    let fullest = places
        .iter()
        .filter(|place| place.select.is_some() && (place.total() > 1 || dated == 1))
        .reduce(|best, place| if place.total() > best.total() { place } else { best });
    match (total, dated, fullest) {
        (0, ..) => "No launches, no months".to_owned(),
        (1, 0, _) => "The only one names no month".to_owned(),
        (_, 0, _) => format!("None of {total} names a month"),
        (_, _, None) if dated == total => format!("All {total} name a month"),
        (_, _, None) => format!("{dated} of {total} name a month"),
        (1, _, Some(month)) => format!("The only one is listed for {}", month.full),
        (_, _, Some(month)) if dated == total => format!("{} is the fullest month with {}", month.full, month.total()),
        (_, 1, Some(month)) => format!("1 of {total} names a month: {}", month.full),
        (_, _, Some(month)) => {
            format!("{dated} of {total} name a month; {} is the fullest with {}", month.full, month.total())
        }
    }
}

fn sentence(places: &[Place], dated: usize, total: usize) -> String {
    let months: Vec<_> = places
        .iter()
        .filter(|place| place.total() > 0)
        .map(|place| format!("{} {}", place.full, place.total()))
        .collect();
    match months.as_slice() {
        [] => "Bar chart without bars: no launch under these filters names a month.".to_owned(),
        months => format!("Bar chart of {dated} of {} by month: {}.", count_of(total), months.join(", ")),
    }
}

fn table(places: &[Place], vague: &[&Launch], statuses: &[StatusKind], launches: &[&Launch]) -> Table {
    let mut head = vec!["Month".to_owned()];
    head.extend(statuses.iter().map(|kind| label(*kind, launches)));
    head.push("All".to_owned());
    let with_total = |mut counts: Vec<usize>| {
        counts.push(counts.iter().sum());
        counts
    };
    let mut rows: Vec<_> = places
        .iter()
        .map(|place| Row {
            label: place.full.clone(),
            counts: with_total(place.counts.clone()),
            select: place.select.clone(),
        })
        .collect();
    if !vague.is_empty() {
        let count = |kind: &StatusKind| vague.iter().filter(|launch| launch.status_kind() == *kind).count();
        rows.push(Row {
            label: "No month given".to_owned(),
            counts: with_total(statuses.iter().map(count).collect()),
            select: None,
        });
    }
    Table { head, rows }
}
