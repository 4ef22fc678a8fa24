//! How far the score of a launch moves while an agent waits, measured on stored forecasts (ADR 0051).

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{LaunchForecast, Movement};
use uuid::Uuid;

use crate::{score::mean, slip::days_between};

/// The number of launches that [`Movement::PRIOR`] counts as.
const PRIOR_WEIGHT: f64 = 20.0;

/// How far ahead a launch must fly to count: the default window of a decision.
const WINDOW: TimeDelta = TimeDelta::days(365);

/// Forecasts that are closer together are of one day: between them only the launch itself may have changed, which would
/// count its changes twice.
const SHORTEST_DAYS: f64 = 0.5;

/// Measures the movement on pairs of successive forecasts of a launch: the mean square of the change per day, first over
/// the pairs of a launch and then over launches, so that a launch that waits for years does not outweigh the others.
/// Shrunk towards [`Movement::PRIOR`], which it equals without any pair.
pub fn measure(forecasts: &[(Uuid, LaunchForecast)]) -> Movement {
    let mut by_launch: BTreeMap<Uuid, Vec<&LaunchForecast>> = BTreeMap::new();
    for (launch_id, forecast) in forecasts {
        by_launch.entry(*launch_id).or_default().push(forecast);
    }
    let squares: Vec<f64> = by_launch
        .into_values()
        .filter_map(|mut forecasts| {
            forecasts.sort_by_key(|forecast| forecast.made_at);
            mean(forecasts.windows(2).filter_map(|pair| square_per_day(pair[0], pair[1])))
        })
        .collect();
    let prior = Movement::PRIOR.per_root_day().powi(2);
    let square = (squares.iter().sum::<f64>() + PRIOR_WEIGHT * prior) / (squares.len() as f64 + PRIOR_WEIGHT);
    let launch_count = u32::try_from(squares.len()).unwrap_or(u32::MAX);
    Movement::new(square.sqrt(), launch_count).unwrap_or(Movement::PRIOR)
}

/// Returns the square of the change of a launch's score, per day between its forecasts. The score is that of a landing
/// within a year of the first of them.
fn square_per_day(first: &LaunchForecast, second: &LaunchForecast) -> Option<f64> {
    let days = days_between(first.made_at, second.made_at);
    let until = first.made_at.checked_add_signed(WINDOW)?;
    let change = score(second, until)? - score(first, until)?;
    (days >= SHORTEST_DAYS).then(|| change * change / days)
}

fn score(forecast: &LaunchForecast, until: DateTime<Utc>) -> Option<f64> {
    Some(forecast.date?.chance_by(until) * forecast.success?.chance.mean())
}
