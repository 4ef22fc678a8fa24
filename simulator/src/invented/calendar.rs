//! LL2's placeholder dates: a coarse NET is the last day of its period at 00:00:00Z; a week is its Monday.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime};

use super::codes::precision;

/// Seconds of a day.
pub(super) const DAY: i64 = 86_400;
/// Seconds of an hour.
pub(super) const HOUR: i64 = 3600;
/// Seconds of a minute.
pub(super) const MINUTE: i64 = 60;

/// Returns the date of a moment.
pub(super) fn date_of(moment: i64) -> NaiveDate {
    DateTime::from_timestamp(moment, 0).unwrap_or_default().date_naive()
}

/// Returns the year of a moment, UTC.
pub(super) fn year_of(moment: i64) -> i32 {
    date_of(moment).year()
}

/// Returns the first moment of a year.
pub(super) fn start_of_year(year: i32) -> i64 {
    NaiveDate::from_ymd_opt(year, 1, 1).map_or(0, midnight)
}

/// Formats a moment as `YYYY-MM-DDTHH:MM:SSZ`, always 20 characters, as LL2 writes every time.
pub(super) fn iso(moment: i64) -> String {
    DateTime::from_timestamp(moment, 0).unwrap_or_default().format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Returns the quarter precision of a moment: 8 to 11.
pub(super) fn quarter(moment: i64) -> i64 {
    precision::QUARTER_1 + i64::from(date_of(moment).month0() / 3)
}

/// Returns the half-year precision of a moment.
pub(super) fn half(moment: i64) -> i64 {
    if date_of(moment).month() <= 6 { precision::HALF_1 } else { precision::HALF_2 }
}

/// Returns LL2's NET for this precision if the launch is expected around `estimate`.
pub(super) fn placeholder(precision_id: i64, estimate: i64) -> i64 {
    let date = date_of(estimate);
    let year = date.year();
    let end_of_month = |year: i32, month: u32| {
        NaiveDate::from_ymd_opt(year, month, 1)
            .and_then(|first| first.checked_add_months(Months::new(1)))
            .and_then(|next| next.pred_opt())
            .unwrap_or(date)
    };
    let day = match precision_id {
        precision::DAY => date,
        precision::WEEK => date - Days::new(date.weekday().num_days_from_monday().into()),
        precision::MONTH => end_of_month(year, date.month()),
        8..=11 => end_of_month(year, date.month0() / 3 * 3 + 3),
        precision::HALF_1 => end_of_month(year, 6),
        precision::HALF_2 | precision::YEAR => end_of_month(year, 12),
        // LL2 uses the American fiscal year, which ends in September.
        precision::FISCAL_YEAR => end_of_month(if date.month() > 9 { year + 1 } else { year }, 9),
        precision::DECADE => end_of_month(year - year.rem_euclid(10) + 9, 12),
        _ => return estimate,
    };
    midnight(day)
}

fn midnight(date: NaiveDate) -> i64 {
    date.and_time(NaiveTime::MIN).and_utc().timestamp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coarse_date_is_the_last_day_of_its_period() {
        // 2026-02-11T13:00:00Z, a Wednesday.
        let estimate = 1_770_814_800;
        let shown = |precision_id| iso(placeholder(precision_id, estimate));
        assert_eq!(shown(precision::DAY), "2026-02-11T00:00:00Z");
        assert_eq!(shown(precision::WEEK), "2026-02-09T00:00:00Z");
        assert_eq!(shown(precision::MONTH), "2026-02-28T00:00:00Z");
        assert_eq!(shown(quarter(estimate)), "2026-03-31T00:00:00Z");
        assert_eq!(shown(half(estimate)), "2026-06-30T00:00:00Z");
        assert_eq!(shown(precision::YEAR), "2026-12-31T00:00:00Z");
        assert_eq!(shown(precision::FISCAL_YEAR), "2026-09-30T00:00:00Z");
        assert_eq!(shown(precision::DECADE), "2029-12-31T00:00:00Z");
        assert_eq!(shown(precision::MINUTE), "2026-02-11T13:00:00Z");
    }
}
