use domain::{Standing, WatchEnd};

use crate::charts::{
    Figure, Mark, Row, Table,
    interval::{self, Interval},
    success_per_rocket::{percent_axis, tenths},
};

/// Ages for which the share is computed, in days.
const AGES: [u32; 8] = [1, 2, 4, 7, 14, 30, 60, 90];
/// The age in the title; a lower one if too few dates were watched for so long.
const TITLE: u32 = 7;
/// A row with fewer watched dates is pale.
const THIN: u32 = 10;

pub(super) const METHOD: &str = "Dates named to the day or better, from their first observation. A date breaks when it slips, is pulled in, or \
    becomes vaguer; a more precise time on the same day is the same date. A flight, a deletion and today end the observation without a \
    break: such a date counts for as long as it was observed (Kaplan-Meier). Block: 90% interval (Greenwood, log-log scale). A date that \
    was listed before our first observation is older than shown here.";

/// How long an announced date is kept.
pub(super) fn standing(ends: &[WatchEnd]) -> Figure {
    let curve = domain::standing(ends, &AGES);
    let (broken, all) =
        ends.iter().fold((0, 0), |(broken, all), end| (broken + end.broken, all + end.broken + end.kept));
    let rows: Vec<_> = curve
        .iter()
        .map(|one| Interval {
            full: age(one.days),
            short: age(one.days),
            label: format!("n {}", one.watched),
            range: (0.0, 100.0),
            block: (tenths(one.low), tenths(one.high)),
            tick: tenths(one.share),
            dimmed: one.watched < THIN,
        })
        .collect();
    Figure {
        finding: finding(&curve, all),
        unit: format!(
            "Share of dates kept so long after their first observation; block: 90% interval; n: observed for so long. {all} dates, {broken} \
             broken."
        ),
        sentence: sentence(&curve),
        option: interval::option(&rows, percent_axis()),
        keys: Vec::new(),
        remainder: None,
        marks: curve.iter().map(|one| Mark { words: describe(*one), select: None }).collect(),
        column: 1,
        table: Table {
            head: ["Age", "Observed", "Unchanged, %", "Low, %", "High, %"].map(str::to_owned).to_vec(),
            rows: curve
                .iter()
                .map(|one| {
                    let shares = [one.share, one.low, one.high].map(|share| format!("{:.1}", share * 100.0));
                    Row {
                        label: age(one.days),
                        cells: [one.watched.to_string()].into_iter().chain(shares).collect(),
                        select: None,
                    }
                })
                .collect(),
        },
    }
}

fn age(days: u32) -> String {
    if days == 1 { "after 1 day".to_owned() } else { format!("after {days} days") }
}

fn whole_percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

fn finding(curve: &[Standing], all: u32) -> String {
    let shown = curve.iter().rev().find(|one| one.days <= TITLE && one.watched >= THIN).or(curve.first());
    match (all, shown) {
        (0, _) => "How long is an announced date kept? None named to the day has been observed".to_owned(),
        (all, None) => {
            format!("How long is an announced date kept? None of {all} has been observed for a whole day yet")
        }
        (_, Some(one)) if one.watched < THIN => {
            format!(
                "How long is an announced date kept? Only {} were observed {}",
                one.watched,
                age(one.days).replace("after ", "for ")
            )
        }
        (_, Some(one)) => format!("{} of announced dates are kept {}", whole_percent(one.share), age(one.days)),
    }
}

fn describe(one: Standing) -> String {
    format!(
        "{}: {} kept\nlikely {} to {}\n{} observed for so long",
        age(one.days),
        whole_percent(one.share),
        whole_percent(one.low),
        whole_percent(one.high),
        one.watched
    )
}

fn sentence(curve: &[Standing]) -> String {
    let parts: Vec<_> = curve.iter().map(|one| format!("{} {}", age(one.days), whole_percent(one.share))).collect();
    match parts.as_slice() {
        [] => "Chart without rows: no date was observed for a whole day.".to_owned(),
        parts => format!("Share of announced dates that are kept: {}.", parts.join(", ")),
    }
}
