use chrono::{DateTime, Utc};
use domain::{Cadence, Facet, Follows, Gaps};

use crate::charts::{
    Figure, Mark, Remainder, Row, Select, Table,
    interval::{self, Interval, MOST_ROWS},
    pad_name::{UNKNOWN, short_pad_name},
    paint::short_name,
    turnaround_per_pad::{NO_DAYS, day_axis, days},
};

/// How closely launches follow each other, for the providers or pads with the most launches. Shortest median first.
pub(super) fn cadence(cadences: &[Cadence], of: Follows) -> Figure {
    // A pad that LL2 names unknown is not a single pad.
    let mine: Vec<_> =
        cadences.iter().filter(|one| one.of == of && !(of == Follows::Pad && one.name == UNKNOWN)).collect();
    let mut used: Vec<(&Cadence, Gaps)> = mine.iter().filter_map(|one| Some((*one, one.gaps?))).collect();
    let without = mine.len() - used.len();
    used.sort_by(|(left, _), (right, _)| right.flown.cmp(&left.flown).then_with(|| left.name.cmp(&right.name)));
    let all = used.clone();
    used.truncate(MOST_ROWS);
    used.sort_by(|(left, one), (right, other)| {
        one.median.total_cmp(&other.median).then_with(|| left.name.cmp(&right.name))
    });
    let place = |days: f64| days.max(NO_DAYS);
    let rows: Vec<_> = used
        .iter()
        .map(|(one, gaps)| Interval {
            full: one.name.clone(),
            short: match of {
                Follows::Provider => short_name(&one.name, one.abbrev.as_deref()),
                Follows::Pad => short_pad_name(&one.name),
            },
            label: format!("{} d", days(gaps.median)),
            range: (place(gaps.shortest), place(gaps.longest)),
            block: (place(gaps.lower_quartile), place(gaps.upper_quartile)),
            tick: place(gaps.median),
            dimmed: false,
        })
        .collect();
    let (one, many) = nouns(of);
    Figure {
        finding: finding(&used, of),
        unit: format!(
            "Days between launches of a {one}, last five years, log scale. Line: shortest to longest; block: middle half; tick: median. \
             The {} {many} with the most launches.",
            used.len()
        ),
        sentence: sentence(&used, of),
        option: interval::option(&rows, day_axis()),
        keys: Vec::new(),
        remainder: (without > 0).then(|| Remainder {
            placed: all.len(),
            left: without,
            placed_label: format!("{} with two known days or more", all.len()),
            left_label: format!("{without} without: cadence unknown"),
        }),
        marks: used.iter().map(|(one, gaps)| Mark { words: describe(one, *gaps), select: Some(select(one)) }).collect(),
        column: 1,
        table: Table {
            head: [
                if of == Follows::Pad { "Pad" } else { "Provider" },
                "Launches",
                "Gaps",
                "Shortest, days",
                "Lower quartile",
                "Median",
                "Upper quartile",
                "Longest",
            ]
            .map(str::to_owned)
            .to_vec(),
            rows: all.iter().map(|(one, gaps)| row(one, *gaps)).collect(),
        },
    }
}

pub(super) fn method(since: DateTime<Utc>) -> String {
    format!(
        "Launches that left the pad since {}. A gap is the whole days from the date of one launch to that of the next, in UTC. A launch whose day \
         is unknown does not end a gap; if it may have flown between two others, their gap is not counted. Pads that LL2 calls unknown are \
         excluded.",
        since.format("%-d %b %Y")
    )
}

fn select(one: &Cadence) -> Select {
    let facet = match one.of {
        Follows::Provider => Facet::Provider,
        Follows::Pad => Facet::Pad,
    };
    Select::choice(facet, one.id.to_string())
}

fn nouns(of: Follows) -> (&'static str, &'static str) {
    match of {
        Follows::Provider => ("provider", "providers"),
        Follows::Pad => ("pad", "pads"),
    }
}

/// With fewer gaps the median says little, so the title does not name it.
const ENOUGH: u32 = 5;

fn finding(used: &[(&Cadence, Gaps)], of: Follows) -> String {
    let (one, _) = nouns(of);
    if used.is_empty() {
        return format!("How closely do launches follow each other? No {one} has two launches on known days");
    }
    match used.iter().find(|(_, gaps)| gaps.count >= ENOUGH) {
        None => format!("How closely do launches follow each other? No {one} has {ENOUGH} gaps yet"),
        Some((first, gaps)) => {
            let median = days(gaps.median);
            let every = if median == "1" { "1 day".to_owned() } else { format!("{median} days") };
            match of {
                Follows::Provider => {
                    format!("{} launches most often: every {every}, the median of {}", first.name, gap_count(*gaps))
                }
                Follows::Pad => {
                    format!("{} has the shortest turnaround: {every}, the median of {}", first.name, gap_count(*gaps))
                }
            }
        }
    }
}

fn gap_count(gaps: Gaps) -> String {
    format!("{} {}", gaps.count, if gaps.count == 1 { "gap" } else { "gaps" })
}

fn describe(one: &Cadence, gaps: Gaps) -> String {
    format!(
        "{}: median {} days\n{} to {} days, {}\n{} launches",
        one.name,
        days(gaps.median),
        days(gaps.shortest),
        days(gaps.longest),
        gap_count(gaps),
        one.flown
    )
}

fn row(one: &Cadence, gaps: Gaps) -> Row {
    let spread = [gaps.shortest, gaps.lower_quartile, gaps.median, gaps.upper_quartile, gaps.longest].map(days);
    let counts = [one.flown.to_string(), gaps.count.to_string()];
    Row { label: one.name.clone(), cells: counts.into_iter().chain(spread).collect(), select: Some(select(one)) }
}

fn sentence(used: &[(&Cadence, Gaps)], of: Follows) -> String {
    let parts: Vec<_> = used
        .iter()
        .map(|(one, gaps)| {
            format!("{} median {}, {} to {}", one.name, days(gaps.median), days(gaps.shortest), days(gaps.longest))
        })
        .collect();
    let (one, _) = nouns(of);
    match parts.as_slice() {
        [] => format!("Chart without rows: no {one} has two launches on known days."),
        parts => format!("Days between launches by {one}, quickest first: {}.", parts.join("; ")),
    }
}
