use std::fmt::Write as _;

use anyhow::bail;
use chrono::{DateTime, Utc};
use forecast::{
    backtest::{Flight, SuccessRow, SuccessSummary, success, summarize_success},
    score::calibration,
    success::{Outcome, rules::Rule},
};

use super::table::{chance, maybe, say, time, writer};
use crate::cli::BacktestRange;

const COLUMNS: [&str; 20] = [
    "launch_id",
    "made_at",
    "rocket",
    "family",
    "provider",
    "outcome",
    "success",
    "p_success",
    "p_low",
    "p_high",
    "p_partial",
    "rests_on",
    "n",
    "p_constant",
    "p_laplace",
    "p_jeffreys",
    "p_two_of_three",
    "rocket_flights",
    "rocket_successes",
    "world_flights",
];

pub(super) fn report(flights: Vec<Flight>, range: &BacktestRange) -> anyhow::Result<()> {
    let known = flights.len();
    let from = range.from.unwrap_or(DateTime::<Utc>::MIN_UTC);
    let rows = success(flights, from, range.to.unwrap_or(DateTime::<Utc>::MAX_UTC));
    let Some(summary) = summarize_success(&rows) else {
        bail!("of {known} flights with an outcome none lies in the range: there is nothing to score");
    };
    if let Some(path) = &range.csv {
        let mut table = writer(path)?;
        table.write_record(COLUMNS)?;
        for row in &rows {
            table.write_record(record(row))?;
        }
        table.flush()?;
    }
    say(&words(&rows, &summary)?, range.csv.as_deref());
    Ok(())
}

fn record(row: &SuccessRow) -> [String; COLUMNS.len()] {
    let flight = &row.flight;
    let rule = |rule: Rule| chance(rule.chance(row.record));
    [
        flight.launch_id.to_string(),
        // From everything that lies before: the last moment at which the forecast could be made.
        time(flight.flown_at),
        flight.rocket.clone(),
        flight.family.clone().unwrap_or_default(),
        flight.maker.clone(),
        match flight.outcome {
            Outcome::Success => "success",
            Outcome::Partial => "partial",
            Outcome::Failure => "failure",
        }
        .to_owned(),
        u8::from(flight.outcome == Outcome::Success).to_string(),
        chance(row.chance),
        maybe(row.forecast.map(|forecast| forecast.chance.low())),
        maybe(row.forecast.map(|forecast| forecast.chance.high())),
        chance(row.partial),
        maybe(row.forecast.map(|forecast| forecast.rests_on.slug())),
        maybe(row.forecast.map(|forecast| forecast.chance.n())),
        rule(Rule::Constant),
        rule(Rule::Laplace),
        rule(Rule::Jeffreys),
        rule(Rule::TwoOfThree),
        row.record.flights.to_string(),
        row.record.successes.to_string(),
        row.record.world_flights.to_string(),
    ]
}

fn words(rows: &[SuccessRow], summary: &SuccessSummary) -> Result<String, std::fmt::Error> {
    let SuccessSummary { count, successes, partial, log_loss, brier, rules, gain, best } = summary;
    let failures = count - successes - partial;
    let mut text = String::new();
    writeln!(text, "{count} flights: {successes} successes, {partial} partial failures, {failures} failures")?;
    writeln!(text, "a partial failure is scored as no success\n")?;
    writeln!(text, "{:<42} {:>9} {:>9}", "", "log loss", "Brier")?;
    writeln!(text, "{:<42} {log_loss:>9.4} {brier:>9.4}", "mooncoon")?;
    for (rule, (log_loss, brier)) in Rule::ALL.into_iter().zip(rules) {
        let name = format!("{}: {}", rule.slug(), rule.formula());
        writeln!(text, "{name:<42} {log_loss:>9.4} {brier:>9.4}")?;
    }
    if let Some(gain) = gain {
        // Of one year alone there is nothing to draw from.
        writeln!(
            text,
            "\nlog loss {:.1} % below {} (95 % interval {:.1} to {:.1} %, whole years drawn anew 2,000 times)",
            gain.share * 100.0,
            best.slug(),
            gain.low * 100.0,
            gain.high * 100.0,
        )?;
    }
    writeln!(text, "\n{:>8} {:>10} {:>10}   calibration, by tenths of the forecasts", "flights", "foretold", "came")?;
    let forecasts: Vec<(f64, bool)> =
        rows.iter().map(|row| (row.chance, row.flight.outcome == Outcome::Success)).collect();
    for bin in calibration(&forecasts, 10) {
        writeln!(text, "{:>8} {:>10.4} {:>10.4}", bin.count, bin.foretold, bin.happened)?;
    }
    Ok(text)
}
