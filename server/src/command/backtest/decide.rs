use std::fmt::Write as _;

use anyhow::{Context as _, bail};
use chrono::TimeDelta;
use domain::{EARLIEST, LATEST, Movement};
use forecast::{
    backtest::{Boarding, BoardingRule, BoardingSummary, SlipRow, boardings, slips, summarize_boardings},
    slip::{Constants, Course},
};

use super::table::{days, maybe, say, time, writer};
use crate::cli::BacktestDecide;

const COLUMNS: [&str; 8] =
    ["launch_id", "rule", "prepare_days", "first_seen_at", "boarded_at", "flown_at", "missed", "spare_days"];

/// Smaller than what the rule accepts: what more caution would cost.
const CAUTIOUS: f64 = 0.02;

/// The rules that are compared: name, as in the table, and rule.
fn rules() -> [(String, BoardingRule); 4] {
    let fixed = |gone: f64| (format!("at {:.0} %", gone * 100.0), BoardingRule::Fixed(gone));
    // Not the measured movement: it would be known only at the end.
    let stopping = ("decide by".to_owned(), BoardingRule::DecideBy(Movement::PRIOR));
    [stopping, fixed(LATEST), fixed(EARLIEST), fixed(CAUTIOUS)]
}

pub(super) fn report(courses: &[Course], options: &BacktestDecide) -> anyhow::Result<()> {
    let range = &options.range;
    let first = courses.iter().filter_map(|course| course.announcements.first()).map(|first| first.from).min();
    let first = first.context("nothing to replay: no dates have been observed")?;
    let last = courses.iter().map(|course| course.last_seen_at).max().unwrap_or(first);
    let to = range.to.unwrap_or(last + TimeDelta::seconds(1));
    let rows = slips(courses, Constants::default(), range.from.unwrap_or(first).max(first), to);
    if rows.iter().all(|row| row.flown_at.is_none()) {
        bail!("nothing to replay: no launch that waited between {} and {} has flown", time(first), time(to.min(last)));
    }
    if let Some(path) = &range.csv {
        let mut table = writer(path)?;
        table.write_record(COLUMNS)?;
        for prepare in &options.prepare {
            for (name, rule) in rules() {
                for boarding in boardings(&rows, rule, *prepare) {
                    table.write_record(record(&boarding, &name, *prepare))?;
                }
            }
        }
        table.flush()?;
    }
    say(&describe(&rows, &options.prepare)?, range.csv.as_deref());
    Ok(())
}

fn record(boarding: &Boarding, rule: &str, prepare: u16) -> [String; COLUMNS.len()] {
    [
        boarding.launch_id.to_string(),
        rule.to_owned(),
        prepare.to_string(),
        time(boarding.first_seen_at),
        maybe(boarding.boarded_at.map(time)),
        time(boarding.flown_at),
        boarding.is_missed().to_string(),
        maybe(boarding.spare_days.map(days)),
    ]
}

fn describe(rows: &[SlipRow], prepare: &[u16]) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    writeln!(
        text,
        "an agent looks once a day, at a forecast made from what was known then, and has one launch to board"
    )?;
    writeln!(
        text,
        "missed: the launch flew before the agent was ready; too late: announced so late that every rule misses it"
    )?;
    writeln!(text, "days to spare: from being ready to the flight, quartiles of the launches that were not missed\n")?;
    writeln!(
        text,
        "{:>7} {:<10} {:>8} {:>7} {:>8} {:>9}  {:>8} {:>8} {:>8}",
        "prepare", "rule", "launches", "missed", "share", "too late", "25 %", "median", "75 %"
    )?;
    for prepare in prepare {
        for (name, rule) in rules() {
            let BoardingSummary { count, missed, too_late, spare_days } =
                summarize_boardings(&boardings(rows, rule, *prepare));
            let share = 100.0 * missed as f64 / count.max(1) as f64;
            write!(text, "{prepare:>7} {name:<10} {count:>8} {missed:>7} {share:>6.1} % {too_late:>9}")?;
            match spare_days {
                Some([low, middle, high]) => writeln!(text, "  {low:>8.2} {middle:>8.2} {high:>8.2}")?,
                None => writeln!(text, "  {:>8}", "all missed")?,
            }
        }
    }
    Ok(text)
}
