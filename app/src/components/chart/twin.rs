use leptos::prelude::*;

use super::{Questions, link};
use crate::charts::{Figure, Table};
use crate::erase::Erase as _;

/// Rows that are on the page before the table is opened.
const MOST_UNSEEN: usize = 60;

/// The table that the chart draws, one key away.
///
/// A long table waits until it is opened: a cadence has hundreds of rows, and every filter would draw them anew unseen.
#[component]
pub(super) fn Twin(figure: Memo<Figure>, questions: Option<Questions>) -> impl IntoView {
    let table = Memo::new(move |_| figure.with(|figure| figure.table.clone()));
    let opened = RwSignal::new(false);
    let is_still = questions.is_none_or(|questions| questions.is_elsewhere);
    // Where nothing filters nothing is drawn anew: the table is there at once, for those without a script too.
    let is_due = Memo::new(move |_| opened.get() || is_still || table.with(|table| table.rows.len() <= MOST_UNSEEN));
    view! {
        <details class="chart-twin" on:toggle=move |_| opened.set(true)>
            <summary>"Table"</summary>
            {move || is_due.get().then(|| table.with(|table| rows(table, questions)))}
        </details>
    }
    .erase()
}

fn rows(table: &Table, questions: Option<Questions>) -> impl IntoView + use<> {
    let head = table.head.iter().enumerate().map(|(at, name)| {
        view! { <th scope="col" class:n=move || at != 0>{name.clone()}</th> }
    });
    let rows = table.rows.iter().map(|row| {
        let name = match (row.select.clone(), questions) {
            (Some(select), Some(questions)) => link(row.label.clone().erase(), select, questions).erase(),
            _ => row.label.clone().erase(),
        };
        let cells = row.cells.iter().map(|cell| view! { <td class="n">{cell.clone()}</td> });
        view! { <tr><th scope="row">{name}</th>{cells.collect_view()}</tr> }
    });
    view! {
        <div class="chart-table" tabindex="0" role="region" aria-label="Table of this chart">
            <table class="tbl">
                <thead><tr>{head.collect_view()}</tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}
