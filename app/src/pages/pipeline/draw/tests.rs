use std::collections::BTreeMap;

use domain::{Blueprint, PipelineState, TestAcknowledgement, TestResult, TestSeverity};
use leptos::prelude::*;

use super::words;
use crate::drawn::html;

/// The results of the data tests of the shown run, failing ones first, each with its offending rows.
pub(super) fn panel(state: &PipelineState, blueprint: &Blueprint) -> String {
    let claims: BTreeMap<&str, &str> =
        blueprint.tests.iter().map(|test| (test.name.as_str(), test.claim.as_str())).collect();
    let results: &[TestResult] = state.shown.as_ref().map_or(&[], |shown| &shown.tests);
    let (bad, good): (Vec<&TestResult>, Vec<&TestResult>) =
        results.iter().partition(|result| result.offending_count > 0);
    let known = bad.iter().filter(|result| result.acknowledgement.is_some()).count();
    let were_deleted = state.shown.as_ref().is_some_and(|shown| shown.details_deleted_at.is_some());
    let lead = if were_deleted {
        "The results of this run were deleted, because it is old.".to_owned()
    } else if results.is_empty() {
        format!("This run did not reach its {} tests.", blueprint.tests.len())
    } else {
        let known = if known > 0 { format!(", {known} acknowledged") } else { String::new() };
        format!(
            "{} of {} passed{known}. If a blocking test returns a row, the run is rolled back.",
            good.len(),
            results.len()
        )
    };
    let claim = |result: &TestResult| claims.get(result.name.as_str()).copied().unwrap_or_default().to_owned();
    let bad_rows = bad.iter().map(|result| {
        let mark = match (&result.acknowledgement, result.severity) {
            (Some(_), _) => ("quiet", "st-tbd", "Acknowledged"),
            (None, TestSeverity::Block) => ("failure", "st-failure", "Blocks"),
            (None, TestSeverity::Warn) => ("warn", "st-warn", "Warns"),
        };
        let acknowledged = result.acknowledgement.as_ref().map(|one| {
            view! { <span class="m sm">{acknowledged(one)}</span> }
        });
        view! {
            <li>
                <details id=format!("pl-{}", result.name) open=result.severity == TestSeverity::Block>
                    <summary>
                        {words::stamp(mark)}
                        <span class="pl-test">
                            <b>{test_title(&result.name)}</b>
                            <span class="f sm">{claim(result)}</span>
                            {acknowledged}
                        </span>
                        <span class="mono nw">{words::counted(result.offending_count, "row", "rows")}</span>
                    </summary>
                    {result.sample.as_deref().map(sample)}
                </details>
            </li>
        }
    });
    let good_rows = good.iter().map(|result| {
        view! {
            <li class="pl-passed">
                {words::stamp(("success", "st-success", "Passed"))}
                <span class="pl-test"><b>{test_title(&result.name)}</b><span class="f sm">{claim(result)}</span></span>
                <span class="f sm nw">{result.severity.into_str()}</span>
            </li>
        }
    });
    // If no test failed, there is nothing else to show: the list fills the panel.
    let is_all = bad.is_empty();
    let passed = (!good.is_empty()).then(|| {
        view! {
            <details class="pl-more" id="pl-passed" open=is_all>
                <summary>{format!("{} passed", good.len())}</summary>
                <ul class="pl-tests scrolls" tabindex="0" aria-label="Tests that passed">{good_rows.collect_view()}</ul>
            </details>
        }
    });
    html(view! {
        <header class="pad pl-ph">
            <h2>"Tests before publication"</h2>
            <span class="f s13">{format!("{} declared", blueprint.tests.len())}</span>
        </header>
        <p class="s13 m pl-in">{lead}</p>
        {(!bad.is_empty()).then(|| view! { <ul class="pl-tests">{bad_rows.collect_view()}</ul> })}
        {passed}
    })
}

/// Formats a test's name as words: "window holds net".
fn test_title(name: &str) -> String {
    words::spoken(name.strip_prefix("assert_").unwrap_or(name))
}

/// Since when, up to how many rows and until when the rows are acknowledged, and why.
fn acknowledged(one: &TestAcknowledgement) -> String {
    let until = one.until.map(|until| format!(", until {}", until.format("%-d %b %Y, %H:%M")));
    format!(
        "Acknowledged on {} for up to {}{}: {}",
        one.acknowledged_at.format("%-d %b %Y"),
        words::counted(one.row_count, "row", "rows"),
        until.unwrap_or_default(),
        one.reason,
    )
}

/// The offending rows, one line each, as the test returned them.
fn sample(sample: &str) -> impl IntoView + use<> {
    let rows: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(sample).unwrap_or_default();
    let lines = rows
        .into_iter()
        .map(|row| {
            let cells = row
                .into_iter()
                .map(|(key, value)| {
                    let value = match value {
                        serde_json::Value::String(text) => text,
                        serde_json::Value::Null => "null".to_owned(),
                        other => other.to_string(),
                    };
                    let launch = (key == "launch_id").then(|| format!("/launches/{value}"));
                    view! {
                        <span><i>{key}</i>" "{match launch {
                            Some(address) => view! { <a href=address>{value}</a> }.into_any(),
                            None => value.into_any(),
                        }}</span>
                    }
                })
                .collect_view();
            view! { <li>{cells}</li> }
        })
        .collect_view();
    view! { <ol class="pl-sample mono scrolls" tabindex="0" aria-label="Offending rows">{lines}</ol> }
}
