use charming::{
    Chart,
    component::{Aria, Decal},
    element::EmphasisFocus,
    series::Bar,
};
use chrono::{Datelike, Months, NaiveDate};
use domain::{BoardQuery, Facet, Granularity, Launch, StatusKind};

use super::{
    Figure, Key, Mark, Remainder, Row, Select, Table, dates,
    figure::to_json,
    paint::{
        bar, category_axis, count_axis, grid, launches as count_of, status_texture, status_token, tooltip, two_names,
    },
};

/// Number of months ahead with one bar each; all later months share one bar.
const MONTHS_AHEAD: i32 = 15;

/// Number of months back with one bar each: recorded lists keep launches whose outcome was never entered.
const MONTHS_BACK: i32 = 3;

struct Place {
    full: String,
    short: String,
    counts: Vec<usize>,
    select: Option<Select>,
    is_year: bool,
}

/// Launches per month: one bar per month, stacked by status.
///
/// Only launches whose date names a month have a bar. The others (most of a complete list) are stored by LL2 on the last day
/// of their quarter or year; if they were counted there, every December would be a peak of placeholders. They are in the
/// [`Remainder`] and in a row of the table.
///
/// The launches are those that pass every filter except the dates: months outside the date filter are still shown.
pub fn launches_per_month_by_status(launches: &[&Launch], query: &BoardQuery, today: NaiveDate) -> Figure {
    let Listed { present, dated, vague } = Listed::of(launches);
    let left: usize = vague.iter().sum();
    let places = places(&dated, present.len(), query, today);

    let names = places.iter().map(|place| two_names(&place.full, &place.short)).collect();
    let mut option = Chart::new()
        .tooltip(tooltip())
        // Room on the right for half of the last name, which is wider than its bar.
        .grid(grid(28, 12, 14, 40))
        .x_axis(category_axis(names))
        .y_axis(count_axis())
        .aria(Aria::new().enabled(true).decal(
            Decal::new().show(true).decals(present.iter().map(|(kind, _)| status_texture(*kind)).collect::<Vec<_>>()),
        ));
    for (at, (kind, example)) in present.iter().enumerate() {
        let bars = places.iter().map(|place| bar(place.counts[at], status_token(*kind), place.is_dimmed(query)));
        option = option.series(
            Bar::new()
                .name(example.status.abbrev.clone())
                .stack("status")
                .bar_width("72%")
                .emphasis(charming::element::Emphasis::new().focus(EmphasisFocus::None))
                .data(bars.collect::<Vec<_>>()),
        );
    }

    Figure {
        finding: finding(&places, dated.len(), launches, query),
        unit: format!(
            "Launches by listed {unit} and status. Select a {unit} or a status to filter.",
            unit = if places.iter().any(|place| place.is_year) { "year" } else { "month" }
        ),
        sentence: sentence(&places, dated.len(), launches.len()),
        option: to_json(&option),
        keys: present
            .iter()
            .enumerate()
            .map(|(at, (kind, example))| Key {
                status: *kind,
                label: example.status.abbrev.clone(),
                count: places.iter().map(|place| place.counts[at]).sum(),
                select: Select::choice(Facet::Status, status_key(*kind)),
            })
            .collect(),
        remainder: (left > 0).then(|| Remainder {
            placed: dated.len(),
            left,
            placed_label: format!("{} with a month", dated.len()),
            left_label: format!("{left} without: quarter, half or year only"),
        }),
        marks: places.iter().map(|place| place.mark(&present)).collect(),
        column: 1,
        table: table(&places, &vague, &present),
    }
}

/// The data of the launches that the chart needs.
struct Listed<'launch> {
    /// The statuses present, in the board's order, unknown ones last, with a launch of each.
    present: Vec<(StatusKind, &'launch Launch)>,
    /// Month and status (an index into `present`) of every launch whose date names a month.
    dated: Vec<(i32, usize)>,
    /// Number of launches of each status whose date names no month.
    vague: Vec<usize>,
}

impl<'launch> Listed<'launch> {
    /// Iterates once over the launches: with 100,000 of them each pass waits milliseconds for memory, and this chart made ten.
    fn of(launches: &[&'launch Launch]) -> Self {
        let mut present: Vec<(StatusKind, &Launch)> = Vec::new();
        let (mut dated, mut vague) = (Vec::new(), Vec::new());
        for launch in launches.iter().copied() {
            let kind = launch.status_kind();
            let status = present.iter().position(|(one, _)| *one == kind).unwrap_or_else(|| {
                present.push((kind, launch));
                vague.push(0);
                present.len() - 1
            });
            let start = match launch.granularity() {
                Granularity::Week => launch.span().start,
                precise if precise <= Granularity::Month => launch.net,
                _ => {
                    vague[status] += 1;
                    continue;
                }
            };
            dated.push((month_of(start.naive_utc().date()), status));
        }
        let mut order: Vec<usize> = (0..present.len()).collect();
        domain::sort::sort_by_key(&mut order, |status| {
            let kind = present[*status].0;
            (StatusKind::KNOWN.iter().position(|known| *known == kind).unwrap_or(usize::MAX), kind.id())
        });
        let mut sorted = vec![0; order.len()];
        for (place, status) in order.iter().enumerate() {
            sorted[*status] = place;
        }
        for (_, status) in &mut dated {
            *status = sorted[*status];
        }
        Self {
            present: order.iter().map(|status| present[*status]).collect(),
            dated,
            vague: order.iter().map(|status| vague[*status]).collect(),
        }
    }
}

/// Returns the status as it is written in the address.
fn status_key(kind: StatusKind) -> String {
    kind.slug().map_or_else(|| kind.id().to_string(), str::to_owned)
}

/// A section of the axis: months, or years if past launches make the months too many.
struct Scale {
    from: i32,
    to: i32,
    /// Months per place.
    step: i32,
}

impl Scale {
    fn new(first: i32, last: i32, query: &BoardQuery, today: NaiveDate) -> Self {
        let this_month = month_of(today);
        if !query.past {
            let (from, to) = (first.max(this_month - MONTHS_BACK), last.min(this_month + MONTHS_AHEAD));
            return Self { from, to, step: 1 };
        }
        if last - first <= MONTHS_BACK + MONTHS_AHEAD {
            return Self { from: first, to: last, step: 1 };
        }
        Self { from: first - first.rem_euclid(12), to: last - last.rem_euclid(12), step: 12 }
    }

    fn places(&self) -> usize {
        usize::try_from((self.to - self.from) / self.step + 1).unwrap_or(0)
    }
}

fn places(dated: &[(i32, usize)], statuses: usize, query: &BoardQuery, today: NaiveDate) -> Vec<Place> {
    let months = || dated.iter().map(|(month, _)| *month);
    let (Some(first), Some(last)) = (months().min(), months().max()) else {
        return Vec::new();
    };
    let scale = Scale::new(first, last, query, today);
    let none = vec![0; statuses];
    let (mut before, mut after) = (none.clone(), none.clone());
    let mut counts = vec![none; scale.places()];
    for (month, status) in dated {
        let place = (month - scale.from).div_euclid(scale.step);
        let counts = match usize::try_from(place) {
            Err(_) => &mut before,
            Ok(place) => counts.get_mut(place).unwrap_or(&mut after),
        };
        counts[*status] += 1;
    }

    let is_year = scale.step > 1;
    let starts = (scale.from..=scale.to).step_by(scale.step.unsigned_abs() as usize);
    let mut places: Vec<Place> = starts
        .zip(counts)
        .map(|(month, counts)| {
            let (start, end) = (first_day(month), first_day(month + scale.step));
            Place {
                full: start.format(if is_year { "%Y" } else { "%B %Y" }).to_string(),
                short: String::new(),
                counts,
                select: end.pred_opt().map(|last_day| Select::Days(start, last_day)),
                is_year,
            }
        })
        .collect();
    if is_year {
        name_some_years(&mut places)
    } else {
        name_some(&mut places, first_day(scale.from))
    }
    if first < scale.from {
        let full = format!("before {}", first_day(scale.from).format("%B %Y"));
        places.insert(0, Place { full, short: "before".to_owned(), counts: before, select: None, is_year });
    }
    if last >= scale.to + scale.step {
        let full = format!("after {}", first_day(scale.to).format("%B %Y"));
        places.push(Place { full, short: "later".to_owned(), counts: after, select: None, is_year });
    }
    places
}

/// Names every year if there are few, else the round ones.
fn name_some_years(places: &mut [Place]) {
    let every = places.len() / 8 + 1;
    let every = [1, 2, 5, 10, 20].into_iter().find(|one| *one >= every).unwrap_or(50);
    for place in places {
        if place.full.parse().is_ok_and(|year: usize| year.is_multiple_of(every)) {
            place.short.clone_from(&place.full);
        }
    }
}

/// Names every month if there are few, else the first of each quarter; the year is added where it begins.
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

/// Months since the year 0. A launch whose date names a week but no day is listed for the month in which the week begins.
fn month_of(day: NaiveDate) -> i32 {
    day.year() * 12 + day.month0().cast_signed()
}

fn first_day(month: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(month.div_euclid(12), month.rem_euclid(12).cast_unsigned() + 1, 1).unwrap_or_default()
}

fn plus(month: NaiveDate, count: u32) -> NaiveDate {
    month.checked_add_months(Months::new(count)).unwrap_or(NaiveDate::MAX)
}

impl Place {
    fn total(&self) -> usize {
        self.counts.iter().sum()
    }

    fn unit(&self) -> &'static str {
        if self.is_year { "year" } else { "month" }
    }

    fn is_selected(&self, query: &BoardQuery) -> bool {
        self.select.as_ref().is_some_and(|select| select.is_selected(query))
    }

    /// Returns whether the place is outside the date filter. The places before and after the axis have no dates to compare.
    fn is_dimmed(&self, query: &BoardQuery) -> bool {
        let touches = match &self.select {
            Some(Select::Days(first, last)) => dates::touch(*first, *last, query),
            _ => false,
        };
        dates::are_asked_for(query) && !touches
    }

    fn mark(&self, statuses: &[(StatusKind, &Launch)]) -> Mark {
        let parts = statuses.iter().zip(&self.counts).filter(|(_, count)| **count > 0);
        let parts: String = parts.map(|((_, example), count)| format!("\n{} {count}", example.status.abbrev)).collect();
        Mark { words: format!("{}: {}{parts}", self.full, count_of(self.total())), select: self.select.clone() }
    }
}

fn finding(places: &[Place], dated: usize, launches: &[&Launch], query: &BoardQuery) -> String {
    let total = launches.len();
    if let Some(place) = places.iter().find(|place| place.is_selected(query)) {
        let verb = if place.total() == 1 { "is" } else { "are" };
        return format!("{} of {total} {verb} listed for {}", place.total(), place.full);
    }
    if dates::are_asked_for(query) {
        return format!("{} of {total} may go on the selected dates", dates::count_touched(launches, query));
    }
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
        (_, _, Some(month)) if dated == total => {
            format!("{} is the busiest {} with {}", month.full, month.unit(), month.total())
        }
        (_, 1, Some(month)) => format!("1 of {total} names a month: {}", month.full),
        (_, _, Some(month)) => {
            format!("{dated} of {total} name a month; {} is the busiest with {}", month.full, month.total())
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

fn table(places: &[Place], vague: &[usize], statuses: &[(StatusKind, &Launch)]) -> Table {
    let is_year = places.iter().any(|place| place.is_year);
    let mut head = vec![if is_year { "Year" } else { "Month" }.to_owned()];
    head.extend(statuses.iter().map(|(_, example)| example.status.abbrev.clone()));
    head.push("All".to_owned());
    let with_total = |mut counts: Vec<usize>| {
        counts.push(counts.iter().sum());
        counts
    };
    let mut rows: Vec<_> = places
        .iter()
        .map(|place| Row::of(&place.full, &with_total(place.counts.clone()), place.select.clone()))
        .collect();
    if vague.iter().any(|count| *count > 0) {
        rows.push(Row::of("No month given", &with_total(vague.to_vec()), None));
    }
    Table { head, rows }
}
