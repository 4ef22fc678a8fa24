use std::collections::{BTreeMap, HashSet};

use domain::{DateGroup, DateScore, Interval};
use sqlx::FromRow;
use uuid::Uuid;

use super::interval::{gain, mean_interval};

/// Sums over the forecasts of one launch at one horizon.
#[derive(FromRow)]
pub(super) struct DateRow {
    horizon: i32,
    provider_name: String,
    launch_id: Uuid,
    is_flown: bool,
    forecasts: i64,
    /// P50 and P80 losses: of our forecast, of the announced date, of the horizon's rule.
    losses: Vec<f64>,
    coverage_forecasts: i64,
    in_band: i64,
    brier_forecasts: i64,
    brier: f64,
    announced_brier: f64,
}

/// In the order in which `scorecard_date.sql` numbers them, from one.
const HORIZONS: [&str; 5] = ["under a day", "1 to 7 days", "7 to 30 days", "30 to 90 days", "90 days and more"];

/// Scores all forecasts first, then by outcome, by horizon and by provider, most launches first.
pub(super) fn scores(rows: &[DateRow]) -> Vec<DateScore> {
    let of = |group: DateGroup, is_in: &dyn Fn(&DateRow) -> bool| {
        score(group, &rows.iter().filter(|row| is_in(row)).collect::<Vec<_>>())
    };
    let mut scores: Vec<DateScore> = [
        of(DateGroup::All, &|_| true),
        of(DateGroup::Flown, &|row| row.is_flown),
        of(DateGroup::Waiting, &|row| !row.is_flown),
    ]
    .into_iter()
    .chain(
        HORIZONS
            .into_iter()
            .zip(1..)
            .map(|(name, horizon)| of(DateGroup::Horizon(name.to_owned()), &|row| row.horizon == horizon)),
    )
    .flatten()
    .collect();
    let providers: HashSet<&str> = rows.iter().map(|row| row.provider_name.as_str()).collect();
    let mut by_provider: Vec<(&str, DateScore)> = providers
        .into_iter()
        .filter_map(|provider| {
            Some((provider, of(DateGroup::Provider(provider.to_owned()), &|row| row.provider_name == provider)?))
        })
        .collect();
    by_provider.sort_by(|one, other| other.1.launches.cmp(&one.1.launches).then(one.0.cmp(other.0)));
    scores.extend(by_provider.into_iter().map(|(_, score)| score));
    scores
}

/// The contribution of one launch to a group.
#[derive(Default)]
struct Sums {
    forecasts: f64,
    losses: [f64; 6],
    decided: f64,
    in_band: f64,
    briers: f64,
    brier: f64,
    announced_brier: f64,
}

fn score(group: DateGroup, rows: &[&DateRow]) -> Option<DateScore> {
    let mut launches: BTreeMap<Uuid, Sums> = BTreeMap::new();
    for row in rows {
        let sums = launches.entry(row.launch_id).or_default();
        sums.forecasts += row.forecasts as f64;
        for (sum, loss) in sums.losses.iter_mut().zip(&row.losses) {
            *sum += loss;
        }
        sums.decided += row.coverage_forecasts as f64;
        sums.in_band += row.in_band as f64;
        sums.briers += row.brier_forecasts as f64;
        sums.brier += row.brier;
        sums.announced_brier += row.announced_brier;
    }
    if launches.is_empty() {
        return None;
    }
    let blocks: Vec<&Sums> = launches.values().collect();
    let mean = |sum: &dyn Fn(&Sums) -> f64, count: &dyn Fn(&Sums) -> f64| -> Option<f64> {
        let counted: f64 = blocks.iter().map(|block| count(block)).sum();
        (counted > 0.0).then(|| blocks.iter().map(|block| sum(block)).sum::<f64>() / counted)
    };
    // A launch of which nothing is decided is no block.
    let interval = |sum: &dyn Fn(&Sums) -> f64, count: &dyn Fn(&Sums) -> f64, most: f64| -> Option<Interval> {
        let counted = blocks.iter().filter(|block| count(block) > 0.0);
        mean_interval(counted.map(|block| (sum(block), count(block))), (0.0, most))
    };
    let forecasts = |sums: &Sums| sums.forecasts;
    let loss = |place: usize| mean(&|sums| sums.losses[place], &forecasts).unwrap_or_default();
    let loss_interval = |place: usize| interval(&|sums| sums.losses[place], &forecasts, f64::INFINITY);
    let gain_over = |place: usize| {
        gain(blocks.iter().map(|sums| {
            let both = |place: usize| sums.losses[place] + sums.losses[place + 1];
            (both(0), both(place))
        }))
    };
    let (decided, briers) = (|sums: &Sums| sums.decided, |sums: &Sums| sums.briers);
    Some(DateScore {
        group,
        forecasts: rows.iter().map(|row| row.forecasts).sum(),
        launches: i64::try_from(launches.len()).ok()?,
        waiting: rows.iter().filter(|row| !row.is_flown).map(|row| row.forecasts).sum(),
        pinball_days: [loss(0), loss(1)],
        pinball_intervals: [loss_interval(0), loss_interval(1)],
        announced_pinball_days: [loss(2), loss(3)],
        announced_pinball_intervals: [loss_interval(2), loss_interval(3)],
        gain_over_announced: gain_over(2),
        horizon_pinball_days: [loss(4), loss(5)],
        horizon_pinball_intervals: [loss_interval(4), loss_interval(5)],
        gain_over_horizon: gain_over(4),
        coverage: mean(&|sums| sums.in_band, &decided),
        coverage_interval: interval(&|sums| sums.in_band, &decided, 1.0),
        coverage_forecasts: rows.iter().map(|row| row.coverage_forecasts).sum(),
        brier: mean(&|sums| sums.brier, &briers),
        brier_interval: interval(&|sums| sums.brier, &briers, 1.0),
        announced_brier: mean(&|sums| sums.announced_brier, &briers),
        announced_brier_interval: interval(&|sums| sums.announced_brier, &briers, 1.0),
    })
}
