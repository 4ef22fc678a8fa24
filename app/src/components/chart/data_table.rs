use domain::BoardQuery;
use leptos::prelude::*;

use super::questions::{Questions, link};
use crate::{
    charts::{Figure, Table},
    erase::Erase as _,
};

/// Maximum number of rows that are rendered before the table is opened.
const MOST_UNSEEN: usize = 60;

/// The data of the chart as a table, one key press away.
///
/// While closed it is not updated: every filter would render rows that are not visible. A long table is rendered only when opened.
#[component]
pub(super) fn DataTable(figure: Memo<Figure>, questions: Option<Questions>) -> impl IntoView {
    let details = NodeRef::<leptos::html::Details>::new();
    let open = RwSignal::new(false);
    // A table that no filter changes is rendered at once, also for readers without scripts.
    let is_still = questions.is_none_or(|questions| questions.is_elsewhere);
    let table = Memo::new(move |before: Option<&Option<Table>>| {
        let is_open = open.get();
        match before {
            Some(before) if !is_open && !is_still => before.clone(),
            _ => figure.with(|figure| {
                let is_due = is_open || is_still || figure.table.rows.len() <= MOST_UNSEEN;
                is_due.then(|| figure.table.clone())
            }),
        }
    });
    // The links of a closed table are not updated either.
    let questions = questions.map(|questions| {
        let query = Memo::new(move |before: Option<&BoardQuery>| match before {
            Some(before) if !open.get() => before.clone(),
            None if !open.get() => questions.query.get_untracked(),
            _ => questions.query.get(),
        });
        Questions { query, ..questions }
    });
    let toggled = move |_| open.set(details.get_untracked().is_some_and(|details| details.open()));
    view! {
        <details class="chart-data" node_ref=details on:toggle=toggled>
            <summary>"Table"</summary>
            {move || table.with(|table| table.as_ref().map(|table| rows(table, questions)))}
        </details>
    }
    .erase()
}

fn rows(table: &Table, questions: Option<Questions>) -> impl IntoView + use<> {
    let head = table.head.iter().enumerate().map(|(at, name)| {
        view! { <th scope="col" class:num=move || at != 0>{name.clone()}</th> }
    });
    let rows = table.rows.iter().map(|row| {
        let name = match (row.select.clone(), questions) {
            (Some(select), Some(questions)) => link(row.label.clone().erase(), select, questions).erase(),
            _ => row.label.clone().erase(),
        };
        let cells = row.cells.iter().map(|cell| view! { <td class="num">{cell.clone()}</td> });
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
