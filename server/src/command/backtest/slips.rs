use std::fmt::Write as _;

use anyhow::{Context as _, bail};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{Chance, DATE_LEVELS};
use forecast::{
    backtest::{
        DRAWS, FEWEST_LAUNCHES, FittedSlips, Forecaster, Loss, PINBALL_LEVELS, SlipRow, SlipScore, coverage, fit_slips,
        reliability, score_slips, slips,
    },
    score::Gain,
    slip::{Constants, Course, Multipliers},
};

use super::table::{chance, days, maybe, say, time, writer};
use crate::cli::BacktestSlips;

pub(super) fn report(courses: &[Course], options: &BacktestSlips) -> anyhow::Result<()> {
    let range = &options.range;
    let first = courses.iter().filter_map(|course| course.announcements.first()).map(|first| first.from).min();
    let first = first.context("nothing to score: no dates have been observed")?;
    let last = courses.iter().map(|course| course.last_seen_at).max().unwrap_or(first);
    let to = range.to.unwrap_or(last + TimeDelta::seconds(1));
    let mut text = String::new();
    let mut constants = Constants::default();
    if let Some(until) = options.fit_until {
        let Some(fitted) = fit_slips(courses, until) else {
            bail!("nothing to fit: no forecast can be scored on what was known at {}", time(until));
        };
        text = fit_words(&fitted, until)?;
        constants = fitted.constants;
    }
    // Forecasts are made at the time of day of the first observation, whatever the range is: a day is a day.
    let asked = range.from.or(options.fit_until).unwrap_or(first);
    let skipped = (asked - first).num_seconds().max(0).div_euclid(86_400);
    let from = first + TimeDelta::days(skipped + i64::from(first + TimeDelta::days(skipped) < asked));
    let rows = slips(courses, constants, from, to);
    if rows.is_empty() {
        bail!("nothing to score: no launch was waiting between {} and {}", time(from), time(to.min(last)));
    }
    if let Some(path) = &range.csv {
        let mut table = writer(path)?;
        table.write_record(columns())?;
        for row in &rows {
            table.write_record(record(row))?;
        }
        table.flush()?;
    }
    text.push_str(&describe(&rows, last)?);
    text.push_str(&effects(courses, &constants, last)?);
    say(&text, range.csv.as_deref());
    Ok(())
}

fn fit_words(fitted: &FittedSlips, until: DateTime<Utc>) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    writeln!(
        text,
        "constants chosen on what was known at {}, {} launches in all groups",
        time(until),
        fitted.launches
    )?;
    for (name, value) in fitted.constants.named() {
        writeln!(text, "{name:<50} {value:>9.3}")?;
    }
    let share = |log: f64| format!("{:.1} %", log.exp() * 100.0);
    writeln!(
        text,
        "integrated Brier score on those (in-sample), of quantiles by horizon and exactness: {}; at the start of the \
         search {}\n",
        share(fitted.log_ratio),
        share(fitted.start_log_ratio)
    )?;
    Ok(text)
}

/// Writes the effects of the features as they are fitted for the forecasts of the last week.
fn effects(courses: &[Course], constants: &Constants, last: DateTime<Utc>) -> Result<String, std::fmt::Error> {
    let week = Multipliers::week(last);
    let fitted = Multipliers::fit(courses, week, constants);
    let mut text = String::new();
    writeln!(
        text,
        "\n{:<50} {:>9} {:>9}   fitted to {}",
        "effect on the logarithm of the hazard",
        "prior",
        "fitted",
        time(week)
    )?;
    for ((name, prior), fitted) in constants.named_effects().zip(fitted.effects()) {
        writeln!(text, "{name:<50} {prior:>9.3} {fitted:>9.3}")?;
    }
    Ok(text)
}

/// Returns the names of the columns of one forecaster's quantiles.
fn quantile_columns(prefix: &str) -> impl Iterator<Item = String> {
    DATE_LEVELS.into_iter().map(move |level| format!("{prefix}p{:02}", level / 10))
}

fn columns() -> Vec<String> {
    let named = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let mut columns = named(&[
        "launch_id",
        "made_at",
        "announced_net",
        "announced_precision_id",
        "period_start",
        "period_end",
        "window_end",
        "status_id",
        "provider_id",
        "past_slips",
        "rocket_flights",
        "provider_flights",
        "days_ahead",
        "horizon",
        "look_ahead_days",
        "is_stale",
        "is_outcome_unknown",
        "is_scored",
        "flown_at",
        "known_until",
        "p_as_announced",
        "p_within_7_days",
        "p_within_30_days",
        "p_within_90_days",
        "rests_on",
        "n",
    ]);
    columns.extend(quantile_columns(""));
    columns.extend(quantile_columns("horizon_"));
    columns.extend(quantile_columns("weibull_"));
    for who in Forecaster::ALL {
        columns.push(format!("integrated_brier_{}", who.slug()));
        columns.extend(PINBALL_LEVELS.map(|level| format!("pinball_p{:.0}_{}", level * 100.0, who.slug())));
    }
    columns
}

fn record(row: &SlipRow) -> Vec<String> {
    let announced = &row.announced;
    let span = announced.span();
    let within = |days: f64| chance(row.predicted(Forecaster::Mooncoon).at(days));
    let ahead = announced.promised_at() - row.made_at;
    let mut cells = vec![
        row.launch_id.to_string(),
        time(row.made_at),
        time(announced.net),
        maybe(announced.precision_id),
        time(span.start),
        time(span.end),
        maybe(announced.window_end.map(time)),
        announced.status_id.to_string(),
        announced.provider_id.to_string(),
        row.slips.to_string(),
        maybe(announced.rocket_flights),
        maybe(announced.provider_flights),
        days(ahead.num_seconds() as f64 / 86_400.0),
        row.ahead.slug().to_owned(),
        row.ahead.look_ahead_days().to_string(),
        row.is_stale.to_string(),
        row.is_outcome_unknown.to_string(),
        row.is_scored().to_string(),
        maybe(row.flown_at.map(time)),
        time(row.known_until),
        chance(row.forecast.chance_as_announced().map_or(0.0, Chance::mean)),
        within(7.0),
        within(30.0),
        within(90.0),
        row.forecast.rests_on().slug().to_owned(),
        row.forecast.n().to_string(),
    ];
    for who in [Forecaster::Mooncoon, Forecaster::Horizon, Forecaster::Weibull] {
        cells.extend(DATE_LEVELS.into_iter().map(|level| {
            let days = row.predicted(who).quantile(f64::from(level) / 1000.0);
            let at = |days: f64| row.made_at.checked_add_signed(TimeDelta::seconds((days * 86_400.0) as i64));
            maybe(days.and_then(at).map(time))
        }));
    }
    for who in Forecaster::ALL {
        let loss = Loss::of(row, who);
        cells.push(days(loss.brier));
        cells.extend(loss.pinball.map(days));
    }
    cells
}

fn describe(rows: &[SlipRow], last: DateTime<Utc>) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    let launches: std::collections::BTreeSet<_> = rows.iter().map(|row| row.launch_id).collect();
    let count = |is_in: fn(&SlipRow) -> bool| rows.iter().filter(|row| is_in(row)).count();
    writeln!(text, "{} forecasts of {} launches; the record ends at {}", rows.len(), launches.len(), time(last))?;
    writeln!(
        text,
        "left out of the scores: {} whose look-ahead is not over, {} of launches no longer listed, {} of launches that \
         may have flown unseen",
        count(|row| row.ahead.look_ahead_days() > row.known_days()),
        count(|row| row.is_stale),
        count(|row| row.is_outcome_unknown && !row.is_stale)
    )?;
    writeln!(text, "each launch has one vote in a group; intervals from {DRAWS} bootstrap samples of launches\n")?;
    let scores = score_slips(rows);
    table(&mut text, "integrated Brier score, days", &scores, |loss| loss.brier, |score| &score.gains)?;
    table(
        &mut text,
        "pinball loss of P50 and P80, days",
        &scores,
        |loss| loss.pinball.iter().sum(),
        |score| &score.pinball_gains,
    )?;
    writeln!(
        text,
        "{:<32} {:>8} {:>12} {:>12}",
        "P90 before the end of the record", "launches", "in 80 % band", "by P90"
    )?;
    for (name, ahead) in
        [("all", None)].into_iter().chain(scores.iter().map(|score| (score.ahead.describe(), Some(score.ahead))))
    {
        let [in_band, by_p90] = coverage(rows.iter().filter(|row| ahead.is_none_or(|ahead| row.ahead == ahead)));
        let share = |share: Option<f64>| share.map_or("-".to_owned(), |share| format!("{:.1} %", share * 100.0));
        writeln!(text, "{name:<32} {:>8} {:>12} {:>12}", in_band.launches, share(in_band.share), share(by_p90.share))?;
    }
    writeln!(text, "\n{:<32} {:>9} {:>8} {:>10} {:>10}", "flies within", "forecasts", "launches", "predicted", "came")?;
    for bin in reliability(rows) {
        let name = format!("{} days", bin.within_days);
        writeln!(
            text,
            "{name:<32} {:>9} {:>8} {:>10.3} {:>10.3}{}",
            bin.forecasts,
            bin.launches,
            bin.predicted,
            bin.came,
            if bin.launches < FEWEST_LAUNCHES { "  few launches" } else { "" }
        )?;
    }
    Ok(text)
}

/// Writes one loss by group, with our gain over the strongest rule and over the announced date.
fn table(
    text: &mut String,
    title: &str,
    scores: &[SlipScore],
    of: fn(Loss) -> f64,
    gains: for<'s> fn(&'s SlipScore) -> &'s [Option<Gain>; Forecaster::BASELINES.len()],
) -> std::fmt::Result {
    write!(text, "{title:<34} {:>8} {:>9} {:>8}", "look-ahead", "forecasts", "launches")?;
    for who in Forecaster::ALL {
        write!(text, " {:>9}", who.slug())?;
    }
    writeln!(text, " {:>24} {:>24}  verdict (horizon)", "gain over horizon", "gain over announced")?;
    let words = |gain: Option<Gain>| match gain {
        Some(Gain { share, interval: Some((low, high)) }) => {
            format!("{:.1} % ({:.0} to {:.0})", share * 100.0, low * 100.0, high * 100.0)
        }
        Some(Gain { share, interval: None }) => format!("{:.1} %", share * 100.0),
        None => "-".to_owned(),
    };
    for score in scores {
        write!(
            text,
            "{:<34} {:>8} d {:>8} {:>8}",
            score.ahead.describe(),
            score.ahead.look_ahead_days(),
            score.forecasts,
            score.launches
        )?;
        for loss in score.losses {
            write!(text, " {:>9.3}", of(loss))?;
        }
        let [announced, horizon, _] = gains(score);
        let verdict = score.verdict(*horizon);
        writeln!(text, " {:>24} {:>24}  {}", words(*horizon), words(*announced), verdict.describe())?;
    }
    writeln!(text)
}
