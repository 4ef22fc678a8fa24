use chrono::TimeDelta;
use domain::{Basis, DATE_LEVELS, DateForecast};
use uuid::Uuid;

use super::{at, slip::announced};
use crate::{
    backtest::{Ahead, FEWEST_LAUNCHES, Forecaster, SlipRow, Verdict, coverage, reliability, score_slips},
    cdf::Cdf,
    score::Gain,
};

const MADE_AT: &str = "2026-02-01T00:00:00Z";

/// A launch announced for three days ahead: we predict the day `ours`, the rules the announced one. The record ends
/// after forty days.
fn row(launch: u128, ours: f64, flown_days: Option<i64>) -> SlipRow {
    let made_at = at(MADE_AT);
    let announced = announced(MADE_AT, "2026-02-04T00:00:00Z", 1, 1);
    let minutes = DATE_LEVELS.map(|_| (ours * 1440.0) as i32 - 3 * 1440);
    SlipRow {
        launch_id: Uuid::from_u128(launch),
        made_at,
        announced,
        slips: 0,
        forecast: DateForecast::new(announced.net, Some(1), minutes, 9, Basis::World).expect("in order"),
        ahead: Ahead::of(3.0),
        predicted: [Cdf::certain(ours), Cdf::certain(3.0), Cdf::certain(3.0), Cdf::certain(3.0)],
        flown_at: flown_days.map(|days| made_at + TimeDelta::days(days)),
        known_until: made_at + TimeDelta::days(40),
        is_stale: false,
        is_outcome_unknown: false,
    }
}

#[test]
fn each_launch_has_one_vote() {
    // One launch is predicted ten times and we are wrong by a day, another once and we are wrong by three.
    let mut rows = vec![row(1, 4.0, Some(5)); 10];
    rows.push(row(2, 5.0, Some(8)));
    let scores = score_slips(&rows);
    let [score] = &scores[..] else { panic!("one group: {scores:?}") };
    assert_eq!((score.ahead, score.forecasts, score.launches), (Ahead::ToAWeek, 11, 2));
    assert!((score.losses[0].brier - 2.0).abs() < 1e-12, "the mean of one and three days");
    assert!((score.losses[1].brier - 3.5).abs() < 1e-12, "the announced day is wrong by two and by five");
    let gain = score.gains[1].expect("a gain");
    assert!((gain.share - (1.0 - 2.0 / 3.5)).abs() < 1e-12, "{gain:?}");
    // Both pinball levels: a late launch costs the level times the days.
    assert!((score.losses[0].pinball[0] - 0.5 * 2.0).abs() < 1e-12);
    assert!((score.losses[0].pinball[1] - 0.8 * 2.0).abs() < 1e-12);
}

#[test]
fn a_launch_that_never_flew_counts_up_to_the_look_ahead_and_no_further() {
    let score = |flown| score_slips(&[row(1, 3.0, flown)])[0].losses[0];
    assert!((score(None).brier - 11.0).abs() < 1e-12, "from day 3 to day 14");
    assert_eq!(score(None), score(Some(15)));
    assert_eq!(score(None), score(Some(39)));
    assert!((score(None).pinball[0] - 0.5 * 11.0).abs() < 1e-12);
}

#[test]
fn what_is_not_known_or_no_longer_announced_is_left_out() {
    let late = SlipRow { known_until: at(MADE_AT) + TimeDelta::days(13), ..row(1, 3.0, Some(3)) };
    assert!(!late.is_scored(), "flown, but the look-ahead is not over: scored launches would be the fast ones");
    let stale = SlipRow { is_stale: true, ..row(2, 3.0, Some(3)) };
    let unseen = SlipRow { is_outcome_unknown: true, ..row(3, 3.0, None) };
    let rows = [late, stale, unseen];
    assert!(score_slips(&rows).is_empty());
    assert_eq!(coverage(&rows[1..]).map(|share| share.launches), [0, 0]);
    assert!(reliability(&rows[1..]).is_empty());
}

#[test]
fn groups_follow_the_announcement_and_have_their_look_ahead() {
    for (days, group, look_ahead) in [
        (-0.01, Ahead::Overdue, 30.0),
        (0.0, Ahead::UnderADay, 7.0),
        (1.0, Ahead::ToAWeek, 14.0),
        (7.0, Ahead::ToAMonth, 30.0),
        (30.0, Ahead::ToNinetyDays, 90.0),
        (90.0, Ahead::Beyond, 90.0),
    ] {
        assert_eq!(Ahead::of(days), group);
        assert!((group.look_ahead_days() - look_ahead).abs() < 1e-12);
    }
    assert_eq!(Ahead::of(f64::NAN), Ahead::Beyond);
}

#[test]
fn a_verdict_needs_thirty_launches_and_an_interval_without_zero() {
    let gain = |low: f64, high: f64| Some(Gain { share: f64::midpoint(low, high), interval: Some((low, high)) });
    assert_eq!(Verdict::of(gain(0.1, 0.3), FEWEST_LAUNCHES), Verdict::Better);
    assert_eq!(Verdict::of(gain(-0.3, -0.1), FEWEST_LAUNCHES), Verdict::Worse);
    assert_eq!(Verdict::of(gain(-0.1, 0.3), FEWEST_LAUNCHES), Verdict::NoDifference);
    assert_eq!(Verdict::of(gain(0.1, 0.3), FEWEST_LAUNCHES - 1), Verdict::CannotTell);
    assert_eq!(Verdict::of(Some(Gain { share: 0.9, interval: None }), 100), Verdict::CannotTell);
    assert_eq!(Verdict::of(None, 100), Verdict::CannotTell);
    let better: Vec<SlipRow> = (0..40).map(|launch| row(launch, 5.0, Some(5 + (launch % 3) as i64))).collect();
    let verdict = |rows: &[SlipRow]| score_slips(rows).first().map(|score| score.verdict(score.gains[1]));
    assert_eq!(verdict(&better), Some(Verdict::Better));
    assert_eq!(verdict(&better[..29]), Some(Verdict::CannotTell));
    let beyond: Vec<SlipRow> = better
        .into_iter()
        .map(|row| SlipRow { ahead: Ahead::Beyond, known_until: at("2027-01-01T00:00:00Z"), ..row })
        .collect();
    assert_eq!(verdict(&beyond), Some(Verdict::CannotTell), "hardly any flies within 90 days");
}

#[test]
fn coverage_counts_forecasts_whose_band_has_passed_whatever_happened() {
    let spread = |launch, flown: Option<i64>| SlipRow {
        predicted: std::array::from_fn(|_| Cdf::new(vec![(0.0, 0.0), (10.0, 1.0)]).expect("in order")),
        ..row(launch, 3.0, flown)
    };
    // P10 is one day, P90 nine.
    let rows = [spread(1, Some(5)), spread(2, Some(20)), spread(3, None), spread(4, Some(0))];
    let [in_band, by_p90] = coverage(&rows);
    assert_eq!((in_band.launches, in_band.share, by_p90.share), (4, Some(0.25), Some(0.5)));
    let open = SlipRow { known_until: at(MADE_AT) + TimeDelta::days(8), ..spread(5, Some(5)) };
    assert_eq!(coverage([&open]).map(|share| share.launches), [0, 0], "the band is still open");
    let short = SlipRow { predicted: std::array::from_fn(|_| Cdf::certain(3.0)), ..open };
    assert_eq!(coverage([&short])[0].launches, 1);
}

#[test]
fn reliability_compares_what_was_said_with_what_came() {
    let said = |launch, p: f64, flown: Option<i64>| SlipRow {
        predicted: std::array::from_fn(|_| Cdf::new(vec![(1.0, p)]).expect("in order")),
        ..row(launch, 3.0, flown)
    };
    let rows = [said(1, 0.7, Some(2)), said(1, 0.7, Some(2)), said(2, 0.6, None), said(3, 0.1, Some(9))];
    let bins = reliability(&rows);
    let within = |days: f64| bins.iter().filter(|bin| bin.within_days == days).copied().collect::<Vec<_>>();
    let [low, high] = within(7.0)[..].try_into().expect("two groups of probabilities");
    assert_eq!((low.launches, low.came), (1, 0.0), "it flew after nine days");
    assert_eq!((high.forecasts, high.launches, high.came), (3, 2, 0.5));
    assert!((high.predicted - 0.65).abs() < 1e-12);
    assert!((within(30.0)[0].came - 1.0).abs() < 1e-12);
    assert!(within(90.0).is_empty(), "the record ends after forty days");
    assert_eq!(Forecaster::ALL.len(), Forecaster::BASELINES.len() + 1);
}
