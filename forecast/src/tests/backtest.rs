use chrono::{DateTime, Days, TimeDelta, Utc};
use domain::{LATEST, Movement};
use uuid::Uuid;

use super::at;
use crate::{
    backtest::{
        BoardingRule, Flight, boardings, fit_slips, fit_success, score_slips, slips, success, summarize_boardings,
        summarize_success,
    },
    slip::{self, Announcement, Course},
    success::{Constants, Outcome},
};

fn flights(count: u64) -> Vec<Flight> {
    (0..count)
        .map(|day| Flight {
            launch_id: Uuid::from_u128(u128::from(day)),
            flown_at: at("2000-01-01T00:00:00Z") + Days::new(day),
            rocket: "Rocket 1".to_owned(),
            family: None,
            maker: "Maker".to_owned(),
            outcome: if day % 10 == 0 { Outcome::Failure } else { Outcome::Success },
        })
        .collect()
}

#[test]
fn a_forecast_uses_only_earlier_data() {
    let (from, to) = (at("2000-01-01T00:00:00Z"), at("2000-02-01T00:00:00Z"));
    let whole = success(&flights(100), Constants::default(), from, to);
    let cut = success(&flights(31), Constants::default(), from, to);
    assert_eq!(whole, cut);
    assert_eq!(whole[0].record.world_flights, 0, "the first has no earlier flight");
    assert_eq!(whole[30].record.flights, 30);
}

#[test]
fn simultaneous_flights_do_not_influence_each_other() {
    let mut flights = flights(3);
    for flight in &mut flights {
        flight.flown_at = at("2000-01-01T00:00:00Z");
    }
    let rows = success(&flights, Constants::default(), at("1999-01-01T00:00:00Z"), at("2001-01-01T00:00:00Z"));
    assert!(rows.iter().all(|row| row.record.flights == 0));
}

#[test]
fn no_rows_give_no_summary() {
    let (from, to) = (at("2000-01-01T00:00:00Z"), at("2000-02-01T00:00:00Z"));
    assert_eq!(summarize_success(&success(&[], Constants::default(), from, to)), None);
    assert_eq!(score_slips(&slips(&[], slip::Constants::default(), from, to)), Vec::new());
    let summary = summarize_success(&success(&flights(60), Constants::default(), from, to)).expect("a summary");
    assert_eq!((summary.count, summary.successes), (31, 27));
    assert!(summary.log_loss.is_finite() && summary.gains.iter().all(Option::is_some));
}

#[test]
fn constants_are_chosen_on_earlier_flights_and_score_better_there() {
    let (from, until, to) = (at("2000-01-20T00:00:00Z"), at("2000-03-01T00:00:00Z"), at("2001-01-01T00:00:00Z"));
    let known = fit_success(&flights(60), from, until).expect("a fit");
    assert_eq!(fit_success(&flights(300), from, until), Some(known), "later flights are not used");
    assert_eq!(known.count, 41);
    let loss = |constants: Constants| {
        summarize_success(&success(&flights(60), constants, from, until)).expect("a summary").log_loss
    };
    assert!((loss(known.constants) - known.log_loss).abs() < 1e-12, "the same backtest");
    assert!(known.log_loss < loss(Constants::ROUND));
    assert_eq!(fit_success(&flights(60), until, to), fit_success(&flights(60), until, at("2002-01-01T00:00:00Z")));
    assert_eq!(fit_success(&flights(60), to, at("2002-01-01T00:00:00Z")), None, "no flight to choose on");
}

#[test]
fn constants_of_dates_are_chosen_on_what_was_known() {
    let courses: Vec<slip::Course> = (0..10).map(|number| super::slip::flown(number, (number % 5) as i64)).collect();
    let until = at("2026-03-01T00:00:00Z");
    let fitted = fit_slips(&courses, until).expect("a fit");
    assert!(fitted.log_ratio <= fitted.start_log_ratio, "{fitted:?}");
    assert!(fitted.launches >= 10);
    let mut later = courses;
    later.extend((100..110).map(|number| {
        let mut course = super::slip::flown(number, 30);
        for announcement in &mut course.announcements {
            announcement.from += TimeDelta::days(60);
            announcement.net += TimeDelta::days(60);
        }
        course.last_seen_at += TimeDelta::days(60);
        course
    }));
    assert_eq!(fit_slips(&later, until), Some(fitted), "later observations are not used");
    assert_eq!(fit_slips(&later, at("2025-01-01T00:00:00Z")), None, "nothing was known");
}

/// Returns a launch that is first seen `days` days before it flies as announced, moved earlier by `pulled_in` hours on
/// the day before the flight.
fn seen(number: u128, days: i64, pulled_in: i64) -> Course {
    let flown_at = at("2026-03-01T12:00:00Z") + TimeDelta::days(i64::try_from(number).expect("few"));
    let announced = |from: DateTime<Utc>, net: DateTime<Utc>, status_id| Announcement {
        from,
        net,
        precision_id: Some(1),
        status_id,
        provider_id: 121,
        // An instantaneous window: nobody who is ready a minute later catches it.
        window_end: Some(net),
        rocket_flights: None,
        provider_flights: None,
    };
    let before = flown_at + TimeDelta::hours(pulled_in);
    Course {
        launch_id: Uuid::from_u128(number),
        announcements: vec![
            announced(flown_at - TimeDelta::days(days), before, 1),
            announced(flown_at - TimeDelta::hours(30), flown_at, 1),
            announced(flown_at + TimeDelta::hours(1), flown_at, 3),
        ],
        slipped_at: Vec::new(),
        last_seen_at: at("2026-06-01T00:00:00Z"),
    }
}

#[test]
fn an_agent_boards_at_the_last_look_before_the_deadline() {
    let courses = [seen(10, 30, 0), seen(20, 30, 48), seen(30, 1, 0)];
    let rows = slips(&courses, slip::Constants::default(), at("2026-02-01T00:00:00Z"), at("2026-04-10T00:00:00Z"));
    for rule in [BoardingRule::DecideBy(Movement::PRIOR), BoardingRule::Fixed(LATEST)] {
        let boardings = boardings(&rows, rule, 2);
        let missed: Vec<_> = boardings.iter().map(|one| (one.launch_id.as_u128(), one.is_missed())).collect();
        assert_eq!(missed, [(10, false), (20, true), (30, true)], "{rule:?}: the second was pulled in too late");
        let punctual = boardings[0].spare_days.expect("boarded");
        assert!((0.0..3.0).contains(&punctual), "{rule:?}: {punctual}");
        let summary = summarize_boardings(&boardings);
        assert_eq!((summary.count, summary.missed, summary.too_late), (3, 2, 1));
        assert_eq!(summary.spare_days, Some([punctual; 3]));
    }
}

#[test]
fn more_caution_never_boards_later_and_days_to_prepare_move_the_boarding() {
    let courses: Vec<Course> = (10..20).map(|number| seen(number, 40, 0)).collect();
    let rows = slips(&courses, slip::Constants::default(), at("2026-01-25T00:00:00Z"), at("2026-04-10T00:00:00Z"));
    let at_of = |rule: BoardingRule, prepare: u16| -> Vec<_> {
        boardings(&rows, rule, prepare).into_iter().map(|one| one.boarded_at.expect("boarded")).collect()
    };
    let stopping = at_of(BoardingRule::DecideBy(Movement::PRIOR), 2);
    let latest = at_of(BoardingRule::Fixed(LATEST), 2);
    let cautious = at_of(BoardingRule::Fixed(0.001), 2);
    assert!(stopping.iter().zip(&latest).all(|(one, other)| one <= other));
    assert!(cautious.iter().zip(&stopping).all(|(one, other)| one < other));
    assert!(at_of(BoardingRule::Fixed(LATEST), 7).iter().zip(&latest).all(|(one, other)| one < other));
    let waiting = [Course { announcements: courses[0].announcements[..1].to_vec(), ..courses[0].clone() }];
    let rows = slips(&waiting, slip::Constants::default(), at("2026-01-25T00:00:00Z"), at("2026-04-10T00:00:00Z"));
    assert!(!rows.is_empty());
    let none = boardings(&rows, BoardingRule::Fixed(LATEST), 2);
    assert_eq!(summarize_boardings(&none).spare_days, None, "a launch that still waits is not replayed");
}
