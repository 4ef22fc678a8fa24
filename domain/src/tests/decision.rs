use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::{at, launch};
use crate::{
    Basis, Chance, DATE_LEVELS, DateForecast, Decision, DecisionQuery, ExclusionReason, Factor, FactorKind, Launch,
    LaunchForecast, Lift, MoonReach, Movement, NoRecommendation, Orbit, SuccessForecast, Weights, nearness,
    overtaken_by_slip, overtaken_by_weight, shares_by_window_end,
};

const NOW: &str = "2026-03-01T12:00:00Z";

pub(super) fn now() -> DateTime<Utc> {
    at(NOW)
}

/// Flies between `first` and `last` days from now, with a uniform distribution.
pub(super) fn flies(first: i32, last: i32) -> DateForecast {
    let minutes = DATE_LEVELS.map(|level| 60 * ((first * 24) + (last - first) * 24 * i32::from(level) / 990));
    DateForecast::new(now(), Some(5), minutes, 40, Basis::World).expect("times go forward")
}

pub(super) fn succeeds(mean: f64) -> SuccessForecast {
    let chance = Chance::new(mean, (mean - 0.1).max(0.0), (mean + 0.05).min(1.0), 20).expect("a chance");
    SuccessForecast { chance, rests_on: Basis::Configuration, succeeded: 19, partial: 0, records: None }
}

fn orbit(id: i32, name: &str) -> Orbit {
    Orbit { id, name: name.into(), abbrev: name.into(), celestial_body: None }
}

/// A flight into lunar orbit between those days, with that probability of success.
pub(super) fn ride(number: u128, first: i32, last: i32, success: f64) -> Launch {
    let mut ride = launch(number);
    ride.orbit = Some(orbit(11, "Lunar Orbit"));
    ride.moon = MoonReach::judge(ride.orbit.as_ref(), None);
    ride.net = now() + TimeDelta::days(i64::from(first));
    ride.window_start = None;
    ride.window_end = None;
    let forecast = LaunchForecast { made_at: now(), success: Some(succeeds(success)), date: Some(flies(first, last)) };
    ride.forecast = Some(Box::new(forecast));
    ride
}

pub(super) fn lander(number: u128, first: i32, last: i32, success: f64) -> Launch {
    let mut lander = ride(number, first, last, success);
    lander.moon.tier = crate::MoonTier::Surface;
    lander.moon.delta_v_left_km_s = Some(crate::DeltaV { low: 0.0, high: 2.92 });
    lander
}

pub(super) fn asked(text: &str) -> DecisionQuery {
    DecisionQuery::parse(text).expect("a good question")
}

fn order(decision: &Decision) -> Vec<usize> {
    decision.ranked.iter().map(|one| one.at).collect()
}

#[test]
fn the_launch_with_the_highest_product_is_recommended() {
    let launches = [ride(1, 20, 60, 0.95), lander(2, 40, 90, 0.9), lander(3, 300, 900, 0.99), launch(4)];
    let query = DecisionQuery::default();
    let decision = Decision::make(&launches, &query, Movement::PRIOR, now());
    assert_eq!(order(&decision), [1, 0, 2], "a lander within the year, an orbiter, a late lander");
    assert_eq!(decision.no_recommendation, None);
    assert_eq!(decision.elsewhere, 1, "the flight to low Earth orbit is a near miss");
    let best = decision.best().expect("one is worth it");
    let product = best.nearness.estimate() * best.in_window.estimate() * best.success.estimate();
    assert!((best.score.estimate() - product).abs() < 1e-12, "with default weights it is the product");
    assert!(best.score.low() < best.score.estimate() && best.score.estimate() <= best.score.high());
    assert_eq!(Decision::score_of(&launches[1], &DecisionQuery::default(), now()), Some(best.score.estimate()));
    assert_eq!(Decision::score_of(&launches[3], &DecisionQuery::default(), now()), Some(0.0));
    let mut flown = launch(5);
    flown.status.id = 3;
    assert_eq!(Decision::score_of(&flown, &DecisionQuery::default(), now()), None, "a flown launch is excluded");
}

#[test]
fn launches_with_unknown_factors_are_listed_separately_and_never_ranked() {
    let mut unknown = ride(1, 20, 60, 0.9);
    unknown.moon = MoonReach::judge(None, None);
    let mut dateless = ride(2, 20, 60, 0.9);
    dateless.forecast.as_mut().expect("has one").date = None;
    let mut unproven = ride(3, 20, 60, 0.9);
    unproven.forecast.as_mut().expect("has one").success = None;
    let mut bare = ride(4, 20, 60, 0.9);
    bare.forecast = None;
    let mut gone = ride(5, 20, 60, 0.9);
    gone.status.id = 6;
    let launches = [unknown, dateless, unproven, bare, gone];
    let decision = Decision::make(&launches, &DecisionQuery::default(), Movement::PRIOR, now());
    let why: Vec<_> = decision.excluded.iter().map(|excluded| excluded.why).collect();
    assert_eq!(
        why,
        [
            ExclusionReason::TierUnknown,
            ExclusionReason::NoDate,
            ExclusionReason::NoSuccess,
            ExclusionReason::NoDate,
            ExclusionReason::Left
        ]
    );
    assert!(decision.ranked.is_empty());
    assert_eq!(decision.no_recommendation, Some(NoRecommendation::NothingPredicted));
    assert!(decision.decide_by.is_none());
    assert!(launches.iter().all(|launch| Decision::score_of(launch, &DecisionQuery::default(), now()).is_none()));
    let why = decision.why_none_recommended(&launches, &DecisionQuery::default(), now()).expect("says why");
    assert!(why.contains("no forecast"), "{why}");
}

#[test]
fn a_query_without_an_answer_gets_a_sentence_and_no_ranking() {
    let launches = [lander(1, 20, 60, 0.9)];
    for (text, home, word) in [
        ("from=2025-01-01&to=2025-02-01", NoRecommendation::WindowPast, "today is"),
        ("to=2026-03-02&prepare=30", NoRecommendation::WindowTooSoon, "prepare"),
        ("nearness=0&window=0&success=0", NoRecommendation::NoWeights, "weights"),
        ("crewed=true", NoRecommendation::RuledOut, "exclude"),
        ("bar=99", NoRecommendation::BelowBar, "below your threshold"),
        ("to=2026-03-10", NoRecommendation::BelowBar, "below your threshold"),
    ] {
        let query = asked(text);
        let decision = Decision::make(&launches, &query, Movement::PRIOR, now());
        assert_eq!(decision.no_recommendation, Some(home), "{text}");
        assert!(decision.best().is_none() && decision.decide_by.is_none(), "{text}");
        let why = decision.why_none_recommended(&launches, &query, now()).expect("says why");
        assert!(why.contains(word) && !why.contains("NaN"), "{why}");
    }
    let nothing = Decision::make(&[], &DecisionQuery::default(), Movement::PRIOR, now());
    assert_eq!(nothing.no_recommendation, Some(NoRecommendation::NothingGoes));
}

#[test]
fn a_condition_excludes_launches_that_violate_it_and_launches_with_unknown_values() {
    let mut unknown = lander(1, 20, 60, 0.9);
    unknown.crewed = None;
    unknown.location.country_code = None;
    unknown.rocket.leo_capacity_kg = None;
    let mut other = lander(2, 20, 60, 0.9);
    other.crewed = Some(true);
    other.location.country_code = Some("CHN".into());
    other.rocket.leo_capacity_kg = Some(1_000.0);
    let launches = [unknown, other, lander(3, 20, 60, 0.9)];
    for (text, why) in [
        ("crewed=false", [ExclusionReason::CrewUnknown, ExclusionReason::Crew]),
        ("country=usa", [ExclusionReason::CountryUnknown, ExclusionReason::Country]),
        ("lift=heavy,super_heavy", [ExclusionReason::LiftUnknown, ExclusionReason::Lift]),
    ] {
        let decision = Decision::make(&launches, &asked(text), Movement::PRIOR, now());
        assert_eq!(order(&decision), [2], "{text}");
        assert_eq!(decision.excluded.iter().map(|excluded| excluded.why).collect::<Vec<_>>(), why, "{text}");
    }
}

#[test]
fn a_launch_before_the_agent_is_ready_is_missed() {
    let launches = [lander(1, 1, 20, 0.9)];
    let chance =
        |text: &str| Decision::make(&launches, &asked(text), Movement::PRIOR, now()).ranked[0].in_window.estimate();
    assert!(chance("prepare=0") > 0.98);
    assert!(chance("prepare=10") < 0.6);
    assert_eq!(chance("prepare=40"), 0.0);
}

#[test]
fn a_slip_or_weight_that_changes_the_recommendation_is_found() {
    let launches = [lander(1, 300, 340, 0.9), ride(2, 20, 40, 0.95)];
    let query = DecisionQuery::default();
    let decision = Decision::make(&launches, &query, Movement::PRIOR, now());
    assert_eq!(order(&decision), [0, 1]);
    let slip = overtaken_by_slip(&decision, &launches, &query).expect("late enough, it misses the window");
    assert_eq!(slip.leader, 1);
    assert!((25..=66).contains(&slip.when), "{slip:?}: the window ends 365 days from now");

    let weight = overtaken_by_weight(&decision, &query).expect("without nearness the sooner one leads");
    assert_eq!((weight.when.0, weight.leader), (FactorKind::Nearness, 1));
    let moved = DecisionQuery { weights: weight.when.0.set(query.weights, weight.when.1), ..query.clone() };
    assert_eq!(
        order(&Decision::make(&launches, &moved, Movement::PRIOR, now()))[0],
        1,
        "the stated change has the stated effect"
    );

    let ends = shares_by_window_end(&decision, &launches, &query, now(), 3);
    assert!(ends.len() >= 12);
    assert_eq!(ends[0].scores[0], Some(0.0), "no launch this month");
    let by_end: Vec<_> = ends.iter().filter_map(|end| end.scores[0]).collect();
    assert!(by_end.is_sorted(), "a longer window never lowers a score");
}

#[test]
fn a_sentence_gives_the_reason_and_what_would_change_it() {
    let launches = [lander(1, 100, 500, 0.9), ride(2, 20, 40, 0.95)];
    let query = DecisionQuery::default();
    let decision = Decision::make(&launches, &query, Movement::PRIOR, now());
    let first = decision.sentence(0, &launches, &query);
    assert!(
        first.starts_with("It lands; the factor that lowers its score most is its chance to fly in your window"),
        "{first}"
    );
    assert!(first.contains("Mission 2 overtakes it if"), "{first}");
    let second = decision.sentence(1, &launches, &query);
    assert!(
        second.starts_with("It stops in lunar orbit; the factor that lowers its score most is its nearness"),
        "{second}"
    );
}

#[test]
fn the_rocket_size_follows_from_its_capacity() {
    let mut rocket = launch(1).rocket;
    for (capacity, size) in [
        (None, None),
        (Some(0.0), None),
        (Some(300.0), Some(Lift::Small)),
        (Some(2_000.0), Some(Lift::Small)),
        (Some(22_800.0), Some(Lift::Heavy)),
        (Some(63_800.0), Some(Lift::SuperHeavy)),
        (Some(f64::NAN), None),
    ] {
        rocket.leo_capacity_kg = capacity;
        assert_eq!(Lift::of(&rocket), size, "{capacity:?}");
    }
}

#[test]
fn a_decision_query_parses_back() {
    let text = "from=2026-04-01&to=2026-12-31&prepare=10&nearness=0.4&window=2&success=1.25&bar=25&crewed=false&country=USA,CHN&lift=heavy";
    assert_eq!(asked(text).to_query_string(), text);
    assert_eq!(DecisionQuery::default().to_query_string(), "");
    assert_eq!(asked("?to=&prepare=&crewed="), DecisionQuery::default(), "an empty form is the default query");
    for (text, key) in [
        ("nearness=-1", "nearness"),
        ("window=NaN", "window"),
        ("success=3.01", "success"),
        ("from=tomorrow", "from"),
        ("from=2026-05-01&to=2026-04-01", "to"),
        ("prepare=1000", "prepare"),
        ("bar=x", "bar"),
        ("crewed=maybe", "crewed"),
        ("country=Spain", "country"),
        ("lift=huge", "lift"),
        ("wieght=1", "wieght"),
        ("country=%ff", "country"),
    ] {
        assert_eq!(DecisionQuery::parse(text).expect_err("is bad").key, key, "{text}");
    }
}

proptest! {
    #[test]
    fn a_score_is_between_0_and_1_and_grows_with_each_factor(
        tier in 0.0..=6.2_f64,
        days in (0..400_i32, 0..400_i32),
        success in 0.0..=1.0_f64,
        better in 0.0..=1.0_f64,
        weights in (0..=300_u16, 0..=300_u16, 0..=300_u16),
    ) {
        let weights = Weights { nearness: weights.0, window: weights.1, success: weights.2 };
        prop_assume!(!weights.are_zero());
        let query = DecisionQuery { weights, ..DecisionQuery::default() };
        let score = |launch: &Launch| Decision::make(std::slice::from_ref(launch), &query, Movement::PRIOR, now()).ranked[0].score;
        let is_share = |factor: Factor| {
            0.0 <= factor.low() && factor.low() <= factor.estimate() && factor.estimate() <= factor.high() && factor.high() <= 1.0
        };
        let mut one = ride(1, days.0, days.0 + days.1, success);
        one.moon.delta_v_left_km_s = Some(crate::DeltaV { low: tier, high: tier + 0.5 });
        let plain = score(&one);
        prop_assert!(is_share(plain));

        let mut surer = one.clone();
        surer.forecast.as_mut().expect("has one").success = Some(succeeds(success + (1.0 - success) * better));
        prop_assert!(score(&surer).estimate() >= plain.estimate());

        let mut nearer = one.clone();
        nearer.moon.delta_v_left_km_s = Some(crate::DeltaV { low: tier * better, high: tier * better + 0.5 });
        prop_assert!(nearness(&nearer).expect("known").estimate() >= nearness(&one).expect("known").estimate());
        prop_assert!(score(&nearer).estimate() >= plain.estimate());

        let longer = DecisionQuery { to: query.last_day(now()).checked_add_days(chrono::Days::new(100)), ..query.clone() };
        let in_longer = Decision::make(std::slice::from_ref(&one), &longer, Movement::PRIOR, now()).ranked[0].score;
        prop_assert!(in_longer.estimate() >= plain.estimate());
    }

    #[test]
    fn any_text_is_a_valid_query_or_an_error_that_names_its_key(text in "\\PC{0,40}") {
        if let Err(error) = DecisionQuery::parse(&text) {
            prop_assert!(!error.reason.is_empty());
        }
    }
}
