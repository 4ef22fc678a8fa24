use std::collections::HashMap;

use domain::{BoardQuery, Facet, Launch};

use super::{
    Figure, Mark, Remainder, Row, Select, Table,
    matrix::{Cell, Matrix},
    pad_name::short_pad,
    paint::{launches as count_of, two_names},
};

/// Number of pads with one row each; the other pads share one row.
const MOST_ROWS: usize = 8;
const HOURS: usize = 24;

/// The clock from which hours are read.
pub struct Hours<'clock> {
    /// "UTC", "your zone", "each pad's own zone".
    pub zone: &'static str,
    /// Returns the hour of day of a launch in the zone, 0 to 23.
    pub of: &'clock dyn Fn(&Launch) -> u32,
}

struct Pad<'board> {
    id: i32,
    name: &'board str,
    short: String,
    place: &'board str,
    hours: [usize; HOURS],
}

impl Pad<'_> {
    fn count(&self) -> usize {
        self.hours.iter().sum()
    }

    /// Name and place: "Space Launch Complex 40" exists at one cape only, "Launch Pad 1" at many.
    fn full(&self) -> String {
        format!("{}, {}", self.name, self.place)
    }

    fn select(&self) -> Select {
        Select::choice(Facet::Pad, self.id.to_string())
    }
}

/// Launches per pad and hour of the day. Only launches known to the hour or better have an hour; the others are counted
/// separately.
///
/// The launches are those that pass every filter except the pad's.
pub fn launches_per_pad_by_hour(launches: &[&Launch], query: &BoardQuery, hours: &Hours<'_>) -> Figure {
    let pads = pads(launches, hours);
    let placed: usize = pads.iter().map(Pad::count).sum();
    let any_selected = pads.iter().any(|pad| pad.select().is_selected(query));
    let (shown, others): (Vec<_>, Vec<_>) = {
        let mut place = 0;
        pads.iter().partition(|pad| {
            place += 1;
            place <= MOST_ROWS || pad.select().is_selected(query)
        })
    };
    let mut rows: Vec<(String, String, [usize; HOURS], Option<Select>)> =
        shown.iter().map(|pad| (pad.full(), pad.short.clone(), pad.hours, Some(pad.select()))).collect();
    if !others.is_empty() {
        let name = format!("{} other {}", others.len(), if others.len() == 1 { "pad" } else { "pads" });
        let mut sums = [0; HOURS];
        for pad in &others {
            sums.iter_mut().zip(pad.hours).for_each(|(sum, count)| *sum += count);
        }
        rows.push((name.clone(), name, sums, None));
    }

    let mut cells = Vec::with_capacity(HOURS * rows.len());
    // Without launches there are no rows, and without rows no columns.
    let columns = if rows.is_empty() { 0 } else { HOURS };
    for hour in 0..columns {
        for (full, _, counts, select) in &rows {
            let words = format!("{full}, {}: {}", hour_words(hour), count_of(counts[hour]));
            let is_selected = select.as_ref().is_some_and(|select| select.is_selected(query));
            cells.push(Cell {
                count: counts[hour],
                mark: Mark { words, select: select.clone() },
                dimmed: any_selected && !is_selected,
                outlined: false,
            });
        }
    }
    let column = rows.len().max(1);
    let matrix = Matrix {
        columns: (0..columns).map(hour_name).collect(),
        rows: rows.iter().map(|(full, short, ..)| two_names(full, short)).collect(),
        cells,
        left: 136,
    };
    let left = launches.len() - placed;
    Figure {
        finding: finding(&pads, launches.len(), placed, hours),
        unit: format!(
            "Launches by pad and hour of the day in {}; stronger colour: more launches. Select a cell to filter by its pad.",
            hours.zone
        ),
        sentence: sentence(&pads, placed, hours),
        option: matrix.option(),
        keys: Vec::new(),
        remainder: (left > 0).then(|| Remainder {
            placed,
            left,
            placed_label: format!("{placed} with an hour"),
            left_label: format!("{left} without: known to the day or vaguer"),
        }),
        marks: matrix.marks(),
        column,
        table: table(&pads, left),
    }
}

fn pads<'board>(launches: &[&'board Launch], hours: &Hours<'_>) -> Vec<Pad<'board>> {
    let mut pads: HashMap<i32, Pad<'board>> = HashMap::new();
    for launch in launches.iter().filter(|launch| launch.granularity().ticks()) {
        let pad = pads.entry(launch.pad.id).or_insert_with(|| Pad {
            id: launch.pad.id,
            name: &launch.pad.name,
            short: short_pad(launch),
            place: &launch.location.name,
            hours: [0; HOURS],
        });
        let hour = (hours.of)(launch) as usize % HOURS;
        pad.hours[hour] += 1;
    }
    let mut pads: Vec<_> = pads.into_values().collect();
    domain::sort::sort_by(&mut pads, |left, right| {
        right.count().cmp(&left.count()).then_with(|| left.name.cmp(right.name)).then_with(|| left.id.cmp(&right.id))
    });
    pads
}

fn hour_words(hour: usize) -> String {
    format!("{hour:02}:00 to {:02}:00", hour + 1)
}

/// Names every sixth hour on the axis.
fn hour_name(hour: usize) -> String {
    let short = if hour.is_multiple_of(6) { format!("{hour:02}") } else { String::new() };
    two_names(&hour_words(hour), &short)
}

fn finding(pads: &[Pad<'_>], total: usize, placed: usize, hours: &Hours<'_>) -> String {
    let of_hour = |hour: usize| -> usize { pads.iter().map(|pad| pad.hours[hour]).sum() };
    let counts: Vec<usize> = (0..HOURS).map(of_hour).collect();
    let most = counts.iter().copied().max().unwrap_or(0);
    let fullest: Vec<usize> = (0..HOURS).filter(|hour| counts[*hour] == most).collect();
    match (total, placed, fullest.as_slice()) {
        (0, ..) => "No launches, no hours".to_owned(),
        (1, 0, _) => "The only one names no hour".to_owned(),
        (_, 0, _) => format!("None of {total} names an hour"),
        (1, _, [hour, ..]) => format!("The only launch is between {}", hour_range(*hour)),
        (_, 1, [hour, ..]) => format!("1 of {total} names an hour: {}", hour_words(*hour)),
        (_, _, [hour]) => {
            format!("Most launches are between {} in {}: {most} of {placed}", hour_range(*hour), hours.zone)
        }
        (_, _, equals) => format!("A tie: {} have {most} of {placed} each", equals.len()),
    }
}

fn hour_range(hour: usize) -> String {
    format!("{hour:02}:00 and {:02}:00", hour + 1)
}

fn sentence(pads: &[Pad<'_>], placed: usize, hours: &Hours<'_>) -> String {
    if pads.is_empty() {
        return "Grid without cells: no launch under these filters names an hour.".to_owned();
    }
    let parts: Vec<_> = pads.iter().take(MOST_ROWS).map(|pad| format!("{} {}", pad.full(), pad.count())).collect();
    format!("Grid of {} by pad and hour of the day in {}: {}.", count_of(placed), hours.zone, parts.join("; "))
}

/// One row per pad and hour that has a launch.
fn table(pads: &[Pad<'_>], left: usize) -> Table {
    let mut rows = Vec::new();
    for pad in pads {
        for (hour, count) in pad.hours.iter().enumerate().filter(|(_, count)| **count > 0) {
            rows.push(Row {
                label: pad.full(),
                cells: vec![hour_words(hour), count.to_string()],
                select: Some(pad.select()),
            });
        }
    }
    if left > 0 {
        rows.push(Row {
            label: "No hour given".to_owned(),
            cells: vec![String::new(), left.to_string()],
            select: None,
        });
    }
    Table { head: ["Pad", "Hour", "Launches"].map(str::to_owned).to_vec(), rows }
}
