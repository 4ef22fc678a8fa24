use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Datelike as _, IsoWeek, Utc};
use domain::{CalibrationBin, RuleScore, SuccessScore};
use forecast::{
    backtest::{self, Flight},
    score::{brier, log_loss},
    success::{Constants, Outcome, rules::Rule},
};
use sqlx::FromRow;
use uuid::Uuid;

use super::interval::{gain, mean_interval};

/// A forecast that was kept, with its outcome.
#[derive(FromRow)]
pub(super) struct PredictedRow {
    pub(super) launch_id: Uuid,
    flown_at: DateTime<Utc>,
    provider_name: String,
    is_success: bool,
    success_chance: f64,
    rule_chances: Vec<f64>,
}

/// A flight with an outcome.
#[derive(FromRow)]
pub(super) struct FlightRow {
    launch_id: Uuid,
    flown_at: DateTime<Utc>,
    status_id: i32,
    rocket: String,
    family: Option<String>,
    maker: String,
}

/// A flight with a predicted chance, made before the flight or afterwards.
pub(super) struct Predicted {
    flown_at: DateTime<Utc>,
    provider_name: String,
    is_success: bool,
    chance: f64,
    /// The chances by each of [`Rule::ALL`].
    rules: [f64; Rule::ALL.len()],
}

impl Predicted {
    /// Fails when the statement lacks a rule, or has one that is unknown here.
    pub(super) fn kept(row: PredictedRow) -> Result<Self, sqlx::Error> {
        let rules = row.rule_chances.try_into().map_err(|chances: Vec<f64>| sqlx::Error::ColumnDecode {
            index: "rule_chances".to_owned(),
            source: format!("{} chances for {} rules", chances.len(), Rule::ALL.len()).into(),
        })?;
        Ok(Self {
            flown_at: row.flown_at,
            provider_name: row.provider_name,
            is_success: row.is_success,
            chance: row.success_chance,
            rules,
        })
    }
}

/// Predicts the flights from `since` of which no forecast was kept, each from the flights before it.
pub(super) fn retrodicted(flights: Vec<FlightRow>, since: DateTime<Utc>, kept: &HashSet<Uuid>) -> Vec<Predicted> {
    let flights: Vec<Flight> = flights
        .into_iter()
        .filter_map(|row| {
            Some(Flight {
                launch_id: row.launch_id,
                flown_at: row.flown_at,
                rocket: row.rocket,
                family: row.family,
                maker: row.maker,
                outcome: Outcome::of_status(row.status_id)?,
            })
        })
        .collect();
    backtest::success(&flights, Constants::default(), since, DateTime::<Utc>::MAX_UTC)
        .into_iter()
        .filter(|row| !kept.contains(&row.flight.launch_id))
        .map(|row| Predicted {
            flown_at: row.flight.flown_at,
            provider_name: row.flight.maker,
            is_success: row.flight.outcome == Outcome::Success,
            chance: row.chance,
            rules: Rule::ALL.map(|rule| rule.chance(row.record)),
        })
        .collect()
}

/// Scores all flights first, then by provider, most flights first.
pub(super) fn scores(flights: &[Predicted]) -> Vec<SuccessScore> {
    let mut by_provider: BTreeMap<&str, Vec<&Predicted>> = BTreeMap::new();
    for flight in flights {
        by_provider.entry(&flight.provider_name).or_default().push(flight);
    }
    let mut scores: Vec<SuccessScore> =
        by_provider.into_iter().filter_map(|(provider, flights)| score(Some(provider), &flights)).collect();
    scores.sort_by_key(|score| std::cmp::Reverse(score.flights));
    scores.splice(0..0, score(None, &flights.iter().collect::<Vec<_>>()));
    scores
}

fn score(provider: Option<&str>, flights: &[&Predicted]) -> Option<SuccessScore> {
    let ours = |flight: &Predicted| flight.chance;
    let (log_loss_of_ours, brier_of_ours) = (Loss::new(flights, log_loss, &ours)?, Loss::new(flights, brier, &ours)?);
    let baselines = Rule::ALL
        .into_iter()
        .zip(NAMES)
        .enumerate()
        .filter_map(|(place, (rule, name))| {
            let theirs = |flight: &Predicted| flight.rules[place];
            let (in_nats, squared) = (Loss::new(flights, log_loss, &theirs)?, Loss::new(flights, brier, &theirs)?);
            let pairs = log_loss_of_ours.weeks.iter().zip(&in_nats.weeks);
            Some(RuleScore {
                name,
                formula: rule.formula(),
                log_loss: in_nats.mean,
                log_loss_interval: mean_interval(in_nats.weeks.iter().copied(), (0.0, f64::INFINITY)),
                brier: squared.mean,
                brier_interval: mean_interval(squared.weeks.iter().copied(), (0.0, 1.0)),
                gain: gain(pairs.map(|(ours, theirs)| (ours.0, theirs.0))),
            })
        })
        .collect();
    Some(SuccessScore {
        provider: provider.map(str::to_owned),
        flights: i64::try_from(flights.len()).ok()?,
        successes: i64::try_from(flights.iter().filter(|flight| flight.is_success).count()).ok()?,
        log_loss: log_loss_of_ours.mean,
        log_loss_interval: mean_interval(log_loss_of_ours.weeks, (0.0, f64::INFINITY)),
        brier: brier_of_ours.mean,
        brier_interval: mean_interval(brier_of_ours.weeks, (0.0, 1.0)),
        baselines,
    })
}

/// Display names of [`Rule::ALL`].
const NAMES: [&str; Rule::ALL.len()] = ["Constant", "Laplace", "Jeffreys", "Two of three"];

/// A mean loss over flights, and its sums by week: flights close together are not independent.
struct Loss {
    mean: f64,
    weeks: Vec<(f64, f64)>,
}

impl Loss {
    fn new(flights: &[&Predicted], loss: fn(f64, bool) -> f64, chance: &dyn Fn(&Predicted) -> f64) -> Option<Self> {
        let mut weeks: BTreeMap<IsoWeek, (f64, f64)> = BTreeMap::new();
        for flight in flights {
            let week = weeks.entry(flight.flown_at.iso_week()).or_default();
            week.0 += loss(chance(flight), flight.is_success);
            week.1 += 1.0;
        }
        let sum: f64 = weeks.values().map(|(sum, _)| sum).sum();
        (!flights.is_empty()).then(|| Self { mean: sum / flights.len() as f64, weeks: weeks.into_values().collect() })
    }
}

/// Finer where most rockets are: between 0.98 and 1 the chance of failure doubles twice.
const BINS: [f64; 7] = [0.0, 0.7, 0.85, 0.92, 0.96, 0.98, 1.0];

/// Groups flights by their predicted chance.
pub(super) fn calibration(flights: &[Predicted]) -> Vec<CalibrationBin> {
    BINS.windows(2)
        .filter_map(|bounds| {
            let (from, to) = (bounds[0], bounds[1]);
            let is_last = to >= 1.0;
            let inside: Vec<&Predicted> =
                flights.iter().filter(|flight| flight.chance >= from && (flight.chance < to || is_last)).collect();
            let predicted = forecast::score::mean(inside.iter().map(|flight| flight.chance))?;
            let successes = inside.iter().filter(|flight| flight.is_success).count();
            Some(CalibrationBin {
                from,
                to,
                flights: i64::try_from(inside.len()).ok()?,
                successes: i64::try_from(successes).ok()?,
                predicted,
            })
        })
        .collect()
}
