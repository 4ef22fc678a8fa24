use domain::{Facet, OutcomeCount, Share};

use crate::charts::{
    Figure, Mark, Remainder, Row, Select, Table,
    interval::{self, Interval, MOST_ROWS},
    paint::short_name,
    success_per_rocket::{percent_axis, range, tenths},
};

/// Success share per rocket, for the rockets with most flights. Highest lower bound first.
pub(super) fn success_per_rocket(rockets: &[&OutcomeCount]) -> Figure {
    let mut flown: Vec<(&OutcomeCount, Share)> =
        rockets.iter().filter_map(|rocket| Some((*rocket, Share::of(rocket.succeeded, rocket.settled())?))).collect();
    let unsettled = rockets.len() - flown.len();
    flown
        .sort_by(|(left, _), (right, _)| right.settled().cmp(&left.settled()).then_with(|| left.name.cmp(&right.name)));
    let all = flown.clone();
    flown.truncate(MOST_ROWS);
    flown.sort_by(|(left, one), (right, other)| other.low.total_cmp(&one.low).then_with(|| left.name.cmp(&right.name)));
    let rows: Vec<_> = flown
        .iter()
        .map(|(rocket, share)| Interval {
            full: name(rocket).to_owned(),
            short: short_name(name(rocket), None),
            label: format!("{} of {}", rocket.succeeded, rocket.settled()),
            range: (0.0, 100.0),
            block: (tenths(share.low), tenths(share.high)),
            tick: tenths(share.observed),
            dimmed: false,
        })
        .collect();
    Figure {
        finding: match flown.as_slice() {
            [] => "Which rocket is the most reliable? No recorded flight has an outcome".to_owned(),
            [(rocket, share), ..] => format!(
                "{} is the most reliable of the most flown: {} over {} flights",
                name(rocket),
                range(*share),
                rocket.settled()
            ),
        },
        unit: format!(
            "Share of flights with an outcome that succeeded; block: {}. The {} most flown of {} rockets.",
            Share::FORMULA,
            flown.len(),
            rockets.len()
        ),
        sentence: sentence(&flown),
        option: interval::option(&rows, percent_axis()),
        keys: Vec::new(),
        remainder: (unsettled > 0).then(|| Remainder {
            placed: all.len(),
            left: unsettled,
            placed_label: format!("{} with an outcome", all.len()),
            left_label: format!("{unsettled} without: share unknown"),
        }),
        marks: flown
            .iter()
            .map(|(rocket, share)| Mark { words: describe(rocket, *share), select: select(rocket) })
            .collect(),
        column: 1,
        table: Table {
            head: ["Rocket", "Flights", "Success", "Partial", "Failure", "Share, %", "Low, %", "High, %"]
                .map(str::to_owned)
                .to_vec(),
            rows: all.iter().map(|(rocket, share)| row(rocket, *share)).collect(),
        },
    }
}

fn select(rocket: &OutcomeCount) -> Option<Select> {
    Some(Select::choice(Facet::Rocket, rocket.id?.to_string()))
}

fn name(rocket: &OutcomeCount) -> &str {
    rocket.name.as_deref().unwrap_or("Rocket not given")
}

fn describe(rocket: &OutcomeCount, share: Share) -> String {
    let mut words =
        format!("{}: {} of {} succeeded\nlikely {}", name(rocket), rocket.succeeded, rocket.settled(), range(share));
    for (count, what) in [(rocket.partly, "partial failures"), (rocket.failed, "failures")] {
        if count > 0 {
            words.push_str(&format!("\n{what}: {count}"));
        }
    }
    words
}

fn row(rocket: &OutcomeCount, share: Share) -> Row {
    let counts = [rocket.settled(), rocket.succeeded, rocket.partly, rocket.failed].map(|count| count.to_string());
    let shares = [share.observed, share.low, share.high].map(|share| format!("{:.1}", share * 100.0));
    Row { label: name(rocket).to_owned(), cells: counts.into_iter().chain(shares).collect(), select: select(rocket) }
}

fn sentence(flown: &[(&OutcomeCount, Share)]) -> String {
    let parts: Vec<_> = flown
        .iter()
        .map(|(rocket, share)| {
            format!("{} {}, {} of {}", name(rocket), range(*share), rocket.succeeded, rocket.settled())
        })
        .collect();
    match parts.as_slice() {
        [] => "Chart without rows: no recorded flight has an outcome.".to_owned(),
        parts => format!("Intervals of success by rocket, most reliable first: {}.", parts.join("; ")),
    }
}
