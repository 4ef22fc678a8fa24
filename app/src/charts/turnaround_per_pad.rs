use charming::{
    component::Axis,
    datatype::CompositeValue,
    element::{AxisLabel, AxisTick, AxisType, LineStyle, SplitLine},
};
use domain::{BoardQuery, Facet, Gaps, PadTurnaround};

use super::{
    Figure, Mark, Remainder, Row, Select, Table, Tally,
    interval::{self, Interval, MOST_ROWS},
    pad_name::{is_unknown, short_pad},
};

/// Where a gap of zero days is drawn on the logarithmic scale, which has no zero: before its first mark.
pub(super) const NO_DAYS: f64 = 0.6;

/// Labelled values of the scale, in days.
const MARKS: [i32; 4] = [1, 10, 100, 1000];

struct Pad<'board> {
    label: &'board str,
    name: &'board str,
    short: String,
    gaps: Gaps,
    known: PadTurnaround,
    select: Select,
}

/// Days between launches, for the pads on the board: shortest to longest, the middle half, the median. Quickest first.
///
/// Counts the days from the date of one known launch to that of the next, in UTC. A launch whose day is not known does not end a
/// gap, and where it may have flown between two others there is no gap. A pad that LL2 names unknown is not a single pad and has no
/// gaps. The scale is logarithmic: some pads rest for days and once for a decade.
pub fn turnaround_per_pad(pads: &[Tally<'_>], known: &[PadTurnaround], query: &BoardQuery) -> Figure {
    let (used, unused) = pads_of(pads, known);
    let any_selected = used.iter().any(|pad| pad.select.is_selected(query));
    let intervals: Vec<_> = used.iter().map(|pad| interval(pad, any_selected, query)).collect();
    let option = interval::option(&intervals, day_axis());
    Figure {
        finding: finding(&used, pads.len()),
        unit: "Days between known launches of a pad, log scale. Line: shortest to longest; block: middle half; tick: median. \
               Select a row to filter."
            .to_owned(),
        sentence: sentence(&used),
        option,
        keys: Vec::new(),
        remainder: (unused > 0).then(|| Remainder {
            placed: pads.len() - unused,
            left: unused,
            placed_label: format!("{} with two known launches or more", pads.len() - unused),
            left_label: format!("{unused} without: turnaround unknown"),
        }),
        marks: used.iter().map(|pad| Mark { words: describe(pad), select: Some(pad.select.clone()) }).collect(),
        column: 1,
        table: Table {
            head: ["Pad", "Gaps", "Shortest, days", "Lower quartile", "Median", "Upper quartile", "Longest", "Day unknown"]
                .map(str::to_owned)
                .to_vec(),
            rows: used.iter().map(row).collect(),
        },
    }
}

/// Returns the pads with the most launches on the board that have a gap, quickest first, and the number that have none.
fn pads_of<'board>(pads: &[Tally<'board>], known: &[PadTurnaround]) -> (Vec<Pad<'board>>, usize) {
    let mut most_first: Vec<_> = pads.iter().collect();
    domain::sort::sort_by(&mut most_first, |left, right| {
        right.count.cmp(&left.count).then_with(|| left.label.cmp(right.label))
    });
    let mut unused = 0;
    let mut used = Vec::new();
    for tally in most_first {
        let known = known.iter().find(|known| known.pad_id == tally.example.pad.id && !is_unknown(tally.example));
        match known.and_then(|known| Some((*known, known.gaps?))) {
            Some((known, gaps)) => used.push(Pad {
                label: tally.label,
                name: &tally.example.pad.name,
                short: short_pad(tally.example),
                gaps,
                known,
                select: Select::choice(Facet::Pad, tally.key),
            }),
            None => unused += 1,
        }
    }
    used.truncate(MOST_ROWS);
    domain::sort::sort_by(&mut used, |left, right| {
        left.gaps.median.total_cmp(&right.gaps.median).then_with(|| left.label.cmp(right.label))
    });
    (used, unused)
}

pub(super) fn day_axis() -> Axis {
    let label = AxisLabel::new().color("var(--text-3)");
    Axis::new()
        .type_(AxisType::Log)
        .min(0.5)
        .axis_label(MARKS.into_iter().fold(label, AxisLabel::custom_values))
        .axis_tick(AxisTick::new().show(false).custom_values(MARKS.map(CompositeValue::from).to_vec()))
        .split_line(SplitLine::new().line_style(LineStyle::new().color("var(--grid)")))
}

fn interval(pad: &Pad<'_>, any_selected: bool, query: &BoardQuery) -> Interval {
    let place = |days: f64| days.max(NO_DAYS);
    Interval {
        full: pad.label.to_owned(),
        short: pad.short.clone(),
        label: format!("{} d", days(pad.gaps.median)),
        range: (place(pad.gaps.shortest), place(pad.gaps.longest)),
        block: (place(pad.gaps.lower_quartile), place(pad.gaps.upper_quartile)),
        tick: place(pad.gaps.median),
        dimmed: any_selected && !pad.select.is_selected(query),
    }
}

/// "4", "4.5": a median of whole days has at most a half, a quartile at most a quarter.
pub(super) fn days(days: f64) -> String {
    let rounded = (days * 10.0).round() / 10.0;
    if rounded.fract() == 0.0 { format!("{rounded:.0}") } else { format!("{rounded:.1}") }
}

fn gap_count(count: u32) -> String {
    format!("{count} {}", if count == 1 { "gap" } else { "gaps" })
}

fn describe(pad: &Pad<'_>) -> String {
    let Gaps { count, shortest, median, longest, .. } = pad.gaps;
    let mut words = format!(
        "{}: median {} days\n{} to {} days, {}",
        pad.label,
        days(median),
        days(shortest),
        days(longest),
        gap_count(count)
    );
    if pad.known.undated > 0 {
        words.push_str(&format!("\n{} of {} on an unknown day", pad.known.undated, pad.known.flown));
    }
    words
}

fn row(pad: &Pad<'_>) -> Row {
    let Gaps { count, shortest, lower_quartile, median, upper_quartile, longest } = pad.gaps;
    Row {
        label: pad.label.to_owned(),
        cells: [count.to_string()]
            .into_iter()
            .chain([shortest, lower_quartile, median, upper_quartile, longest].map(days))
            .chain([pad.known.undated.to_string()])
            .collect(),
        select: Some(pad.select.clone()),
    }
}

fn finding(used: &[Pad<'_>], pads: usize) -> String {
    match (pads, used) {
        (0, _) => "No launches, no pads".to_owned(),
        (1, []) => "The only pad has no two known launches".to_owned(),
        (pads, []) => format!("None of {pads} pads has two known launches"),
        (_, [one]) => {
            format!("{} takes a median of {} days in {}", one.name, days(one.gaps.median), gap_count(one.gaps.count))
        }
        (_, [first, second, ..]) if days(first.gaps.median) == days(second.gaps.median) => {
            let median = days(first.gaps.median);
            let equals = used.iter().take_while(|pad| days(pad.gaps.median) == median).count();
            format!("{equals} pads have a turnaround of {median} days, the median of their gaps")
        }
        (_, [first, ..]) => format!(
            "{} has the shortest turnaround: {} days, the median of {}",
            first.name,
            days(first.gaps.median),
            gap_count(first.gaps.count)
        ),
    }
}

fn sentence(used: &[Pad<'_>]) -> String {
    let parts: Vec<_> = used
        .iter()
        .map(|pad| {
            format!(
                "{} median {}, {} to {}",
                pad.label,
                days(pad.gaps.median),
                days(pad.gaps.shortest),
                days(pad.gaps.longest)
            )
        })
        .collect();
    match parts.as_slice() {
        [] => "Chart without rows: no pad under these filters has two known launches.".to_owned(),
        parts => format!("Days between launches by pad, quickest first: {}.", parts.join("; ")),
    }
}
