use domain::{Column, Dictionary, Layer, Relation, TestSeverity};
use leptos::prelude::*;

use crate::components::Icon;

/// The whole page; entries that do not contain all of `words` are hidden.
pub(super) fn page(dictionary: &Dictionary, words: &str) -> String {
    let words = words.trim();
    let total = dictionary.relations.len();
    let shown = dictionary.relations.iter().filter(|relation| relation.matches(words)).count();
    let columns: usize = dictionary.relations.iter().map(|relation| relation.columns.len()).sum();
    let index = Layer::ALL.into_iter().map(|layer| {
        let names = of_layer(dictionary, layer)
            .map(|relation| {
                view! {
                    <li data-words=relation.text() hidden=!relation.matches(words)>
                        <a class="mono" href=format!("#{}", relation.name)>{relation.name.clone()}</a>
                    </li>
                }
            })
            .collect_view();
        view! { <div><h2 class="cap">{layer.label()}</h2><ul>{names}</ul></div> }
    });
    let sections = Layer::ALL.into_iter().flat_map(|layer| of_layer(dictionary, layer)).map(|one| relation(one, words));
    view! {
        <header class="dict-head">
            <div>
                <h1>"Dictionary"</h1>
                <p class="m pl-lead">{format!("{total} tables and views with {columns} columns, in the order in which data flows. Read from the database itself.")}</p>
            </div>
            <form method="get" action="/dictionary" role="search" class="dict-find">
                <label class="sr" for="dict-q">"Find a table or column"</label>
                <span class="field">
                    <Icon name="i-search"/>
                    <input id="dict-q" type="search" name="q" value=words.to_owned() placeholder="Find a table or column" autocomplete="off"/>
                </span>
                <span class="f s13 nw" role="status" id="dict-count">{format!("{shown} of {total}")}</span>
            </form>
        </header>
        <nav class="panel pad dict-index" tabindex="0" aria-label="Tables and views">{index.collect_view()}</nav>
        {sections.collect_view()}
    }
    .into_view()
    .to_html()
}

fn of_layer(dictionary: &Dictionary, layer: Layer) -> impl Iterator<Item = &Relation> {
    dictionary.relations.iter().filter(move |relation| relation.layer == layer)
}

fn relation(relation: &Relation, words: &str) -> impl IntoView + use<> {
    let title = format!("dict-{}", relation.name);
    let size = match (relation.is_view, relation.row_count) {
        (true, _) => "view".to_owned(),
        (false, None) => "table".to_owned(),
        (false, Some(1)) => "table, 1 row".to_owned(),
        (false, Some(count)) if relation.is_exact => format!("table, {count} rows"),
        (false, Some(count)) => format!("table, about {count} rows"),
    };
    let rows = relation.columns.iter().map(column).collect_view();
    let tests = relation
        .tests
        .iter()
        .map(|test| {
            let symbol = match test.severity {
                TestSeverity::Block => "blocks",
                TestSeverity::Warn => "warns",
            };
            view! { <li><code class="mono">{test.name.clone()}</code><span class="m">{test.claim.clone()}</span><span class="f sm">{symbol}</span></li> }
        })
        .collect_view();
    let test_count = relation.tests.len();
    view! {
        <section class="panel dict-rel" id=relation.name.clone() aria-labelledby=title.clone() data-words=relation.text() hidden=!relation.matches(words)>
            <header class="pad">
                <h2 class="mono" id=title.clone()><a href=format!("#{}", relation.name)>{relation.name.clone()}</a></h2>
                <span class="f s13">{size}</span>
                <p class="m">{prose(relation.comment.as_deref().unwrap_or("No comment."))}</p>
            </header>
            <div class="table-scroll" tabindex="0" role="group" aria-label=format!("Columns of {}", relation.name)>
                <table class="tbl">
                    <thead><tr><th>"Column"</th><th>"Type"</th><th>"Key"</th><th>"Meaning"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <dl class="dict-ways pad">
                {links("Depends on", relation.made_of.iter())}
                {links("Makes", relation.makes.iter())}
                {(!relation.shown_on.is_empty()).then(|| view! { <div><dt>"Shown on"</dt><dd>{relation.shown_on.join(", ")}</dd></div> })}
            </dl>
            {(test_count > 0).then(|| view! {
                <details class="dict-tests">
                    <summary>{if test_count == 1 { "1 data test".to_owned() } else { format!("{test_count} data tests") }}</summary>
                    <ul>{tests}</ul>
                </details>
            })}
        </section>
    }
}

fn column(column: &Column) -> impl IntoView + use<> {
    let key = view! {
        {column.is_key.then_some("primary ")}
        {column.references.clone().map(|(table, _)| view! { <a class="mono" href=format!("#{table}")>{format!("→ {table}")}</a> })}
    };
    view! {
        <tr>
            <th scope="row" class="mono">{column.name.clone()}</th>
            <td class="mono m">{column.r#type.clone()}{column.is_nullable.then(|| view! { <span class="f">" null"</span> })}</td>
            <td class="m">{key}</td>
            <td class="m">{column.comment.as_deref().map(prose)}</td>
        </tr>
    }
}

/// A comment, with the text between backticks as code.
fn prose(text: &str) -> impl IntoView + use<> {
    text.split('`')
        .enumerate()
        .map(|(part, words)| {
            let words = words.to_owned();
            if part % 2 == 1 { view! { <code class="mono">{words}</code> }.into_any() } else { words.into_any() }
        })
        .collect_view()
}

/// The inputs of a table, or its outputs. LL2's endpoints are not tables and have no anchor.
fn links<'name>(title: &'static str, names: impl Iterator<Item = &'name String>) -> Option<AnyView> {
    let links: Vec<AnyView> = names
        .map(|name| {
            if name.contains(' ') {
                view! { <span class="mono">{name.clone()}</span> }.into_any()
            } else {
                view! { <a class="mono" href=format!("#{name}")>{name.clone()}</a> }.into_any()
            }
        })
        .collect();
    (!links.is_empty()).then(|| view! { <div><dt>{title}</dt><dd>{links.collect_view()}</dd></div> }.into_any())
}
