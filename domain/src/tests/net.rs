use chrono::{Duration, FixedOffset};
use proptest::prelude::*;

use super::{at, launch, precision};
use crate::{Countdown, Granularity, NetSpan};

fn span(net: &str, id: Option<i32>) -> NetSpan {
    NetSpan::new(at(net), Granularity::of(id))
}

#[test]
fn a_precision_is_the_period_around_its_placeholder() {
    for (net, id, start, end, label) in [
        ("2026-04-01T22:24:05Z", Some(0), "2026-04-01T22:24:05Z", "2026-04-01T22:24:06Z", "Wed 1 Apr 2026, 22:24:05"),
        ("2026-04-01T22:24:00Z", Some(1), "2026-04-01T22:24:00Z", "2026-04-01T22:25:00Z", "Wed 1 Apr 2026, 22:24"),
        (
            "2026-03-23T11:00:00Z",
            Some(2),
            "2026-03-23T11:00:00Z",
            "2026-03-23T12:00:00Z",
            "Mon 23 Mar 2026, about 11:00",
        ),
        ("2026-04-07T00:00:00Z", Some(5), "2026-04-07T00:00:00Z", "2026-04-08T00:00:00Z", "7 Apr 2026"),
        ("2026-04-06T00:00:00Z", Some(6), "2026-04-06T00:00:00Z", "2026-04-13T00:00:00Z", "week of 6 Apr 2026"),
        ("2026-07-31T00:00:00Z", Some(7), "2026-07-01T00:00:00Z", "2026-08-01T00:00:00Z", "July 2026"),
        ("2026-09-30T00:00:00Z", Some(10), "2026-07-01T00:00:00Z", "2026-10-01T00:00:00Z", "Q3 2026"),
        ("2026-12-31T00:00:00Z", Some(11), "2026-10-01T00:00:00Z", "2027-01-01T00:00:00Z", "Q4 2026"),
        ("2026-06-30T00:00:00Z", Some(12), "2026-01-01T00:00:00Z", "2026-07-01T00:00:00Z", "H1 2026"),
        ("2026-12-31T00:00:00Z", Some(13), "2026-07-01T00:00:00Z", "2027-01-01T00:00:00Z", "H2 2026"),
        ("2026-12-31T00:00:00Z", Some(14), "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", "2026"),
        ("2026-09-30T00:00:00Z", Some(15), "2025-10-01T00:00:00Z", "2026-10-01T00:00:00Z", "fiscal year 2026"),
        ("2029-12-31T00:00:00Z", Some(16), "2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z", "the 2020s"),
        ("2026-12-31T00:00:00Z", None, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", "2026, precision not given"),
    ] {
        let span = span(net, id);
        assert_eq!((span.start, span.end), (at(start), at(end)), "{net} {id:?}");
        assert_eq!(span.label_utc(), label, "{net} {id:?}");
    }
}

#[test]
fn where_date_and_precision_contradict_each_other_the_precision_wins() {
    // RFA One, March 2026: "Q3" with the placeholder of Q2.
    let span = span("2026-06-30T00:00:00Z", Some(10));
    assert_eq!(span.label_utc(), "Q3 2026");
    assert_eq!(span.start, at("2026-07-01T00:00:00Z"));
}

#[test]
fn a_reader_west_of_greenwich_does_not_see_the_day_before() {
    let new_york = FixedOffset::west_opt(4 * 3600).expect("valid");
    assert_eq!(span("2026-04-07T00:00:00Z", Some(5)).label(new_york), "7 Apr 2026");
    assert_eq!(span("2026-04-07T00:30:00Z", Some(1)).label(new_york), "Mon 6 Apr 2026, 20:30");
}

#[test]
fn the_day_of_a_launch_follows_the_zone_only_where_the_time_is_known() {
    let new_york = FixedOffset::west_opt(4 * 3600).expect("valid");
    let day = |net: &str, id: i32| span(net, Some(id)).day(new_york).map(|day| day.to_string());
    let time = |net: &str, id: i32| span(net, Some(id)).time_of_day(new_york);
    assert_eq!(day("2026-04-07T00:30:00Z", 1).as_deref(), Some("2026-04-06"));
    assert_eq!(time("2026-04-07T00:30:00Z", 1).as_deref(), Some("20:30"));
    assert_eq!(time("2026-04-07T00:30:00Z", 2).as_deref(), Some("about 20:30"));
    assert_eq!(day("2026-04-07T00:00:00Z", 5).as_deref(), Some("2026-04-07"));
    assert_eq!(time("2026-04-07T00:00:00Z", 5), None);
    assert_eq!(time("2026-04-07T00:00:00Z", 3).as_deref(), Some("morning"));
    assert_eq!(day("2026-04-30T00:00:00Z", 7), None, "a month names no day");
}

#[test]
fn a_countdown_ticks_only_where_the_precision_allows() {
    let now = at("2026-04-01T20:24:00Z");
    let net = at("2026-04-01T22:24:00Z");
    let left = Duration::hours(2);
    for (id, countdown) in [
        (0, Countdown::Ticking { left, to_seconds: true }),
        (1, Countdown::Ticking { left, to_seconds: false }),
        (2, Countdown::About { left }),
        (5, Countdown::About { left }),
        (6, Countdown::None),
        (7, Countdown::None),
        (14, Countdown::None),
    ] {
        assert_eq!(Countdown::to(net, Granularity::of(Some(id)), now), countdown, "{id}");
    }
    assert_eq!(Countdown::to(net, Granularity::of(None), now), Countdown::None);
}

#[test]
fn a_net_has_passed_only_after_its_whole_period_and_its_window() {
    let mut row = launch(1);
    assert!(!row.net_passed(at("2026-04-02T00:00:00Z")), "the window is open until 00:24");
    assert!(row.net_passed(at("2026-04-02T00:24:00Z")));
    assert_eq!(row.countdown(at("2026-04-03T00:00:00Z")), Countdown::Passed);

    row.net = at("2026-04-30T00:00:00Z");
    row.net_precision = precision(7);
    assert!(!row.net_passed(at("2026-04-30T12:00:00Z")), "April is not over");
    assert!(row.net_passed(at("2026-05-01T00:00:00Z")));

    row.status.id = 3;
    assert!(!row.net_passed(at("2026-05-02T00:00:00Z")), "its outcome is known");
    assert_eq!(row.countdown(at("2026-05-02T00:00:00Z")), Countdown::Flown);
}

#[test]
fn a_window_equal_to_the_net_is_ignored() {
    let mut row = launch(1);
    assert!(row.window().is_some());
    row.window_end = row.window_start;
    assert!(row.window().is_none());
    let mut vague = launch(2);
    vague.net_precision = precision(7);
    assert!(vague.window().is_none(), "the window of a month is LL2's placeholder");
}

#[test]
fn an_unknown_precision_counts_as_a_year() {
    assert_eq!(Granularity::of(Some(17)), Granularity::Unlisted);
    assert!(!Granularity::of(Some(17)).ticks());
    assert_eq!(Granularity::of(Some(17)).texture(), "year");
}

proptest! {
    /// If date and precision agree, the NET lies inside its own interval. Quarters and halves are left out: their
    /// interval is named by the precision, not derived from the date.
    #[test]
    fn the_net_lies_within_its_span(seconds in -1_000_000_000_i64..4_000_000_000, id in prop_oneof![0..=7_i32, 14..=16]) {
        let net = chrono::DateTime::from_timestamp(seconds, 0).expect("in range");
        let span = NetSpan::new(net, Granularity::of(Some(id)));
        prop_assert!(span.start <= net && net < span.end);
    }

    #[test]
    fn no_time_makes_a_span_panic(seconds in i64::MIN / 1_000_000..i64::MAX / 1_000_000, id in proptest::option::of(-5..30_i32)) {
        if let Some(net) = chrono::DateTime::from_timestamp(seconds, 0)
            && net < at("9000-01-01T00:00:00Z")
            && net > at("0001-01-01T00:00:00Z")
        {
            let span = NetSpan::new(net, Granularity::of(id));
            prop_assert!(span.start < span.end);
            prop_assert!(!span.label_utc().is_empty());
        }
    }
}
