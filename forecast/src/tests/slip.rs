use chrono::{DateTime, TimeDelta, Utc};
use domain::Basis;
use proptest::prelude::*;
use uuid::Uuid;

use super::at;
use crate::slip::{Announcement, Course, Outcome, SlipModel, horizon::Horizons};

fn announced(from: &str, net: &str, precision_id: i32, status_id: i32) -> Announcement {
    Announcement {
        from: at(from),
        net: at(net),
        precision_id: Some(precision_id),
        status_id,
        provider_id: 121,
        window_end: None,
        rocket_flights: None,
        provider_flights: None,
    }
}

fn course(number: u128, announcements: Vec<Announcement>, last_seen_at: &str) -> Course {
    let slipped_at = Vec::new();
    Course { launch_id: Uuid::from_u128(number), announcements, slipped_at, last_seen_at: at(last_seen_at) }
}

/// Returns a launch announced to the minute for the tenth that flew `days` days later.
fn flown(number: u128, days: i64) -> Course {
    let net = at("2026-01-10T12:00:00Z") + TimeDelta::days(days);
    let mut flight = announced("2026-01-10T13:00:00Z", "2026-01-10T12:00:00Z", 0, 3);
    (flight.from, flight.net) = (net + TimeDelta::hours(1), net);
    course(
        number,
        vec![announced("2026-01-08T12:00:00Z", "2026-01-10T12:00:00Z", 1, 1), flight],
        "2026-03-01T00:00:00Z",
    )
}

#[test]
fn later_observations_are_not_used() {
    let course = flown(1, 3);
    assert_eq!(course.outcome(at("2026-01-11T00:00:00Z")), Outcome::Waiting(at("2026-01-11T00:00:00Z")));
    assert_eq!(course.outcome(at("2026-01-14T00:00:00Z")), Outcome::Flown(at("2026-01-13T12:00:00Z")));
    assert!(course.announced(at("2026-01-07T00:00:00Z")).is_none(), "not seen yet");
    assert!(
        course.announced(at("2026-01-13T12:30:00Z")).is_none(),
        "it has flown, but the outcome is not observed yet"
    );
    assert!(course.announced(at("2026-01-12T00:00:00Z")).is_some());
}

#[test]
fn slips_count_from_when_they_were_observed() {
    let course = Course {
        slipped_at: vec![at("2026-01-03T00:00:00Z"), at("2026-01-05T00:00:00Z")],
        ..course(1, vec![announced("2026-01-01T00:00:00Z", "2026-06-30T00:00:00Z", 7, 2)], "2026-01-06T00:00:00Z")
    };
    assert_eq!(course.slips(at("2026-01-02T12:00:00Z")), 0);
    assert_eq!(course.slips(at("2026-01-03T00:00:00Z")), 1);
    assert_eq!(course.slips(at("2026-01-06T00:00:00Z")), 2);
}

#[test]
fn a_model_learns_how_late_launches_are() {
    let now = at("2026-02-01T00:00:00Z");
    let asked = announced("2026-02-01T00:00:00Z", "2026-02-03T12:00:00Z", 1, 1);
    let on_time: Vec<Course> = (0..40).map(|number| flown(number, 0)).collect();
    let late: Vec<Course> = (0..40).map(|number| flown(number, 5)).collect();
    let predict = |courses: &[Course]| SlipModel::fit(courses, now).predict(&asked, 0, now).expect("a forecast");
    let (prompt, tardy) = (predict(&on_time), predict(&late));
    assert!(prompt.p50() < tardy.p50() && prompt.p80() < tardy.p80(), "{prompt:?} {tardy:?}");
    assert!(prompt.chance_as_announced().expect("a chance").mean() > 0.8, "{prompt:?}");
    assert!(tardy.chance_as_announced().expect("a chance").mean() < 0.2);
    assert_eq!((prompt.n(), prompt.rests_on()), (40, Basis::Provider));
}

#[test]
fn launches_that_have_not_flown_are_included() {
    let now = at("2026-02-01T00:00:00Z");
    let asked = announced("2026-02-01T00:00:00Z", "2026-02-03T12:00:00Z", 1, 1);
    let flown_only: Vec<Course> = (0..20).map(|number| flown(number, 0)).collect();
    let waiting = (20..60).map(|number| {
        course(number, vec![announced("2026-01-08T12:00:00Z", "2026-01-10T12:00:00Z", 1, 1)], "2026-02-01T00:00:00Z")
    });
    let all: Vec<Course> = flown_only.iter().cloned().chain(waiting).collect();
    let chance = |courses: &[Course]| {
        let forecast = SlipModel::fit(courses, now).predict(&asked, 0, now).expect("a forecast");
        forecast.chance_by(at("2026-02-10T00:00:00Z"))
    };
    assert!(chance(&all) < chance(&flown_only) - 0.2, "{} {}", chance(&all), chance(&flown_only));
}

#[test]
fn without_history_a_forecast_is_made_and_marked_as_such() {
    let now = at("2026-02-01T00:00:00Z");
    for precision in -1..18 {
        let mut asked = announced("2026-02-01T00:00:00Z", "2026-06-30T00:00:00Z", precision, 2);
        asked.precision_id = (precision >= 0).then_some(precision);
        let forecast = SlipModel::fit(&[], now).predict(&asked, 0, now).expect("a forecast");
        assert_eq!((forecast.n(), forecast.rests_on()), (0, Basis::World));
        assert!(forecast.p50() >= Some(now));
    }
    let flying = announced("2026-02-01T00:00:00Z", "2026-01-31T00:00:00Z", 0, 6);
    assert_eq!(SlipModel::fit(&[], now).predict(&flying, 0, now), None, "it has left the pad");
    assert_eq!(Horizons::fit(&[], now).quantile(&flying, now, 0.5), None);
}

#[test]
fn the_quantile_of_a_horizon_is_the_kaplan_meier_estimate() {
    // Four launches two days ahead: flown after 0, 1 and 5 days, one still waiting after 3.
    let mut courses: Vec<Course> = [0, 1, 5].into_iter().map(|days| flown(days as u128, days)).collect();
    courses.push(course(
        9,
        vec![announced("2026-01-08T12:00:00Z", "2026-01-10T12:00:00Z", 1, 1)],
        "2026-01-13T12:00:00Z",
    ));
    let horizons = Horizons::fit(&courses, at("2026-02-01T00:00:00Z"));
    let asked = announced("2026-03-01T12:00:00Z", "2026-03-03T12:00:00Z", 1, 1);
    let ask = |level: f64| horizons.quantile(&asked, at("2026-03-01T12:00:00Z"), level);
    // Survival falls to 3/4, 1/2, and, after the waiting launch is censored, to 0.
    assert_eq!(ask(0.2), Some(0.0));
    assert_eq!(ask(0.5), Some(1.0));
    assert_eq!(ask(0.6), Some(5.0));
}

proptest! {
    #[test]
    fn quantiles_increase_and_lie_in_the_future_for_any_date(
        precision in -1_i32..18, status in 1_i32..10, ahead in -2_000_i64..20_000, slips in 0_u32..5,
    ) {
        let now: DateTime<Utc> = at("2026-02-01T00:00:00Z");
        let courses: Vec<Course> = (0..12).map(|number| flown(number as u128, number)).collect();
        let asked = Announcement {
            net: now + TimeDelta::hours(ahead),
            precision_id: (precision >= 0).then_some(precision),
            ..announced("2026-02-01T00:00:00Z", "2026-02-01T00:00:00Z", 0, status)
        };
        if let Some(forecast) = SlipModel::fit(&courses, now).predict(&asked, slips, now) {
            let median = forecast.p50().expect("a median");
            prop_assert!(median + TimeDelta::hours(1) >= now);
            prop_assert!(forecast.p80() >= forecast.p50());
            let chance = forecast.chance_as_announced().expect("a chance").mean();
            prop_assert!((0.0..=1.0).contains(&chance));
        }
    }
}
