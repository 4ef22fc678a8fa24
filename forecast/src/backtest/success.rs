use chrono::{DateTime, Datelike as _, Utc};
use domain::SuccessForecast;
use uuid::Uuid;

use crate::{
    score::{self, Block, Gain},
    success::{
        Constants, Fitted, Outcome, Ride, SuccessModel, fit,
        rules::{Record, Rule},
    },
};

/// A past flight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flight {
    pub launch_id: Uuid,
    pub flown_at: DateTime<Utc>,
    pub rocket: String,
    pub family: Option<String>,
    pub maker: String,
    pub outcome: Outcome,
}

impl Flight {
    /// Returns what was known of it before the flight.
    pub fn ride(&self) -> Ride<'_> {
        Ride { at: self.flown_at, rocket: &self.rocket, family: self.family.as_deref(), maker: &self.maker }
    }
}

/// A forecast of success and its outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct SuccessRow {
    pub flight: Flight,
    pub chance: f64,
    /// Probability of a partial failure.
    pub partial: f64,
    pub forecast: Option<SuccessForecast>,
    pub record: Record,
}

/// Predicts each flight of `[from, to)` from earlier flights. Flights in the same second are not used to predict each
/// other.
pub fn success(flights: &[Flight], constants: Constants, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<SuccessRow> {
    let flights = in_order(flights);
    let mut model = SuccessModel::new(constants);
    let mut rows = Vec::new();
    let mut learned = 0;
    for (place, flight) in flights.iter().enumerate() {
        while learned < place && flights[learned].flown_at < flight.flown_at {
            model.learn(flights[learned].ride(), flights[learned].outcome);
            learned += 1;
        }
        if (from..to).contains(&flight.flown_at) {
            let chance = model.chance(flight.ride());
            rows.push(SuccessRow {
                chance,
                partial: (1.0 - chance) * model.partial_share(),
                forecast: model.predict(flight.ride()),
                record: model.record(flight.ride()),
                flight: (*flight).clone(),
            });
        }
    }
    rows
}

/// Chooses the constants on the flights of `[from, until)`. Flights at or after `until` are not used.
pub fn fit_success(flights: &[Flight], from: DateTime<Utc>, until: DateTime<Utc>) -> Option<Fitted> {
    fit(in_order(flights).into_iter().map(|flight| (flight.ride(), flight.outcome)), from, until)
}

fn in_order(flights: &[Flight]) -> Vec<&Flight> {
    let mut flights: Vec<&Flight> = flights.iter().collect();
    flights.sort_by_key(|flight| (flight.flown_at, flight.launch_id));
    flights
}

/// The scores of success forecasts, with those of the simple rules.
#[derive(Clone, Debug, PartialEq)]
pub struct SuccessSummary {
    pub count: usize,
    pub successes: usize,
    pub partial: usize,
    pub log_loss: f64,
    pub brier: f64,
    /// Log loss and Brier score of each of [`Rule::ALL`].
    pub rules: [(f64, f64); Rule::ALL.len()],
    /// Gain in log loss over each of [`Rule::ALL`].
    pub gains: [Option<Gain>; Rule::ALL.len()],
    pub best: Rule,
}

/// Summarizes the rows. None if there are no rows. The bootstrap draws whole years, because rockets, makers and periods
/// are correlated.
pub fn summarize_success(rows: &[SuccessRow]) -> Option<SuccessSummary> {
    let happened = |row: &SuccessRow| row.flight.outcome == Outcome::Success;
    let over = |loss: fn(f64, bool) -> f64, chance: &dyn Fn(&SuccessRow) -> f64| {
        score::mean(rows.iter().map(|row| loss(chance(row), happened(row))))
    };
    let mut rules = [(0.0, 0.0); Rule::ALL.len()];
    for (scores, rule) in rules.iter_mut().zip(Rule::ALL) {
        let chance = |row: &SuccessRow| rule.chance(row.record);
        *scores = (over(score::log_loss, &chance)?, over(score::brier, &chance)?);
    }
    let best = (0..Rule::ALL.len()).min_by(|one, other| rules[*one].0.total_cmp(&rules[*other].0))?;
    let gains = Rule::ALL.map(|rule| score::gain(&years(rows, rule), DRAWS));
    Some(SuccessSummary {
        count: rows.len(),
        successes: rows.iter().filter(|row| happened(row)).count(),
        partial: rows.iter().filter(|row| row.flight.outcome == Outcome::Partial).count(),
        log_loss: over(score::log_loss, &|row| row.chance)?,
        brier: over(score::brier, &|row| row.chance)?,
        rules,
        gains,
        best: Rule::ALL[best],
    })
}

/// Number of bootstrap samples.
pub const DRAWS: usize = 2_000;

/// Returns our log loss and that of a rule, by year: the blocks of a paired comparison.
fn years(rows: &[SuccessRow], rule: Rule) -> Vec<Block> {
    let mut blocks: Vec<(i32, Block)> = Vec::new();
    for row in rows {
        let year = row.flight.flown_at.year();
        if blocks.last().is_none_or(|(last, _)| *last != year) {
            blocks.push((year, Block::default()));
        }
        if let Some((_, block)) = blocks.last_mut() {
            let happened = row.flight.outcome == Outcome::Success;
            block.ours += score::log_loss(row.chance, happened);
            block.theirs += score::log_loss(rule.chance(row.record), happened);
        }
    }
    blocks.into_iter().map(|(_, block)| block).collect()
}
