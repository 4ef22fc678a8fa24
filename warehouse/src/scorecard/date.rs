use std::collections::BTreeMap;

use domain::{DateReliability, DateRule, DateScore, Interval, ScoreGain};
use forecast::{
    backtest::{Ahead, BOUNDS, Forecaster, Verdict},
    score::{self, Gain},
};
use sqlx::FromRow;

use super::interval::{gain, mean_interval};

/// Means over the forecasts of one launch at one horizon. Losses are null while none of them is scored.
#[derive(FromRow)]
pub(super) struct DateRow {
    pub(super) horizon: String,
    pub(super) provider_name: String,
    pub(super) forecasts: i64,
    pub(super) waiting: i64,
    pub(super) integrated_briers: Vec<Option<f64>>,
    pub(super) p50_pinballs: Vec<Option<f64>>,
    pub(super) p80_pinballs: Vec<Option<f64>>,
    pub(super) decided: i64,
    pub(super) in_band: i64,
    pub(super) by_p90: i64,
}

/// The losses of one forecaster for one launch.
#[derive(Clone, Copy)]
struct Loss {
    brier: f64,
    pinball: [f64; 2],
}

impl DateRow {
    /// Returns the losses by [`Forecaster::ALL`]. None while no forecast is scored.
    fn losses(&self) -> Option<[Loss; Forecaster::ALL.len()]> {
        let value = |values: &[Option<f64>], place: usize| values.get(place).copied().flatten();
        let loss = |place: usize| {
            Some(Loss {
                brier: value(&self.integrated_briers, place)?,
                pinball: [value(&self.p50_pinballs, place)?, value(&self.p80_pinballs, place)?],
            })
        };
        let losses: Option<Vec<Loss>> = (0..Forecaster::ALL.len()).map(loss).collect();
        losses?.try_into().ok()
    }
}

/// Scores each horizon first, nearest first, then the providers at each horizon, most launches first. There is no score
/// of everything: days over look-aheads of a week and of three months do not add up.
pub(super) fn scores(rows: &[DateRow]) -> Vec<DateScore> {
    let at = |ahead: Ahead| rows.iter().filter(move |row| row.horizon == ahead.slug());
    let mut scores: Vec<DateScore> =
        Ahead::ALL.into_iter().filter_map(|ahead| score(ahead, None, &at(ahead).collect::<Vec<_>>())).collect();
    for ahead in Ahead::ALL {
        let mut providers: BTreeMap<&str, Vec<&DateRow>> = BTreeMap::new();
        for row in at(ahead) {
            providers.entry(&row.provider_name).or_default().push(row);
        }
        let mut of_providers: Vec<DateScore> = providers
            .into_iter()
            .filter_map(|(provider, rows)| score(ahead, Some(provider), &rows))
            // Fewer have no interval, and say nothing.
            .filter(|score| usize::try_from(score.launches).is_ok_and(|launches| launches >= score::FEWEST))
            .collect();
        of_providers.sort_by_key(|score| std::cmp::Reverse(score.launches));
        scores.extend(of_providers);
    }
    scores
}

fn score(ahead: Ahead, provider: Option<&str>, rows: &[&DateRow]) -> Option<DateScore> {
    let votes: Vec<[Loss; Forecaster::ALL.len()]> = rows.iter().filter_map(|row| row.losses()).collect();
    let mean = |place: usize, of: &dyn Fn(Loss) -> f64| score::mean(votes.iter().map(|vote| of(vote[place])));
    let pinball = |place: usize| Some([mean(place, &|loss| loss.pinball[0])?, mean(place, &|loss| loss.pinball[1])?]);
    let gain_over =
        |place: usize, of: &dyn Fn(Loss) -> f64| gain(votes.iter().map(|vote| (of(vote[0]), of(vote[place]))));
    let rules = Forecaster::ALL.into_iter().enumerate().skip(1).map(|(place, rule)| {
        let gain = gain_over(place, &|loss| loss.brier);
        Some(DateRule {
            name: rule.slug(),
            description: rule.describe(),
            integrated_brier_days: mean(place, &|loss| loss.brier)?,
            pinball_days: pinball(place)?,
            gain,
            pinball_gain: gain_over(place, &|loss| loss.pinball.iter().sum()),
            verdict: verdict(ahead, gain, votes.len()).describe(),
        })
    });
    let decided: Vec<&&DateRow> = rows.iter().filter(|row| row.decided > 0).collect();
    let share = |of: fn(&DateRow) -> i64| decided.iter().map(move |row| of(row) as f64 / row.decided as f64);
    Some(DateScore {
        horizon: ahead.slug(),
        horizon_name: ahead.describe(),
        look_ahead_days: ahead.look_ahead_days(),
        provider: provider.map(str::to_owned),
        forecasts: rows.iter().map(|row| row.forecasts).sum(),
        waiting: rows.iter().map(|row| row.waiting).sum(),
        launches: i64::try_from(votes.len()).ok()?,
        integrated_brier_days: mean(0, &|loss| loss.brier)?,
        integrated_brier_interval: interval(votes.iter().map(|vote| vote[0].brier), f64::INFINITY),
        pinball_days: pinball(0)?,
        rules: rules.collect::<Option<_>>()?,
        coverage: score::mean(share(|row| row.in_band)),
        coverage_interval: interval(share(|row| row.in_band), 1.0),
        by_p90: score::mean(share(|row| row.by_p90)),
        coverage_launches: i64::try_from(decided.len()).ok()?,
    })
}

fn interval(votes: impl Iterator<Item = f64>, most: f64) -> Option<Interval> {
    mean_interval(votes.map(|vote| (vote, 1.0)), (0.0, most))
}

fn verdict(ahead: Ahead, gain: Option<ScoreGain>, launches: usize) -> Verdict {
    if !ahead.is_judged() {
        return Verdict::CannotTell;
    }
    let gain =
        gain.map(|gain| Gain { share: gain.share, interval: gain.interval.map(|Interval { low, high }| (low, high)) });
    Verdict::of(gain, launches)
}

/// Forecasts of one launch whose chance to fly within so many days is in one group.
#[derive(FromRow)]
pub(super) struct ReliabilityRow {
    pub(super) within_days: i32,
    /// The group's number in [`lower_bounds`], from one.
    pub(super) place: i32,
    pub(super) forecasts: i64,
    pub(super) predicted: f64,
    pub(super) came: i64,
}

/// Returns the lower bounds of the groups of chances.
pub(super) fn lower_bounds() -> Vec<f64> {
    BOUNDS.windows(2).filter_map(|bounds| bounds.first().copied()).collect()
}

/// Compares the chances of each group with how often launches flew; each launch has one vote.
pub(super) fn reliability(rows: &[ReliabilityRow]) -> Vec<DateReliability> {
    let mut groups: BTreeMap<(i32, i32), Vec<&ReliabilityRow>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.forecasts > 0) {
        groups.entry((row.within_days, row.place)).or_default().push(row);
    }
    let bin = |((within_days, place), rows): ((i32, i32), Vec<&ReliabilityRow>)| {
        let place = usize::try_from(place).ok()?.checked_sub(1)?;
        let came = rows.iter().map(|row| row.came as f64 / row.forecasts as f64);
        Some(DateReliability {
            within_days,
            from: *BOUNDS.get(place)?,
            to: *BOUNDS.get(place + 1)?,
            forecasts: rows.iter().map(|row| row.forecasts).sum(),
            launches: i64::try_from(rows.len()).ok()?,
            predicted: score::mean(rows.iter().map(|row| row.predicted / row.forecasts as f64))?,
            came_interval: interval(came.clone(), 1.0),
            came: score::mean(came)?,
        })
    };
    groups.into_iter().filter_map(bin).collect()
}
