use std::fmt::Write as _;

use anyhow::{Context as _, bail};
use chrono::TimeDelta;
use domain::Chance;
use forecast::{
    backtest::{SlipRow, SlipSummary, slips, summarize_slips},
    slip::Course,
};

use super::table::{chance, days, maybe, say, time, writer};
use crate::cli::BacktestRange;

const COLUMNS: [&str; 31] = [
    "launch_id",
    "made_at",
    "announced_net",
    "announced_precision_id",
    "period_start",
    "period_end",
    "status_id",
    "provider_id",
    "past_slips",
    "p10",
    "p50",
    "p80",
    "p90",
    "p_as_announced",
    "p_within_7_days",
    "p_within_30_days",
    "rests_on",
    "n",
    "horizon_p10",
    "horizon_p50",
    "horizon_p80",
    "horizon_p90",
    "flown_at",
    "known_until",
    "moved_days_p10",
    "moved_days_p50",
    "moved_days_p80",
    "moved_days_p90",
    "moved_days_horizon_p50",
    "moved_days_horizon_p80",
    "moved_days_flown",
];

pub(super) fn report(courses: &[Course], range: &BacktestRange) -> anyhow::Result<()> {
    let first = courses.iter().filter_map(|course| course.announcements.first()).map(|first| first.from).min();
    let first = first.context("no dates have been observed: there is nothing to score")?;
    let last = courses.iter().map(|course| course.last_seen_at).max().unwrap_or(first);
    let to = range.to.unwrap_or(last + TimeDelta::seconds(1));
    let rows = slips(courses, range.from.unwrap_or(first).max(first), to);
    let Some(summary) = summarize_slips(&rows) else {
        bail!("no launch was waiting between {} and {}: there is nothing to score", time(first), time(to.min(last)));
    };
    if let Some(path) = &range.csv {
        let mut table = writer(path)?;
        table.write_record(COLUMNS)?;
        for row in &rows {
            table.write_record(record(row))?;
        }
        table.flush()?;
    }
    let flown: Vec<SlipRow> = rows.iter().filter(|row| row.flown_at.is_some()).cloned().collect();
    let mut text = words(&summary)?;
    if let Some(flown) = summarize_slips(&flown) {
        text.push_str("\nOnly launches that flew before the record ends, which leaves out the slowest:\n");
        text.push_str(&losses(&flown)?);
    }
    say(&text, range.csv.as_deref());
    Ok(())
}

fn record(row: &SlipRow) -> [String; COLUMNS.len()] {
    let announced = &row.announced;
    let span = announced.span();
    let within = |count: i64| {
        let chance_within = row.forecast.chance_within(row.made_at, row.made_at + TimeDelta::days(count));
        chance(chance_within.map_or(0.0, Chance::mean))
    };
    let [p10, p50, p80, p90] = row.ours;
    let [h10, h50, h80, h90] = row.horizon;
    [
        row.launch_id.to_string(),
        time(row.made_at),
        time(announced.net),
        maybe(announced.precision_id),
        time(span.start),
        time(span.end),
        announced.status_id.to_string(),
        announced.provider_id.to_string(),
        row.slips.to_string(),
        time(p10),
        time(p50),
        time(p80),
        time(p90),
        chance(row.as_announced),
        within(7),
        within(30),
        row.forecast.rests_on().slug().to_owned(),
        row.forecast.n().to_string(),
        time(h10),
        time(h50),
        time(h80),
        time(h90),
        maybe(row.flown_at.map(time)),
        time(row.known_until),
        days(row.moved(p10)),
        days(row.moved(p50)),
        days(row.moved(p80)),
        days(row.moved(p90)),
        days(row.moved(h50)),
        days(row.moved(h80)),
        maybe(row.flown_at.map(|flown_at| days(row.moved(flown_at)))),
    ]
}

fn words(summary: &SlipSummary) -> Result<String, std::fmt::Error> {
    let SlipSummary { count, launches, waiting, coverage, coverage_count, brier, gain, .. } = summary;
    let mut text = String::new();
    writeln!(
        text,
        "{count} forecasts of {launches} launches; {waiting} of launches still waiting when their record ends"
    )?;
    writeln!(text, "times after the end count as the end, in forecast and outcome alike\n")?;
    text.push_str(&losses(summary)?);
    for (gain, baseline) in gain.iter().zip(["the announced date", "the quantiles by horizon"]) {
        if let Some(gain) = gain {
            writeln!(
                text,
                "pinball loss (P50 and P80 together, days moved) {:.1} % below {baseline} (95 % interval {:.1} to {:.1} %, launches drawn anew)",
                gain.share * 100.0,
                gain.low * 100.0,
                gain.high * 100.0,
            )?;
        }
    }
    writeln!(text, "the 80 % band holds {:.1} % of {coverage_count} flights whose place is known", coverage * 100.0)?;
    writeln!(
        text,
        "Brier score of flying as announced: mooncoon {:.4}, taking it as certain {:.4}",
        brier[0], brier[1]
    )?;
    Ok(text)
}

/// The two measures of a move, per forecaster.
fn losses(summary: &SlipSummary) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    writeln!(text, "{:<28} {:>19} {:>19}", "mean pinball loss, days", "beyond the period", "between instants")?;
    writeln!(text, "{:<28} {:>9} {:>9} {:>9} {:>9}", "", "P50", "P80", "P50", "P80")?;
    let names = ["mooncoon", "the announced date is right", "quantiles by horizon"];
    for ((name, moves), dates) in names.into_iter().zip(summary.moves).zip(summary.dates) {
        writeln!(text, "{name:<28} {:>9.3} {:>9.3} {:>9.3} {:>9.3}", moves[0], moves[1], dates[0], dates[1])?;
    }
    Ok(text)
}
