//! Months as people hang them on a wall.

use chrono::{Datelike as _, Days, Months, NaiveDate};

/// The first day of the month that a day lies in.
pub fn month_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// The first day of the month so many months later, or earlier. Held within the calendar.
pub fn months_later(month: NaiveDate, months: i32) -> NaiveDate {
    let distance = Months::new(months.unsigned_abs());
    let moved = if months < 0 { month.checked_sub_months(distance) } else { month.checked_add_months(distance) };
    month_of(moved.unwrap_or(month))
}

/// So many days later, or earlier. Held within the calendar.
pub fn days_later(day: NaiveDate, days: i64) -> NaiveDate {
    let distance = Days::new(days.unsigned_abs());
    let moved = if days < 0 { day.checked_sub_days(distance) } else { day.checked_add_days(distance) };
    moved.unwrap_or(day)
}

/// The weeks that a month touches, whole, from Monday to Sunday (ISO 8601).
pub fn weeks_of(month: NaiveDate) -> Vec<[NaiveDate; 7]> {
    let first = month_of(month);
    let next = months_later(first, 1);
    let monday = days_later(first, -i64::from(first.weekday().num_days_from_monday()));
    (0..6)
        .map(|week| days_later(monday, week * 7))
        .take_while(|monday| *monday < next)
        .map(|monday| std::array::from_fn(|day| days_later(monday, i64::try_from(day).unwrap_or_default())))
        .collect()
}
