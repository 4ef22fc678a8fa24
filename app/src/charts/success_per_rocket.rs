use charming::{
    component::Axis,
    element::{AxisLabel, AxisType, Formatter, LineStyle, SplitLine},
};
use domain::{BoardQuery, Facet, RocketFlights, Share};

use super::{
    Figure, Mark, Remainder, Row, Select, Table, Tally,
    interval::{self, Interval, MOST_ROWS},
    paint::short_name,
};

struct Rocket<'board> {
    name: &'board str,
    flights: RocketFlights,
    share: Share,
    select: Select,
}

/// How often the rockets on the board have succeeded, with the interval for that number of flights. Ordered by the lower end of
/// the interval, highest first, so that three good flights do not rank above three hundred.
///
/// Only flights that the warehouse knows count. A partial failure is a flight that did not succeed; the table and the text
/// list it separately. A rocket without a known flight has no share, and the chart says so.
pub fn success_per_rocket(rockets: &[Tally<'_>], known: &[RocketFlights], query: &BoardQuery) -> Figure {
    let (flown, unflown) = rockets_of(rockets, known);
    let any_selected = flown.iter().any(|rocket| rocket.select.is_selected(query));
    let intervals: Vec<_> = flown.iter().map(|rocket| interval(rocket, any_selected, query)).collect();
    let option = interval::option(&intervals, percent_axis());
    Figure {
        finding: finding(&flown, rockets.len()),
        unit: format!(
            "Share of known flights that succeeded; block: {}. The {} with the most launches here. Select a row to filter.",
            Share::FORMULA,
            if flown.len() == 1 { "rocket".to_owned() } else { format!("{} rockets", flown.len()) }
        ),
        sentence: sentence(&flown),
        option,
        keys: Vec::new(),
        remainder: (unflown > 0).then(|| Remainder {
            placed: rockets.len() - unflown,
            left: unflown,
            placed_label: counted(rockets.len() - unflown, "rocket with a known flight", "rockets with known flights"),
            left_label: format!("{unflown} without: share unknown"),
        }),
        marks: flown
            .iter()
            .map(|rocket| Mark { words: describe(rocket), select: Some(rocket.select.clone()) })
            .collect(),
        column: 1,
        table: Table {
            head: ["Rocket", "Flights", "Success", "Partial", "Failure", "Share, %", "Low, %", "High, %"]
                .map(str::to_owned)
                .to_vec(),
            rows: flown.iter().map(row).collect(),
        },
    }
}

/// Returns the rockets with the most launches on the board that have flown, surest first, and the number that have not flown.
fn rockets_of<'board>(rockets: &[Tally<'board>], known: &[RocketFlights]) -> (Vec<Rocket<'board>>, usize) {
    let mut most_first: Vec<_> = rockets.iter().collect();
    domain::sort::sort_by(&mut most_first, |left, right| {
        right.count.cmp(&left.count).then_with(|| left.label.cmp(right.label))
    });
    let mut unflown = 0;
    let mut flown = Vec::new();
    for tally in most_first {
        let flights = known.iter().find(|flights| flights.rocket_id == tally.example.rocket.id);
        let found = flights.and_then(|flights| Some((*flights, Share::of(flights.succeeded, flights.count())?)));
        match found {
            Some((flights, share)) => flown.push(Rocket {
                name: tally.label,
                flights,
                share,
                select: Select::choice(Facet::Rocket, tally.key),
            }),
            None => unflown += 1,
        }
    }
    flown.truncate(MOST_ROWS);
    domain::sort::sort_by(&mut flown, |left, right| {
        right.share.low.total_cmp(&left.share.low).then_with(|| left.name.cmp(right.name))
    });
    (flown, unflown)
}

pub(super) fn percent_axis() -> Axis {
    Axis::new()
        .type_(AxisType::Value)
        .min(0)
        .max(100)
        .interval(50)
        .axis_label(AxisLabel::new().color("var(--text-3)").formatter(Formatter::String("{value}%".to_owned())))
        .split_line(SplitLine::new().line_style(LineStyle::new().color("var(--grid)")))
}

fn interval(rocket: &Rocket<'_>, any_selected: bool, query: &BoardQuery) -> Interval {
    let share = rocket.share;
    Interval {
        full: rocket.name.to_owned(),
        short: short_name(rocket.name, None),
        label: format!("{} of {}", rocket.flights.succeeded, rocket.flights.count()),
        range: (0.0, 100.0),
        block: (tenths(share.low), tenths(share.high)),
        tick: tenths(share.observed),
        dimmed: any_selected && !rocket.select.is_selected(query),
    }
}

/// Percent with one decimal: more digits would claim more precision than hundreds of flights can show.
pub(super) fn tenths(share: f64) -> f64 {
    (share * 1000.0).round() / 10.0
}

/// "98 to 99.9%": with a decimal only where whole percents would round to certainty.
pub(super) fn range(share: Share) -> String {
    let percent = |share: f64| match tenths(share) {
        percent if percent > 99.0 && percent < 100.0 => format!("{percent:.1}"),
        percent => format!("{percent:.0}"),
    };
    format!("{} to {}%", percent(share.low), percent(share.high))
}

fn describe(rocket: &Rocket<'_>) -> String {
    let RocketFlights { succeeded, partly, failed, .. } = rocket.flights;
    let mut words = format!(
        "{}: {succeeded} of {} succeeded\nlikely {}",
        rocket.name,
        counted_u32(rocket.flights.count(), "known flight", "known flights"),
        range(rocket.share)
    );
    if partly > 0 {
        words.push_str(&format!("\n{}", counted_u32(partly, "partial failure", "partial failures")));
    }
    if failed > 0 {
        words.push_str(&format!("\n{}", counted_u32(failed, "failure", "failures")));
    }
    words
}

fn row(rocket: &Rocket<'_>) -> Row {
    let RocketFlights { succeeded, partly, failed, .. } = rocket.flights;
    let Share { observed, low, high } = rocket.share;
    Row {
        label: rocket.name.to_owned(),
        cells: [rocket.flights.count(), succeeded, partly, failed]
            .map(|count| count.to_string())
            .into_iter()
            .chain([observed, low, high].map(|share| format!("{:.1}", share * 100.0)))
            .collect(),
        select: Some(rocket.select.clone()),
    }
}

fn finding(flown: &[Rocket<'_>], rockets: usize) -> String {
    match (rockets, flown) {
        (0, _) => "No launches, no rockets".to_owned(),
        (1, []) => "The only rocket has no known flight".to_owned(),
        (rockets, []) => format!("None of {rockets} rockets has a known flight"),
        (_, [one]) => format!("{} succeeded in {} of {}", one.name, one.flights.succeeded, known_flights(one)),
        (_, [first, ..]) => {
            format!("{} is the most reliable: {} over {}", first.name, range(first.share), known_flights(first))
        }
    }
}

fn known_flights(rocket: &Rocket<'_>) -> String {
    counted_u32(rocket.flights.count(), "known flight", "known flights")
}

fn sentence(flown: &[Rocket<'_>]) -> String {
    let parts: Vec<_> = flown
        .iter()
        .map(|rocket| {
            format!(
                "{} {}, {} of {}",
                rocket.name,
                range(rocket.share),
                rocket.flights.succeeded,
                rocket.flights.count()
            )
        })
        .collect();
    match parts.as_slice() {
        [] => "Chart without rows: no rocket under these filters has a known flight.".to_owned(),
        parts => format!("Intervals of success by rocket, most reliable first: {}.", parts.join("; ")),
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn counted_u32(count: u32, one: &str, many: &str) -> String {
    counted(count as usize, one, many)
}
