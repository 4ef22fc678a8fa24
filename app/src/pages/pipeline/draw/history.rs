use domain::{PipelineState, RunOutcome};
use leptos::prelude::*;

use super::words;
use crate::drawn::html;

/// The newest runs; each links to its details in the panels above.
pub(super) fn panel(state: &PipelineState) -> String {
    let shown = state.shown.as_ref().map(|shown| shown.run.id);
    let rows = state.history.iter().map(|run| {
        let launches = match (run.launch_changed_count, run.launch_closed_count) {
            _ if matches!(run.outcome(), RunOutcome::Blocked | RunOutcome::Failed) => "nothing published".to_owned(),
            _ if run.outcome() == RunOutcome::Running => "not yet known".to_owned(),
            (0, 0) => "none changed".to_owned(),
            (changed, 0) => format!("{changed} changed"),
            (changed, closed) => format!("{changed} changed, {closed} closed"),
        };
        view! {
            <tr id=format!("run-{}", run.id) aria-current=(shown == Some(run.id)).then_some("true")>
                <th scope="row"><a class="mono" id=format!("pl-run-{}", run.id) href=format!("/pipeline?run={}", run.id)>{run.id}</a></th>
                <td class="mono nw">{words::moment(run.started_at, state.now)}</td>
                <td>{words::stamp(words::outcome_mark(run.outcome()))}</td>
                <td class="m">{words::spoken(run.kind.into_str())}<span class="f">", "{run.trigger.into_str()}</span></td>
                <td class="num mono nw">{run.took_seconds.map(words::took)}</td>
                <td class="num">{words::grouped(i64::from(run.launch_seen_count))}</td>
                <td class="nw">{launches}</td>
                <td class="num">{notable(run.quarantined_count)}</td>
                <td class="num">{run.request_count}</td>
            </tr>
        }
    });
    html(view! {
        <header class="pad pl-ph">
            <h2>"Runs"</h2>
            <a class="s13" href="/api/v1/pipeline/runs" rel="external">"JSON"</a>
        </header>
        <p class="s13 m pl-in">"The newest fifty. The number links to the steps, tests and requests of the run."</p>
        <div class="table-scroll pl-runs scrolls" tabindex="0" role="group" aria-label="Runs">
            <table class="tbl">
                <thead><tr>
                    <th>"Run"</th><th>"UTC"</th><th>"Outcome"</th><th>"Kind, trigger"</th><th class="num">"Took"</th>
                    <th class="num">"Seen"</th><th>"Launches"</th><th class="num">"Quarantined"</th><th class="num">"Requests"</th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    })
}

/// A count that should be zero.
fn notable(count: i32) -> AnyView {
    if count > 0 { view! { <b>{count}</b> }.into_any() } else { view! { <span class="f">"0"</span> }.into_any() }
}
