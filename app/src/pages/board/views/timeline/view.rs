//! The time range in view, and how zooming and panning change it. Pure: positions are shares of the width, so the same arithmetic
//! works on the server and at any screen size.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use domain::Launch;
use strum::VariantArray;

use crate::components::{axis::extent, pan_zoom::Move};

const DAY: f64 = 86_400.0;
/// Closest view: ten minutes. Some launches have a window of one second, but no reader needs to see more detail.
const SHORTEST: f64 = 600.0;
/// Widest view: a century. The first launches are from 1957, and LL2's vaguest dates name a decade.
const LONGEST: f64 = 100.0 * 365.25 * DAY;
/// Share of the view that lies before now: enough to see what has just passed.
const PAST_SHARE: f64 = 0.08;
/// How far outside the view bands are clipped, as a share of the width: far enough that the clipped end is not visible.
const OUTSIDE: f64 = 0.5;

/// The steps of the zoom control.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub(super) enum Zoom {
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    All,
}

impl Zoom {
    pub(super) const ALL: [Self; Self::VARIANTS.len()] = domain::variants(Self::VARIANTS);

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Hour => "Hour",
            Self::Day => "Day",
            Self::Week => "Week",
            Self::Month => "Month",
            Self::Quarter => "Quarter",
            Self::Year => "Year",
            Self::All => "All",
        }
    }

    fn days(self) -> Option<f64> {
        match self {
            Self::Hour => Some(1.2 / 24.0),
            Self::Day => Some(1.15),
            Self::Week => Some(8.0),
            Self::Month => Some(35.0),
            Self::Quarter => Some(105.0),
            Self::Year => Some(400.0),
            Self::All => None,
        }
    }
}

/// A time range, in seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Window {
    start: f64,
    length: f64,
}

impl Window {
    pub(super) fn new(start: DateTime<Utc>, end: DateTime<Utc>) -> Self {
        let (start, end) = (seconds(start), seconds(end));
        Self { start, length: (end - start).max(SHORTEST) }
    }

    /// Returns the view of the days from the first to the last, both included, with a small margin.
    pub(super) fn of_days(first: NaiveDate, last: NaiveDate) -> Self {
        let start = seconds(first.and_time(NaiveTime::MIN).and_utc());
        let length = seconds(last.and_time(NaiveTime::MIN).and_utc()) + DAY - start;
        Self { start: start - length * 0.02, length: length * 1.04 }.clamped()
    }

    /// Returns the view of a zoom step: around now, or all of `extent` and now.
    pub(super) fn at(zoom: Zoom, now: DateTime<Utc>, extent: Option<Self>) -> Self {
        let now = seconds(now);
        match (zoom.days(), extent) {
            (Some(days), _) => Self { start: now - days * DAY * PAST_SHARE, length: days * DAY },
            (None, Some(extent)) => {
                let start = extent.start.min(now);
                let length = (extent.start + extent.length).max(now) - start;
                Self { start: start - length * 0.02, length: length * 1.06 }.clamped()
            }
            (None, None) => Self { start: now - 400.0 * DAY * PAST_SHARE, length: 400.0 * DAY },
        }
    }

    /// Returns whether this is the view of a zoom step, wherever it was moved to.
    pub(super) fn is_at(&self, zoom: Zoom, now: DateTime<Utc>, extent: Option<Self>) -> bool {
        let step = Self::at(zoom, now, extent);
        (self.length / step.length - 1.0).abs() < 0.01 && (zoom != Zoom::All || (self.start - step.start).abs() < DAY)
    }

    pub(super) fn start(&self) -> DateTime<Utc> {
        instant(self.start)
    }

    pub(super) fn end(&self) -> DateTime<Utc> {
        instant(self.start + self.length)
    }

    pub(super) fn days(&self) -> f64 {
        self.length / DAY
    }

    /// Returns the position of an instant, 0 at the left edge and 1 at the right.
    pub(super) fn place(&self, at: DateTime<Utc>) -> f64 {
        (seconds(at) - self.start) / self.length
    }

    /// Returns both ends of an interval, clipped outside the view: a decade in the view of a day would be wider than what browsers
    /// can draw.
    pub(super) fn stretch(&self, start: DateTime<Utc>, end: DateTime<Utc>) -> (f64, f64) {
        let cut = |place: f64| place.clamp(-OUTSIDE, 1.0 + OUTSIDE);
        (cut(self.place(start)), cut(self.place(end)))
    }

    /// Returns whether the interval and the view overlap.
    pub(super) fn touches(&self, start: DateTime<Utc>, end: DateTime<Utc>) -> bool {
        self.place(start) < 1.0 && self.place(end) > 0.0
    }

    /// Returns whether the launch may fly in this view.
    pub(super) fn holds(&self, launch: &Launch) -> bool {
        let (start, end) = extent(launch);
        self.touches(start, end)
    }

    /// Applies a move; ignores its vertical part.
    pub(super) fn moved(self, by: Move) -> Self {
        match by {
            Move::Pan(right, _) => self.panned(right),
            Move::Zoom(factor, (right, _)) => self.zoomed(factor, right),
        }
    }

    /// Moves the view by a share of its length, positive into the future.
    pub(super) fn panned(self, share: f64) -> Self {
        Self { start: self.start + share * self.length, ..self }
    }

    /// Scales the view around a fixed position; a factor below 1 zooms in.
    pub(super) fn zoomed(self, factor: f64, about: f64) -> Self {
        let length = (self.length * factor).clamp(SHORTEST, LONGEST);
        Self { start: self.start + about * (self.length - length), length }
    }

    /// Limits the view so that it always contains a part of `extent` and now.
    pub(super) fn kept_near(self, extent: Option<Self>, now: DateTime<Utc>) -> Self {
        let now = seconds(now);
        let (first, last) =
            extent.map_or((now, now), |extent| (extent.start.min(now), (extent.start + extent.length).max(now)));
        let start = self.start.clamp(first - self.length * 0.9, last - self.length * 0.1);
        Self { start, ..self }
    }

    fn clamped(self) -> Self {
        Self { length: self.length.clamp(SHORTEST, LONGEST), ..self }
    }
}

#[expect(clippy::cast_precision_loss, reason = "seconds of any calendar year are exact in a double")]
fn seconds(at: DateTime<Utc>) -> f64 {
    at.timestamp() as f64
}

#[expect(clippy::cast_possible_truncation, reason = "saturates, and chrono refuses what is out of range")]
fn instant(seconds: f64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH.checked_add_signed(Duration::seconds(seconds.clamp(-1e11, 1e11) as i64)).unwrap_or_default()
}
