use domain::{Blueprint, PipelineState, RequestPurpose, RunState, StepName, TestSeverity, route::exposures};
use leptos::prelude::*;

use super::{
    layout::{COLUMNS, Graph, NODE_HEIGHT, NODE_WIDTH},
    words,
};
use crate::{components::Icon, drawn::html};

/// What the shown run did to a node.
struct Note {
    class: &'static str,
    symbol: &'static str,
    /// Rows and duration, or why there are none.
    text: String,
}

impl Note {
    fn new((class, symbol, _): (&'static str, &'static str, &'static str), text: String) -> Self {
        Self { class, symbol, text }
    }

    /// A note for a node with nothing to do.
    fn quiet(text: impl Into<String>) -> Self {
        Self { class: "quiet", symbol: "st-tbd", text: text.into() }
    }
}

/// The lineage from LL2's endpoints to the exposures: a graph if there is room for it, else a list.
pub(super) fn panel(state: &PipelineState, blueprint: &Blueprint) -> String {
    let graph = Graph::new(state, blueprint);
    let positions = graph.positions();
    let note = |name: &str| note(name, state, blueprint);
    let line = |(from, to): &(String, String)| Some(Graph::path(*positions.get(from)?, *positions.get(to)?));
    let lines: String = graph.edges.iter().filter_map(line).collect();
    let heads = COLUMNS.iter().enumerate().map(|(column, (title, prefix))| {
        view! {
            <text x=Graph::left(column) y="12" class="ln-col">{title.to_uppercase()}</text>
            <text x=Graph::left(column) y="23" class="ln-prefix">{*prefix}</text>
        }
    });
    let nodes = graph.columns.iter().flatten().filter_map(|name| {
        let (column, y) = *positions.get(name)?;
        let x = Graph::left(column);
        let Note { class, symbol, text } = note(name);
        let touching: String =
            graph.edges.iter().filter(|(from, to)| from == name || to == name).filter_map(line).collect();
        let made_of: Vec<&str> =
            graph.edges.iter().filter(|(_, to)| to == name).map(|(from, _)| from.as_str()).collect();
        let label = match made_of.as_slice() {
            [] => format!("{name}: {text}"),
            made_of => format!("{name}: {text}. Depends on {}", made_of.join(", ")),
        };
        let shown_name = short(name, column);
        let name_class = if shown_name.len() > 20 { "ln-name long" } else { "ln-name" };
        let shape = view! {
            <path class="ln-near" d=touching></path>
            <rect x=x y=y width=NODE_WIDTH height=NODE_HEIGHT rx="5"></rect>
            <svg x=x + 8.0 y=y + 6.0 width="10" height="10" class=format!("ln-mark {class}")><use href=format!("#{symbol}")></use></svg>
            <text x=x + 23.0 y=y + 14.5 class=name_class>{shown_name}</text>
            <text x=x + 23.0 y=y + 27.0 class="ln-note">{text}</text>
        };
        Some(match address(name) {
            Some(address) => view! { <a class="lineage-node" href=address aria-label=label>{shape}</a> }.into_any(),
            None => view! { <g class="lineage-node" tabindex="0" role="img" aria-label=label>{shape}</g> }.into_any(),
        })
    });
    let list = COLUMNS.iter().zip(&graph.columns).map(|((title, _), names)| {
        let rows = names
            .iter()
            .map(|name| {
                let Note { class, symbol, text } = note(name);
                let title = match address(name) {
                    Some(address) => view! { <a class="mono" href=address>{name.clone()}</a> }.into_any(),
                    None => view! { <span class="mono">{name.clone()}</span> }.into_any(),
                };
                view! {
                    <li>
                        <span class=format!("ln-mark {class}")><Icon name=symbol class="st-glyph"/></span>
                        {title}
                        <span class="f sm">{text}</span>
                    </li>
                }
            })
            .collect_view();
        let troubled = names.iter().filter(|name| matches!(note(name).class, "warn" | "failure")).count();
        let is_open = troubled > 0;
        let state = match troubled {
            0 => format!("{} without problems", names.len()),
            troubled => format!("{troubled} of {} with problems", names.len()),
        };
        view! {
            <li>
                <details id=format!("ln-{}", title.to_lowercase().replace([',', ' '], "-")) open=is_open>
                    <summary><b>{*title}</b><span class="f sm">{state}</span></summary>
                    <ul>{rows}</ul>
                </details>
            </li>
        }
    });
    let shown = state.shown.as_ref().map(|shown| format!("Run {}: rows and time of each. ", shown.run.id));
    html(view! {
        <header class="pad pl-ph">
            <h2>"Lineage"</h2>
            <span class="f s13">{shown}<span class="no-phone">"Hover over a table to highlight its sources; select it to see its columns"</span></span>
        </header>
        <div class="ln-scroll scrolls no-phone" tabindex="0" role="group" aria-label="Lineage, from LL2 to the pages">
            <svg class="ln-graph" width=graph.width() height=graph.height() role="group" aria-label="Lineage">
                {heads.collect_view()}
                <path class="ln-all" d=lines></path>
                {nodes.collect_view()}
            </svg>
        </div>
        <ol class="ln-list only-phone">{list.collect_view()}</ol>
    })
}

/// Returns a name without the prefix that is in the header of its column.
fn short(name: &str, column: usize) -> String {
    let prefix = COLUMNS.get(column).map_or("", |(_, prefix)| *prefix);
    let name = name.strip_prefix(prefix).unwrap_or(name);
    name.strip_prefix("LL2 ").unwrap_or(name).to_owned()
}

/// Returns the URL of a node: that of the page itself, or of a table's columns in the dictionary.
fn address(name: &str) -> Option<String> {
    match exposures().iter().find(|exposure| exposure.name == name) {
        Some(exposure) => exposure.address.map(str::to_owned),
        None if name.starts_with("LL2 ") || name.contains(' ') => None,
        None => Some(format!("/dictionary#{name}")),
    }
}

/// Returns state, rows and duration of a node in the shown run.
fn note(name: &str, state: &PipelineState, blueprint: &Blueprint) -> Note {
    let Some(shown) = &state.shown else { return Note::quiet("no run yet") };
    let run = &shown.run;
    let step = |names: &[StepName]| shown.steps.iter().find(|step| names.contains(&step.name));
    let done = words::state_mark(RunState::Succeeded);
    let offending = shown.tests.iter().filter(|result| {
        let covers = || {
            blueprint
                .tests
                .iter()
                .any(|test| test.name == result.name && test.covers.iter().any(|covered| covered == name))
        };
        result.offending_count > 0 && result.acknowledgement.is_none() && covers()
    });
    let warning = offending.map(|result| result.severity).min().map(|severity| match severity {
        TestSeverity::Block => ("failure", "st-failure", ""),
        TestSeverity::Warn => ("warn", "st-warn", ""),
    });
    if let Some(purposes) = purposes(name) {
        let count = shown.requests.iter().filter(|request| purposes.contains(&request.purpose)).count();
        return match count {
            0 => Note::quiet("no request"),
            1 => Note::new(done, "1 request".to_owned()),
            count => Note::new(done, format!("{count} requests")),
        };
    }
    if exposures().iter().any(|exposure| exposure.name == name) {
        return match state.freshness.as_of {
            Some(as_of) => Note::new(done, format!("as of {}", words::moment(as_of, state.now))),
            None => Note::quiet("empty"),
        };
    }
    let relation = state.relations.iter().find(|relation| relation.name == name);
    if relation.is_some_and(|relation| relation.is_view) {
        return match run.state {
            RunState::Succeeded => Note::new(warning.unwrap_or(done), "published".to_owned()),
            RunState::Running => Note::quiet("unchanged so far"),
            RunState::Failed | RunState::Skipped => Note::quiet("unchanged"),
        };
    }
    let rows = relation.and_then(|relation| relation.row_count);
    let held = || rows.map_or_else(|| "size unknown".to_owned(), |rows| words::counted(rows, "row", "rows"));
    match name {
        "raw_ll2_page" => step(&[StepName::Fetch, StepName::Land]).map_or_else(
            || Note::quiet("not reached"),
            |step| {
                let pages = step.row_count.map_or_else(String::new, |pages| words::counted(pages, "page", "pages"));
                Note::new(words::state_mark(step.state), with_time(pages, seconds(step.started_at, step.finished_at)))
            },
        ),
        "raw_quarantine" if run.quarantined_count > 0 => {
            Note::new(("warn", "st-warn", ""), words::counted(i64::from(run.quarantined_count), "record", "records"))
        }
        "raw_quarantine" => Note::new(done, "none quarantined".to_owned()),
        _ if name.starts_with("stg_") && !written_by_transform(name, blueprint) => step(&[StepName::Stage])
            .map_or_else(
                || Note::quiet("not reached"),
                |step| {
                    let is_newest = state.history.first().is_some_and(|newest| newest.id == run.id);
                    let text = if is_newest && run.state == RunState::Succeeded { held() } else { "staged".to_owned() };
                    Note::new(warning.unwrap_or(words::state_mark(step.state)), text)
                },
            ),
        _ if written_by_transform(name, blueprint) => {
            let statements: Vec<_> = shown
                .statements
                .iter()
                .filter(|statement| {
                    blueprint.transforms.iter().any(|transform| {
                        transform.name == statement.name && transform.writes.iter().any(|written| written == name)
                    })
                })
                .collect();
            let took: f64 = statements.iter().map(|statement| statement.took_seconds).sum();
            let changed: i64 = statements.iter().map(|statement| statement.row_count).sum();
            match (statements.is_empty(), run.state, changed) {
                (true, RunState::Succeeded, _) => Note::quiet("nothing to do"),
                (true, RunState::Running, _) => Note::quiet("not yet"),
                (true, ..) => Note::quiet("not reached"),
                (false, RunState::Failed, _) => Note::quiet("rolled back"),
                (false, _, 0) => Note::new(warning.unwrap_or(done), with_time("unchanged".to_owned(), Some(took))),
                (false, ..) => {
                    Note::new(warning.unwrap_or(done), with_time(words::counted(changed, "row", "rows"), Some(took)))
                }
            }
        }
        _ => Note::new(warning.unwrap_or(done), held()),
    }
}

fn written_by_transform(name: &str, blueprint: &Blueprint) -> bool {
    blueprint.transforms.iter().any(|transform| {
        transform.step == StepName::Transform && transform.writes.iter().any(|written| written == name)
    })
}

/// Returns the purposes of the requests to a source.
fn purposes(source: &str) -> Option<&'static [RequestPurpose]> {
    Some(match source {
        "LL2 /launches/upcoming/" => &[RequestPurpose::Upcoming, RequestPurpose::Changed],
        "LL2 /launches/previous/" => &[RequestPurpose::History],
        "LL2 /launches/{id}/" => &[RequestPurpose::FollowUp],
        "archived responses" => &[RequestPurpose::Import],
        _ => return None,
    })
}

fn seconds(from: chrono::DateTime<chrono::Utc>, to: Option<chrono::DateTime<chrono::Utc>>) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of a step")]
    Some((to? - from).num_milliseconds() as f64 / 1000.0)
}

fn with_time(rows: String, seconds: Option<f64>) -> String {
    match seconds {
        Some(seconds) if rows.is_empty() => words::took(seconds),
        Some(seconds) => format!("{rows}, {}", words::took(seconds)),
        None => rows,
    }
}
