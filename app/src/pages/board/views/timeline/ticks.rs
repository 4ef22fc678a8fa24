//! The ticks of the time axis: coarser as the view widens. In UTC, like LL2's calendar periods.

use chrono::{DateTime, Datelike, Days, Duration, Months, NaiveDate, NaiveTime, Utc};

use super::view::Window;

/// A tick with its label.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tick {
    /// Position as a share of the width.
    pub(super) place: f64,
    pub(super) label: String,
}

/// Fine ticks with short labels, and the coarse ticks that contain them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Ticks {
    pub(super) minor: Vec<Tick>,
    pub(super) major: Vec<Tick>,
}

#[derive(Clone, Copy)]
enum Unit {
    Minutes(u32),
    Hours(u32),
    Days(u32),
    Weeks,
    Months(u32),
    Years(u32),
}

impl Ticks {
    /// Returns about ten ticks: they must be readable at 390 px as well.
    pub(super) fn of(window: &Window) -> Self {
        let days = window.days();
        let (minor, minor_format, major, major_format) = match days {
            days if days <= 0.01 => (Unit::Minutes(1), "%H:%M", Unit::Days(1), "%a %-d %b"),
            days if days <= 0.06 => (Unit::Minutes(5), "%H:%M", Unit::Days(1), "%a %-d %b"),
            days if days <= 0.15 => (Unit::Minutes(15), "%H:%M", Unit::Days(1), "%a %-d %b"),
            days if days <= 0.6 => (Unit::Hours(1), "%H:%M", Unit::Days(1), "%a %-d %b"),
            days if days <= 1.5 => (Unit::Hours(3), "%H:%M", Unit::Days(1), "%a %-d %b"),
            days if days <= 3.0 => (Unit::Hours(6), "%H:%M", Unit::Days(1), "%a %-d %b"),
            days if days <= 9.0 => (Unit::Days(1), "%a %-d", Unit::Months(1), "%B %Y"),
            days if days <= 20.0 => (Unit::Days(1), "%-d", Unit::Months(1), "%B %Y"),
            days if days <= 120.0 => (Unit::Weeks, "%-d", Unit::Months(1), "%B %Y"),
            days if days <= 500.0 => (Unit::Months(1), "%b", Unit::Years(1), "%Y"),
            days if days <= 1_300.0 => (Unit::Months(3), "Q", Unit::Years(1), "%Y"),
            days if days <= 6_000.0 => (Unit::Years(1), "%Y", Unit::Years(10), "%Ys"),
            _ => (Unit::Years(5), "%Y", Unit::Years(10), "%Ys"),
        };
        Self { minor: minor.marks(window, minor_format), major: major.marks(window, major_format) }
    }
}

impl Unit {
    /// Returns the ticks in view, and the last one before it, whose period extends into the view.
    fn marks(self, window: &Window, format: &str) -> Vec<Tick> {
        let mut marks = Vec::new();
        let mut at = self.floor(window.start());
        // Far more than any unit yields; a guard against an endless loop at the end of the calendar.
        for _ in 0..200 {
            let place = window.place(at);
            if place >= 1.0 {
                break;
            }
            let label = if format == "Q" { format!("Q{}", at.month0() / 3 + 1) } else { at.format(format).to_string() };
            marks.push(Tick { place, label });
            at = self.next(at);
        }
        marks
    }

    fn floor(self, at: DateTime<Utc>) -> DateTime<Utc> {
        let day = at.date_naive();
        match self {
            Self::Minutes(step) => {
                let step = i64::from(step) * 60;
                DateTime::from_timestamp(at.timestamp().div_euclid(step) * step, 0).unwrap_or(at)
            }
            Self::Hours(_) | Self::Days(_) => midnight(day),
            Self::Weeks => {
                let since_monday = Days::new(u64::from(day.weekday().num_days_from_monday()));
                midnight(day.checked_sub_days(since_monday).unwrap_or(day))
            }
            Self::Months(step) => first_of(day.year(), day.month0() / step * step + 1),
            Self::Years(step) => first_of(day.year() - day.year().rem_euclid(i32::try_from(step).unwrap_or(1)), 1),
        }
    }

    fn next(self, at: DateTime<Utc>) -> DateTime<Utc> {
        let later = match self {
            Self::Minutes(step) => at.checked_add_signed(Duration::minutes(i64::from(step))),
            Self::Hours(step) => at.checked_add_signed(Duration::hours(i64::from(step))),
            Self::Days(step) => at.checked_add_days(Days::new(u64::from(step))),
            Self::Weeks => at.checked_add_days(Days::new(7)),
            Self::Months(step) => at.checked_add_months(Months::new(step)),
            Self::Years(step) => at.checked_add_months(Months::new(step * 12)),
        };
        later.unwrap_or(DateTime::<Utc>::MAX_UTC)
    }
}

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

fn first_of(year: i32, month: u32) -> DateTime<Utc> {
    midnight(NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(NaiveDate::MIN))
}
