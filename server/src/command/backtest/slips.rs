use std::fmt::Write as _;

use anyhow::{Context as _, bail};
use chrono::TimeDelta;
use domain::Chance;
use forecast::{
    backtest::{DRAWS, Forecaster, SlipRow, SlipSummary, slips, summarize_slips},
    score::Gain,
    slip::Course,
};

use super::table::{chance, days, maybe, say, time, writer};
use crate::cli::BacktestRange;

const COLUMNS: [&str; 46] = [
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
    "weibull_p10",
    "weibull_p50",
    "weibull_p80",
    "weibull_p90",
    "flown_at",
    "known_until",
    "moved_days_p10",
    "moved_days_p50",
    "moved_days_p80",
    "moved_days_p90",
    "moved_days_announced",
    "moved_days_horizon_p50",
    "moved_days_horizon_p80",
    "moved_days_weibull_p50",
    "moved_days_weibull_p80",
    "moved_days_flown",
    "loss_p50",
    "loss_p80",
    "loss_announced_p50",
    "loss_announced_p80",
    "loss_horizon_p50",
    "loss_horizon_p80",
    "loss_weibull_p50",
    "loss_weibull_p80",
];

pub(super) fn report(courses: &[Course], range: &BacktestRange) -> anyhow::Result<()> {
    let first = courses.iter().filter_map(|course| course.announcements.first()).map(|first| first.from).min();
    let first = first.context("nothing to score: no dates have been observed")?;
    let last = courses.iter().map(|course| course.last_seen_at).max().unwrap_or(first);
    let to = range.to.unwrap_or(last + TimeDelta::seconds(1));
    let rows = slips(courses, range.from.unwrap_or(first).max(first), to);
    let Some(summary) = summarize_slips(&rows) else {
        bail!("nothing to score: no launch was waiting between {} and {}", time(first), time(to.min(last)));
    };
    if let Some(path) = &range.csv {
        let mut table = writer(path)?;
        table.write_record(COLUMNS)?;
        for row in &rows {
            table.write_record(record(row))?;
        }
        table.flush()?;
    }
    let mut text = describe(&summary)?;
    for (name, is_flown) in [
        ("only launches that flew before the record ends, which excludes the latest", true),
        ("only launches still waiting when their record ends", false),
    ] {
        if let Some(summary) = summarize_slips(rows.iter().filter(|row| row.flown_at.is_some() == is_flown)) {
            writeln!(text, "\n{name}: {} forecasts of {} launches", summary.count, summary.launches)?;
            text.push_str(&losses(&summary)?);
        }
    }
    text.push_str(&by_horizon(&rows)?);
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
    let [w10, w50, w80, w90] = row.weibull;
    let [[o50, o80], [a50, a80], [g50, g80], [v50, v80]] = Forecaster::ALL.map(|who| row.losses(who).map(days));
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
        time(w10),
        time(w50),
        time(w80),
        time(w90),
        maybe(row.flown_at.map(time)),
        time(row.known_until),
        days(row.moved(p10)),
        days(row.moved(p50)),
        days(row.moved(p80)),
        days(row.moved(p90)),
        days(row.moved(announced.net)),
        days(row.moved(h50)),
        days(row.moved(h80)),
        days(row.moved(w50)),
        days(row.moved(w80)),
        maybe(row.flown_at.map(|flown_at| days(row.moved(flown_at)))),
        o50,
        o80,
        a50,
        a80,
        g50,
        g80,
        v50,
        v80,
    ]
}

fn describe(summary: &SlipSummary) -> Result<String, std::fmt::Error> {
    let SlipSummary { count, launches, waiting, coverage, coverage_count, brier, .. } = summary;
    let mut text = String::new();
    writeln!(
        text,
        "{count} forecasts of {launches} launches; {waiting} of launches still waiting when their record ends"
    )?;
    writeln!(text, "times after the end count as the end, in forecasts and outcomes")?;
    writeln!(
        text,
        "gains: P50 and P80 together, beyond the period; intervals from {DRAWS} bootstrap samples of launches\n"
    )?;
    text.push_str(&losses(summary)?);
    writeln!(text, "the 80 % band contains {:.1} % of {coverage_count} decided flights", coverage * 100.0)?;
    writeln!(
        text,
        "Brier score of flying as announced: mooncoon {:.4}, a forecast of 100 % {:.4}",
        brier[0], brier[1]
    )?;
    Ok(text)
}

/// Formats the two losses of each forecaster, and our gain over the others.
fn losses(summary: &SlipSummary) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    writeln!(text, "{:<28} {:>29} {:>19}", "mean pinball loss, days", "beyond the period", "between instants")?;
    writeln!(
        text,
        "{:<28} {:>9} {:>9} {:>9} {:>9} {:>9} {:>10}  {:>17}",
        "", "P50", "P80", "both", "P50", "P80", "our gain", "95 % interval"
    )?;
    for (place, who) in Forecaster::ALL.into_iter().enumerate() {
        let ([p50, p80], [d50, d80]) = (summary.moves[place], summary.dates[place]);
        write!(text, "{:<28} {p50:>9.3} {p80:>9.3} {:>9.3} {d50:>9.3} {d80:>9.3}", who.describe(), p50 + p80)?;
        let baseline = Forecaster::BASELINES.iter().position(|baseline| *baseline == who);
        if let Some(gain) = baseline.and_then(|at| summary.gains[at]) {
            let Gain { share, interval } = gain;
            write!(text, " {:>8.1} %", share * 100.0)?;
            match interval {
                Some((low, high)) => write!(text, "  {:>6.1} to {:>5.1} %", low * 100.0, high * 100.0)?,
                None => write!(text, "  {:>17}", "too few launches")?,
            }
        }
        writeln!(text)?;
    }
    Ok(text)
}

/// The horizons of the scorecard.
const HORIZONS: [(f64, &str); 5] = [
    (1.0, "under a day"),
    (7.0, "1 to 7 days"),
    (30.0, "7 to 30 days"),
    (90.0, "30 to 90 days"),
    (f64::INFINITY, "90 days and more"),
];

fn by_horizon(rows: &[SlipRow]) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    writeln!(text, "\nby days ahead; P50 and P80 together, beyond the period")?;
    writeln!(
        text,
        "{:<26} {:>9} {:>8} {:>9} {:>9} {:>9} {:>9} {:>22} {:>22} {:>13}",
        "",
        "forecasts",
        "launches",
        "mooncoon",
        "announced",
        "horizon",
        "weibull",
        "gain over announced",
        "gain over horizon",
        "in 80 % band"
    )?;
    for (group, is_of) in [("all", None), ("flown", Some(true)), ("waiting", Some(false))] {
        let mut low = f64::NEG_INFINITY;
        for (high, name) in HORIZONS {
            let is_in = |row: &&SlipRow| {
                (low..high).contains(&row.days_ahead()) && is_of.is_none_or(|flown| row.flown_at.is_some() == flown)
            };
            let summary = summarize_slips(rows.iter().filter(is_in));
            low = high;
            let Some(summary) = summary else { continue };
            let [ours, announced, horizon, weibull] = summary.moves.map(|[p50, p80]| p50 + p80);
            let gain = |at: usize| {
                summary.gains[at].map_or_else(String::new, |Gain { share, interval }| {
                    let share = format!("{:.0} %", share * 100.0);
                    match interval {
                        Some((low, high)) => format!("{share} ({:.0} to {:.0})", low * 100.0, high * 100.0),
                        None => format!("{share} (too few)"),
                    }
                })
            };
            let band = match summary.coverage_count {
                0 => "none decided".to_owned(),
                count => format!("{:.0} % of {count}", summary.coverage * 100.0),
            };
            writeln!(
                text,
                "{:<26} {:>9} {:>8} {ours:>9.3} {announced:>9.3} {horizon:>9.3} {weibull:>9.3} {:>22} {:>22} {band:>13}",
                format!("{group}, {name}"),
                summary.count,
                summary.launches,
                gain(0),
                gain(1)
            )?;
        }
    }
    Ok(text)
}
