use domain::{Analysis, CountedBy};
use leptos::prelude::*;

/// The head: how much data the analysis has, in numbers.
pub(super) fn head(analysis: &Analysis) -> String {
    let flown: u32 =
        analysis.outcomes.iter().filter(|count| count.by == CountedBy::Provider).map(|count| count.flown()).sum();
    let watched: u32 = analysis.watch_ends.iter().map(|end| end.broken + end.kept).sum();
    let title = match flown {
        0 => "No past launch is recorded yet".to_owned(),
        1 => "Analysis of 1 launch".to_owned(),
        flown => format!("Analysis of {flown} launches"),
    };
    let since = analysis.since.map_or_else(
        || "The job loads past launches from the newest to the oldest, within its request limit.".to_owned(),
        |since| {
            format!(
                "Launches since {} are recorded; the job loads older ones, from the newest to the oldest.",
                since.format("%-d %b %Y")
            )
        },
    );
    let dates = match watched {
        0 => "No announced date has been observed yet.".to_owned(),
        1 => "1 announced date has been observed.".to_owned(),
        watched => format!("{watched} announced dates have been observed."),
    };
    view! {
        <h1>{title}</h1>
        <p class="m pl-lead">{since}" "{dates}" Times are UTC."</p>
    }
    .to_html()
}
