use charming::{
    component::Axis,
    element::{AxisLabel, AxisType, LineStyle, SplitLine},
};
use domain::Lateness;

use crate::charts::{
    Figure, Mark, Row, Table,
    interval::{self, Interval, MOST_ROWS},
    paint::short_name,
    turnaround_per_pad::days,
};

/// Number of days ahead at which providers are compared: the one with most dates.
const COMPARED_AT: i32 = 7;
/// A row with fewer launches is dimmed, with a note.
const THIN: u32 = 10;

pub(super) const METHOD: &str = "Launches that flew on a known day and whose dates were observed before. For each number of days: the date that \
    was listed exactly so many days before that date, named to the day or better. Days late: the whole days, in UTC, from it to the flight. \
    A launch that has not flown is not included yet, so very long slips appear late. Line: 10th to 90th percentile; block: middle half; \
    tick: median.";

/// How late launches fly, by the days to go when the date was read.
pub(super) fn by_days_ahead(all: &[Lateness]) -> Figure {
    let rows: Vec<_> = all.iter().filter(|one| one.provider.is_none()).collect();
    let finding = match rows.iter().find(|one| one.days_ahead == COMPARED_AT).or(rows.first()) {
        None => "How late do launches fly? None has flown yet on an observed date".to_owned(),
        Some(one) => format!(
            "With {} to go, {} of {} flew on the listed day; the median {}",
            ahead(one.days_ahead),
            one.on_the_day,
            launches(one.count),
            moved(one.median)
        ),
    };
    figure(&rows, "Days to go", finding, "Days later than listed, by days to go.", |one| ahead(one.days_ahead))
}

/// How late the providers with the most launches fly, compared with the date a week ahead.
pub(super) fn by_provider(all: &[Lateness]) -> Figure {
    let name = |one: &Lateness| one.provider.clone().unwrap_or_default();
    let mut rows: Vec<_> = all.iter().filter(|one| one.provider.is_some() && one.days_ahead == COMPARED_AT).collect();
    rows.sort_by(|left, right| right.count.cmp(&left.count).then_with(|| left.provider.cmp(&right.provider)));
    rows.truncate(MOST_ROWS);
    rows.sort_by(|left, right| {
        left.median.total_cmp(&right.median).then_with(|| right.on_the_day.cmp(&left.on_the_day))
    });
    let certain: Vec<_> = rows.iter().filter(|one| one.count >= THIN).collect();
    let finding = match (rows.as_slice(), certain.as_slice()) {
        ([], _) => "Which provider is most punctual? None has flown yet on a date observed for a week".to_owned(),
        (rows, []) => format!(
            "Too few flights to compare providers: at most {}",
            launches(rows.iter().map(|one| one.count).max().unwrap_or(0))
        ),
        (_, [first, ..]) => {
            format!("{} is most punctual a week ahead: {} of {} on the day", name(first), first.on_the_day, first.count)
        }
    };
    figure(&rows, "Provider", finding, "Days later than listed a week before, by provider.", name)
}

fn figure(rows: &[&Lateness], head: &str, finding: String, unit: &str, name: impl Fn(&Lateness) -> String) -> Figure {
    let intervals: Vec<_> = rows
        .iter()
        .map(|one| Interval {
            full: name(one),
            short: short_name(&name(one), one.abbrev.as_deref()),
            label: format!("n {}", one.count),
            range: (one.tenth, one.ninetieth),
            block: (one.lower_quartile, one.upper_quartile),
            tick: one.median,
            dimmed: one.count < THIN,
        })
        .collect();
    let thin = if rows.iter().any(|one| one.count < THIN) {
        format!(" Pale: fewer than {THIN} launches.")
    } else {
        String::new()
    };
    let parts: Vec<_> =
        rows.iter().map(|one| format!("{} median {}, {}", name(one), days(one.median), launches(one.count))).collect();
    Figure {
        finding,
        unit: format!("{unit} Line: 10th to 90th percentile; block: middle half; tick: median.{thin}"),
        sentence: match parts.as_slice() {
            [] => "Chart without rows: no launch has flown on a date observed for so long.".to_owned(),
            parts => format!("Days later than listed: {}.", parts.join("; ")),
        },
        option: interval::option(&intervals, axis()),
        keys: Vec::new(),
        remainder: None,
        marks: rows.iter().map(|one| Mark { words: describe(&name(one), one), select: None }).collect(),
        column: 1,
        table: Table {
            head: [
                head,
                "Launches",
                "On the day",
                "10th pct, days",
                "Lower quartile",
                "Median",
                "Upper quartile",
                "90th pct",
            ]
            .map(str::to_owned)
            .to_vec(),
            rows: rows.iter().map(|one| row(name(one), one)).collect(),
        },
    }
}

fn axis() -> Axis {
    Axis::new()
        .type_(AxisType::Value)
        .min_interval(1.0)
        .split_number(4.0)
        .axis_label(AxisLabel::new().color("var(--text-3)"))
        .split_line(SplitLine::new().line_style(LineStyle::new().color("var(--grid)")))
}

fn ahead(days: i32) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

fn launches(count: u32) -> String {
    format!("{count} {}", if count == 1 { "launch" } else { "launches" })
}

/// "was 3 days late", "was 1 day early", "was on time".
fn moved(late: f64) -> String {
    let size = days(late.abs());
    let unit = if size == "1" { "day" } else { "days" };
    match (size.as_str(), late > 0.0) {
        ("0", _) => "was on time".to_owned(),
        (_, true) => format!("was {size} {unit} late"),
        (_, false) => format!("was {size} {unit} early"),
    }
}

fn describe(name: &str, one: &Lateness) -> String {
    format!(
        "{name}: {}\nmedian {} days late\n{} to {} days in the middle half\n{} on the day",
        launches(one.count),
        days(one.median),
        days(one.lower_quartile),
        days(one.upper_quartile),
        one.on_the_day
    )
}

fn row(label: String, one: &Lateness) -> Row {
    let spread = [one.tenth, one.lower_quartile, one.median, one.upper_quartile, one.ninetieth].map(days);
    let counts = [one.count.to_string(), one.on_the_day.to_string()];
    Row { label, cells: counts.into_iter().chain(spread).collect(), select: None }
}
