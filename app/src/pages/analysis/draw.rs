use domain::{Analysis, CountedBy};
use leptos::prelude::*;

/// The head: how much data the analysis has, in numbers.
pub(super) fn head(analysis: &Analysis) -> String {
    let flown: u32 =
        analysis.outcomes.iter().filter(|count| count.by == CountedBy::Provider).map(|count| count.flown()).sum();
    let watched: u32 = analysis.watch_ends.iter().map(|end| end.broken + end.kept).sum();
    let title = match flown {
        0 => "No launch of the past is here yet".to_owned(),
        1 => "What 1 launch says".to_owned(),
        flown => format!("What {flown} launches say"),
    };
    let since = analysis.since.map_or_else(
        || "The job reads the past backwards, as far as its budget of requests allows.".to_owned(),
        |since| format!("We hold launches since {}; the job reads the past backwards.", since.format("%-d %b %Y")),
    );
    let dates = match watched {
        0 => "We have not seen an announced date yet.".to_owned(),
        1 => "We have watched 1 announced date.".to_owned(),
        watched => format!("We have watched {watched} announced dates."),
    };
    view! {
        <h1>{title}</h1>
        <p class="m pl-lead">{since}" "{dates}" Times are UTC."</p>
    }
    .to_html()
}
