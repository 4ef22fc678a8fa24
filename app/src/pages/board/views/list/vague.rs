//! Launches without a day, by period, separate from those with a day.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{BoardQuery, Facet, Granularity, Launch, NetSpan, View};
use leptos::prelude::*;

use super::line::{When, launch_line};
use crate::{erase::Erase as _, pages::board::state::Filters};

/// Maximum number of launches listed under a period; the table has the rest.
const MOST: usize = 25;

/// The launches of one period.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::pages::board::views) struct Period {
    pub(in crate::pages::board::views) granularity: Granularity,
    pub(in crate::pages::board::views) span: NetSpan,
    /// LL2's id of the precision.
    precision: Option<i32>,
    /// Positions in the whole list.
    pub(in crate::pages::board::views) positions: Vec<usize>,
}

impl Period {
    /// Returns the periods of the given launches that overlap `[start, end)`, the finest first.
    pub(in crate::pages::board::views) fn all(
        launches: &[Launch],
        positions: &[usize],
        start: DateTime<Utc>,
        end: DateTime<Utc>,
    ) -> Vec<Self> {
        let mut periods: Vec<Self> = Vec::new();
        for position in positions {
            let launch = &launches[*position];
            let (granularity, span) = (launch.granularity(), launch.span());
            if granularity.names_a_day() || !span.overlaps(start, end) {
                continue;
            }
            let same = |period: &&mut Self| period.granularity == granularity && period.span.start == span.start;
            match periods.iter_mut().find(same) {
                Some(period) => period.positions.push(*position),
                None => periods.push(Self {
                    granularity,
                    span,
                    precision: launch.net_precision.as_ref().map(|precision| precision.id),
                    positions: vec![*position],
                }),
            }
        }
        domain::sort::sort_by_key(&mut periods, |period| (period.granularity, period.span.start));
        periods
    }

    /// Returns the query that selects exactly these launches, under the filters of `query`.
    pub(in crate::pages::board::views) fn query(&self, query: &BoardQuery) -> BoardQuery {
        let last = self.span.end - TimeDelta::seconds(1);
        let mut query = BoardQuery {
            from: Some(self.span.start.date_naive()),
            to: Some(last.date_naive()),
            view: View::Table,
            offset: 0,
            ..query.clone()
        };
        query.choose(Facet::Precision, [self.precision.map_or_else(|| Facet::MISSING.to_owned(), |id| id.to_string())]);
        query
    }
}

/// The periods that overlap the days from the first to the last, both included, each with its launches.
#[component]
pub(in crate::pages::board::views) fn VagueLaunches(
    days: Memo<(NaiveDate, NaiveDate)>,
    /// "this month", "these days".
    what: &'static str,
) -> impl IntoView {
    let filters = expect_context::<Filters>();
    let periods = Memo::new(move |_| {
        let (first, last) = days.get();
        let (start, end) = (midnight(first), midnight(domain::days_later(last, 1)));
        filters.rows.with(|rows| Period::all(rows.all(), rows.positions(), start, end))
    });
    let count =
        Memo::new(move |_| periods.with(|periods| periods.iter().map(|one| one.positions.len()).sum::<usize>()));
    view! {
        <section class="vague" aria-labelledby="vague">
            <h3 id="vague">"May fly in " {what}</h3>
            <p class="s13 m">
                {move || match count.get() {
                    0 => format!("No launch with a vaguer date reaches into {what}."),
                    1 => "1 launch has no day yet.".to_owned(),
                    count => format!("{count} launches have no day yet."),
                }}
            </p>
            {move || periods.with(|periods| {
                periods.iter().map(|period| group(filters, period, period.granularity <= Granularity::Month)).collect_view()
            })}
        </section>
    }
    .erase()
}

/// A period as a disclosure.
pub(in crate::pages::board::views) fn group(filters: Filters, period: &Period, open: bool) -> AnyView {
    let lines: Vec<_> =
        period.positions.iter().take(MOST).map(|position| launch_line(filters, *position, When::Nothing)).collect();
    let all = (period.positions.len() > MOST).then(|| {
        let period = period.clone();
        let count = period.positions.len();
        let href = move || filters.query.with(|query| period.query(query).address());
        view! { <p class="s13"><a href=href>{format!("All {count} in the table")}</a></p> }
    });
    view! {
        <details class="period" open=open>
            <summary>
                {swatch(period.granularity.texture())}
                <span class="grow">{period.span.label_utc()}</span>
                <b class="f">{period.positions.len()}</b>
            </summary>
            <ul class="lines">{lines}</ul>
            {all}
        </details>
    }
    .erase()
}

/// A small sample of a precision's texture.
fn swatch(texture: &'static str) -> impl IntoView {
    let edged = matches!(texture, "month" | "year");
    view! {
        <svg class="tone-tbd" width="28" height="14" aria-hidden="true">
            <g class=format!("band {texture}")>
                {(texture != "year").then(|| view! { <rect class="fill" x=".5" y="1" width="27" height="12" rx="2"></rect> })}
                {edged.then(|| view! { <rect class="edge" x=".5" y="1.5" width="27" height="11" rx="2"></rect> })}
            </g>
        </svg>
    }
}

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc()
}
