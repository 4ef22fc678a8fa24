use chrono::{DateTime, TimeDelta, Utc};
use domain::{CalibrationBin, DateGroup, DateScore, RuleScore, Scorecard, SuccessScore};
use sqlx::FromRow;

use crate::{Db, Error};

/// How far back forecasts of dates are scored.
const SCORED: TimeDelta = TimeDelta::days(400);

#[derive(FromRow)]
struct SuccessRow {
    provider_name: Option<String>,
    forecaster: String,
    flights: i64,
    successes: i64,
    log_loss: f64,
    brier: f64,
}

#[derive(FromRow)]
struct CalibrationRow {
    from_chance: f64,
    to_chance: f64,
    flights: i64,
    successes: i64,
    foretold: f64,
}

#[derive(FromRow)]
struct DateRow {
    horizon: Option<i32>,
    provider_name: Option<String>,
    forecasts: i64,
    launches: i64,
    waiting: i64,
    ours_p50: f64,
    ours_p80: f64,
    announced_p50: f64,
    announced_p80: f64,
    horizon_p50: f64,
    horizon_p80: f64,
    coverage_forecasts: i64,
    coverage: Option<f64>,
    brier: Option<f64>,
    announced_brier: Option<f64>,
}

/// The rules of thumb: the name in the query, the name and the formula for people.
const RULES: [(&str, &str, &str); 4] = [
    ("constant", "Constant", "the rate of all flights so far"),
    ("laplace", "Laplace", "(k + 1) / (n + 2)"),
    ("jeffreys", "Jeffreys", "(k + ½) / (n + 1)"),
    ("two_of_three", "Two of three", "(k + 2) / (n + 3)"),
];

const HORIZONS: [&str; 5] = ["under a day", "1 to 7 days", "7 to 30 days", "30 to 90 days", "90 days and more"];

impl Db {
    /// How good our forecasts have been, as far as what they were about has come.
    pub async fn scorecard(&self) -> Result<Scorecard, Error> {
        let failed = || Error::read("scorecard");
        let (freshness, now) = tokio::try_join!(self.freshness(), self.now())?;
        let success: Vec<SuccessRow> = sqlx::query_as(include_str!("../queries/scorecard_success.sql"))
            .fetch_all(self.pool())
            .await
            .map_err(failed())?;
        let calibration: Vec<CalibrationRow> = sqlx::query_as(include_str!("../queries/scorecard_calibration.sql"))
            .fetch_all(self.pool())
            .await
            .map_err(failed())?;
        let since: DateTime<Utc> = freshness.as_of.unwrap_or(now) - SCORED;
        let dates: Vec<DateRow> = sqlx::query_as(include_str!("../queries/scorecard_date.sql"))
            .bind(since)
            .fetch_all(self.pool())
            .await
            .map_err(failed())?;
        Ok(Scorecard {
            as_of: freshness.as_of,
            source: freshness.source,
            success: success_scores(success),
            calibration: calibration.into_iter().map(CalibrationBin::from).collect(),
            dates: dates.into_iter().map(DateScore::from).collect(),
        })
    }
}

/// The rows of one provider follow each other, ours among those of the rules.
fn success_scores(rows: Vec<SuccessRow>) -> Vec<SuccessScore> {
    let mut scores: Vec<SuccessScore> = Vec::new();
    for group in rows.chunk_by(|one, other| one.provider_name == other.provider_name) {
        let Some(ours) = group.iter().find(|row| row.forecaster == "mooncoon") else { continue };
        let baselines = RULES
            .into_iter()
            .filter_map(|(slug, name, formula)| {
                let row = group.iter().find(|row| row.forecaster == slug)?;
                Some(RuleScore { name, formula, log_loss: row.log_loss, brier: row.brier })
            })
            .collect();
        scores.push(SuccessScore {
            provider: ours.provider_name.clone(),
            flights: ours.flights,
            successes: ours.successes,
            log_loss: ours.log_loss,
            brier: ours.brier,
            baselines,
        });
    }
    scores
}

impl From<CalibrationRow> for CalibrationBin {
    fn from(row: CalibrationRow) -> Self {
        Self {
            from: row.from_chance,
            to: row.to_chance.min(1.0),
            flights: row.flights,
            successes: row.successes,
            foretold: row.foretold,
        }
    }
}

impl From<DateRow> for DateScore {
    fn from(row: DateRow) -> Self {
        let horizon = row.horizon.and_then(|at| HORIZONS.get(usize::try_from(at).ok()?.checked_sub(1)?));
        Self {
            group: match (horizon, row.provider_name) {
                (Some(horizon), _) => DateGroup::Horizon((*horizon).to_owned()),
                (None, Some(provider)) => DateGroup::Provider(provider),
                (None, None) => DateGroup::All,
            },
            forecasts: row.forecasts,
            launches: row.launches,
            waiting: row.waiting,
            pinball_days: [row.ours_p50, row.ours_p80],
            announced_pinball_days: [row.announced_p50, row.announced_p80],
            horizon_pinball_days: [row.horizon_p50, row.horizon_p80],
            coverage: row.coverage,
            coverage_forecasts: row.coverage_forecasts,
            brier: row.brier,
            announced_brier: row.announced_brier,
        }
    }
}
