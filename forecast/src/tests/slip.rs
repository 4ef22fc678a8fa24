use chrono::{DateTime, TimeDelta, Utc};
use domain::Basis;
use proptest::prelude::*;
use uuid::Uuid;

use super::at;
use crate::slip::{Announcement, Constants, Course, Multipliers, Outcome, SlipModel, horizon::Horizons};

pub(super) fn announced(from: &str, net: &str, precision_id: i32, status_id: i32) -> Announcement {
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
pub(super) fn flown(number: u128, days: i64) -> Course {
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

/// Returns a launch announced to the minute, confirmed, with a window of so many minutes.
fn windowed(minutes: i64) -> Announcement {
    let asked = announced("2026-02-01T00:00:00Z", "2026-02-03T12:00:00Z", 1, 1);
    Announcement { window_end: Some(asked.net + TimeDelta::minutes(minutes)), ..asked }
}

#[test]
fn a_launch_flies_at_its_announced_time_or_within_its_window() {
    let now = at("2026-02-02T00:00:00Z");
    let model = SlipModel::fit(&[], now);
    let ask = |minutes: i64| model.predict(&windowed(minutes), 0, now).expect("a forecast");
    let net = windowed(0).net;
    let at_t_zero = |minutes: i64| {
        let forecast = ask(minutes);
        forecast.chance_by(net) - forecast.chance_by(net - TimeDelta::minutes(1))
    };
    assert!(at_t_zero(0) > 0.4, "an instantaneous window: {}", at_t_zero(0));
    assert!(at_t_zero(0) > at_t_zero(30) && at_t_zero(30) > at_t_zero(240) && at_t_zero(240) > 0.02);
    let long = ask(240);
    let within = long.chance_by(net + TimeDelta::hours(4)) - long.chance_by(net);
    let after = long.chance_by(net + TimeDelta::hours(8)) - long.chance_by(net + TimeDelta::hours(4));
    assert!(within > 5.0 * after, "{within} in the window, {after} in as many hours after it");
    // Most attempts of the next day are in the same window of the day.
    let next_day =
        |from: i64, to: i64| long.chance_by(net + TimeDelta::hours(to)) - long.chance_by(net + TimeDelta::hours(from));
    // Stored are steps of 5 %, which blur this.
    assert!(next_day(23, 29) > 1.5 * next_day(29, 35), "{} {}", next_day(23, 29), next_day(29, 35));
}

#[test]
fn a_window_that_is_open_leaves_the_rest_of_it() {
    let net = windowed(0).net;
    let now = net + TimeDelta::hours(2);
    let forecast = SlipModel::fit(&[], now).predict(&windowed(240), 0, now).expect("a forecast");
    assert_eq!(forecast.chance_by(now), 0.0, "it has not flown");
    let rest = forecast.chance_by(net + TimeDelta::hours(4));
    assert!(rest > 0.3, "the window is still open for two hours: {rest}");
    assert!(rest < 0.75, "but part of it has passed");
}

#[test]
fn launches_of_new_providers_and_rockets_are_later() {
    let now = at("2026-02-02T00:00:00Z");
    let model = SlipModel::fit(&[], now);
    let ask = |rocket_flights, provider_flights| {
        let asked = Announcement { rocket_flights, provider_flights, ..windowed(60) };
        model.predict(&asked, 0, now).expect("a forecast").chance_by(now + TimeDelta::days(5))
    };
    assert!(ask(Some(0), Some(0)) < ask(Some(0), Some(50)));
    assert!(ask(Some(0), Some(50)) < ask(Some(50), Some(50)));
    assert!((ask(None, None) - ask(Some(1_000), Some(1_000))).abs() < 1e-9, "an unknown number changes nothing");
}

#[test]
fn flights_before_the_announced_date_are_learned() {
    let now = at("2026-02-01T00:00:00Z");
    let asked = announced("2026-02-01T00:00:00Z", "2026-02-11T12:00:00Z", 1, 1);
    let early: Vec<Course> = (0..40)
        .map(|number| {
            let mut flight = announced("2026-01-05T13:00:00Z", "2026-01-05T12:00:00Z", 0, 3);
            flight.from = flight.net + TimeDelta::hours(1);
            let first = announced("2026-01-01T12:00:00Z", "2026-01-12T12:00:00Z", 1, 1);
            course(number, vec![first, flight], "2026-01-31T00:00:00Z")
        })
        .collect();
    let chance = |courses: &[Course]| {
        let forecast = SlipModel::fit(courses, now).predict(&asked, 0, now).expect("a forecast");
        forecast.chance_by(at("2026-02-10T00:00:00Z"))
    };
    assert!(chance(&early) > 0.5 && chance(&[]) < 0.1, "{} {}", chance(&early), chance(&[]));
}

#[test]
fn far_dates_without_a_day_are_rarely_kept() {
    let now = at("2026-02-01T00:00:00Z");
    let model = SlipModel::fit(&[], now);
    let kept = |month_end: &str| {
        let asked = announced("2026-02-01T00:00:00Z", month_end, 7, 2);
        model.predict(&asked, 0, now).and_then(|date| date.chance_as_announced()).expect("a chance").mean()
    };
    assert!(kept("2026-02-28T00:00:00Z") > 1.5 * kept("2026-03-31T00:00:00Z"), "{}", kept("2026-03-31T00:00:00Z"));
}

#[test]
fn effects_are_fitted_once_a_week_and_follow_the_launches() {
    let monday = at("2026-02-02T00:00:00Z");
    for within in ["2026-02-02T00:00:00Z", "2026-02-04T12:34:56Z", "2026-02-08T23:59:59Z"] {
        assert_eq!(Multipliers::week(at(within)), monday, "{within}");
    }
    let constants = Constants { spread: 1.0, ..Constants::default() };
    let newcomers = |days: i64| -> Vec<Course> {
        (0..60)
            .map(|number| {
                let is_new = number % 2 == 0;
                let mut course = flown(number, if is_new { days } else { 0 });
                for announcement in &mut course.announcements {
                    announcement.provider_flights = Some(if is_new { 0 } else { 500 });
                }
                course
            })
            .collect()
    };
    let effect = |courses: &[Course]| Multipliers::fit(courses, monday, &constants).effects()[1];
    let stated = Multipliers::fit(&[], monday, &constants).effects()[1];
    assert!(effect(&newcomers(5)) < stated, "newcomers are late: {} {stated}", effect(&newcomers(5)));
    assert!(effect(&newcomers(0)) > stated, "newcomers are punctual: {} {stated}", effect(&newcomers(0)));
}

#[test]
fn a_launch_that_is_no_longer_listed_has_not_flown_unless_its_time_had_passed() {
    let end = at("2026-03-01T00:00:00Z");
    let gone = |precision_id, net: &str| {
        let waiting = announced("2026-01-08T12:00:00Z", net, precision_id, 1);
        course(1, vec![waiting], "2026-01-20T00:00:00Z")
    };
    assert!(gone(1, "2026-01-19T12:00:00Z").may_have_flown_unseen(end));
    assert!(!gone(1, "2026-06-19T12:00:00Z").may_have_flown_unseen(end), "moved to a date after the listed ones");
    assert!(!gone(7, "2026-01-31T00:00:00Z").may_have_flown_unseen(end), "a month is no time");
    assert!(!flown(1, 3).may_have_flown_unseen(end));
    let listed = gone(1, "2026-06-19T12:00:00Z");
    assert!(listed.is_listed(at("2026-01-20T00:00:00Z")) && !listed.is_listed(at("2026-01-20T00:00:01Z")));
}

#[test]
fn what_was_known_of_a_launch_is_what_had_been_observed() {
    let course = flown(1, 3);
    let known = course.known_at(at("2026-01-12T00:00:00Z")).expect("it was seen");
    assert_eq!((known.announcements.len(), known.flown_at()), (1, None));
    assert_eq!(known.last_seen_at, at("2026-01-12T00:00:00Z"));
    assert_eq!(course.known_at(at("2026-01-01T00:00:00Z")), None);
    assert_eq!(course.known_at(at("2027-01-01T00:00:00Z")), Some(course));
}

proptest! {
    #[test]
    fn quantiles_increase_and_lie_in_the_future_for_any_date(
        precision in -1_i32..18, status in 1_i32..10, ahead in -2_000_i64..20_000, slips in 0_u32..5,
        window in prop::option::of(-100_i64..100_000), flights in prop::option::of(any::<u32>()),
    ) {
        let now: DateTime<Utc> = at("2026-02-01T00:00:00Z");
        let courses: Vec<Course> = (0..12).map(|number| flown(number as u128, number)).collect();
        let asked = Announcement {
            net: now + TimeDelta::hours(ahead),
            precision_id: (precision >= 0).then_some(precision),
            window_end: window.map(|minutes| now + TimeDelta::hours(ahead) + TimeDelta::minutes(minutes)),
            rocket_flights: flights,
            provider_flights: flights,
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
