use std::fmt::Write as _;

use anyhow::bail;
use chrono::{DateTime, Utc};
use forecast::{
    backtest::{DRAWS, Flight, SuccessRow, SuccessSummary, fit_success, success, summarize_success},
    score::{Gain, calibration},
    success::{Constants, Fitted, Outcome, rules::Rule},
};

use super::table::{chance, maybe, say, time, writer};
use crate::cli::BacktestSuccess;

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

pub(super) fn report(flights: &[Flight], options: &BacktestSuccess) -> anyhow::Result<()> {
    let range = &options.range;
    let mut text = String::new();
    let mut constants = Constants::default();
    if let Some(until) = options.fit_until {
        let from = options.fit_from;
        let Some(fitted) = fit_success(flights, from, until) else {
            bail!("nothing to fit: no flight with an outcome between {} and {}", time(from), time(until));
        };
        text = fit_words(&fitted, from, until)?;
        constants = fitted.constants;
    }
    let from = range.from.or(options.fit_until).unwrap_or(DateTime::<Utc>::MIN_UTC);
    let rows = success(flights, constants, from, range.to.unwrap_or(DateTime::<Utc>::MAX_UTC));
    let Some(summary) = summarize_success(&rows) else {
        say(&text, range.csv.as_deref());
        bail!("nothing to score: none of {} flights with an outcome is in the range", flights.len());
    };
    if let Some(path) = &range.csv {
        let mut table = writer(path)?;
        table.write_record(COLUMNS)?;
        for row in &rows {
            table.write_record(record(row))?;
        }
        table.flush()?;
    }
    text.push_str(&describe(&rows, &summary)?);
    say(&text, range.csv.as_deref());
    Ok(())
}

fn fit_words(fitted: &Fitted, from: DateTime<Utc>, until: DateTime<Utc>) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    writeln!(text, "constants chosen on {} flights from {} until {}", fitted.count, time(from), time(until))?;
    for (name, value) in fitted.constants.named() {
        writeln!(text, "{name:<42} {value:>9.3}")?;
    }
    writeln!(text, "{:<42} {:>9.4}\n", "log loss on those (in-sample)", fitted.log_loss)?;
    Ok(text)
}

fn record(row: &SuccessRow) -> [String; COLUMNS.len()] {
    let flight = &row.flight;
    let rule = |rule: Rule| chance(rule.chance(row.record));
    [
        flight.launch_id.to_string(),
        // Based on everything before the flight: the last moment at which the forecast could be made.
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

fn describe(rows: &[SuccessRow], summary: &SuccessSummary) -> Result<String, std::fmt::Error> {
    let SuccessSummary { count, successes, partial, log_loss, brier, rules, gains, best } = summary;
    let failures = count - successes - partial;
    let mut text = String::new();
    writeln!(text, "{count} flights: {successes} successes, {partial} partial failures, {failures} failures")?;
    writeln!(text, "a partial failure is scored as not successful\n")?;
    writeln!(text, "{:<42} {:>9} {:>9} {:>10}  {:>16}", "", "log loss", "Brier", "our gain", "95 % interval")?;
    writeln!(text, "{:<42} {log_loss:>9.4} {brier:>9.4}", "mooncoon")?;
    for ((rule, (log_loss, brier)), gain) in Rule::ALL.into_iter().zip(rules).zip(gains) {
        let name = format!("{}: {}", rule.slug(), rule.formula());
        write!(text, "{name:<42} {log_loss:>9.4} {brier:>9.4}")?;
        if let Some(gain) = gain {
            let Gain { share, interval } = gain;
            write!(text, " {:>8.1} %", share * 100.0)?;
            match interval {
                Some((low, high)) => write!(text, "  {:>5.1} to {:>5.1} %", low * 100.0, high * 100.0)?,
                None => write!(text, "  {:>16}", "too few years")?,
            }
        }
        writeln!(text, "{}", if rule == *best { "  the best rule" } else { "" })?;
    }
    writeln!(text, "\ngains in log loss; intervals from {DRAWS} bootstrap samples of whole years")?;
    writeln!(text, "\n{:>8} {:>10} {:>10}   calibration, by tenths of the forecasts", "flights", "predicted", "came")?;
    let forecasts: Vec<(f64, bool)> =
        rows.iter().map(|row| (row.chance, row.flight.outcome == Outcome::Success)).collect();
    for bin in calibration(&forecasts, 10) {
        writeln!(text, "{:>8} {:>10.4} {:>10.4}", bin.count, bin.predicted, bin.happened)?;
    }
    Ok(text)
}
