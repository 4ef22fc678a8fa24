use charming::{
    Chart,
    component::{Aria, Decal},
    series::Bar,
};
use chrono::NaiveDate;
use domain::{Facet, OutcomeCount, StatusKind};

use crate::charts::{
    Figure, Key, Mark, Remainder, Row, Select, Table,
    figure::to_json,
    paint::{bar, category_axis, count_axis, grid, launches, status_texture, status_token, tooltip, two_names},
};

/// The outcome of a launch, in the order of the stack. `InFlight` represents all launches without an outcome.
const OUTCOMES: [(StatusKind, &str); 4] = [
    (StatusKind::Success, "Success"),
    (StatusKind::PartialFailure, "Partial failure"),
    (StatusKind::Failure, "Failure"),
    (StatusKind::InFlight, "No outcome yet"),
];

/// Returns the statuses that an outcome represents.
fn statuses(outcome: StatusKind) -> Vec<String> {
    let all: &[StatusKind] = match outcome {
        StatusKind::InFlight => &[StatusKind::InFlight, StatusKind::Deployed],
        _ => &[outcome],
    };
    all.iter().filter_map(|kind| kind.slug()).map(str::to_owned).collect()
}

struct Year {
    year: i32,
    counts: [usize; 4],
    /// Whether the year is not over, or our data does not start on its first day.
    is_partial: bool,
}

impl Year {
    fn total(&self) -> usize {
        self.counts.iter().sum()
    }

    /// Returns the days of the year, as the board filters by them.
    fn select(&self) -> Option<Select> {
        let day = |month, day| NaiveDate::from_ymd_opt(self.year, month, day);
        Some(Select::Days(day(1, 1)?, day(12, 31)?))
    }

    fn name(&self) -> String {
        if self.is_partial { format!("{} (in part)", self.year) } else { self.year.to_string() }
    }
}

fn counts(count: &OutcomeCount) -> [usize; 4] {
    [count.succeeded, count.partly, count.failed, count.open].map(|count| count as usize)
}

/// How many launches flew in each year, and with which outcome. `this_year` and the first one held are marked as incomplete.
pub(super) fn launches_per_year(found: &[&OutcomeCount], this_year: i32, first_held: Option<i32>) -> Figure {
    let years = years(found, this_year, first_held);
    let dateless: usize = found.iter().filter(|count| count.id.is_none()).map(|count| count.flown() as usize).sum();
    let present: Vec<_> = (0..OUTCOMES.len()).filter(|at| years.iter().any(|year| year.counts[*at] > 0)).collect();
    let every = years.len() / 10 + 1;
    let every = [1, 2, 5, 10].into_iter().find(|one| *one >= every).unwrap_or(20);
    let names = years.iter().map(|year| {
        let is_named = usize::try_from(year.year).is_ok_and(|year| year.is_multiple_of(every));
        two_names(&year.name(), &if is_named { year.year.to_string() } else { String::new() })
    });
    let decals = present.iter().map(|at| status_texture(OUTCOMES[*at].0)).collect::<Vec<_>>();
    let mut option = Chart::new()
        .tooltip(tooltip())
        .grid(grid(36, 12, 4, 28))
        .x_axis(category_axis(names.collect()))
        .y_axis(count_axis())
        .aria(Aria::new().enabled(true).decal(Decal::new().show(true).decals(decals)));
    for at in &present {
        let bars = years.iter().map(|year| bar(year.counts[*at], status_token(OUTCOMES[*at].0), false));
        option = option
            .series(Bar::new().name(OUTCOMES[*at].1).stack("outcome").bar_width("72%").data(bars.collect::<Vec<_>>()));
    }
    let placed: usize = years.iter().map(Year::total).sum();
    Figure {
        finding: finding(&years),
        unit: "Launches that left the pad, by year and outcome, UTC.".to_owned(),
        sentence: sentence(&years),
        option: to_json(&option),
        keys: present
            .iter()
            .map(|at| Key {
                status: OUTCOMES[*at].0,
                label: OUTCOMES[*at].1.to_owned(),
                count: years.iter().map(|year| year.counts[*at]).sum(),
                select: Select::Facet(Facet::Status, statuses(OUTCOMES[*at].0)),
            })
            .collect(),
        remainder: (dateless > 0).then(|| Remainder {
            placed,
            left: dateless,
            placed_label: format!("{placed} with a year"),
            left_label: format!("{dateless} without: year unknown"),
        }),
        marks: years.iter().map(|year| Mark { words: describe(year), select: year.select() }).collect(),
        column: 1,
        table: Table {
            head: ["Year"]
                .into_iter()
                .chain(OUTCOMES.map(|(_, name)| name))
                .chain(["All"])
                .map(str::to_owned)
                .collect(),
            rows: years
                .iter()
                .rev()
                .map(|year| {
                    let mut counts = year.counts.to_vec();
                    counts.push(year.total());
                    Row::of(&year.name(), &counts, year.select())
                })
                .collect(),
        },
    }
}

/// Returns every year from the first to the last; a year without launches has zero counts.
fn years(found: &[&OutcomeCount], this_year: i32, first_held: Option<i32>) -> Vec<Year> {
    let known: Vec<_> = found.iter().filter_map(|count| Some((count.id?, counts(count)))).collect();
    let first = known.iter().map(|(year, _)| *year).min();
    let last = known.iter().map(|(year, _)| *year).max();
    let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
    (first..=last)
        .map(|year| Year {
            year,
            counts: known.iter().find(|(one, _)| *one == year).map_or([0; 4], |(_, counts)| *counts),
            is_partial: year >= this_year || Some(year) == first_held,
        })
        .collect()
}

fn finding(years: &[Year]) -> String {
    let whole: Vec<&Year> = years.iter().filter(|year| !year.is_partial).collect();
    let fullest = whole.iter().copied().reduce(|best, year| if year.total() >= best.total() { year } else { best });
    match (years, fullest) {
        ([], _) => "How many launches per year? No recorded launch has left the pad".to_owned(),
        (_, None) => {
            let all: usize = years.iter().map(Year::total).sum();
            format!("{} in a period too short to compare years", launches(all))
        }
        (_, Some(year)) if years.last().is_some_and(|last| last.is_partial && last.total() > year.total()) => {
            let last = years.last().map_or(0, Year::total);
            format!("This year has exceeded {}, the busiest before, with {last} against {}", year.year, year.total())
        }
        (_, Some(year)) => format!("{} was the busiest year: {}", year.year, launches(year.total())),
    }
}

fn describe(year: &Year) -> String {
    let parts = OUTCOMES.iter().zip(year.counts).filter(|(_, count)| *count > 0);
    let parts: String = parts.map(|((_, name), count)| format!("\n{name} {count}")).collect();
    format!("{}: {}{parts}", year.name(), launches(year.total()))
}

fn sentence(years: &[Year]) -> String {
    let parts: Vec<_> = years.iter().map(|year| format!("{} {}", year.name(), year.total())).collect();
    match parts.as_slice() {
        [] => "Bar chart without bars: no recorded launch has left the pad.".to_owned(),
        parts => format!("Bar chart of launches by year: {}.", parts.join(", ")),
    }
}
