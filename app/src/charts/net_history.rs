use charming::{
    Chart,
    component::Axis,
    element::{AxisLabel, AxisType, LineStyle, SplitLine},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{Granularity, NetChange, NetChangeKind, NetDirection, NetPrecision, NetSpan};

use super::{
    Figure, Mark, Row, Table,
    figure::to_json,
    paint::{custom, grid, item_tooltip, measured, texture},
};

/// A listed date, with the time during which it was valid.
struct Listed {
    from: DateTime<Utc>,
    /// None if it is still valid.
    until: Option<DateTime<Utc>>,
    span: NetSpan,
    granularity: Granularity,
    /// The change that introduced it; none for the first date that we saw.
    change: Option<NetChangeKind>,
    /// The least and the most by which the flight moved, in seconds; none if it moved neither later nor earlier.
    shift: Option<(i64, i64)>,
    observed_live: bool,
}

/// Every date that a launch was listed for, over the time that we watched: one step per change, as thick as the date was vague. A
/// date on the diagonal is the day itself.
///
/// `changes` are newest first, as on the launch page. `until` ends the step that is still valid: now, or the time of the
/// outcome.
pub fn net_history(changes: &[NetChange], first_seen_at: DateTime<Utc>, until: DateTime<Utc>) -> Figure {
    let listed = listed(changes, first_seen_at);
    Figure {
        finding: finding(changes, &listed),
        unit: "Listed date over the time it was listed, UTC. Thickness: how vague it was; diagonal: the day itself."
            .to_owned(),
        sentence: sentence(&listed),
        option: option(&listed, until),
        keys: Vec::new(),
        remainder: None,
        marks: listed.iter().map(|one| Mark { words: describe(one), select: None }).collect(),
        column: 1,
        table: Table {
            head: ["Listed for", "From", "Until", "What changed", "Moved"].map(str::to_owned).to_vec(),
            rows: listed.iter().rev().map(row).collect(),
        },
    }
}

/// Returns the listed dates in chronological order.
fn listed(changes: &[NetChange], first_seen_at: DateTime<Utc>) -> Vec<Listed> {
    let mut all: Vec<Listed> = Vec::new();
    let mut from = first_seen_at;
    let step = |from, until, net, precision: Option<&NetPrecision>| {
        let granularity = Granularity::of(precision.map(|precision| precision.id));
        Listed {
            from,
            until,
            span: NetSpan::new(net, granularity),
            granularity,
            change: None,
            shift: None,
            observed_live: true,
        }
    };
    let how = |came: Option<&NetChange>, listed: Listed| match came {
        Some(change) => {
            Listed { change: Some(change.kind), shift: shift(change), observed_live: change.observed_live, ..listed }
        }
        None => listed,
    };
    let mut before = None;
    for change in changes.iter().rev() {
        let until = Some(change.observed_at);
        all.push(how(before, step(from, until, change.net_before, change.net_precision_before.as_ref())));
        from = change.observed_at;
        before = Some(change);
    }
    if let Some(last) = changes.first() {
        all.push(how(before, step(from, None, last.net_after, last.net_precision_after.as_ref())));
    }
    all
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of this age are exact in a double")]
fn option(listed: &[Listed], until: DateTime<Utc>) -> String {
    let milliseconds = |at: DateTime<Utc>| at.timestamp_millis() as f64;
    let last = |one: &Listed| one.until.unwrap_or(until).max(one.from + TimeDelta::hours(1));
    let begin = listed.first().map_or(0.0, |one| milliseconds(one.from));
    let end = listed.last().map_or(0.0, |one| milliseconds(last(one)));
    let bands = listed.iter().map(|one| {
        let (start, finish) = (milliseconds(one.span.start), milliseconds(one.span.end));
        let texture = texture(one.granularity) as f64;
        measured(&[milliseconds(one.from), start, milliseconds(last(one)), finish, texture, begin, end])
    });
    let axis = || {
        Axis::new()
            .type_(AxisType::Time)
            .scale(true)
            .split_number(4.0)
            .axis_label(AxisLabel::new().color("var(--text-3)"))
            .split_line(SplitLine::new().line_style(LineStyle::new().color("var(--grid)")))
    };
    let option = Chart::new()
        .tooltip(item_tooltip())
        .grid(grid(72, 8, 12, 28))
        .x_axis(axis().min(begin).max(end))
        .y_axis(axis())
        .series(custom("band", &[0, 2], &[1, 3]).data(bands.collect::<Vec<_>>()));
    to_json(&option)
}

/// Returns the least and the most by which the flight moved, if it moved later or earlier than the whole old period.
fn shift(change: &NetChange) -> Option<(i64, i64)> {
    let moved = matches!(change.direction, NetDirection::Later | NetDirection::Earlier);
    change.shift_min_seconds.zip(change.shift_max_seconds).filter(|_| moved)
}

fn finding(changes: &[NetChange], listed: &[Listed]) -> String {
    let slips: Vec<_> = changes.iter().filter(|change| change.is_slip).filter_map(shift).collect();
    match (changes.len(), slips.as_slice()) {
        (0, _) => "No date change observed".to_owned(),
        (1, []) => "The date has changed once, without a slip".to_owned(),
        (count, []) => format!("The date has changed {count} times, without a slip"),
        (_, [slip]) => format!("It slipped once, by {}", between(*slip)),
        (_, slips) if slips.iter().all(|(least, most)| least == most) => {
            format!("It slipped {} times, {} in all", slips.len(), distance(slips.iter().map(|(least, _)| least).sum()))
        }
        // The sum of the least, and of the most, would be bounds that say nothing.
        (_, slips) => {
            let ends = listed.first().zip(listed.last());
            let ends =
                ends.map(|(first, last)| format!(", from {} to {}", first.span.label_utc(), last.span.label_utc()));
            format!("It slipped {} times{}", slips.len(), ends.unwrap_or_default())
        }
    }
}

/// Formats the least and the most of a move: "12 days", "13 to 43 days", "up to 121 days".
fn between((least, most): (i64, i64)) -> String {
    let (least, most) = (least.abs().min(most.abs()), least.abs().max(most.abs()));
    let (low, high) = (distance(least), distance(most));
    let unit = |text: &str| text.split_once(' ').map(|(_, unit)| unit.to_owned());
    if low == high {
        high
    } else if unit(&low) == unit(&high) {
        format!("{} to {high}", low.split_once(' ').map_or("", |(number, _)| number))
    } else if most >= 10 * least {
        format!("up to {high}")
    } else {
        format!("{low} to {high}")
    }
}

/// Formats a duration in its largest sufficient unit: "41 days", "5 h", "20 min".
fn distance(seconds: i64) -> String {
    let distance = TimeDelta::seconds(seconds).abs();
    match distance {
        distance if distance >= TimeDelta::days(2) => format!("{} days", distance.num_days()),
        distance if distance >= TimeDelta::hours(2) => format!("{} h", distance.num_hours()),
        distance if distance >= TimeDelta::minutes(1) => format!("{} min", distance.num_minutes()),
        distance => format!("{} s", distance.num_seconds()),
    }
}

/// "12 days later"; empty if nothing moved. In words, because a sign would make it a formula in a spreadsheet.
fn moved(one: &Listed) -> String {
    match one.shift {
        None => String::new(),
        Some(shift) => format!("{} {}", between(shift), if shift.1 > 0 { "later" } else { "earlier" }),
    }
}

fn day(at: DateTime<Utc>) -> String {
    at.format("%-d %b %Y").to_string()
}

fn what(one: &Listed) -> String {
    match one.change {
        None => "first seen".to_owned(),
        Some(kind) if one.observed_live => kind.label().to_lowercase(),
        Some(kind) => format!("{}, caught up", kind.label().to_lowercase()),
    }
}

fn describe(one: &Listed) -> String {
    let until = one.until.map_or_else(|| "now".to_owned(), day);
    let moved = match moved(one) {
        moved if moved.is_empty() => String::new(),
        moved => format!(", {moved}"),
    };
    format!("{}\nlisted from {} until {until}\n{}{moved}", one.span.label_utc(), day(one.from), what(one))
}

fn row(one: &Listed) -> Row {
    let minute = |at: DateTime<Utc>| at.format("%-d %b %Y, %H:%M").to_string();
    Row {
        label: one.span.label_utc(),
        cells: vec![minute(one.from), one.until.map_or_else(|| "now".to_owned(), minute), what(one), moved(one)],
        select: None,
    }
}

fn sentence(listed: &[Listed]) -> String {
    let steps: Vec<_> = listed.iter().map(|one| format!("{} from {}", one.span.label_utc(), day(one.from))).collect();
    match steps.as_slice() {
        [] => "No change of the date was observed.".to_owned(),
        steps => format!("Listed date over time: {}.", steps.join("; ")),
    }
}
