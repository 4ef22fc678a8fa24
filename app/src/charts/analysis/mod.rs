//! The charts of `/analysis`. Each answers one question in its title. They are built only on the server: the browser receives
//! them ready-made (`super::packed`).

mod cadence;
mod counts;
mod lateness;
mod standing;
mod success;
mod years;

use chrono::{DateTime, Datelike as _, Utc};
use domain::{Analysis, CountedBy, Follows, OutcomeCount};

use super::Figure;

/// A chart and the method by which its numbers were computed.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub figure: Figure,
    pub method: String,
}

/// All charts, in the order of the page.
pub fn answers(analysis: &Analysis, now: DateTime<Utc>) -> Vec<Answer> {
    let of =
        |by: CountedBy| -> Vec<&OutcomeCount> { analysis.outcomes.iter().filter(|count| count.by == by).collect() };
    let held = match analysis.since {
        Some(since) => format!("All recorded launches that have left the pad, since {}.", since.format("%-d %b %Y")),
        None => "No launch that has left the pad is recorded.".to_owned(),
    };
    let answer = |figure: Figure, method: String| Answer { figure, method };
    vec![
        answer(
            years::launches_per_year(&of(CountedBy::Year), now.year(), analysis.since.map(|since| since.year())),
            format!(
                "{held} The first year may be incomplete, and the current one is not over. A launch whose date is vaguer than \
                 a year has no bar. Success, partial failure and failure are LL2's statuses; without an outcome are launches in flight, or with \
                 a payload deployed, for which LL2 has not given an outcome yet."
            ),
        ),
        answer(
            counts::per_provider(&of(CountedBy::Provider)),
            format!("{held} The provider is the company or agency that LL2 names as the launch service provider."),
        ),
        answer(
            counts::per_country(&of(CountedBy::Country)),
            format!("{held} The country is that of the pad, not of the provider."),
        ),
        answer(
            counts::per_orbit(&of(CountedBy::Orbit)),
            format!(
                "{held} The orbit is the one that LL2 currently gives for the mission; a launch without one is counted as not given."
            ),
        ),
        answer(
            success::success_per_rocket(&of(CountedBy::Rocket)),
            format!(
                "{held} A partial failure is a flight that did not succeed; a flight without an outcome is not counted. \
                 Tick: successes over flights. Block: {}. Order: by the lower end of the interval, so that three successful flights do not \
                 rank above three hundred.",
                domain::Share::FORMULA
            ),
        ),
        answer(cadence::cadence(&analysis.cadences, Follows::Provider), cadence::method(analysis.cadence_since)),
        answer(cadence::cadence(&analysis.cadences, Follows::Pad), cadence::method(analysis.cadence_since)),
        answer(lateness::by_days_ahead(&analysis.lateness), lateness::METHOD.to_owned()),
        answer(lateness::by_provider(&analysis.lateness), lateness::METHOD.to_owned()),
        answer(standing::standing(&analysis.watch_ends), standing::METHOD.to_owned()),
    ]
}
