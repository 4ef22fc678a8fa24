use domain::{BoardQuery, TableColumn};
use leptos::prelude::*;

use crate::{components::menu, erase::Erase as _, pages::board::state::Filters};

/// Returns the active columns, in their fixed order.
pub(super) fn columns(query: &BoardQuery) -> Vec<TableColumn> {
    if query.columns.is_empty() {
        return TableColumn::USUAL.to_vec();
    }
    TableColumn::ALL.into_iter().filter(|column| query.columns.contains(column)).collect()
}

/// Selects the columns of the table. They are in the URL like everything else: a shared link shows the same table.
#[component]
pub(super) fn ColumnMenu() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let chosen = Memo::new(move |_| filters.query.with(columns));
    let usual = Memo::new(move |_| filters.query.with(|query| query.columns.is_empty()));
    let count = Signal::derive(move || if usual.get() { 0 } else { chosen.with(Vec::len) });
    let options = move || {
        TableColumn::ALL.map(|column| {
            let is_chosen = move || chosen.with(|chosen| chosen.contains(&column));
            view! {
                <label class="opt">
                    <input
                        type="checkbox"
                        checked=is_chosen
                        prop:checked=is_chosen
                        on:change=move |_| filters.ask(|query| toggle(query, column))
                    />
                    <span>{column.label()}</span>
                </label>
            }
        })
    };
    let content = move |_| {
        view! {
            <fieldset class="opts all">
                <legend class="sr">"Columns"</legend>
                {options()}
                <p hidden=move || usual.get()>
                    <a class="s13" href=move || filters.href_with(|query| query.columns.clear()) data-noscroll="">"Usual columns"</a>
                </p>
            </fieldset>
        }
        .erase()
    };
    view! { <div class="scripted">{menu("Columns", count, content)}</div> }.erase()
}

/// Shows or hides a column. A URL without columns means the usual ones.
fn toggle(query: &mut BoardQuery, column: TableColumn) {
    let mut chosen = columns(query);
    if chosen.contains(&column) {
        chosen.retain(|one| *one != column);
    } else {
        chosen.push(column);
    }
    query.columns = TableColumn::ALL.into_iter().filter(|one| chosen.contains(one)).collect();
    if query.columns == TableColumn::USUAL {
        query.columns.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_keep_their_order_and_the_default_ones_need_no_query() {
        let mut query = BoardQuery::default();
        toggle(&mut query, TableColumn::Family);
        assert_eq!(columns(&query)[..3], [TableColumn::Provider, TableColumn::Rocket, TableColumn::Family]);
        toggle(&mut query, TableColumn::Family);
        assert_eq!(query.to_query_string(), "");
    }
}
