//! Months as on a wall calendar.

use chrono::{Datelike as _, Days, Months, NaiveDate};

/// Returns the first day of the month that contains `day`.
pub fn month_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// Returns the first day of the month that is `months` later, or earlier if negative. At the end of the calendar it
/// returns `month` itself.
pub fn months_later(month: NaiveDate, months: i32) -> NaiveDate {
    let distance = Months::new(months.unsigned_abs());
    let moved = if months < 0 { month.checked_sub_months(distance) } else { month.checked_add_months(distance) };
    month_of(moved.unwrap_or(month))
}

/// Returns the day that is `days` later, or earlier if negative. At the end of the calendar it returns `day` itself.
pub fn days_later(day: NaiveDate, days: i64) -> NaiveDate {
    let distance = Days::new(days.unsigned_abs());
    let moved = if days < 0 { day.checked_sub_days(distance) } else { day.checked_add_days(distance) };
    moved.unwrap_or(day)
}

/// Returns every week, from Monday to Sunday (ISO 8601), that contains a day of the month.
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
