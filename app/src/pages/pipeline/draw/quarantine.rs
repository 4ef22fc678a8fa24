use domain::{PipelineState, text::isolated};
use leptos::prelude::*;

use super::words;
use crate::drawn::html;

/// Records that could not be used, and why.
pub(super) fn panel(state: &PipelineState) -> String {
    let lead = match state.quarantined_count {
        0 if state.quarantine.is_empty() => "No record is in quarantine.".to_owned(),
        0 => "Every quarantined record could be read later.".to_owned(),
        1 => "One record is in quarantine. It does not block the others.".to_owned(),
        count => format!("{} records are in quarantine. They do not block the others.", words::grouped(count)),
    };
    let rows = state.quarantine.iter().map(|record| {
        let resolved =
            record.resolved_at.map(|at| format!(", resolved {}", words::moment(at, state.now))).unwrap_or_default();
        view! {
            <li>
                <code class="mono">{record.json_path.clone().unwrap_or_else(|| record.entity.clone())}</code>
                <span class="s13">{record.reason.clone()}</span>
                <span class="sm f">
                    {format!(
                        "{}{}, first {}, last {}{resolved}",
                        record.record_key.as_deref().map(|key| format!("{}, ", isolated(key))).unwrap_or_default(),
                        words::counted(i64::from(record.seen_count), "time", "times"),
                        words::moment(record.first_seen_at, state.now),
                        words::moment(record.last_seen_at, state.now),
                    )}
                </span>
            </li>
        }
    });
    let listed = state.quarantine.iter().filter(|record| record.resolved_at.is_none()).count();
    let more = i64::try_from(listed).is_ok_and(|listed| listed < state.quarantined_count);
    html(view! {
        <h2>"Quarantine"</h2>
        <p class="s13 m">{lead}{more.then_some(" The newest are listed.")}</p>
        {(!state.quarantine.is_empty()).then(|| view! { <ul class="pl-list scrolls" tabindex="0" aria-label="Quarantined records">{rows.collect_view()}</ul> })}
    })
}
