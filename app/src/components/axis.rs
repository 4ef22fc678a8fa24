//! The position of an instant on a drawn axis, in percent of its width, and how a NET is drawn there.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, TimeDelta, Utc};
use domain::{Launch, NetSpan};
use leptos::prelude::*;

use super::{moon_class, status_class};
use crate::erase::Erase as _;

/// Formats a share of the width as a length for a drawing.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.3}%", share * 100.0)
}

/// A period drawn from left to right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Axis {
    start: DateTime<Utc>,
    end: DateTime<Utc>,
}

/// A labelled instant of an axis.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tick {
    pub(crate) at: f64,
    pub(crate) label: String,
}

impl Axis {
    pub(crate) fn new(start: DateTime<Utc>, end: DateTime<Utc>) -> Self {
        Self { start, end: end.max(start + TimeDelta::minutes(1)) }
    }

    /// Returns the position of an instant in percent, clamped to the axis.
    pub(crate) fn place(&self, at: DateTime<Utc>) -> f64 {
        let whole = seconds(self.end - self.start);
        (seconds(at - self.start) / whole * 100.0).clamp(0.0, 100.0)
    }

    /// Returns at most six round instants: hours and days on a short axis, first days of months on a long one.
    pub(crate) fn ticks(&self) -> Vec<Tick> {
        let whole = self.end - self.start;
        let ticks = if whole < TimeDelta::days(75) { self.even_ticks(whole) } else { self.month_ticks(whole) };
        // A label needs room on both sides.
        ticks.into_iter().filter(|tick| (6.0..=94.0).contains(&tick.at)).collect()
    }

    fn even_ticks(&self, whole: TimeDelta) -> Vec<Tick> {
        const HOUR: i64 = 3_600;
        const DAY: i64 = 24 * HOUR;
        const STEPS: [(i64, &str); 10] = [
            (HOUR / 4, "%H:%M"),
            (HOUR / 2, "%H:%M"),
            (HOUR, "%H:%M"),
            (2 * HOUR, "%H:%M"),
            (4 * HOUR, "%H:%M"),
            (8 * HOUR, "%H:%M"),
            (DAY, "%-d %b"),
            (2 * DAY, "%-d %b"),
            (5 * DAY, "%-d %b"),
            (14 * DAY, "%-d %b"),
        ];
        let whole = whole.num_seconds();
        let (step, format) = STEPS.into_iter().find(|(step, _)| whole / step <= 5).unwrap_or((14 * DAY, "%-d %b"));
        let first = self.start.timestamp().div_euclid(step) * step + step;
        std::iter::successors(Some(first), |at| Some(at + step))
            .take_while(|at| *at < self.end.timestamp())
            .filter_map(|at| DateTime::from_timestamp(at, 0))
            .map(|at| {
                // The day is written once, at its start.
                let format = if step < DAY && at.time() == NaiveTime::MIN { "%-d %b" } else { format };
                Tick { at: self.place(at), label: at.format(format).to_string() }
            })
            .collect()
    }

    /// The year is written once, at its start.
    fn month_ticks(&self, whole: TimeDelta) -> Vec<Tick> {
        let months = whole.num_days() / 30;
        let step = [1_i32, 2, 3, 6, 12, 24].into_iter().find(|step| months / i64::from(*step) <= 5).unwrap_or(60);
        let first = self.start.year() * 12 + self.start.month0().cast_signed();
        let first = first.div_euclid(step) * step;
        std::iter::successors(Some(first), |month| Some(month + step))
            .filter_map(|month| {
                NaiveDate::from_ymd_opt(month.div_euclid(12), month.rem_euclid(12).cast_unsigned() + 1, 1)
            })
            .map(|day| day.and_time(NaiveTime::MIN).and_utc())
            .skip_while(|at| *at < self.start)
            .take_while(|at| *at < self.end)
            .map(|at| {
                let format = if at.month() == 1 { "%Y" } else { "%b" };
                Tick { at: self.place(at), label: at.format(format).to_string() }
            })
            .collect()
    }

    /// A band as wide as the precision.
    pub(crate) fn band(&self, launch: &Launch) -> impl IntoView + use<> {
        let (start, end) = extent(launch);
        band(launch, self.place(start), self.place(end))
    }
}

/// The axis that all cards share: near times are drawn wide and far times narrow, so that an hour tomorrow and a quarter in
/// three years fit on one line. Logarithmic in the distance with a week as its unit; five years reach the right end.
pub(crate) struct SharedAxis {
    now: DateTime<Utc>,
}

impl SharedAxis {
    /// The position of "now"; the past is to its left.
    pub(crate) const NOW: f64 = 6.0;

    pub(crate) fn new(now: DateTime<Utc>) -> Self {
        Self { now }
    }

    /// The ticks: a week, a month, a quarter, a year from now.
    pub(crate) fn ticks() -> [(f64, &'static str); 4] {
        [(7.0, "week"), (30.0, "month"), (91.0, "quarter"), (365.0, "year")].map(|(days, name)| (Self::at(days), name))
    }

    pub(crate) fn band(&self, launch: &Launch) -> impl IntoView + use<> {
        let (start, end) = extent(launch);
        band(launch, self.place(start), self.place(end))
    }

    fn place(&self, at: DateTime<Utc>) -> f64 {
        Self::at(seconds(at - self.now) / 86_400.0)
    }

    fn at(days: f64) -> f64 {
        const FARTHEST: f64 = 5.0 * 365.0;
        let position = if days < 0.0 {
            Self::NOW * (1.0 + days / 30.0)
        } else {
            Self::NOW + (100.0 - Self::NOW) * (days / 7.0).ln_1p() / (FARTHEST / 7.0).ln_1p()
        };
        position.clamp(0.0, 100.0)
    }
}

/// Returns what a band covers: the window where it says more than the NET, else the period of the precision.
pub(crate) fn extent(launch: &Launch) -> (DateTime<Utc>, DateTime<Utc>) {
    let NetSpan { start, end, .. } = launch.span();
    launch.window().unwrap_or((start, end))
}

/// Draws the band as the design defines it: solid when precise, hatched for a month, fading for a quarter, an outline
/// for a year. In percent of the drawing's width, so that it fits any card without a script.
fn band(launch: &Launch, from: f64, to: f64) -> impl IntoView + use<> {
    let texture = launch.granularity().texture();
    let tone = tone(launch);
    let x = format!("{from:.2}%");
    let width = format!("{:.2}%", (to - from).max(0.0));
    match texture {
        "precise" | "hour" | "day" => view! {
            <g class=format!("band {texture} {tone}")>
                <rect x=x.clone() y="3" width=width height="12" rx="1.5"></rect>
                // At least three pixels wide, at any scale.
                <rect x=x y="3" width="3" height="12" rx="1.5"></rect>
            </g>
        }
        .erase(),
        "month" => view! {
            <g class=format!("band month {tone}")>
                <rect class="fill" x=x.clone() y="3" width=width.clone() height="12" rx="2"></rect>
                <rect class="edge" x=x y="3.5" width=width height="11" rx="2"></rect>
            </g>
        }
        .erase(),
        "quarter" => view! {
            <g class=format!("band quarter {tone}")>
                <rect class="fill" x=x y="3" width=width height="12" rx="2"></rect>
            </g>
        }
        .erase(),
        _ => view! {
            <g class=format!("band year {tone}")>
                <rect class="edge" x=x y="3.5" width=width height="11" rx="2"></rect>
            </g>
        }
        .erase(),
    }
}

/// The colour class of a launch's band: its Moon tier if it is bound for the Moon, else its status.
pub(crate) fn tone(launch: &Launch) -> String {
    if launch.moon.tier.is_moon_bound() {
        format!("tone-{}", moon_class(launch.moon.tier))
    } else {
        format!("tone-{}", status_class(launch.status_kind()))
    }
}

#[expect(clippy::cast_precision_loss, reason = "a drawing's seconds are exact in a double for 285 million years")]
fn seconds(delta: TimeDelta) -> f64 {
    delta.num_seconds() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(days: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_774_224_000 + days * 86_400, 0).expect("a valid instant")
    }

    #[test]
    fn an_axis_never_has_more_than_six_ticks() {
        for days in [1, 2, 9, 40, 100, 400, 1_500, 9_000] {
            let count = Axis::new(day(0), day(days)).ticks().len();
            assert!(count <= 6, "{days} days gave {count} ticks");
        }
    }

    #[test]
    fn an_instant_outside_is_clamped_to_the_axis() {
        let axis = Axis::new(day(0), day(10));
        assert!((axis.place(day(5)) - 50.0).abs() < 0.001);
        assert!((axis.place(day(99)) - 100.0).abs() < 0.001);
        assert!(axis.place(day(-1)).abs() < 0.001);
    }

    #[test]
    fn the_shared_axis_is_monotonic() {
        let places: Vec<_> =
            [-60.0, -3.0, 0.0, 1.0, 7.0, 30.0, 91.0, 365.0, 1_825.0, 9_999.0].map(SharedAxis::at).into();
        assert!(places.is_sorted(), "{places:?}");
        assert!((places[2] - SharedAxis::NOW).abs() < 0.001);
        assert!((places[9] - 100.0).abs() < 0.001);
    }
}
