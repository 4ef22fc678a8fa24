//! A NET is an interval. LL2 gives an instant and a precision. The instant alone is misleading for most launches: in a
//! complete list, 317 of 363 launches have the same instant as another one, because "December" and "2026" are both
//! stored as 31 December, 00:00.

use chrono::{DateTime, Datelike, Days, Duration, FixedOffset, Months, NaiveDate, NaiveTime, Offset, Utc};
use serde::{Deserialize, Serialize};

/// The precision of a NET as LL2 gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetPrecision {
    pub id: i32,
    pub abbrev: String,
    pub name: String,
}

/// The precisions of LL2's `config/net_precisions` by meaning, finest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Granularity {
    Second,
    Minute,
    Hour,
    /// Of the pad's local day.
    Morning,
    /// Of the pad's local day.
    Afternoon,
    Day,
    Week,
    Month,
    /// 1 to 4.
    Quarter(u8),
    /// 1 or 2.
    Half(u8),
    Year,
    FiscalYear,
    Decade,
    /// LL2 gave none: treated as a year.
    Missing,
    /// An unknown id: treated as a year until its meaning is known.
    Unlisted,
}

impl Granularity {
    /// Converts LL2's id of the precision. 0 is a valid id.
    pub fn of(id: Option<i32>) -> Self {
        match id {
            None => Self::Missing,
            Some(0) => Self::Second,
            Some(1) => Self::Minute,
            Some(2) => Self::Hour,
            Some(3) => Self::Morning,
            Some(4) => Self::Afternoon,
            Some(5) => Self::Day,
            Some(6) => Self::Week,
            Some(7) => Self::Month,
            Some(8) => Self::Quarter(1),
            Some(9) => Self::Quarter(2),
            Some(10) => Self::Quarter(3),
            Some(11) => Self::Quarter(4),
            Some(12) => Self::Half(1),
            Some(13) => Self::Half(2),
            Some(14) => Self::Year,
            Some(15) => Self::FiscalYear,
            Some(16) => Self::Decade,
            Some(_) => Self::Unlisted,
        }
    }

    /// Returns whether the precision is an hour or finer. Only then may a countdown tick or a clock time be shown, and
    /// the window is meaningful.
    pub fn ticks(self) -> bool {
        self <= Self::Hour
    }

    /// Returns whether the precision is a day or finer.
    pub fn names_a_day(self) -> bool {
        self <= Self::Day
    }

    /// Returns how a band of this precision is drawn: `precise`, `hour`, `day`, `month`, `quarter`, `year`.
    pub fn texture(self) -> &'static str {
        match self {
            Self::Second | Self::Minute => "precise",
            Self::Hour => "hour",
            Self::Morning | Self::Afternoon | Self::Day => "day",
            Self::Week | Self::Month => "month",
            Self::Quarter(_) | Self::Half(_) => "quarter",
            Self::Year | Self::FiscalYear | Self::Decade | Self::Missing | Self::Unlisted => "year",
        }
    }

    /// Returns the precision in words, for people who cannot see the band.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Second => "to the second",
            Self::Minute => "to the minute",
            Self::Hour => "to the hour",
            Self::Morning => "a morning",
            Self::Afternoon => "an afternoon",
            Self::Day => "to the day",
            Self::Week => "to the week",
            Self::Month => "to the month",
            Self::Quarter(_) => "to the quarter",
            Self::Half(_) => "to the half-year",
            Self::Year => "to the year",
            Self::FiscalYear => "to the fiscal year",
            Self::Decade => "to the decade",
            Self::Missing => "precision not given",
            Self::Unlisted => "precision not known to us",
        }
    }
}

/// The half-open interval `[start, end)` in which a launch is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NetSpan {
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
    net: DateTime<Utc>,
    granularity: Granularity,
}

impl NetSpan {
    /// The NET of a launch without a known date: the last day of the calendar, as vague as a year. LL2 itself stores
    /// "some day" as the last day of a period, so that sorting and filtering by date need no special case; only labels
    /// do.
    pub const UNDATED: DateTime<Utc> =
        NaiveDate::from_ymd_opt(2099, 12, 31).expect("a date").and_time(NaiveTime::MIN).and_utc();

    /// Returns whether no date is known.
    pub fn is_undated(&self) -> bool {
        self.net == Self::UNDATED && self.granularity == Granularity::Missing
    }

    /// Creates the period that the precision names and that contains the NET. If the two contradict each other ("Q3",
    /// 30 June) the precision wins: an editor chose it, while the date is often a stale placeholder.
    ///
    /// A fiscal year is that of the US government (1 October to 30 September, named by its end): the only one that LL2
    /// uses.
    pub fn new(net: DateTime<Utc>, granularity: Granularity) -> Self {
        let day = net.date_naive();
        let year = day.year();
        let (start, end) = match granularity {
            Granularity::Second => (net, net + Duration::seconds(1)),
            Granularity::Minute => (net, net + Duration::minutes(1)),
            Granularity::Hour => (net, net + Duration::hours(1)),
            Granularity::Morning | Granularity::Afternoon | Granularity::Day => {
                (midnight(day), midnight(after(day, 1)))
            }
            Granularity::Week => {
                let monday =
                    day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))).unwrap_or(day);
                (midnight(monday), midnight(after(monday, 7)))
            }
            Granularity::Month => months(year, day.month(), 1),
            Granularity::Quarter(quarter) => months(year, u32::from(quarter) * 3 - 2, 3),
            Granularity::Half(half) => months(year, u32::from(half) * 6 - 5, 6),
            Granularity::FiscalYear => {
                let ends_in = if day.month() >= 10 { year + 1 } else { year };
                months(ends_in - 1, 10, 12)
            }
            Granularity::Decade => months(year - year.rem_euclid(10), 1, 120),
            Granularity::Year | Granularity::Missing | Granularity::Unlisted => months(year, 1, 12),
        };
        Self { start, end, net, granularity }
    }

    /// Returns whether this interval and the given one overlap.
    pub fn overlaps(&self, start: DateTime<Utc>, end: DateTime<Utc>) -> bool {
        self.start < end && start < self.end
    }

    /// Returns the calendar day, for a reader whose time zone has this offset at the NET. None if the date is vaguer
    /// than a day.
    ///
    /// A date without a time of day is the same day everywhere: LL2 means the day itself (rule 16).
    pub fn day(&self, offset: FixedOffset) -> Option<NaiveDate> {
        if self.granularity.ticks() {
            Some(self.net.with_timezone(&offset).date_naive())
        } else {
            self.granularity.names_a_day().then(|| self.net.date_naive())
        }
    }

    /// Returns the time within [`NetSpan::day`], as exactly as it is known: "22:24", "about 11:00", "morning". None if
    /// only the day is known.
    pub fn time_of_day(&self, offset: FixedOffset) -> Option<String> {
        let net = self.net.with_timezone(&offset);
        match self.granularity {
            Granularity::Second => Some(net.format("%H:%M:%S").to_string()),
            Granularity::Minute => Some(net.format("%H:%M").to_string()),
            Granularity::Hour => Some(net.format("about %H:%M").to_string()),
            Granularity::Morning => Some("morning".to_owned()),
            Granularity::Afternoon => Some("afternoon".to_owned()),
            _ => None,
        }
    }

    /// Returns the date as exactly as it is known: "Wed 1 Apr 2026, 22:24", "about 11:00", "July 2026", "Q3 2026",
    /// "2026".
    ///
    /// `offset` is that of the reader's chosen zone at the NET. Only dates with a time of day are converted. A day or
    /// coarser is LL2's calendar period: converting its 00:00Z would show the day before in the Americas (rule 16).
    pub fn label(&self, offset: FixedOffset) -> String {
        let net = self.net.with_timezone(&offset);
        let day = self.start.date_naive();
        match self.granularity {
            Granularity::Second => net.format("%a %-d %b %Y, %H:%M:%S").to_string(),
            Granularity::Minute => net.format("%a %-d %b %Y, %H:%M").to_string(),
            Granularity::Hour => net.format("%a %-d %b %Y, about %H:%M").to_string(),
            Granularity::Morning => format!("{}, morning at the pad", day.format("%-d %b %Y")),
            Granularity::Afternoon => format!("{}, afternoon at the pad", day.format("%-d %b %Y")),
            Granularity::Day => day.format("%-d %b %Y").to_string(),
            Granularity::Week => format!("week of {}", day.format("%-d %b %Y")),
            Granularity::Month => day.format("%B %Y").to_string(),
            Granularity::Quarter(quarter) => format!("Q{quarter} {}", day.year()),
            Granularity::Half(half) => format!("H{half} {}", day.year()),
            Granularity::Year => day.year().to_string(),
            Granularity::FiscalYear => format!("fiscal year {}", day.year() + 1),
            Granularity::Decade => format!("the {}s", day.year()),
            Granularity::Missing if self.is_undated() => "date not known".to_owned(),
            Granularity::Missing | Granularity::Unlisted => {
                format!("{}, {}", day.year(), self.granularity.describe())
            }
        }
    }

    /// Returns [`NetSpan::label`] in UTC.
    pub fn label_utc(&self) -> String {
        self.label(Utc.fix())
    }
}

/// The remaining time, as exactly as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Countdown {
    /// Known to the minute or second: `T-` to this instant.
    Ticking { left: Duration, to_seconds: bool },
    /// Known to the hour or the day: "in about 2 h", "in 15 days".
    About { left: Duration },
    /// Coarser than a day: no countdown.
    None,
    /// The NET and its whole period are in the past, and no outcome is known.
    Passed,
    /// It has flown.
    Flown,
}

impl Countdown {
    /// Creates the countdown to a NET of the given precision at `now`. Never finer than the precision.
    pub fn to(net: DateTime<Utc>, granularity: Granularity, now: DateTime<Utc>) -> Self {
        let left = net - now;
        match granularity {
            Granularity::Second => Self::Ticking { left, to_seconds: true },
            Granularity::Minute => Self::Ticking { left, to_seconds: false },
            Granularity::Hour | Granularity::Morning | Granularity::Afternoon | Granularity::Day => {
                Self::About { left }
            }
            _ => Self::None,
        }
    }
}

pub(crate) fn midnight(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

fn months(year: i32, month: u32, count: u32) -> (DateTime<Utc>, DateTime<Utc>) {
    let start = NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(NaiveDate::MIN);
    let end = start.checked_add_months(Months::new(count)).unwrap_or(NaiveDate::MAX);
    (midnight(start), midnight(end))
}
