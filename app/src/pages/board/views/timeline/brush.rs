//! The number of launches per month, with the date filter as an overlay. A drag sets the dates.

use chrono::{Datelike as _, Months, NaiveDate, TimeDelta};
use domain::{BoardQuery, Granularity, Launch};
use leptos::{ev::PointerEvent, html, prelude::*};

use crate::{
    components::axis::percent,
    erase::Erase as _,
    pages::board::{filters::DateRange, state::Filters},
};

/// A press that moves less than this share of the width is a click on a month.
const CLICK: f64 = 0.004;
/// Height of the drawing in pixels.
const HEIGHT: f64 = 56.0;
/// Maximum number of bars of one month; with more months, a bar is a year.
const MOST_BARS: i32 = 180;
/// Up to this number of months, each bar has a name.
const FEW_BARS: usize = 9;

/// Bars of months, or of years, from the first launch to the last.
#[derive(Clone, Debug, PartialEq)]
struct Scale {
    /// First day of the first bar.
    first: NaiveDate,
    /// Months per bar.
    step: u32,
    counts: Vec<usize>,
    /// Number of launches whose date is vaguer than a month; they are in no bar.
    vague: usize,
}

impl Scale {
    fn of<'launches>(launches: impl Iterator<Item = &'launches Launch>) -> Option<Self> {
        let mut vague = 0;
        let mut months = Vec::new();
        for launch in launches {
            if launch.granularity() <= Granularity::Month {
                let day = launch.net.date_naive();
                months.push(day.year() * 12 + day.month0().cast_signed());
            } else {
                vague += 1;
            }
        }
        let (first, last) = (months.iter().min().copied()?, months.iter().max().copied()?);
        let (first, step) = if last - first < MOST_BARS { (first, 1) } else { (first - first.rem_euclid(12), 12) };
        let bars = usize::try_from((last - first) / step + 1).ok()?;
        let mut counts = vec![0; bars];
        for month in months {
            if let Some(count) = usize::try_from((month - first) / step).ok().and_then(|bar| counts.get_mut(bar)) {
                *count += 1;
            }
        }
        let first = NaiveDate::from_ymd_opt(first.div_euclid(12), first.rem_euclid(12).cast_unsigned() + 1, 1)?;
        Some(Self { first, step: step.cast_unsigned(), counts, vague })
    }

    /// Returns the first day of a bar; also valid for the bar after the last.
    fn day_of(&self, bar: usize) -> NaiveDate {
        let months = u32::try_from(bar).unwrap_or(u32::MAX).saturating_mul(self.step);
        self.first.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
    }

    fn bars(&self) -> f64 {
        share_of(self.counts.len())
    }

    /// Returns the position of a day, 0 at the left edge and 1 at the right. All bars are equally wide, regardless of month length.
    fn place(&self, day: NaiveDate) -> f64 {
        let months =
            (day.year() - self.first.year()) * 12 + day.month0().cast_signed() - self.first.month0().cast_signed();
        let within = f64::from(day.day0()) / 31.0;
        ((f64::from(months) + within) / f64::from(self.step) / self.bars()).clamp(0.0, 1.0)
    }

    /// Returns the bar at a position.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a few hundred bars")]
    fn bar_at(&self, place: f64) -> usize {
        ((place.clamp(0.0, 1.0) * self.bars()) as usize).min(self.counts.len().saturating_sub(1))
    }

    /// Returns the days between two positions, as whole bars, so that an inexact drag can select a month.
    fn days(&self, from: f64, to: f64) -> (NaiveDate, NaiveDate) {
        let (left, right) = (from.min(to), from.max(to));
        let half = 0.5 / self.bars();
        let is_click = right - left < CLICK;
        let first = if is_click { self.bar_at(left) } else { self.bar_at(left + half) };
        let last = if is_click { first } else { self.bar_at(right - half).max(first) };
        (self.day_of(first), self.day_of(last + 1) - TimeDelta::days(1))
    }
}

/// The months above the timeline. The two date fields next to it do the same by keyboard.
#[component]
pub fn Brush() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let scale = Memo::new(move |_| {
        filters.rows.with(|rows| {
            let launches = &rows.catalog().board.launches;
            Scale::of(rows.answer().but_dates().map(|at| &launches[at]))
        })
    });
    let plot = NodeRef::<html::Div>::new();
    // Start and current position of a drag.
    let drag = RwSignal::new(None::<(f64, f64)>);
    let place = move |event: &PointerEvent| {
        let (left, width) = measure(plot)?;
        Some(((f64::from(event.client_x()) - left) / width).clamp(0.0, 1.0))
    };
    let press = move |event: PointerEvent| {
        if event.button() == 0
            && let Some(at) = place(&event)
        {
            if let Some(plot) = plot.get_untracked() {
                // Fails if the pointer is already gone.
                let _ = plot.set_pointer_capture(event.pointer_id());
            }
            drag.set(Some((at, at)));
        }
    };
    let travel = move |event: PointerEvent| {
        if let (Some((from, _)), Some(at)) = (drag.get_untracked(), place(&event)) {
            drag.set(Some((from, at)));
        }
    };
    let release = move |_: PointerEvent| {
        let Some((from, to)) = drag.get_untracked() else { return };
        drag.set(None);
        let days = scale.with_untracked(|scale| scale.as_ref().map(|scale| scale.days(from, to)));
        if let Some((first, last)) = days {
            filters.ask(|query| select(query, first, last));
        }
    };
    let selected = Memo::new(move |_| {
        let query = filters.query.with(|query| (query.from, query.to));
        scale.with(|scale| {
            let scale = scale.as_ref()?;
            let (from, to) = match (drag.get(), query) {
                (Some((from, to)), _) => {
                    let (first, last) = scale.days(from, to);
                    (Some(first), Some(last))
                }
                (None, query) => query,
            };
            (from.is_some() || to.is_some()).then(|| {
                let left = from.map_or(0.0, |from| scale.place(from));
                let right = to.map_or(1.0, |to| scale.place(to + TimeDelta::days(1)));
                (left, right.max(left))
            })
        })
    });
    let is_set = Memo::new(move |_| filters.query.with(|query| query.from.is_some() || query.to.is_some()));
    let all_days = |query: &mut BoardQuery| (query.from, query.to) = (None, None);
    view! {
        <section class="brush panel" aria-labelledby="brush">
            <div class="brush-head">
                <h2 id="brush" class="cap">"Dates"</h2>
                <p class="sm f">{move || scale.with(|scale| describe(scale.as_ref()))}</p>
                <span class="grow"></span>
                {move || is_set.get().then(|| view! {
                    <a class="s13" href=move || filters.href_with(all_days) data-noscroll="">"All dates"</a>
                })}
            </div>
            <div
                class="brush-plot"
                node_ref=plot
                on:pointerdown=press
                on:pointermove=travel
                on:pointerup=release
                on:pointercancel=move |_| drag.set(None)
            >
                <svg width="100%" height=HEIGHT.to_string() aria-hidden="true">
                    {move || scale.with(|scale| scale.as_ref().map(bars))}
                    {move || selected.get().map(|(left, right)| view! {
                        <rect class="veil" width=percent(left) height="100%"></rect>
                        <rect class="veil" x=percent(right) width=percent(1.0 - right) height="100%"></rect>
                        <line class="edge" x1=percent(left) x2=percent(left) y1="0" y2="100%"></line>
                        <line class="edge" x1=percent(right) x2=percent(right) y1="0" y2="100%"></line>
                    })}
                </svg>
            </div>
            <DateRange id="brush"/>
        </section>
    }
    .erase()
}

/// Returns the left edge and width of the plot in pixels; `None` on the server, which has no layout.
fn measure(plot: NodeRef<html::Div>) -> Option<(f64, f64)> {
    #[cfg(feature = "hydrate")]
    {
        let plot = plot.get_untracked()?.get_bounding_client_rect();
        (plot.width() > 0.0).then(|| (plot.left(), plot.width()))
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = plot;
        None
    }
}

/// Selects these days; if they are already selected, clears the dates.
fn select(query: &mut BoardQuery, first: NaiveDate, last: NaiveDate) {
    let days = (Some(first), Some(last));
    let is_selected = (query.from, query.to) == days;
    (query.from, query.to) = if is_selected { (None, None) } else { days };
    query.offset = 0;
}

fn describe(scale: Option<&Scale>) -> String {
    let Some(scale) = scale else { return "No launch names a month.".to_owned() };
    let unit = if scale.step == 1 { "month" } else { "year" };
    let vague = match scale.vague {
        0 => String::new(),
        vague => format!(" {vague} name no month and are in no bar."),
    };
    format!("Launches by {unit}. Drag to choose dates, click for one {unit}.{vague}")
}

fn bars(scale: &Scale) -> impl IntoView + use<> {
    let most = scale.counts.iter().copied().max().unwrap_or(0).max(1);
    let width = 1.0 / scale.bars();
    let room = HEIGHT - 18.0;
    let bars = scale.counts.iter().enumerate().filter(|(_, count)| **count > 0).map(|(at, count)| {
        let height = (share_of(*count) / share_of(most) * room).max(2.0);
        view! {
            <rect
                class="bar"
                x=percent(share_of(at) * width)
                width=percent(width * 0.8)
                y=format!("{:.1}", room - height)
                height=format!("{height:.1}")
            ></rect>
        }
    });
    let bars_of_all = scale.counts.len();
    // At most ten year labels, whatever the span; months are named if all of them fit.
    let every = i32::try_from(bars_of_all).unwrap_or(i32::MAX) / if scale.step == 1 { 120 } else { 10 } + 1;
    let names = (0..bars_of_all).filter_map(|bar| {
        let day = scale.day_of(bar);
        let name = if day.month() == 1 && day.year() % every == 0 {
            day.year().to_string()
        } else if bars_of_all <= FEW_BARS && scale.step == 1 {
            day.format("%b").to_string()
        } else {
            return None;
        };
        Some((share_of(bar) * width, name))
    });
    let names = names.map(|(place, name)| {
        view! {
            <line class="year" x1=percent(place) x2=percent(place) y1="0" y2=HEIGHT.to_string()></line>
            <text x=percent(place) dx="4" y=(HEIGHT - 4.0).to_string()>{name}</text>
        }
    });
    view! { {bars.collect_view()} {names.collect_view()} }
}

#[expect(clippy::cast_precision_loss, reason = "counts of launches are far below 2^52")]
fn share_of(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a valid day")
    }

    fn year() -> Scale {
        Scale { first: day("2026-03-01"), step: 1, counts: vec![1; 12], vague: 0 }
    }

    #[test]
    fn a_click_selects_a_month_and_a_drag_whole_months() {
        let scale = year();
        assert_eq!(scale.days(0.5, 0.5), (day("2026-09-01"), day("2026-09-30")));
        assert_eq!(scale.days(0.01, 0.24), (day("2026-03-01"), day("2026-05-31")));
        assert_eq!(scale.days(0.24, 0.01), scale.days(0.01, 0.24), "either way");
        assert_eq!(scale.days(0.0, 1.0), (day("2026-03-01"), day("2027-02-28")));
        assert_eq!(scale.days(1.0, 1.0), (day("2027-02-01"), day("2027-02-28")));
    }

    #[test]
    fn the_days_at_a_position_map_back_to_it() {
        let scale = year();
        for bar in 0..12 {
            let (first, last) = scale.days((share_of(bar) + 0.5) / 12.0, (share_of(bar) + 0.5) / 12.0);
            assert!((scale.place(first) - share_of(bar) / 12.0).abs() < 1e-9);
            assert!((scale.place(last + TimeDelta::days(1)) - share_of(bar + 1) / 12.0).abs() < 1e-9);
        }
    }

    #[test]
    fn selecting_the_same_days_again_clears_them() {
        let mut query = BoardQuery::default();
        select(&mut query, day("2026-03-01"), day("2026-03-31"));
        assert_eq!(query.to_query_string(), "from=2026-03-01&to=2026-03-31");
        select(&mut query, day("2026-03-01"), day("2026-03-31"));
        assert!(!query.is_filtered());
    }
}
