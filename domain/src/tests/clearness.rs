use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::{at, launch};
use crate::{
    Basis, BestChance, Chance, Clearness, DATE_LEVELS, DateForecast, Decision, DecisionQuery, DeltaV, Draws, Factor,
    Launch, LaunchForecast, MoonReach, MoonTier, Movement, Orbit, RecordKnowledge, SuccessForecast, Weights,
    decision::{DRAWS, FactorErrors, Stream, chances, group, ln_chances, normals},
};

fn now() -> DateTime<Utc> {
    at("2026-03-01T12:00:00Z")
}

/// A flight to lunar orbit by a provider, that may fly from `from` to `to` days from now. `rocket` identifies the record
/// of its configuration, and it shares no other record with a ride of another rocket.
#[derive(Clone, Debug)]
struct Ride {
    number: u128,
    provider: i32,
    rocket: u32,
    km_s_left: (f64, f64),
    days: (i32, i32),
    success: f64,
}

fn plain(number: u128) -> Ride {
    let rocket = u32::try_from(number).expect("is small");
    Ride { number, provider: rocket.cast_signed(), rocket, km_s_left: (2.5, 3.5), days: (20, 400), success: 0.9 }
}

impl Ride {
    fn launch(&self) -> Launch {
        let mut ride = launch(self.number);
        ride.orbit = Some(Orbit { id: 11, name: "Lunar Orbit".into(), abbrev: "LO".into(), celestial_body: None });
        ride.moon = MoonReach::judge(ride.orbit.as_ref(), None);
        ride.moon.tier = MoonTier::LunarOrbit;
        ride.moon.delta_v_left_km_s = Some(DeltaV { low: self.km_s_left.0, high: self.km_s_left.1 });
        ride.net = now() + TimeDelta::days(20);
        (ride.window_start, ride.window_end) = (None, None);
        ride.provider.id = self.provider;
        let (first, last) = self.days;
        let minutes = DATE_LEVELS.map(|level| 60 * (first * 24 + (last - first) * 24 * i32::from(level) / 990));
        let date = DateForecast::new(now(), Some(5), minutes, 40, Basis::World).expect("ascending");
        let success = succeeds(self.success, Some(self.rocket));
        ride.forecast = Some(Box::new(LaunchForecast { made_at: now(), success: Some(success), date: Some(date) }));
        ride
    }
}

fn succeeds(mean: f64, rocket: Option<u32>) -> SuccessForecast {
    let chance = Chance::new(mean, (mean - 0.1).max(0.0), (mean + 0.05).min(1.0), 20).expect("a chance");
    let records =
        rocket.map(|key| [4.9, 7.0, 3.9, 14.8, 5.7].map(|known| RecordKnowledge::new(key, known).expect("known")));
    SuccessForecast { chance, rests_on: Basis::Configuration, succeeded: 19, partial: 0, records }
}

fn launches(rides: &[Ride]) -> Vec<Launch> {
    rides.iter().map(Ride::launch).collect()
}

/// Returns the chances in the order of the launches.
fn judged(launches: &[Launch], query: &DecisionQuery) -> Vec<BestChance> {
    let decision = Decision::make(launches, query, Movement::PRIOR, now());
    let clearness = Clearness::of(&decision, &Draws::make(launches, query, now()), query.weights);
    let mut chances: Vec<_> =
        decision.ranked.iter().zip(&clearness.rides).map(|(one, chance)| (one.at, chance.expect("is drawn"))).collect();
    chances.sort_by_key(|(at, _)| *at);
    assert_eq!(chances.len(), launches.len(), "every launch is ranked");
    chances.into_iter().map(|(_, chance)| chance).collect()
}

fn close(one: f64, other: f64, by: f64) -> bool {
    (one - other).abs() <= by
}

fn mean(numbers: impl Iterator<Item = f64>) -> f64 {
    numbers.sum::<f64>() / DRAWS as f64
}

fn correlation(one: &[f64], other: &[f64]) -> f64 {
    let (mean_one, mean_other) = (mean(one.iter().copied()), mean(other.iter().copied()));
    let product = |a: &[f64], mean_a: f64, b: &[f64], mean_b: f64| {
        mean(a.iter().zip(b).map(|(a, b)| (a - mean_a) * (b - mean_b)))
    };
    product(one, mean_one, other, mean_other)
        / (product(one, mean_one, one, mean_one) * product(other, mean_other, other, mean_other)).sqrt()
}

#[test]
fn the_chances_of_independent_rides_match_a_numerical_integral() {
    // The integral over the normal densities of ln v: 0.6796, 0.2854, 0.0285, 0.0064.
    let rides = [(0.50, 0.10), (0.46, 0.12), (0.40, 0.10), (0.30, 0.20)];
    let rows: Vec<Vec<f64>> = rides
        .iter()
        .zip(0_u64..)
        .map(|((score, deviation), ride)| {
            let normal = |stratum: u16| normals()[usize::from(stratum)];
            Stream::NEARNESS.of(ride).strata().into_iter().map(|at| f64::ln(*score) + deviation * normal(at)).collect()
        })
        .collect();
    let found = chances(&rows);
    for (chance, (expected, error)) in found.iter().zip([(0.680, 0.02), (0.286, 0.02), (0.028, 0.008), (0.006, 0.004)])
    {
        assert!(close(chance.p_best, expected, error), "{found:?}");
    }
    // The mean of v is its median times the exponential of half of the variance: the regrets differ by the difference
    // of these means.
    let means = rides.map(|(score, deviation)| score * f64::exp(deviation * deviation / 2.0));
    for (chance, mean) in found.iter().zip(means) {
        assert!(close(chance.regret - found[0].regret, (means[0] - mean) * 100.0, 0.01), "{found:?}");
    }
    let p_best: Vec<_> = found.iter().copied().map(Some).collect();
    assert_eq!(group(&p_best).0, [0, 1]);
}

#[test]
fn every_stratum_is_drawn_once_and_streams_are_unrelated() {
    let streams = [Stream::NEARNESS, Stream::WINDOW, Stream::SUCCESS.of(0).of(7), Stream::SUCCESS.of(7).of(0)];
    let drawn: Vec<Vec<f64>> = streams
        .iter()
        .map(|stream| stream.strata().into_iter().map(|at| normals()[usize::from(at)]).collect())
        .collect();
    for (place, stream) in streams.iter().enumerate() {
        let mut strata = stream.strata();
        assert_eq!(strata, streams[place].strata(), "the same each time");
        strata.sort_unstable();
        assert!(strata.iter().enumerate().all(|(at, stratum)| at == usize::from(*stratum)));
        for other in &drawn[..place] {
            assert!(correlation(&drawn[place], other).abs() < 0.05, "more than three standard errors");
        }
    }
    // Published quantiles; the middles of the strata next to 0.5 and 0.975 are an eighth of a thousandth away.
    assert!(close(normals()[3_900], 1.959_964, 0.003) && close(normals()[2_000], 0.0, 0.001));
    assert!(close(normals()[0], -3.662, 0.001) && close(normals()[0], -normals()[DRAWS - 1], 1e-12));
    assert!(close(mean(normals().iter().map(|z| z * z)), 1.0, 0.001));
}

#[test]
fn the_chance_in_the_window_is_drawn_from_a_beta_distribution() {
    for (chance, size) in [(0.5, 1.0), (0.5, 40.0), (0.9, 7.0), (0.02, 12.0), (0.98, 87.0), (0.3, 500.0), (0.995, 3.0)]
    {
        let drawn: Vec<f64> = ln_chances(chance, size).into_iter().map(f64::exp).collect();
        assert!(drawn.is_sorted() && drawn.iter().all(|one| (0.0..=1.0).contains(one)));
        let found = mean(drawn.iter().copied());
        assert!(close(found, chance, 0.001), "{chance} of {size}: mean {found}");
        let (variance, expected) =
            (mean(drawn.iter().map(|one| (one - found).powi(2))), chance * (1.0 - chance) / (size + 1.0));
        assert!(close(variance / expected, 1.0, 0.05), "{chance} of {size}: variance {variance}, not {expected}");
    }
    // Tabulated: the median of Beta(2, 3), and the quantiles of the arcsine distribution.
    assert!(close(ln_chances(0.4, 5.0)[2_000].exp(), 0.385_73, 0.001));
    assert!(close(ln_chances(0.5, 1.0)[400].exp(), (std::f64::consts::PI * 0.05).sin().powi(2), 0.001));
    assert!(ln_chances(0.0, 40.0).iter().all(|log| *log == f64::NEG_INFINITY), "impossible stays impossible");
    assert!(ln_chances(1.0, 40.0).iter().all(|log| *log == 0.0));
    assert!(ln_chances(0.5, 0.0).iter().all(|log| log.is_finite()), "a forecast that rests on no launch");
}

#[test]
fn errors_keep_the_estimates() {
    let mut errors = FactorErrors::default();
    let range = Factor::new(0.4, 0.1, 0.5).expect("numbers");
    let mut drawn: Vec<f64> = errors.nearness(range, Stream::NEARNESS).into_iter().map(f64::exp).collect();
    drawn.sort_by(f64::total_cmp);
    let quantiles = [0, 1_000, 2_000, 3_000, 3_999].map(|place| drawn[place]);
    for (quantile, expected) in quantiles.into_iter().zip([0.1, 0.25, 0.4, 0.45, 0.5]) {
        assert!(close(quantile, expected, 0.001), "{quantiles:?}");
    }

    let failure = |logs: Vec<f64>| -> Vec<f64> { logs.into_iter().map(|log| 1.0 - log.exp()).collect() };
    let known = failure(errors.success(&succeeds(0.97, Some(3)), Stream::NEARNESS));
    assert!(close(mean(known.iter().copied()), 0.03, 0.001), "mean-preserving");
    let mut of_old_forecast = failure(errors.success(&succeeds(0.9, None), Stream::NEARNESS));
    of_old_forecast.sort_by(f64::total_cmp);
    let ratio = of_old_forecast[3_600] / of_old_forecast[400];
    assert!(close(ratio, 0.2 / 0.05, 0.02), "as wide as its 80 % interval: {ratio}");
    assert!(errors.success(&succeeds(1.0, Some(3)), Stream::NEARNESS).iter().all(|log| *log == 0.0));
    let hopeless = errors.success(&succeeds(0.1, Some(3)), Stream::NEARNESS);
    assert!(
        hopeless.iter().all(|log| *log <= 0.0) && hopeless.contains(&f64::NEG_INFINITY),
        "a failure is at most certain"
    );
}

#[test]
fn rides_of_one_rocket_move_together() {
    // Nearness has an error of its own for each ride: a small one here.
    let exact = |number: u128, success: f64| Ride { km_s_left: (2.95, 3.05), success, ..plain(number) };
    let same_rocket = Ride { provider: 1, rocket: 1, ..exact(2, 0.88) };
    let later = Ride { days: (40, 400), ..same_rocket.clone() };
    let rides = launches(&[exact(1, 0.9), same_rocket, exact(3, 0.88), later]);
    let query = DecisionQuery::default();
    let draws = Draws::make(&rides, &query, now());
    let scores = |at: usize| -> Vec<f64> {
        draws.of(at).expect("is drawn").ln_scores(query.weights).into_iter().map(f64::exp).collect()
    };
    let with = |other: usize| correlation(&scores(0), &scores(other));
    assert!(with(1) > 0.6 && with(2).abs() < 0.1, "{} {}", with(1), with(2));
    assert!(with(3) > 0.6, "{}", with(3));
    let order = |other: usize| judged(&[rides[0].clone(), rides[other].clone()], &query)[0].p_best;
    assert!(order(1) > order(2) + 0.03, "the better of two on one rocket is more certain: {} {}", order(1), order(2));

    // Each level alone: success apart from everything else.
    let mut errors = FactorErrors::default();
    let forecast = |configuration: u32| {
        let mut forecast = succeeds(0.9, Some(1));
        if let Some(records) = &mut forecast.records {
            records[4] = RecordKnowledge::new(configuration, 5.7).expect("known");
        }
        forecast
    };
    let mut success = |configuration: u32| -> Vec<f64> {
        errors.success(&forecast(configuration), Stream::NEARNESS).into_iter().map(f64::exp).collect()
    };
    assert!(close(correlation(&success(1), &success(1)), 1.0, 1e-12));
    let siblings = correlation(&success(1), &success(2));
    assert!(siblings > 0.6 && siblings < 0.95, "{siblings}: four of five records in common");
}

#[test]
fn rides_in_one_horizon_cell_of_a_provider_share_the_error_of_their_dates() {
    let window = |provider: i32, announced_in: i64| {
        let mut ride = Ride { provider, ..plain(1) }.launch();
        let minutes = *ride.forecast.as_ref().and_then(|forecast| forecast.date).expect("has one").minutes();
        let date = DateForecast::new(now() + TimeDelta::days(announced_in), Some(5), minutes, 40, Basis::World);
        ride.forecast.as_mut().expect("has one").date = date;
        let draws = Draws::make(std::slice::from_ref(&ride), &DecisionQuery::default(), now());
        draws.of(0).expect("is drawn").logs[1].clone()
    };
    for (one, other) in [((7, 7), (7, 29)), ((7, -3), (7, 0)), ((7, 90), (7, 300))] {
        assert!(correlation(&window(one.0, one.1), &window(other.0, other.1)) > 0.9, "{one:?} {other:?}");
    }
    for (one, other) in [((7, 7), (8, 7)), ((7, 6), (7, 7)), ((7, 0), (7, 1)), ((7, 29), (7, 30)), ((7, 89), (7, 90))] {
        assert!(correlation(&window(one.0, one.1), &window(other.0, other.1)).abs() < 0.1, "{one:?} {other:?}");
    }
}

#[test]
fn equal_rides_share_the_first_place() {
    let one = vec![0.5_f64.ln(); DRAWS];
    for chance in chances(&[one.clone(), one.clone(), vec![f64::NEG_INFINITY; DRAWS], one]) {
        assert!(
            close(chance.p_best, 1.0 / 3.0, 1e-12) || chance == BestChance { p_best: 0.0, regret: 50.0 },
            "{chance:?}"
        );
    }
    let impossible = vec![f64::NEG_INFINITY; DRAWS];
    let never = chances(&[vec![0.0; DRAWS], impossible.clone()])[1].p_best;
    assert!(never.is_sign_positive(), "-0 would be shown");
    let none = chances(&[impossible.clone(), impossible]);
    assert!(none.iter().all(|chance| *chance == BestChance { p_best: 0.5, regret: 0.0 }), "{none:?}");
    assert!(chances(&[]).is_empty());

    // Equal estimates with errors of their own: equal but for the sampling error.
    let rides: Vec<_> = (1..=4).map(plain).collect();
    for chance in judged(&launches(&rides), &DecisionQuery::default()) {
        assert!(close(chance.p_best, 0.25, 0.02), "three standard errors: {chance:?}");
    }
}

#[test]
fn the_group_is_the_smallest_that_reaches_four_fifths() {
    let with = |shares: &[f64]| -> Vec<Option<BestChance>> {
        shares.iter().map(|p_best| Some(BestChance { p_best: *p_best, regret: 0.0 })).collect()
    };
    assert_eq!(group(&with(&[0.85, 0.15])), (vec![0], 0.85));
    assert_eq!(group(&with(&[0.1, 0.1, 0.5, 0.3])).0, [2, 3], "the most probable first, whatever the ranking");
    assert_eq!(group(&with(&[0.4, 0.2, 0.2, 0.2])).0, [0, 1, 2], "exactly four fifths, in spite of rounding");
    assert_eq!(group(&with(&[0.79, 0.21])).0, [0, 1]);
    assert_eq!(group(&[]), (vec![], 0.0));
    let mut cut = with(&[0.9, 0.1]);
    cut.push(None);
    assert_eq!(group(&cut).0, [0], "a ride that was not drawn is in no group");
}

#[test]
fn a_factor_without_weight_counts_for_nothing() {
    let never = Ride { days: (600, 900), ..plain(1) };
    let rides = launches(&[never, Ride { success: 0.5, ..plain(2) }]);
    let query = DecisionQuery { weights: Weights { nearness: 0, window: 0, success: 100 }, ..DecisionQuery::default() };
    let found = judged(&rides, &query);
    assert!(found[0].p_best > 0.8 && found[0].regret.is_finite(), "zero to the power of zero: {found:?}");
}

#[test]
fn only_the_first_hundred_rides_are_drawn() {
    let rides: Vec<_> =
        (1..=102).map(|number| Ride { success: 0.5 + number as f64 / 250.0, ..plain(number) }).collect();
    let (launches, query) = (launches(&rides), DecisionQuery::default());
    let decision = Decision::make(&launches, &query, Movement::PRIOR, now());
    let clearness = Clearness::of(&decision, &Draws::make(&launches, &query, now()), query.weights);
    assert_eq!(clearness.rides.len(), 102);
    assert!(clearness.rides.iter().map(Option::is_some).eq((0..102).map(|place| place < 100)));
}

#[test]
fn a_sentence_says_how_clear_the_answer_is() {
    let said = |rides: &[Ride]| {
        let (launches, query) = (launches(rides), DecisionQuery::default());
        let decision = Decision::make(&launches, &query, Movement::PRIOR, now());
        Clearness::of(&decision, &Draws::make(&launches, &query, now()), query.weights).sentence(&decision, &launches)
    };
    let hopeless = Ride { days: (350, 20_000), success: 0.2, ..plain(2) };
    let clear = said(&[plain(1), hopeless]).expect("two rides");
    assert_eq!(clear, "It is the best ride with a chance of over 99 %.");
    let close =
        said(&[plain(1), Ride { success: 0.89, ..plain(2) }, Ride { success: 0.88, ..plain(3) }]).expect("three");
    assert!(close.ends_with("cannot be told apart from it."), "they are all: {close}");
    let third = Ride { days: (330, 3_000), ..plain(3) };
    let close = said(&[plain(1), Ride { success: 0.89, ..plain(2) }, third]).expect("three");
    assert!(
        close.contains("Mission 2 cannot be told apart from it: the best ride is one of these 2 with a chance of"),
        "{close}"
    );
    let many: Vec<_> = (1..=8).map(plain).collect();
    assert!(said(&many).expect("eight").contains(" and "), "a long group is shortened");
    assert_eq!(said(&[plain(1)]), None, "there is nothing to compare it with");
    assert_eq!(said(&[]), None);

    // The first by score need not be the most probable.
    let decision = Decision::make(&launches(&[plain(1), plain(2)]), &DecisionQuery::default(), Movement::PRIOR, now());
    let rides = [0.1, 0.9].map(|p_best| Some(BestChance { p_best, regret: 1.0 })).to_vec();
    let clearness = Clearness { rides, group: vec![1], group_share: 0.9 };
    assert_eq!(
        clearness.sentence(&decision, &launches(&[plain(1), plain(2)])).as_deref(),
        Some(
            "It is the best ride with a chance of 10 %, Mission 2 with 90 %. Its score is higher, but Mission 2 is more often the best."
        )
    );
}

fn any_ride(number: u128) -> impl Strategy<Value = Ride> {
    let days = (3..300_i32, 1..600_i32).prop_map(|(first, days)| (first, first + days));
    let km_s_left = (0.0..5.0_f64, 0.0..1.0_f64).prop_map(|(low, more)| (low, low + more));
    (1..3_i32, 1..4_u32, km_s_left, days, 0.3..=1.0_f64).prop_map(
        move |(provider, rocket, km_s_left, days, success)| Ride { number, provider, rocket, km_s_left, days, success },
    )
}

fn any_rides() -> impl Strategy<Value = Vec<Ride>> {
    (any_ride(1), any_ride(2), any_ride(3), any_ride(4), 2..=4_usize).prop_map(|(one, two, three, four, count)| {
        let mut rides = vec![one, two, three, four];
        rides.truncate(count);
        rides
    })
}

fn any_query() -> impl Strategy<Value = DecisionQuery> {
    (0..=300_u16, 0..=300_u16, 0..=300_u16).prop_map(|(nearness, window, success)| {
        let weights = Weights { nearness, window, success };
        DecisionQuery {
            weights: if weights.are_zero() { Weights::default() } else { weights },
            ..DecisionQuery::default()
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_chances_add_up_to_1(rides in any_rides(), query in any_query()) {
        let found = judged(&launches(&rides), &query);
        let sum: f64 = found.iter().map(|chance| chance.p_best).sum();
        prop_assert!(close(sum, 1.0, 1e-9), "{}", sum);
        let least = found.iter().map(|chance| chance.regret).fold(f64::INFINITY, f64::min);
        prop_assert!(found.iter().all(|chance| (0.0..=100.0).contains(&chance.regret)), "{:?}", found);
        let most = found.iter().map(|chance| chance.p_best).fold(0.0, f64::max);
        prop_assert!(most < 1.0 || least == 0.0, "nothing is lost with a ride that is always the best");
    }

    /// The draws do not depend on the estimate, so that this is exact. A tenth of the changes is tiny on purpose.
    #[test]
    fn a_factor_that_rises_never_lowers_the_chance(
        rides in any_rides(), query in any_query(), which in any::<prop::sample::Index>(), by in 0.0..1.0_f64, tiny in 0..10_u8,
    ) {
        let before = judged(&launches(&rides), &query);
        let (at, by) = (which.index(rides.len()), if tiny == 0 { by / 1_000.0 } else { by });
        let risen = |change: fn(&mut Ride, f64)| {
            let mut rides = rides.clone();
            change(&mut rides[at], by);
            launches(&rides)
        };
        let changes: [fn(&mut Ride, f64); 3] = [
            |ride, by| ride.success += (1.0 - ride.success) * by,
            |ride, by| ride.km_s_left = (ride.km_s_left.0 * (1.0 - by), ride.km_s_left.1 * (1.0 - by)),
            |ride, by| ride.days.1 -= (f64::from(ride.days.1 - ride.days.0) * by) as i32,
        ];
        for change in changes {
            let risen = risen(change);
            let factors = |launches: &[Launch]| {
                let decision = Decision::make(launches, &query, Movement::PRIOR, now());
                decision.ranked.iter().find(|one| one.at == at).map(|one| one.factors().map(Factor::estimate))
            };
            let (old, new) = (factors(&launches(&rides)).expect("ranked"), factors(&risen).expect("ranked"));
            prop_assert!(old.iter().zip(&new).all(|(old, new)| new >= old), "the change raises a factor: {old:?} {new:?}");
            let after = judged(&risen, &query);
            prop_assert!(after[at].p_best >= before[at].p_best - 1e-12, "{:?} {:?}", before, after);
            let others = |chances: &[BestChance]| chances.iter().enumerate().all(|(other, chance)| {
                other == at || chance.p_best <= before[other].p_best + 1e-12
            });
            prop_assert!(others(&after), "and never raises that of another: {:?} {:?}", before, after);
        }
    }

    #[test]
    fn the_order_of_the_list_and_other_rides_change_no_draw(rides in any_rides(), query in any_query()) {
        let there = launches(&rides);
        let mut back = there.clone();
        back.reverse();
        let mut reversed = judged(&back, &query);
        reversed.reverse();
        for (one, other) in judged(&there, &query).iter().zip(&reversed) {
            prop_assert!(close(one.p_best, other.p_best, 1e-12) && close(one.regret, other.regret, 1e-9));
        }
    }

    /// Two rides that differ in nothing but their ids.
    #[test]
    fn equals_are_treated_alike(ride in any_ride(1), other in any_ride(2), query in any_query()) {
        let twins = launches(&[ride.clone(), Ride { number: 3, ..ride }, other]);
        let found = judged(&twins, &query);
        prop_assert!(close(found[0].p_best, found[1].p_best, 0.05), "{:?}", found);
        prop_assert!(close(found[0].regret, found[1].regret, 1.0), "{:?}", found);
    }
}
