//! The timeline on a phone: time runs downwards, and stretches without events are compressed.
//!
//! A row is a month, or several months in which nothing begins or ends. Launches with a day are in the row of their month. A vaguer date
//! is a bar next to the rows in which the launch may fly, and a disclosure in the row where it begins.

use chrono::{DateTime, Datelike as _, NaiveDate, TimeDelta, Utc};
use domain::{Granularity, Launch, month_of, months_later};
use leptos::prelude::*;

use crate::{
    erase::Erase as _,
    pages::board::{
        state::Filters,
        views::list::{Period, When, group, launch_line},
    },
    time::use_minute,
};

/// Number of launches drawn at once; the button shows more.
const BATCH: usize = 120;

/// One or more months in one row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stretch {
    pub(super) first: NaiveDate,
    /// The first day after it.
    pub(super) end: NaiveDate,
    /// Launches with a day, as positions in the whole list.
    pub(super) positions: Vec<usize>,
    /// Periods of the vaguer launches that begin here.
    pub(super) periods: Vec<Period>,
}

/// The bar of a vague date, next to the rows that it spans.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bar {
    /// Column from the left, the vaguest first.
    pub(super) column: usize,
    /// Half-open range of rows.
    pub(super) rows: (usize, usize),
    texture: &'static str,
    label: String,
}

/// Rows and bars.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Column {
    pub(super) stretches: Vec<Stretch>,
    pub(super) bars: Vec<Bar>,
}

impl Column {
    pub(super) fn of(launches: &[Launch], positions: &[usize], now: DateTime<Utc>) -> Self {
        let mut dated: Vec<(NaiveDate, usize)> = positions
            .iter()
            .filter(|position| launches[**position].granularity().names_a_day())
            .map(|position| (launches[*position].net.date_naive(), *position))
            .collect();
        domain::sort::sort_by_key(&mut dated, |(_, position)| {
            (launches[*position].net, launches[*position].granularity(), *position)
        });
        let periods = Period::all(launches, positions, DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);

        // Periods that began earlier start with the first row.
        let first_day = dated.first().map_or(now.date_naive(), |(day, _)| (*day).min(now.date_naive()));
        let floor = month_of(first_day);
        let months = |period: &Period| {
            let first = month_of(period.span.start.date_naive()).max(floor);
            let last = month_of((period.span.end - TimeDelta::seconds(1)).date_naive());
            (first, months_later(last, 1).max(months_later(first, 1)))
        };
        let mut edges: Vec<NaiveDate> = dated
            .iter()
            .map(|(day, _)| month_of(*day))
            .chain([month_of(now.date_naive())])
            .flat_map(|month| [month, months_later(month, 1)])
            .chain(periods.iter().flat_map(|period| <[NaiveDate; 2]>::from(months(period))))
            .collect();
        domain::sort::sort_by(&mut edges, Ord::cmp);
        edges.dedup();

        let mut stretches: Vec<Stretch> = edges
            .windows(2)
            .map(|edges| Stretch { first: edges[0], end: edges[1], positions: Vec::new(), periods: Vec::new() })
            .collect();
        for (day, position) in dated {
            if let Some(stretch) = stretches.iter_mut().find(|stretch| (stretch.first..stretch.end).contains(&day)) {
                stretch.positions.push(position);
            }
        }
        let row = |edge: NaiveDate| edges.partition_point(|one| *one < edge);
        let mut bars: Vec<Bar> = Vec::new();
        for period in periods {
            let (first, end) = months(&period);
            let bar = Bar {
                column: rank(period.granularity),
                rows: (row(first), row(end)),
                texture: period.granularity.texture(),
                label: period.span.label_utc(),
            };
            // A year and a year of unknown precision are the same bar. A week is shorter than a row, so a bar would be too long.
            if period.granularity != Granularity::Week
                && !bars.iter().any(|other| (other.column, other.rows) == (bar.column, bar.rows))
            {
                bars.push(bar);
            }
            if let Some(stretch) = stretches.get_mut(row(first)) {
                stretch.periods.push(period);
            }
        }
        let mut columns: Vec<usize> = bars.iter().map(|bar| bar.column).collect();
        domain::sort::sort_by(&mut columns, Ord::cmp);
        columns.dedup();
        for bar in &mut bars {
            bar.column = columns.partition_point(|column| *column < bar.column);
        }
        Self { stretches, bars }
    }

    fn width(&self) -> usize {
        self.bars.iter().map(|bar| bar.column + 1).max().unwrap_or(0)
    }

    /// Returns how many rows are needed to show `launches` launches and periods.
    fn rows_for(&self, launches: usize) -> usize {
        let mut held = 0;
        let enough = self.stretches.iter().position(|stretch| {
            held += stretch.positions.len() + stretch.periods.len();
            held >= launches
        });
        enough.map_or(self.stretches.len(), |row| row + 1)
    }
}

/// Returns the rank of a precision. Periods of one rank never overlap, so they share a column.
fn rank(granularity: Granularity) -> usize {
    match granularity {
        Granularity::Decade => 0,
        Granularity::FiscalYear => 1,
        Granularity::Half(_) => 3,
        Granularity::Quarter(_) => 4,
        Granularity::Month | Granularity::Week => 5,
        _ => 2,
    }
}

/// The vertical timeline of the selected launches.
#[component]
pub(super) fn ColumnTimeline() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let minute = use_minute();
    let today = Memo::new(move |_| minute.get().date_naive());
    let column = Memo::new(move |_| {
        let now = today.get().and_time(chrono::NaiveTime::MIN).and_utc();
        filters.rows.with(|rows| Column::of(rows.all(), rows.positions(), now))
    });
    let revealed = RwSignal::new(BATCH);
    let shown = Memo::new(move |_| column.with(|column| column.rows_for(revealed.get())));
    let left = Memo::new(move |_| column.with(|column| column.stretches.len()) > shown.get());
    let columns = move || {
        let width = column.with(Column::width);
        let bars = if width == 0 { String::new() } else { format!("repeat({width}, 18px) ") };
        format!("grid-template-columns:{bars}minmax(0, 1fr)")
    };
    view! {
        <div class="vertical-timeline only-phone" role="region" aria-label="Timeline, downwards">
            <div class="vt-grid" style=columns>
                {move || column.with(|column| {
                    let (shown, width) = (shown.get(), column.width());
                    let bars = column.bars.iter().filter(|bar| bar.rows.0 < shown).map(|bar| drawn(bar, shown)).collect_view();
                    let rows = column
                        .stretches
                        .iter()
                        .take(shown)
                        .enumerate()
                        .map(|(row, stretch)| section(filters, stretch, row, width, minute.get_untracked()))
                        .collect_view();
                    view! { {bars} {rows} }
                })}
            </div>
            <p class="more" hidden=move || !left.get()>
                <button class="btn" type="button" on:click=move |_| revealed.update(|count| *count += BATCH)>
                    "Show later months"
                </button>
            </p>
        </div>
    }
    .erase()
}

fn drawn(bar: &Bar, shown: usize) -> AnyView {
    let (first, end) = bar.rows;
    let place = format!("grid-column:{};grid-row:{}/{}", bar.column + 1, first + 1, end.min(shown) + 1);
    view! {
        <div class=format!("vt-bar {}", bar.texture) style=place aria-hidden="true"><span>{bar.label.clone()}</span></div>
    }
    .erase()
}

fn section(filters: Filters, stretch: &Stretch, row: usize, width: usize, now: DateTime<Utc>) -> AnyView {
    let today = now.date_naive();
    let holds_now = (stretch.first..stretch.end).contains(&today);
    let passed = filters.board.with_value(|board| {
        let has_passed = |position: &&usize| board.launches.get(**position).is_some_and(|launch| launch.net < now);
        stretch.positions.iter().take_while(has_passed).count()
    });
    let line = |position: &usize| launch_line(filters, *position, When::Date);
    let before: Vec<_> = stretch.positions.iter().take(passed).map(line).collect();
    let after: Vec<_> = stretch.positions.iter().skip(passed).map(line).collect();
    let now_line = holds_now.then(|| {
        view! { <li class="vt-now"><b>"now"</b> " " {now.format("%-d %b, %H:%M UTC").to_string()}</li> }
    });
    let periods = stretch.periods.iter().map(|period| group(filters, period, false)).collect_view();
    let id = format!("from-{}", stretch.first);
    let label = id.clone();
    view! {
        <section
            class="vt-row"
            style=format!("grid-column:{};grid-row:{}", width + 1, row + 1)
            aria-labelledby=label
        >
            <h3 id=id>{name(stretch)}</h3>
            <ul class="lines">{before} {now_line} {after}</ul>
            {periods}
        </section>
    }
    .erase()
}

/// "March 2026", "May to August 2026", "2028", "December 2028 to March 2029".
fn name(stretch: &Stretch) -> String {
    let (first, last) = (stretch.first, months_later(stretch.end, -1));
    if first == last {
        first.format("%B %Y").to_string()
    } else if first.year() != last.year() {
        format!("{} to {}", first.format("%B %Y"), last.format("%B %Y"))
    } else if (first.month(), last.month()) == (1, 12) {
        first.format("%Y").to_string()
    } else {
        format!("{} to {}", first.format("%B"), last.format("%B %Y"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(first: &str, end: &str) -> Stretch {
        let day = |text: &str| text.parse().expect("a valid day");
        Stretch { first: day(first), end: day(end), positions: Vec::new(), periods: Vec::new() }
    }

    #[test]
    fn a_row_is_named_by_its_months() {
        for (first, end, text) in [
            ("2026-03-01", "2026-04-01", "March 2026"),
            ("2026-05-01", "2026-09-01", "May to August 2026"),
            ("2028-01-01", "2029-01-01", "2028"),
            ("2028-12-01", "2029-04-01", "December 2028 to March 2029"),
        ] {
            assert_eq!(name(&stretch(first, end)), text);
        }
    }
}
