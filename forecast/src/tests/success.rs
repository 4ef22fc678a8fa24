use chrono::{Days, TimeDelta};
use domain::Basis;
use proptest::prelude::*;

use super::at;
use crate::success::{
    Outcome, Ride, SuccessModel,
    family::kind_of,
    rules::{Record, Rule},
};

fn ride<'r>(rocket: &'r str, maker: &'r str, day: u64) -> Ride<'r> {
    Ride { at: at("2020-01-01T00:00:00Z") + Days::new(day), rocket, family: None, maker }
}

fn record(successes: u32, flights: u32) -> Record {
    Record { flights, successes, world_flights: 0, world_successes: 0 }
}

#[test]
fn rockets_of_one_kind_are_recognised_by_name() {
    for (name, kind) in [
        ("Falcon 9 Block 5", "falcon 9"),
        ("Falcon Heavy", "falcon heavy"),
        ("Long March 2D/YZ-3", "long march 2"),
        ("Long March 3B/E", "long march 3"),
        ("Atlas V 551", "atlas v"),
        ("Delta IV M+(4,2)", "delta iv"),
        ("Titan IIIB", "titan iii"),
        ("Soyuz U", "soyuz"),
        ("Soyuz 2.1a Fregat-M", "soyuz 2"),
        ("Kosmos-3M (11K65M)", "kosmos 3"),
        ("Pegasus XL", "pegasus"),
        ("H3-22", "h3"),
        ("Electron", "electron"),
        ("Firefly Alpha Block 2", "firefly alpha"),
        ("Space Launch System Block 1B", "space launch system"),
        ("Kinetica 1", "kinetica 1"),
        ("Ceres-1S", "ceres 1"),
        ("Angara A5 Persei", "angara"),
        ("Vega-C", "vega"),
        ("New Glenn", "new glenn"),
        ("Zhuque-2E", "zhuque 2"),
        ("Long March 10A", "long march 10"),
        ("Soyuz-5", "soyuz 5"),
        ("", ""),
        ("Ракета 2", "ракета 2"),
    ] {
        assert_eq!(kind_of(name), kind, "{name}");
    }
}

#[test]
fn the_rules_of_thumb_give_their_published_figures() {
    // peers.md D3, comparison on small n: Laplace, Jeffreys, Beta(2, 1).
    for (successes, flights, laplace, jeffreys, beta) in [
        (1, 1, 0.667, 0.750, 0.750),
        (2, 2, 0.750, 0.833, 0.800),
        (5, 5, 0.857, 0.917, 0.875),
        (19, 20, 0.909, 0.929, 0.913),
    ] {
        for (rule, figure) in [(Rule::Laplace, laplace), (Rule::Jeffreys, jeffreys), (Rule::TwoOfThree, beta)] {
            let chance = rule.chance(record(successes, flights));
            assert!((chance - figure).abs() < 5e-4, "{rule:?} {successes} of {flights}: {chance}");
        }
    }
    // NASA's forum: Laplace's rule is three of four for two of two.
    assert_eq!(Rule::Laplace.chance(record(2, 2)), 0.75);
    assert_eq!(Rule::Laplace.chance(record(0, 0)), 0.5);
    assert_eq!(Rule::TwoOfThree.chance(record(0, 0)), 2.0 / 3.0, "a third of first flights fail");
}

#[test]
fn without_a_record_the_chance_is_the_global_rate_and_marked_as_such() {
    let forecast = SuccessModel::default().predict(ride("Anything", "Anybody", 0)).expect("a forecast");
    assert_eq!(forecast.rests_on, Basis::World);
    assert_eq!(forecast.chance.n(), 0);
    assert!(forecast.chance.high() - forecast.chance.low() > 0.1, "{forecast:?}");
}

#[test]
fn a_rocket_is_new_only_to_a_model_with_history() {
    let mut model = SuccessModel::default();
    let unread = model.chance(ride("Falcon 9 Block 5", "SpaceX", 0));
    for day in 0..1_000 {
        let outcome = if day % 14 == 0 { Outcome::Failure } else { Outcome::Success };
        model.learn(ride("Old 1", "Maker", day), outcome);
    }
    let first = model.chance(ride("New 1", "Newcomer", 1_000));
    let old = model.chance(ride("Old 1", "Maker", 1_000));
    assert!(unread > 0.9 && first < 0.75 && old > 0.9, "{unread} {first} {old}");
}

#[test]
fn first_flights_are_predicted_from_first_flights() {
    // The same number of failures in both worlds: of newcomers in one, of old rockets in the other.
    let chance_of_the_next = |newcomers_fail: bool| {
        let mut model = SuccessModel::default();
        for number in 0..200 {
            let fails = |it: bool| if it && number % 2 == 0 { Outcome::Failure } else { Outcome::Success };
            let name = format!("Newcomer {number}");
            model.learn(ride(&name, &name, number * 10), fails(newcomers_fail));
            model.learn(ride("Old 1", "Maker", number * 10 + 5), fails(!newcomers_fail));
        }
        model.chance(ride("Nobody 1", "Nobody", 2_000))
    };
    assert!(chance_of_the_next(true) < chance_of_the_next(false) - 0.1);
}

#[test]
fn one_flight_does_not_dominate_a_forecast() {
    let mut model = SuccessModel::default();
    for day in 0..20 {
        model.learn(ride("Old 1", "Maker", day), Outcome::Success);
    }
    model.learn(ride("New 1", "Maker", 20), Outcome::Success);
    let forecast = model.predict(ride("New 1", "Maker", 21)).expect("a forecast");
    assert_eq!((forecast.rests_on, forecast.chance.n()), (Basis::Provider, 21));
    let old = model.predict(ride("Old 1", "Maker", 21)).expect("a forecast");
    assert_eq!((old.rests_on, old.chance.n(), old.succeeded), (Basis::Configuration, 20, 20));
    assert!(old.chance.mean() > forecast.chance.mean(), "a new rocket has a lower chance");
}

#[test]
fn a_forecast_names_its_records_and_what_they_know() {
    let mut model = SuccessModel::default();
    let records = |model: &SuccessModel, rocket: &str, maker: &str, day: u64| {
        model.predict(ride(rocket, maker, day)).expect("a forecast").records.expect("known")
    };
    let priors = [4.90, 6.96, 3.86, 14.80, 5.75].map(|known: f64| 1.0 / known);
    let before = records(&model, "Long March 2D", "CASC", 0);
    for (record, prior) in before.iter().zip(priors) {
        assert!((record.variance() / prior - 1.0).abs() < 1e-9, "without a flight it knows its prior: {before:?}");
    }
    for day in 0..6 {
        model.learn(ride("Long March 2D", "CASC", day), if day == 2 { Outcome::Failure } else { Outcome::Success });
    }
    let own = records(&model, "Long March 2D", "CASC", 6);
    for (record, before) in own.iter().zip(before).skip(1) {
        assert_eq!(record.key(), before.key(), "the key does not depend on the flights");
        let seen = 1.0 / record.variance() - 1.0 / before.variance();
        assert!((0.97..=1.01).contains(&seen), "one failure, hardly faded: {seen}");
    }
    let shared = |rocket: &str, maker: &str| {
        let other = records(&model, rocket, maker, 6);
        own.iter().zip(other).map(|(one, other)| one.key() == other.key()).collect::<Vec<_>>()
    };
    // Newness, provider, family (here the kind, because LL2 names none), kind, configuration.
    assert_eq!(shared("Long March 2D", "CASC"), [true; 5]);
    assert_eq!(shared("Long March 2C", "CASC"), [true, true, true, true, false]);
    assert_eq!(shared("Long March 3B", "CASC"), [false, true, false, false, false]);
    assert_eq!(shared("Electron", "Rocket Lab"), [false; 5]);
}

#[test]
fn a_recent_failure_weighs_more_than_an_old_one() {
    let after_failure_on = |day: u64| {
        let mut model = SuccessModel::default();
        for other in 0..40 {
            let outcome = if other == day { Outcome::Failure } else { Outcome::Success };
            model.learn(ride("Rocket 1", "Maker", other * 30), outcome);
        }
        model.chance(ride("Rocket 1", "Maker", 1200))
    };
    assert!(after_failure_on(39) < after_failure_on(2));
}

#[test]
fn a_partial_failure_is_not_a_success_and_is_counted_separately() {
    let mut model = SuccessModel::default();
    for day in 0..10 {
        model.learn(ride("Rocket 1", "Maker", day), if day == 3 { Outcome::Partial } else { Outcome::Success });
    }
    let forecast = model.predict(ride("Rocket 1", "Maker", 10)).expect("a forecast");
    assert_eq!((forecast.succeeded, forecast.partial, forecast.failed()), (9, 1, 0));
    assert_eq!(model.record(ride("Rocket 1", "Maker", 10)).successes, 9);
    assert!(model.partial_share() > 0.5);
}

proptest! {
    #[test]
    fn any_history_gives_a_valid_chance(
        flights in prop::collection::vec((0_usize..4, 0_usize..3, 0_i64..40_000, 0_u8..3), 0..80), ask in 0_i64..50_000,
    ) {
        let rockets = ["Alpha 1", "Alpha 2", "Beta", ""];
        let makers = ["One", "Two", ""];
        let mut model = SuccessModel::default();
        let start = at("1957-10-04T19:28:34Z");
        let ride = |rocket: usize, maker: usize, day: i64| Ride {
            at: start + TimeDelta::days(day), rocket: rockets[rocket], family: Some(""), maker: makers[maker],
        };
        // Out of order on purpose: the result must not become NaN.
        for (rocket, maker, day, outcome) in &flights {
            let outcome = [Outcome::Success, Outcome::Partial, Outcome::Failure][usize::from(*outcome)];
            model.learn(ride(*rocket, *maker, *day), outcome);
        }
        for rocket in 0..rockets.len() {
            let chance = model.chance(ride(rocket, 0, ask));
            prop_assert!(chance > 0.0 && chance < 1.0, "{}", chance);
            let forecast = model.predict(ride(rocket, 0, ask));
            prop_assert!(forecast.is_some_and(|forecast| forecast.chance.low() <= forecast.chance.mean()));
        }
    }
}
