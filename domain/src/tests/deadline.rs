use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::decision::{asked, flies, lander, now, ride};
use crate::{DecideBy, Decision, DecisionQuery, EARLIEST, LATEST, Launch, Movement, Stake};

/// A score that moves by a point per root of a day.
fn calm() -> Movement {
    Movement::new(0.01, 50).expect("possible")
}

/// Within a hundred days, a score may move from one end to the other.
fn restless() -> Movement {
    Movement::new(0.1, 100).expect("in range")
}

/// The smallest movement.
fn still() -> Movement {
    Movement::new(1e-6, 100).expect("in range")
}

fn decide_as(launches: &[Launch], query: &DecisionQuery, movement: Movement) -> DecideBy {
    Decision::make(launches, query, movement, now()).decide_by.expect("there is an answer")
}

fn decide(launches: &[Launch], movement: Movement) -> DecideBy {
    decide_as(launches, &DecisionQuery::default(), movement)
}

/// The boarding time of a ride that flies between those days, with the default of two days to prepare.
fn boarding(first: i32, last: i32, gone: f64) -> DateTime<Utc> {
    flies(first, last).quantile(gone).expect("known") - TimeDelta::days(2)
}

#[test]
fn waiting_for_a_ride_without_a_rival_ends_when_the_forecast_says_that_it_may_leave() {
    let alone = [lander(1, 200, 300, 0.9)];
    let by = decide(&alone, Movement::PRIOR);
    assert_eq!((by.at, by.held_by, by.fallback), (boarding(200, 300, EARLIEST), 0, None));
    assert!((by.gone - EARLIEST).abs() < 1e-3, "{}", by.gone);
    let by = decide(&alone, restless());
    assert_eq!(by.at, boarding(200, 300, LATEST), "far ahead of a restless ride: it may become worthless");
}

#[test]
fn a_strong_rival_that_can_still_be_boarded_makes_waiting_worth_more() {
    let best = lander(1, 100, 150, 0.9);
    let gone = |rival: Launch| decide(&[best.clone(), rival], calm()).gone;
    let strong = gone(lander(2, 200, 300, 0.84));
    assert!((strong - LATEST).abs() < 1e-3, "{strong}: missing the best costs almost nothing");
    let weak = gone(lander(2, 200, 300, 0.5));
    assert!((weak - EARLIEST).abs() < 1e-3, "{weak}");
    let between = gone(lander(2, 200, 300, 0.77));
    assert!(EARLIEST + 1e-3 < between && between < LATEST - 1e-3, "{between}");
    let sooner = gone(lander(2, 20, 40, 0.84));
    assert!((sooner - EARLIEST).abs() < 1e-3, "{sooner}: a rival that has left by then does not count");
}

#[test]
fn an_earlier_ride_holds_the_deadline_only_if_it_is_worth_more_than_waiting() {
    let by = decide(&[lander(1, 100, 150, 0.9), ride(2, 20, 40, 0.9)], Movement::PRIOR);
    assert_eq!((by.held_by, by.fallback, by.let_go), (0, None, vec![1]), "a much worse one is let go");

    let nearly_as_good = [lander(1, 100, 150, 0.9), lander(2, 20, 40, 0.89), lander(3, 200, 300, 0.3)];
    let by = decide(&nearly_as_good, still());
    assert_eq!((by.held_by, by.fallback), (1, Some(1)), "the best one may leave before it is boarded");
    assert_eq!(by.at, boarding(20, 40, LATEST));
    assert!((by.gone - LATEST).abs() < 1e-3, "{}", by.gone);
    assert!(by.let_go.is_empty());
    let by = decide(&nearly_as_good, restless());
    assert_eq!((by.held_by, by.fallback), (0, Some(2)), "by then, a later one may be worth more");
    assert_eq!(by.let_go, [1]);

    let best_first = [lander(1, 20, 40, 0.9), ride(2, 100, 150, 0.9)];
    let by = decide(&best_first, Movement::PRIOR);
    assert_eq!((by.held_by, by.fallback, by.let_go), (0, Some(1), vec![]));
    let three = [lander(1, 100, 150, 0.9), lander(2, 200, 300, 0.8), ride(3, 20, 40, 0.9)];
    let by = decide(&three, Movement::PRIOR);
    assert_eq!((by.held_by, by.fallback, by.let_go), (0, Some(1), vec![2]));
}

#[test]
fn a_ride_below_the_threshold_is_no_alternative() {
    let launches = [lander(1, 100, 150, 0.9), lander(2, 200, 300, 0.88)];
    let by = decide_as(&launches, &asked("bar=89"), Movement::PRIOR);
    assert_eq!((by.fallback, by.at), (None, boarding(100, 150, EARLIEST)));
}

#[test]
fn a_deadline_in_the_past_is_now() {
    let by = decide(&[lander(1, 1, 5, 0.9)], Movement::PRIOR);
    assert!(by.is_now(now()) && by.at == now());
    assert!(by.gone > LATEST, "{}: it may have left in two days", by.gone);
}

#[test]
fn a_movement_is_a_positive_number_that_grows_with_the_root_of_the_days() {
    for number in [0.0, -1.0, 1e-9, 1.1, f64::NAN, f64::INFINITY] {
        assert_eq!(Movement::new(number, 1), None, "{number}");
    }
    let movement = Movement::new(0.02, 7).expect("in range");
    assert!((movement.over(9.0) - 0.06).abs() < 1e-12);
    assert_eq!((movement.over(0.0), movement.over(-4.0)), (0.0, 0.0));
    let json = serde_json::to_string(&movement).expect("is JSON");
    assert_eq!(serde_json::from_str::<Movement>(&json).expect("reads"), movement);
    serde_json::from_str::<Movement>(r#"{"per_root_day":0,"launch_count":1}"#).expect_err("not above 0");
}

prop_compose! {
    fn flight()(first in 0..600_i32, length in 0..600_i32, success in 0.1..=1.0_f64, lands: bool) -> (i32, i32, f64, bool) {
        (first, first + length, success, lands)
    }
}

proptest! {
    #[test]
    fn a_deadline_is_never_before_now_and_never_takes_a_greater_risk_than_the_latest(
        flights in prop::collection::vec(flight(), 1..6),
        moves in 1e-6..=1.0_f64,
        prepare in 0..=40_u16,
    ) {
        let launches: Vec<Launch> = (1_u128..).zip(flights).map(|(number, (first, last, success, lands))| {
            if lands { lander(number, first, last, success) } else { ride(number, first, last, success) }
        }).collect();
        let query = DecisionQuery { prepare, bar: 0, ..DecisionQuery::default() };
        let movement = Movement::new(moves, 1).expect("in range");
        let decision = Decision::make(&launches, &query, movement, now());
        let Some(by) = &decision.decide_by else { return Ok(()) };
        prop_assert!(by.at >= now());
        prop_assert!((0.0..=1.0).contains(&by.gone));
        prop_assert!(by.is_now(now()) || by.gone <= LATEST + 1e-3, "{}", by.gone);
        prop_assert!(by.held_by == decision.ranked[0].at || decision.ranked[1..].iter().any(|one| one.at == by.held_by));
        // The latest accepted boarding time of the best ride: no rival and no movement may put the deadline after it.
        let best = launches[decision.ranked[0].at].forecast.as_ref().and_then(|forecast| forecast.date);
        let latest = best.and_then(|date| date.quantile(LATEST)).expect("known") - TimeDelta::days(i64::from(prepare));
        prop_assert!(by.at <= latest.max(now()));
        prop_assert!(by.fallback != Some(decision.ranked[0].at) && !by.let_go.contains(&decision.ranked[0].at));
        prop_assert!(by.fallback.is_none_or(|fallback| !by.let_go.contains(&fallback)));
    }

    #[test]
    fn more_movement_never_moves_the_deadline_of_an_only_ride_forward(
        value in prop::num::f64::ANY,
        scale in prop::num::f64::ANY,
        moves in 1e-6..=0.5_f64,
        prepare in 0..=u16::MAX,
    ) {
        let stake = Stake::new(value, scale, flies(100, 300));
        let at = |moves: f64| DecideBy::of_only_ride(&stake, Movement::new(moves, 1).expect("in range"), prepare, now());
        let (less, more) = (at(moves).expect("known"), at(2.0 * moves).expect("known"));
        prop_assert!(now() <= less && less <= more, "{less} {more}");
    }
}
