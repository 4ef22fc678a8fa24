use domain::{PipelineState, RunState, Step, StepName};
use leptos::prelude::*;

use super::words;
use crate::{components::axis::percent, drawn::html};

/// The steps of the shown run: name, duration, and time within the run.
pub(super) fn panel(state: &PipelineState) -> String {
    let Some(shown) = &state.shown else {
        return html(
            view! { <header class="pad pl-ph"><h2>"Steps"</h2></header><p class="pad m s13">"No run yet."</p> },
        );
    };
    let run = &shown.run;
    let start = run.started_at;
    let seconds = |step: &Step, end| -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "milliseconds of a run")]
        let seconds = (step.finished_at.unwrap_or(state.now).min(end) - step.started_at).num_microseconds().unwrap_or(0)
            as f64
            / 1e6;
        seconds.max(0.0)
    };
    let end = run.finished_at.unwrap_or(state.now).max(start);
    #[expect(clippy::cast_precision_loss, reason = "microseconds of a run")]
    let whole = ((end - start).num_microseconds().unwrap_or(1) as f64 / 1e6).max(0.001);
    let is_newest = state.history.first().is_some_and(|newest| newest.id == run.id);
    let title = if is_newest { "Steps of this run".to_owned() } else { format!("Steps of run {}", run.id) };
    let rows = shown.steps.iter().enumerate().map(|(number, step)| {
        let took = seconds(step, end);
        #[expect(clippy::cast_precision_loss, reason = "microseconds of a run")]
        let at = (step.started_at - start).num_microseconds().unwrap_or(0) as f64 / 1e6 / whole;
        let mark = words::state_mark(step.state);
        let class = format!("pl-bar {}", mark.0);
        let rows = step.row_count.map(|count| words::counted(count, row_noun(step.name).0, row_noun(step.name).1));
        view! {
            <tr>
                <td class="num f mono no-phone">{number + 1}</td>
                <th scope="row">{heading(step.name)}</th>
                <td>{words::stamp(mark)}</td>
                <td class="pl-gantt" aria-hidden="true">
                    <svg width="100%" height="12">
                        <rect x="0" y="5" width="100%" height="2" fill="var(--line)"></rect>
                        <rect class=class x=percent(at.clamp(0.0, 0.99)) y="1" width=percent((took / whole).clamp(0.012, 1.0)) height="10" rx="2"></rect>
                    </svg>
                </td>
                <td class="num mono">{if step.state == RunState::Running { format!("{} so far", words::took(took)) } else { words::took(took) }}</td>
                <td class="m no-phone">{rows}</td>
            </tr>
            {step.detail.clone().filter(|_| step.state != RunState::Failed).map(|detail| view! {
                <tr class="pl-detail"><td class="no-phone"></td><td colspan="5" class="f sm">{detail}</td></tr>
            })}
        }
    });
    let log = shown.error.clone().map(|error| {
        view! { <p class=if run.state == RunState::Failed { "pl-error bad" } else { "pl-error" }><b>{if run.state == RunState::Failed { "Reason of failure: " } else { "Stopped early: " }}</b>{error}</p> }
    });
    let requests = (!shown.requests.is_empty()).then(|| {
        let rows = shown
            .requests
            .iter()
            .map(|request| {
                view! {
                    <li>
                        <span class="mono">{request.sent_at.format("%H:%M:%S").to_string()}</span>
                        <span>{request.http_status.map_or_else(|| request.outcome.to_string(), |status| format!("{status} {}", request.outcome))}</span>
                        <span class="f pl-url">{request.url.clone()}</span>
                    </li>
                }
            })
            .collect_view();
        view! {
            <details class="pl-more" id="pl-requests">
                <summary>{words::counted(i64::try_from(shown.requests.len()).unwrap_or(i64::MAX), "request or file", "requests or files")}</summary>
                <ol class="pl-log scrolls" tabindex="0" aria-label="Requests of this run">{rows}</ol>
            </details>
        }
    });
    html(view! {
        <header class="pad pl-ph">
            <h2>{title}</h2>
            <span class="f s13">{format!("{}, {}", words::spoken(run.kind.into_str()), words::took(whole))}</span>
        </header>
        <div class="table-scroll scrolls" tabindex="0" role="group" aria-label="Steps">
            <table class="tbl pl-steps">
                <thead class="sr"><tr><th class="no-phone">"No."</th><th>"Step"</th><th>"State"</th><th>"When"</th><th>"Took"</th><th class="no-phone">"Rows"</th></tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
        {shown.details_deleted_at.map(|at| view! {
            <p class="pad m s13">{format!("The steps and test results of this run were deleted on {}, because it is old.", at.format("%-d %B %Y"))}</p>
        })}
        {log}
        {requests}
        {(!is_newest).then(|| view! { <p class="pad s13"><a href="/pipeline">"Back to the newest run"</a></p> })}
    })
}

/// Formats a step's name as the heading of its row.
fn heading(name: StepName) -> String {
    let mut characters = name.into_str().chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// Returns the noun for a step's rows, singular and plural.
fn row_noun(step: StepName) -> (&'static str, &'static str) {
    match step {
        StepName::Fetch | StepName::Land => ("page", "pages"),
        StepName::Stage => ("launch", "launches"),
        StepName::Transform => ("change", "changes"),
        StepName::Test => ("test", "tests"),
        StepName::Publish => ("launch changed", "launches changed"),
        StepName::FollowUp => ("question", "questions"),
        StepName::Forecast | StepName::Rebuild | StepName::Read | StepName::Load => ("row", "rows"),
    }
}
