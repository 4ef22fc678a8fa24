use chrono::{Datelike as _, NaiveDate, Weekday};
use proptest::prelude::*;

use crate::{days_later, month_of, months_later, weeks_of};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a valid day")
}

#[test]
fn a_month_is_shown_in_whole_weeks() {
    let november = weeks_of(day("2026-11-23"));
    assert_eq!(november.len(), 6);
    assert_eq!((november[0][0], november[5][6]), (day("2026-10-26"), day("2026-12-06")));
    // February 2027 begins on a Monday and fits exactly four weeks.
    let february = weeks_of(day("2027-02-01"));
    assert_eq!(february.len(), 4);
    assert_eq!((february[0][0], february[3][6]), (day("2027-02-01"), day("2027-02-28")));
}

#[test]
fn months_are_counted_across_years() {
    assert_eq!(months_later(day("2026-12-01"), 1), day("2027-01-01"));
    assert_eq!(months_later(day("2026-01-01"), -1), day("2025-12-01"));
    assert_eq!(days_later(day("2026-12-31"), 7), day("2027-01-07"));
    assert_eq!(days_later(NaiveDate::MAX, 7), NaiveDate::MAX);
}

proptest! {
    #[test]
    fn every_day_of_a_month_is_in_its_weeks_once(days in 0..400_000_i64) {
        let day = days_later(day("1900-01-01"), days);
        let weeks = weeks_of(day);
        prop_assert!(weeks.iter().all(|week| week[0].weekday() == Weekday::Mon));
        prop_assert_eq!(weeks.iter().flatten().filter(|one| **one == day).count(), 1);
        prop_assert!(weeks.iter().all(|week| week.iter().any(|one| month_of(*one) == month_of(day))));
    }
}
