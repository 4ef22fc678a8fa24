use domain::WindowEnd;
use leptos::prelude::*;

use crate::{components::bars::points as of_hundred, erase::Erase as _};

const WIDTH: f64 = 300.0;
const HEIGHT: f64 = 130.0;
const FOOT: f64 = 112.0;
const TOP: f64 = 8.0;

/// The scores of the top of the ranking by the end of the window, with the same data as a table.
pub(super) fn chart(ends: &[WindowEnd], names: &[String]) -> AnyView {
    let steps = ends.len().saturating_sub(1).max(1) as f64;
    let x = |at: usize| 6.0 + at as f64 / steps * (WIDTH - 12.0);
    let highest = ends.iter().flat_map(|end| end.scores.iter().flatten()).copied().fold(0.1_f64, f64::max);
    let y = |score: f64| FOOT - score / highest * (FOOT - TOP);
    let lines = names.iter().enumerate().map(|(line, _)| {
        let path = ends
            .iter()
            .enumerate()
            .filter_map(|(at, end)| Some(format!("{:.1},{:.1}", x(at), y(end.scores.get(line).copied().flatten()?))));
        let points = path.collect::<Vec<_>>().join(" ");
        view! { <polyline class=format!("line level-{line}") points=points></polyline> }
    });
    let labels = ends.iter().enumerate().filter(|(at, _)| at % 3 == 0).map(|(at, end)| {
        let anchor = if at == 0 { "start" } else { "middle" };
        view! { <text x=x(at) y="127" text-anchor=anchor>{end.day.format("%b %y").to_string()}</text> }
    });
    let key = names.iter().enumerate().map(|(line, name)| {
        view! { <li><svg class=format!("key level-{line}") width="16" height="10" aria-hidden="true"><line x1="0" x2="16" y1="5" y2="5"></line></svg>{name.clone()}</li> }
    });
    let head = names.iter().map(|name| view! { <th scope="col" class="num">{name.clone()}</th> });
    let rows = ends.iter().map(|end| {
        let cells = end.scores.iter().map(|score| {
            view! { <td class="num">{score.map_or_else(|| "not known".to_owned(), of_hundred)}</td> }
        });
        view! { <tr><th scope="row">{end.day.format("%b %Y").to_string()}</th>{cells.collect_view()}</tr> }
    });
    view! {
        <svg class="ch-lines" viewBox=format!("0 0 {WIDTH} {HEIGHT}") width="100%" role="img" aria-label="Scores by the end of the window; the table below has the same data">
            <line class="grid" x1="6" x2=WIDTH - 6.0 y1=FOOT y2=FOOT></line>
            <line class="grid" x1="6" x2=WIDTH - 6.0 y1=TOP y2=TOP></line>
            <text x="6" y=TOP + 11.0>{of_hundred(highest)}</text>
            {lines.collect_view()}
            {labels.collect_view()}
        </svg>
        <ul class="ch-key">{key.collect_view()}</ul>
        <details class="ch-table">
            <summary>"Table"</summary>
            <div class="table-scroll" tabindex="0" role="region" aria-label="Scores by the end of the window">
                <table class="tbl">
                    <thead><tr><th scope="col">"Window ends"</th>{head.collect_view()}</tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </details>
    }
    .erase()
}
