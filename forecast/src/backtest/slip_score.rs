use std::collections::BTreeMap;

use uuid::Uuid;

use super::{Ahead, DRAWS, Forecaster, SlipRow};
use crate::score::{self, Block, Gain};

/// Minimum number of launches for a verdict.
pub const FEWEST_LAUNCHES: usize = 30;

/// The quantiles that are scored besides the whole distribution.
pub const PINBALL_LEVELS: [f64; 2] = [0.5, 0.8];

/// What a comparison with a rule shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Better,
    Worse,
    /// The 95 % interval of the gain contains zero.
    NoDifference,
    /// Fewer than [`FEWEST_LAUNCHES`] launches.
    CannotTell,
}

impl Verdict {
    /// Returns the verdict on a gain over so many launches.
    pub fn of(gain: Option<Gain>, launches: usize) -> Self {
        match gain.and_then(|gain| gain.interval) {
            Some(_) | None if launches < FEWEST_LAUNCHES => Self::CannotTell,
            Some((low, _)) if low > 0.0 => Self::Better,
            Some((_, high)) if high < 0.0 => Self::Worse,
            Some(_) => Self::NoDifference,
            None => Self::CannotTell,
        }
    }

    /// Returns the words for people.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::NoDifference => "no difference seen",
            Self::CannotTell => "cannot tell",
        }
    }
}

/// The losses of one forecaster: means over launches of their mean rows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Loss {
    /// Integrated Brier score over the look-ahead, in days.
    pub brier: f64,
    /// Pinball losses at [`PINBALL_LEVELS`] in days; times after the look-ahead count as its end.
    pub pinball: [f64; PINBALL_LEVELS.len()],
}

impl Loss {
    /// Returns the loss of one row.
    pub fn of(row: &SlipRow, who: Forecaster) -> Self {
        let look_ahead = row.ahead.look_ahead_days();
        let flown = row.flown_days().filter(|days| *days <= look_ahead);
        let predicted = row.predicted(who);
        let capped = |days: Option<f64>| days.map_or(look_ahead, |days| days.min(look_ahead));
        Self {
            brier: predicted.integrated_brier(flown, look_ahead),
            pinball: PINBALL_LEVELS
                .map(|level| score::pinball(level, capped(predicted.quantile(level)), capped(flown))),
        }
    }
}

/// The scores of a group of forecasts, with those of the rules.
#[derive(Clone, Debug, PartialEq)]
pub struct SlipScore {
    pub ahead: Ahead,
    pub forecasts: usize,
    pub launches: usize,
    /// By [`Forecaster::ALL`].
    pub losses: [Loss; Forecaster::ALL.len()],
    /// Gain of our integrated Brier score over each of [`Forecaster::BASELINES`]; the interval draws launches anew.
    pub gains: [Option<Gain>; Forecaster::BASELINES.len()],
    /// The same of P50 and P80 together.
    pub pinball_gains: [Option<Gain>; Forecaster::BASELINES.len()],
}

impl SlipScore {
    /// Returns the verdict on a gain of this group.
    pub fn verdict(&self, gain: Option<Gain>) -> Verdict {
        if self.ahead.is_judged() { Verdict::of(gain, self.launches) } else { Verdict::CannotTell }
    }
}

/// Scores the forecasts of each group whose look-ahead the record covers. Each launch has one vote in a group, however
/// often it was predicted. Groups without forecasts are left out.
pub fn score_slips(rows: &[SlipRow]) -> Vec<SlipScore> {
    Ahead::ALL
        .into_iter()
        .filter_map(|ahead| score_group(ahead, rows.iter().filter(|row| row.ahead == ahead && row.is_scored())))
        .collect()
}

fn score_group<'r>(ahead: Ahead, rows: impl Iterator<Item = &'r SlipRow>) -> Option<SlipScore> {
    let mut launches: BTreeMap<Uuid, Vec<[Loss; Forecaster::ALL.len()]>> = BTreeMap::new();
    for row in rows {
        launches.entry(row.launch_id).or_default().push(Forecaster::ALL.map(|who| Loss::of(row, who)));
    }
    let votes: Vec<[Loss; Forecaster::ALL.len()]> = launches.values().map(|rows| mean(rows)).collect();
    if votes.is_empty() {
        return None;
    }
    let gain = |at: usize, of: fn(Loss) -> f64| {
        let blocks: Vec<Block> =
            votes.iter().map(|vote| Block { ours: of(vote[0]), theirs: of(vote[at + 1]) }).collect();
        score::gain(&blocks, DRAWS)
    };
    Some(SlipScore {
        ahead,
        forecasts: launches.values().map(Vec::len).sum(),
        launches: votes.len(),
        losses: mean(&votes),
        gains: std::array::from_fn(|at| gain(at, |loss| loss.brier)),
        pinball_gains: std::array::from_fn(|at| gain(at, |loss| loss.pinball.iter().sum())),
    })
}

/// Returns, for each group with scored forecasts, the number of launches and our integrated Brier score as a share of
/// that of the quantiles by horizon and exactness.
pub(super) fn brier_ratios(rows: &[SlipRow]) -> Vec<(Ahead, usize, f64)> {
    let group = |ahead: Ahead| {
        let (mut ours, mut theirs) = (Means::default(), Means::default());
        for row in rows.iter().filter(|row| row.ahead == ahead && row.is_scored()) {
            ours.add(row.launch_id, Loss::of(row, Forecaster::Mooncoon).brier);
            theirs.add(row.launch_id, Loss::of(row, Forecaster::Horizon).brier);
        }
        Some((ahead, ours.0.len(), ours.mean()? / theirs.mean()?))
    };
    Ahead::ALL.into_iter().filter_map(group).collect()
}

fn mean<const N: usize>(rows: &[[Loss; N]]) -> [Loss; N] {
    let share = 1.0 / rows.len().max(1) as f64;
    std::array::from_fn(|who| {
        rows.iter().fold(Loss::default(), |sum, row| Loss {
            brier: sum.brier + share * row[who].brier,
            pinball: std::array::from_fn(|at| sum.pinball[at] + share * row[who].pinball[at]),
        })
    })
}

/// A share of launches: each has one vote, divided among its forecasts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Share {
    pub launches: usize,
    /// None without launches.
    pub share: Option<f64>,
}

/// Returns the share of launches that flew within P10 and P90, over the forecasts whose P90 lies before the end of the
/// record, and the share that flew by P90.
pub fn coverage<'r>(rows: impl IntoIterator<Item = &'r SlipRow>) -> [Share; 2] {
    let mut in_band = Votes::default();
    let mut by_p90 = Votes::default();
    for row in rows {
        let ours = row.predicted(Forecaster::Mooncoon);
        let Some((low, high)) = ours.quantile(0.1).zip(ours.quantile(0.9)) else { continue };
        if row.is_settled(high) {
            let flown = row.flown_days();
            in_band.add(row.launch_id, flown.is_some_and(|days| low <= days && days <= high));
            by_p90.add(row.launch_id, flown.is_some_and(|days| days <= high));
        }
    }
    [in_band.share(), by_p90.share()]
}

/// Forecasts of "flies within so many days" with a similar probability.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReliabilityBin {
    pub within_days: f64,
    pub forecasts: usize,
    pub launches: usize,
    /// Mean of the predictions, and the share that came true; each launch has one vote.
    pub predicted: f64,
    pub came: f64,
}

/// The looks ahead of [`reliability`], in days.
pub const WITHIN_DAYS: [f64; 3] = [7.0, 30.0, 90.0];

/// Bounds of the probabilities that [`reliability`] groups together.
pub const BOUNDS: [f64; 7] = [0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 1.0];

/// Compares the predicted probabilities to fly within 7, 30 and 90 days with how often launches flew, over all forecasts that the
/// record covers so far ahead.
pub fn reliability(rows: &[SlipRow]) -> Vec<ReliabilityBin> {
    let mut bins = Vec::new();
    for within_days in WITHIN_DAYS {
        for bounds in BOUNDS.windows(2) {
            let (low, high) = (bounds[0], bounds[1]);
            let (mut predicted, mut came) = (Means::default(), Votes::default());
            let mut forecasts = 0;
            for row in rows.iter().filter(|row| row.is_settled(within_days)) {
                let chance = row.predicted(Forecaster::Mooncoon).at(within_days);
                if chance < low || (chance >= high && high < 1.0) {
                    continue;
                }
                forecasts += 1;
                predicted.add(row.launch_id, chance);
                came.add(row.launch_id, row.flown_days().is_some_and(|days| days <= within_days));
            }
            if let Some((predicted, share)) = predicted.mean().zip(came.share().share) {
                let launches = came.share().launches;
                bins.push(ReliabilityBin { within_days, forecasts, launches, predicted, came: share });
            }
        }
    }
    bins
}

/// A mean over launches of the means of their rows.
#[derive(Default)]
struct Means(BTreeMap<Uuid, (f64, f64)>);

impl Means {
    fn add(&mut self, launch_id: Uuid, value: f64) {
        let entry = self.0.entry(launch_id).or_default();
        entry.0 += value;
        entry.1 += 1.0;
    }

    fn mean(&self) -> Option<f64> {
        score::mean(self.0.values().map(|(sum, count)| sum / count))
    }
}

#[derive(Default)]
struct Votes(Means);

impl Votes {
    fn add(&mut self, launch_id: Uuid, came: bool) {
        self.0.add(launch_id, if came { 1.0 } else { 0.0 });
    }

    fn share(&self) -> Share {
        Share { launches: self.0.0.len(), share: self.0.mean() }
    }
}
